//! Tables as people's tools write them: each cell is read below its title, and no row is lost, whatever its shape and its
//! encoding.

use copydoctor::read::{Complaint, Item, Options, read_from};

/// Ids in the texts are written short: `@1` is this one with a 1 at its end.
const BUT_THE_NUMBER: &str = "7C8EF56A-74D8-059D-1301-C5BE1D5C926";

/// What a text says of its jobs: the number, state and message of each.
#[track_caller]
fn tells(text: &str, expected: &[&str]) {
    tells_bytes(text.as_bytes(), expected);
}

#[track_caller]
fn tells_bytes(text: &[u8], expected: &[&str]) {
    let pieces: Vec<&[u8]> = text.split(|byte| *byte == b'@').collect();
    let text = pieces.join(BUT_THE_NUMBER.as_bytes());
    let mut found = Vec::new();
    read_from("export", text.as_slice(), &Options::default(), &mut |item| {
        if let Item::Record(record) = item {
            let id = record.copy_job_id.as_deref().unwrap_or("no id");
            let number = id.strip_prefix(BUT_THE_NUMBER).unwrap_or(id);
            let message = record.status_message.as_deref().unwrap_or("-");
            found.push([number, record.state.as_str(), message].join(" "));
        }
    });
    assert_eq!(found, expected, "{}", String::from_utf8_lossy(&text));
}

/// The same for a table with columns of fixed width: `@1` stands where the whole id does, with the blanks behind it.
#[track_caller]
fn tells_ruled(text: &str, expected: &[&str]) {
    let place = format!("{:width$}", "CopyJobId", width = BUT_THE_NUMBER.len() + 1);
    tells(
        &text.replace("CopyJobId~", &place).replace("---------~", &place.replace("CopyJobId", "---------")),
        expected,
    );
}

#[test]
fn columns_of_format_table_begin_where_their_dashes_do() {
    tells_ruled(
        "\nCopyJobId~ State     ResourceType CreationDate        StatusMessage\n\
         ---------~ -----     ------------ ------------        -------------\n\
         @1 FAILED    EC2          22.11.2026 23:33:45 Access to it was denied | twice\n\
         @2 RUNNING   EBS          23.11.2026 17:53:57\n\
         @3 COMPLETED EFS          22.11.2026 04:41:36 \n\
         @4 FAILED    S3           22.11.2026 04:41:36 It was denied because of th…\n\n\n",
        &[
            "1 FAILED Access to it was denied | twice",
            "2 RUNNING -",
            "3 COMPLETED -",
            "4 FAILED It was denied because of th…",
        ],
    );
}

#[test]
fn a_message_that_format_table_wraps_is_put_together_again() {
    tells_ruled(
        "CopyJobId~ StatusMessage        State     Note\n\
         ---------~ -------------        -----     ----\n\
         @1 Not allowed to copy  FAILED    of db1 and of\n\
        \x20                                    arn:aws:backup:eu-we           arn:aws:rds:e\n\
        \x20                                    st-1:111122223333:x            u-west-1:db\n\
        \x20                                    of this account\n\
         @2                      COMPLETED\n\n\
         two of them and nothing else was said here\n",
        &[
            "1 FAILED Not allowed to copy arn:aws:backup:eu-west-1:111122223333:x of this account",
            "2 COMPLETED -",
        ],
    );
}

#[test]
fn tables_of_databases_have_dashes_as_long_as_their_columns() {
    tells_ruled(
        "copy_job_id                          account      state      status_message\n\
         ------------------------------------ ------------ ---------- --------------------\n\
         @1 111122223333 FAILED     Access to it was denied\n\
         @2         3333 COMPLETED  NULL\n\n\
         (2 rows affected)\n",
        &["1 FAILED Access to it was denied", "2 COMPLETED -"],
    );
}

#[test]
fn a_table_of_other_jobs_has_no_copy_jobs() {
    tells(
        "BackupJobId State  StatusMessage\n----------- -----  -------------\n@1        FAILED It was denied to it\n",
        &[],
    );
}

#[test]
fn a_line_among_columns_of_fixed_width_is_a_job_where_it_says_so() {
    tells_ruled(
        "CopyJobId~ State  StatusMessage\n\
         ---------~ -----  -------------\n\
         @1 FAILED Access to it was denied\n\
         PS C:\\Users\\ops> the jobs of the vault were copied once more, all of them at night\n\
         FAILED @2: Given key ID does not exist\n",
        &["1 FAILED Access to it was denied", "2 FAILED Given key ID does not exist"],
    );
}

#[test]
fn what_stands_between_a_state_and_its_message_is_no_part_of_it() {
    tells(
        "@1 FAILED    EC2          22.11.2026 23:33:45 Access to it was denied\n\
         @2 RUNNING   EBS          23.11.2026 17:53:57\n\
         @3 FAILED 2026-11-23T17:53:57Z EC2 instance could not be copied\n\
         @4 FAILED EC2 instance could not be copied\n\
         @5 RUNNING EBS\n\
         @6 FAILED RDS   It was not allowed to copy\n",
        &[
            "1 FAILED Access to it was denied",
            "2 RUNNING -",
            "3 FAILED EC2 instance could not be copied",
            "4 FAILED EC2 instance could not be copied",
            "5 RUNNING -",
            "6 FAILED It was not allowed to copy",
        ],
    );
}

#[test]
fn a_sheet_saved_on_an_old_mac_keeps_its_umlauts() {
    tells_bytes(
        b"Job ID,Status,Gr\x9a\xa7e,Status Message\r@1,FAILED,1,\"Der Schl\x9fssel ist au\xa7er Betrieb.\"\r@2,COMPLETED,1,\"\"\r",
        &["1 FAILED Der Schlüssel ist außer Betrieb.", "2 COMPLETED -"],
    );
}

#[test]
fn titles_in_windows_1252_are_titles() {
    tells_bytes(
        b"Gr\xf6\xdfe;Job ID;Status;Meldung\n1;@1;FAILED;Der Schl\xfcssel ist gesperrt\n",
        &["1 FAILED Der Schlüssel ist gesperrt"],
    );
}

/// Other code pages, such as that of a German command prompt, are not known. Text of two encodings is no more whole.
#[test]
fn a_byte_that_nothing_makes_sense_of_costs_a_letter_and_no_record() {
    for text in [
        b"CopyJobId,State,StatusMessage\n@1,FAILED,Der Schl\x81ssel ist gesperrt\n@2,COMPLETED,\n".as_slice(),
        b"CopyJobId,State,StatusMessage\n@1,FAILED,\"Der Schl\x81ssel ist gesperrt\"\n@2,COMPLETED,\n",
        b"@1,FAILED,Der Schl\x81ssel ist gesperrt\n@2,COMPLETED,\n",
        b"@1 FAILED Der Schl\x81ssel ist gesperrt\n@2 COMPLETED\n",
        b"- CopyJobId: @1\n  State: FAILED\n  StatusMessage: Der Schl\x81ssel ist gesperrt\n\
          - CopyJobId: @2\n  State: COMPLETED\n",
        b"{\"CopyJobId\":\"@1\",\"State\":\"FAILED\",\"StatusMessage\":\"Der Schl\x81ssel ist gesperrt\"}\n\
          {\"CopyJobId\":\"@2\",\"State\":\"COMPLETED\"}\n",
    ] {
        tells_bytes(text, &["1 FAILED Der Schl\u{fffd}ssel ist gesperrt", "2 COMPLETED -"]);
    }
    let two_encodings = [
        "CopyJobId,State,Plan,StatusMessage\n@1,FAILED,Büro,".as_bytes(),
        b"Schl\xfcssel f\x81r mich fehlt\n",
    ];
    tells_bytes(&two_encodings.concat(), &["1 FAILED Schlüssel f\u{fffd}r mich fehlt"]);
}

#[test]
fn names_of_rows_that_have_no_title_move_no_column() {
    let jobs = ["1 FAILED Not allowed here", "2 COMPLETED -"];
    // R's write.csv, write.table with and without tabs, pandas' to_csv.
    tells(
        "\"\",\"CopyJobId\",\"State\",\"StatusMessage\"\n\"1\",\"@1\",\"FAILED\",\"Not allowed here\"\n\
         \"2\",\"@2\",\"COMPLETED\",NA\n",
        &jobs,
    );
    tells(
        "\"CopyJobId\"\t\"State\"\t\"StatusMessage\"\n\"1\"\t\"@1\"\t\"FAILED\"\t\"Not allowed here\"\n\
         \"2\"\t\"@2\"\t\"COMPLETED\"\tNA\n",
        &jobs,
    );
    tells(
        "\"CopyJobId\" \"State\" \"StatusMessage\" \"n\"\n\"1\" \"@1\" \"FAILED\" \"Not allowed here\" 7\n\
         \"2\" \"@2\" \"COMPLETED\" NA 8\n",
        &jobs,
    );
    tells("CopyJobId\tState\tStatusMessage\n1\t@1\tFAILED\tNot allowed here\n2\t@2\tCOMPLETED\t\n", &jobs);
    tells(",CopyJobId,State,StatusMessage\n0,@1,FAILED,Not allowed here\n1,@2,COMPLETED,nan\n", &jobs);
}

#[test]
fn a_comma_at_the_end_of_each_row_moves_no_column() {
    tells(
        "status_message,job_state,note,copy_job_id,account\n\n\"No, not allowed\",Failed,x,@1,'111122223333,\n\
         \"\",completed,x,@2,'111122223333,\n",
        &["1 FAILED No, not allowed", "2 COMPLETED -"],
    );
}

#[test]
fn the_state_of_something_else_is_none_of_a_copy_job() {
    tells("Copy Job Id,Backup job phase\n@1,COMPLETED\n", &["1 UNKNOWN -"]);
    tells("Copy Job Id,Vault phase,Restore test\n@1,CREATED,FAILED\n", &["1 UNKNOWN -"]);
    tells("Copy Job Id,Backup job phase,End\n@1,COMPLETED,FAILED\n", &["1 FAILED -"]);
    tells("Copy Job Id,Phase of the backup copy\n@1,COMPLETED\n", &["1 COMPLETED -"]);
    tells("Copy Job Id,State,Backup job phase\n@1,LOST,COMPLETED\n", &["1 LOST -"]);
    tells(
        "Copy Job Id,Job state,What the backup said,Said\n@1,FAILED,It took longer than ever before,It was not allowed\n",
        &["1 FAILED It was not allowed"],
    );
}

/// Where no title names the message, it is told by the values of jobs that failed.
#[test]
fn a_description_is_no_message() {
    tells(
        "Copy Job Id,Job state,Purpose\n@1,COMPLETED,The nightly copy of all\n@2,FAILED,It was not allowed\n",
        &["1 COMPLETED -", "2 FAILED It was not allowed"],
    );
    tells(
        "Copy Job Id,Phase,Status Message,Purpose\n@1,FAILED,Not allowed,The nightly copy of all\n",
        &["1 FAILED Not allowed"],
    );
}

#[test]
fn a_table_of_psql_is_read_whatever_its_border_and_its_width() {
    let jobs = ["1 FAILED Not allowed here, said the vault. Ask for it", "2 COMPLETED -"];
    tells(
        " copy_job_id │   state   │ status_message \n\
         ─────────────┼───────────┼────────────────\n\
        \x20@1 │ FAILED    │ Not allowed here,↵\n\
        \x20            │           │ said the vault. Ask for it\n\
        \x20@2 │ COMPLETED │ ∅\n(2 rows)\n"
            .replace('∅', "")
            .as_str(),
        &jobs,
    );
    tells(
        "╔═════════════╦═══════════╦═══════════════╗\n\
         ║ copy_job_id ║   state   ║ status_message║\n\
         ╠═════════════╬═══════════╬═══════════════╣\n\
         ║ @1 ║ FAILED    ║ Not allowed here, said the vault. Ask for it ║\n\
         ║ @2 ║ COMPLETED ║               ║\n\
         ╚═════════════╩═══════════╩═══════════════╝\n(2 rows)\n",
        &jobs,
    );
    let (one, two) = ("7C8EF56A-74D8-059D-", "1301-C5BE1D5C926");
    for (line, cross, mark) in [("|", "+", "."), ("│", "┼", "…")] {
        let wrapped = format!(
            " copy_job_id {line} state {line} status_message \n-------------{cross}-------{cross}------------\n \
             {one}{mark}{line} FAIL{mark}{line} Not allowed here, {mark}\n{mark}{two}1 {line}{mark}ED    \
             {line}{mark}said the vault. {mark}\n             {line}       {line}{mark}Ask for it     \n \
             {one}{mark}{line} COMP{mark}{line} \n{mark}{two}2 {line}{mark}LETED {line} \n(2 rows)\n"
        );
        tells(&wrapped, &jobs);
    }
}

/// A cell that went on was a job of its own, with half of a message.
#[test]
fn cells_of_a_drawn_table_that_go_on_in_lines_below_are_one() {
    let jobs = [
        "1 FAILED Das Kopieren des AMI-Snapshots ist nicht erlaubt",
        "2 COMPLETED -",
        "3 FAILED Not allowed",
    ];
    // sqlite3's `.mode box --wrap 20 --wordwrap on`, with a line below each row.
    tells(
        "┌────┬───────────┬──────────────────────┬──────┐\n\
         │ copy_job_id │   state   │    status_message    │ type │\n\
         ├────┼───────────┼──────────────────────┼──────┤\n\
         │ @1 │ FAILED    │ Das Kopieren des     │ EC2  │\n\
         │    │           │ AMI-Snapshots ist    │      │\n\
         │    │           │ nicht erlaubt        │      │\n\
         ├────┼───────────┼──────────────────────┼──────┤\n\
         │ @2 │ COMPLETED │                      │ EBS  │\n\
         ├────┼───────────┼──────────────────────┼──────┤\n\
         │ @3 │ FAILED    │ Not allowed          │ EBS  │\n\
         └────┴───────────┴──────────────────────┴──────┘\n",
        &jobs,
    );
    // Without lines between the rows, and the columns the other way round.
    tells(
        "+----------------------+-----------+-------------+\n\
         |    status_message    |   state   | copy_job_id |\n\
         +----------------------+-----------+-------------+\n\
         | Das Kopieren des     | FAILED    | @1 |\n\
         | AMI-                 |           |    |\n\
         | Snapshots ist nicht  |           |    |\n\
         | erlaubt              |           |    |\n\
         |                      | COMPLETED | @2 |\n\
         | Not allowed          | FAILED    | @3 |\n\
         +----------------------+-----------+-------------+\n",
        &jobs,
    );
}

/// `.mode box --wrap 20` of sqlite3 counts characters only.
#[test]
fn cells_may_be_broken_within_words_and_ids() {
    let id = BUT_THE_NUMBER.split_at(20);
    let row = |cells: [&str; 3]| format!("│ {:<20} │ {:<6} │ {:<20} │\n", cells[0], cells[1], cells[2]);
    let table = [
        row(["copy_job_id", "state", "status_message"]),
        format!("├{0}┼{1}┼{0}┤\n", "─".repeat(22), "─".repeat(8)),
        row([id.0, "COMPLE", "The copy job was not"]),
        row([&format!("{}1", id.1), "TED", " allowed to be done "]),
        row(["", "", "without its permissi"]),
        row(["", "", "ons"]),
        row([id.0, "FAILED", ""]),
        row([&format!("{}2", id.1), "", ""]),
        row(["", "", "It was not allowed"]),
    ];
    tells(
        &["┌─────┐\n", &table.concat()].concat(),
        &[
            "1 COMPLETED The copy job was not allowed to be done without its permissions",
            "2 FAILED -",
            "no id UNKNOWN It was not allowed",
        ],
    );
}

#[test]
fn texts_of_a_drawn_table_may_stand_in_quotes() {
    let jobs = ["1 FAILED It's not allowed", "2 COMPLETED -", "3 FAILED Not \"allowed\" by it"];
    // console.table of Node.js, `.mode qbox` of sqlite3.
    tells(
        "┌─────────┬──────┬─────────────┬──────────────────────┐\n\
         │ (index) │ Id   │ State       │ Message              │\n\
         ├─────────┼──────┼─────────────┼──────────────────────┤\n\
         │ 0       │ '@1' │ 'FAILED'    │ \"It's not allowed\"   │\n\
         │ 1       │ '@2' │ 'COMPLETED' │ undefined            │\n\
         │ 2       │ '@3' │ 'FAILED'    │ 'Not \"allowed\" by it' │\n\
         └─────────┴──────┴─────────────┴──────────────────────┘\n",
        &jobs,
    );
    tells(
        "┌─────────────┬─────────────┬──────────────────┐\n\
         │ copy_job_id │    state    │  status_message  │\n\
         ├─────────────┼─────────────┼──────────────────┤\n\
         │ '@1' │ 'FAILED'    │ 'It''s not       │\n\
         │      │             │ allowed'         │\n\
         ├─────────────┼─────────────┼──────────────────┤\n\
         │ '@2' │ 'COMPLETED' │ NULL             │\n\
         ├─────────────┼─────────────┼──────────────────┤\n\
         │ '@3' │ 'FAILED'    │ 'Not \"allowed\"   │\n\
         │      │             │ by it'           │\n\
         └─────────────┴─────────────┴──────────────────┘\n",
        &jobs,
    );
}

#[test]
fn a_field_of_psql_may_have_several_lines() {
    tells(
        "-[ RECORD 1 ]--+-----\ncopy_job_id    | @1\nstatus_message | Not allowed here, said+\n               | the \
         vault. As.\n               |.k for it\nstate          | FAILED\n-[ RECORD 2 ]--+-----\n\
         copy_job_id    | @2\nstatus_message | \nstate          | COMPLETED\n",
        &["1 FAILED Not allowed here, said the vault. Ask for it", "2 COMPLETED -"],
    );
}

#[test]
fn the_rows_of_a_dump_stand_below_the_names_of_its_statement() {
    tells(
        "SET row_security = off;\n\nCOPY public.plans (id, status) FROM stdin;\n7\tFAILED\n\\.\n\n\
         COPY public.jobs (copy_job_id, \"why was that\", status_message, state) FROM stdin;\n\
         @1\tA longer text than any message could be here\tNot\\tallowed\\nhere, \"C:\\\\x\"\tFAILED\n\
         @2\t\\N\t\\N\tCOMPLETED\n\\.\n\nALTER TABLE ONLY public.jobs ADD CONSTRAINT x;\n",
        &["1 FAILED Not\tallowed\nhere, \"C:\\x\"", "2 COMPLETED -"],
    );
}

#[test]
fn an_event_below_the_title_of_the_message_is_read_as_one() {
    tells(
        "Date,@detail.copyJobId,@detail.state,Message\n\
         x,@1,FAILED,\"{\"\"detail\"\":{\"\"copyJobId\"\":\"\"@1\"\",\"\"state\"\":\"\"FAILED\"\",\"\"statusMessage\"\":\"\"Not allowed\"\"}}\"\n\
         x,@2,COMPLETED,\"{\"\"detail\"\":{\"\"copyJobId\"\":\"\"@2\"\",\"\"state\"\":\"\"COMPLETED\"\"}}\"\n",
        &["1 FAILED Not allowed", "2 COMPLETED -"],
    );
}

#[test]
fn fields_below_a_line_that_is_a_job_are_its_own() {
    tells(
        "\"AWS Backup copy job @1 in account 111122223333 changed to state FAILED.\"\n\
         \"Destination: arn:aws:backup:eu-west-1:444455556666:backup-vault:dr (RDS)\"\n\
         \"Reason: Not allowed here\"\n\n--\nPlease do not reply: the mailbox is not read\n\n\
         \"AWS Backup copy job @2 in account 111122223333 changed to state COMPLETED.\"\n\
         \"Reason: \"\n\nError: this line belongs to nobody\nReason: nor does this one\n",
        &["1 FAILED Not allowed here", "2 COMPLETED -"],
    );
    tells("@1: Not allowed here\nError: Not found there\n", &["1 UNKNOWN Not allowed here"]);
}

#[test]
fn what_format_table_groups_by_is_a_field_of_each_row() {
    tells_ruled(
        "\n   State: FAILED\n\nCopyJobId~ StatusMessage\n---------~ -------------\n@1 Not allowed here\n@2 \
         Not found there\n\n\n   State: COMPLETED\n\nCopyJobId~ StatusMessage\n---------~ -------------\n@3 \n\n",
        &["1 FAILED Not allowed here", "2 FAILED Not found there", "3 COMPLETED -"],
    );
    // The column of the row's own goes before what stands above the table.
    tells_ruled("  State: FAILED\nCopyJobId~ State\n---------~ -----\n@1 COMPLETED\n", &["1 COMPLETED -"]);
}

#[test]
fn titles_of_format_table_may_have_two_lines() {
    tells_ruled(
        "CopyJobId~ Stat StatusMess\n         ~ e    age\n---------~ ---- ----------\n@1 FAI… Access De…\n@2 COM…\n"
            .replace("         ~", &" ".repeat(37)).as_str(),
        &["1 FAI… Access De…", "2 COM… -"],
    );
}

#[test]
fn lines_may_be_strings_of_json() {
    tells(
        "\"@1 FAILED Not allowed here\"\n\"@2 COMPLETED null\"\n",
        &["1 FAILED Not allowed here", "2 COMPLETED -"],
    );
    tells(
        "[\n  \"@1 FAILED Not allowed here\",\n  \"@2 COMPLETED null\"\n]\n",
        &["1 FAILED Not allowed here", "2 COMPLETED -"],
    );
}

/// Jobs without a message had the number behind it as one.
#[test]
fn columns_of_pandas_end_where_their_titles_do() {
    let line = |[name, id, state, message, size]: [&str; 5]| {
        let id = id.replace('@', BUT_THE_NUMBER);
        format!("{name:<2}  {id:>36} {state:>9} {message:>27} {size:>6}\n")
    };
    let table = |names: [&str; 3]| {
        [
            ["", "CopyJobId", "State", "StatusMessage", "Size"],
            [names[0], "@1", "FAILED", "Der Schlüssel ist gesperrt", "7"],
            [names[1], "@2", "COMPLETED", "NaN", "354334"],
            [names[2], "@3", "RUNNING", "None", "<NA>"],
        ]
        .map(line)
        .concat()
    };
    let jobs = ["1 FAILED Der Schlüssel ist gesperrt", "2 COMPLETED -", "3 RUNNING -"];
    tells(&table(["0", "1", "10"]), &jobs);
    tells(&table(["", "", ""]), &jobs);
    tells(&format!(">>> print(jobs)\n{}\n[3 rows x 4 columns]\n", table(["0", "1", "2"])), &jobs);
}

/// Of a ticket only the JSON was read.
#[test]
fn a_text_that_people_put_together_is_read_part_by_part() {
    tells(
        "Copies fail, see below: @9 FAILED again.\n\n\
         | # | Copy job | State | Message |\n|--:|---|:-:|---|\n\
         | 1 | `@1` | ❌ FAILED | **Not allowed here** |\n\
         | 2 | [@2](https://a.example) | :white_check_mark: COMPLETED | — |\n\n\
         ```json\n{\"CopyJobId\": \"@3\", \"State\": \"FAILED\",\n\"StatusMessage\": \"Not found here\"}\n```\n\n\
         ```\nCopyJobId,State,StatusMessage\n@4,FAILED,\"No, not allowed\"\n```\n\
         > {\"CopyJobId\": \"@5\", \"State\": \"FAILED\",\n>  \"StatusMessage\": \"Not there\"}\n\n\
         > ||Kopierauftrag||Status||\n> |@6|{color:red}FAILED{color}|\n\n\
         +----+--------+-------------+\n| @7 | FAILED | Not at once |\n+----+--------+-------------+\n\
         {\"CopyJobId\": \"@8\", \"State\": \"RUNNING\"}\n",
        &[
            "1 FAILED Not allowed here",
            "2 COMPLETED -",
            "3 FAILED Not found here",
            "4 FAILED No, not allowed",
            "5 FAILED Not there",
            "6 FAILED -",
            "7 FAILED Not at once",
            "8 RUNNING -",
        ],
    );
}

/// A line between cells is also one between the name of a link and what it leads to.
#[test]
fn links_and_macros_of_jira_are_of_one_cell() {
    tells(
        "h2. Copies of the night\n\n||Copy job||State||Status message||Ticket||\n\
         |{{@1}}|{color:#de350b}*FAILED*{color}|Not allowed here|[OPS-7|https://a.example/browse/OPS-7]|\n\
         |@2|{status:colour=Yellow|title=ABORTED}| | |\n\
         |[@3|https://a.example/@3]|{status:title=COMPLETED|colour=Green}| |[mail|mailto:a@b.example|who]|\n\
         |@5|FAILED|Not allowed [here|https://a.example] either| |\n\
         |@6|FAILED|Not allowed [draft|none|\n\
         |@7|FAILED|Not allowed again|https://a.example/OPS-7|\n",
        &[
            "1 FAILED Not allowed here",
            "2 ABORTED -",
            "3 COMPLETED -",
            "5 FAILED Not allowed [here|https://a.example] either",
            "6 FAILED Not allowed [draft",
            "7 FAILED Not allowed again",
        ],
    );
}

#[test]
fn of_a_text_of_parts_beyond_its_bound_it_is_said_that_some_are_not_read() {
    let table = format!("| Copy job | State |\n|----------|-------|\n| {BUT_THE_NUMBER}1 | FAILED |\n\n");
    let json = format!("{{\"CopyJobId\": \"{BUT_THE_NUMBER}2\", \"State\": \"FAILED\"}}\n");
    let text = [table, json, "\n".repeat(8 << 20)].concat();
    let (mut ids, mut complaints) = (Vec::new(), Vec::new());
    read_from("export", text.as_bytes(), &Options::default(), &mut |item| match item {
        Item::Record(record) => ids.extend(record.copy_job_id),
        Item::Warning(warning) => complaints.push(warning.complaint),
        other => panic!("{other:?}"),
    });
    assert_eq!(ids, [format!("{BUT_THE_NUMBER}2")]);
    assert!(matches!(complaints.as_slice(), [Complaint::MixedTooLong { mib: 8 }]), "{complaints:?}");
}

#[test]
fn rows_in_json_stand_below_their_titles() {
    tells(
        "[[\"CopyJobId\",\"State\",\"StatusMessage\"],\n[\"@1\",\"FAILED\",\"Denied\"],\n[\"@2\",\"FAILED\",403],\n\
         [\"@3\",\"COMPLETED\",null]]",
        &["1 FAILED Denied", "2 FAILED 403", "3 COMPLETED -"],
    );
}

#[test]
fn in_a_list_of_texts_only_sentences_are_messages() {
    tells(
        "[\"Given key ID does not exist\", \"n/a\", \"eu-west-1\"]",
        &["no id UNKNOWN Given key ID does not exist"],
    );
}

#[test]
fn a_message_with_an_id_in_front_is_a_job_and_another_line_with_an_id_is_none() {
    tells(
        "1. @1: It was not allowed\n2. @2: It was not found there\n",
        &["1 UNKNOWN It was not allowed", "2 UNKNOWN It was not found there"],
    );
    tells("@1 done\n@2 done\n", &[]);
    tells(
        "It was not allowed\nIt was not found there, says @1\n",
        &[
            "no id UNKNOWN It was not allowed",
            &format!("no id UNKNOWN It was not found there, says {BUT_THE_NUMBER}1"),
        ],
    );
}

#[test]
fn sentences_around_a_job_are_none_of_its_messages() {
    tells(
        "Good morning to all of you\n@1 FAILED It was not allowed\nPlease look at it soon\nThe team of the night\n",
        &["1 FAILED It was not allowed"],
    );
}

#[test]
fn what_a_log_puts_in_front_of_rows_without_titles_is_no_part_of_their_ids() {
    let row = |number: u32| format!("2026-11-22T03:10:11.123Z @{number},FAILED,It was not allowed\n");
    tells(
        &(row(1) + &row(2) + &row(3)),
        &["1 FAILED It was not allowed", "2 FAILED It was not allowed", "3 FAILED It was not allowed"],
    );
}
