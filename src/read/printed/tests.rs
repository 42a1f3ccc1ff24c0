//! Tests of what becomes JSON, and of what stays as it is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::read::field::FieldNames;
use crate::read::rewritten::Rewritten;

fn as_json(text: &str) -> String {
    String::from_utf8(Rewritten::of(text.as_bytes(), AsJson::default())).expect("it stays UTF-8")
}

/// Byte by byte, as a reader could give it.
fn as_json_in_pieces(text: &str) -> String {
    let (mut rewrite, mut out) = (AsJson::default(), Vec::new());
    text.as_bytes().chunks(1).for_each(|piece| rewrite.line(piece, false, &mut out));
    rewrite.end(&mut out);
    String::from_utf8(out).expect("it stays UTF-8")
}

#[track_caller]
fn becomes(text: &str, expected: Value) {
    let json = as_json(text);
    assert_eq!(serde_json::from_str::<Value>(&json).ok(), Some(expected), "{json}");
    assert_eq!(as_json_in_pieces(text), json);
}

#[track_caller]
fn is(text: &str, expected: bool) {
    assert_eq!(is_printed(text, &FieldNames::default()), expected, "{text}");
}

#[test]
fn what_python_prints_becomes_json() {
    becomes(
        "{'a': 'b', 'c': [1, -2.5, True, False, None]}",
        json!({"a": "b", "c": [1, -2.5, true, false, null]}),
    );
    becomes("[{u'a': u'b'}, {b'c': b'd'}]", json!([{"a": "b"}, {"c": "d"}]));
    becomes("{'a': ('b',), 'c': ()}", json!({"a": ["b"], "c": []}));
    becomes(
        "{'a': Decimal('1.5'), 'b': UUID('x', version=4), 'c': nan}",
        json!({"a": "1.5", "b": "x", "c": null}),
    );
    becomes("[None, True, {'a': '{'}]", json!([null, true, {"a": "{"}]));
    becomes("{'a': f(1, {'b': [2, (3,)]}, g('c', d)), 'e': 4}", json!({"a": 1, "e": 4}));
    becomes("{'a': OrderedDict({'b': 1}), 'c': 2}", json!({"a": {"b": 1}, "c": 2}));
    becomes("{1: 'a', None: 'b', True: 'c'}", json!({"1": "a", "None": "b", "True": "c"}));
}

#[test]
fn a_text_of_python_is_the_same_text() {
    becomes(r#"{"a": "it's", 'b': 'a "b"'}"#, json!({"a": "it's", "b": "a \"b\""}));
    becomes(r"{'a': 'it\'s \\ \n\t\x1b\xe4\u20ac\U0001f600\0'}", json!({"a": "it's \\ \n\t\u{1b}ä€😀\0"}));
    becomes(r"{'a': 'C:\Daten'}", json!({"a": "C:\\Daten"}));
    becomes(r"{'a': '\ud83d\ude00'}", json!({"a": "😀"}));
    becomes(r"{'a': '\xzz \U00110000'}", json!({"a": "\u{fffd}zz \u{fffd}"}));
    becomes("{'a': 'one '\n      'two'\n      \"'s\",\n 'b': 1}", json!({"a": "one two's", "b": 1}));
}

#[test]
fn a_date_of_python_is_a_time() {
    for (date, expected) in [
        ("datetime.datetime(2025, 7, 2, 5, 6, 27, 234000, tzinfo=tzlocal())", "2025-07-02T05:06:27.234000"),
        ("datetime.datetime(2025, 7, 2, 5, 6, tzinfo=tzutc())", "2025-07-02T05:06:00.000000Z"),
        ("datetime.datetime(2025, 7, 2, 5, 6, tzinfo=datetime.timezone.utc)", "2025-07-02T05:06:00.000000Z"),
        (
            "datetime.datetime(2025, 7, 2, 5, 6, tzinfo=tzoffset(None, 7200))",
            "2025-07-02T05:06:00.000000+02:00",
        ),
        (
            "datetime.datetime(2025, 7, 2, 5, 6, tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=61200)))",
            "2025-07-02T05:06:00.000000-07:00",
        ),
        ("datetime.date(2025, 7, 2)", "2025-07-02T00:00:00.000000"),
        ("Timestamp('2025-07-02 05:06:27+0000', tz='UTC')", "2025-07-02 05:06:27+0000"),
        ("ISODate(\"2025-07-02T05:06:27Z\")", "2025-07-02T05:06:27Z"),
        ("datetime.datetime(soon)", "soon"),
        ("datetime.datetime(2025)", "2025"),
    ] {
        becomes(&format!("{{'at': {date}, 'b': 1}}"), json!({"at": expected, "b": 1}));
    }
}

#[test]
fn what_node_prints_becomes_json() {
    becomes(
        "{\n  State: 'FAILED',\n  At: 2025-07-02T05:06:27.234Z,\n  By: [Object],\n  'detail-type': \"it's\"\n}",
        json!({"State": "FAILED", "At": "2025-07-02T05:06:27.234Z", "By": ["Object"], "detail-type": "it's"}),
    );
    becomes("{ a: undefined, b: 12n, c: `it's \"so\"` }", json!({"a": null, "b": "12n", "c": "it's \"so\""}));
    becomes(
        "{ a: 'one\\n' +\n    'two', b: [Function (anonymous)] }",
        json!({"a": "one\ntwo", "b": ["Function (anonymous)"]}),
    );
    becomes("{ a: [ 1, ... 2 more items ] }", json!({"a": [1, "... 2 more items"]}));
    becomes("{ a: 1, ... 2 more keys }", json!({"a": 1}));
    becomes("{ a: Job { b: [Circular *1] } }", json!({"a": {"b": ["Circular *1"]}}));
}

#[test]
fn what_go_prints_becomes_json() {
    becomes(
        "{\n  CopyJobs: [{\n      At: 2025-07-02 05:06:27.234 +0000 UTC,\n      Is: false\n    },{\n      Is: true\n    }]\n}",
        json!({"CopyJobs": [{"At": "2025-07-02 05:06:27.234 +0000 UTC", "Is": false}, {"Is": true}]}),
    );
    becomes(r#"{ A: "\a\v", From: ::1 }"#, json!({"A": "\u{7}\u{b}", "From": "::1"}));
}

#[test]
fn what_java_prints_becomes_json() {
    let job = "CopyJob(AccountId=1, StatusMessage=It's no, or (as \"AWS\", \"it\" says: a, b) denied., By=Plan(Id=2), \
               In={FAILED=1, RUNNING=2}, Is=true)";
    let expected = json!({
        "AccountId": 1, "StatusMessage": "It's no, or (as \"AWS\", \"it\" says: a, b) denied.", "By": {"Id": 2},
        "In": {"FAILED": 1, "RUNNING": 2}, "Is": true
    });
    becomes(&format!("[{job}, {job}]"), json!([expected, expected]));
    becomes(&format!("(CopyJob={job})"), json!({"CopyJob": expected}));
    becomes("[Job(Path=/srv/a, Is=true)]", json!([{"Path": "/srv/a", "Is": true}]));
    becomes(
        "{'by': {StatusMessage=It was locked, or gone, Is=true}}",
        json!({"by": {"StatusMessage": "It was locked, or gone", "Is": true}}),
    );
}

#[test]
fn what_people_write_into_json_is_left_out() {
    becomes(
        "{ // one\n \"a\": \"http://x\", /* \"b\":\n 2, **/ \"c\": [1, 2,],\n}",
        json!({"a": "http://x", "c": [1, 2]}),
    );
    becomes("{ // \"a\": 1,\n  \"b\": 2 }", json!({"b": 2}));
}

#[test]
fn what_the_shell_of_mongodb_prints_becomes_json() {
    becomes(
        "{ \"_id\" : ObjectId(\"65a\"), \"at\" : ISODate(\"2025-07-02\"), \"size\" : NumberLong(3) }",
        json!({"_id": "65a", "at": "2025-07-02", "size": 3}),
    );
}

#[test]
fn what_stands_around_objects_stays() {
    for text in [
        "[ERROR] Access Denied (it's 'so', \"and\" so)\n",
        "{\"a\": [1, {}], \"b\": \"\\u00e4\\\"\"}\n{\"c\": null}{}",
        "[[null, \"{'\"], [-1.5e3, \"{'\"]]",
        "{\n\t\"a\":\t[1]\n}\n",
        "[2025-07-02] [true story] [1] {it's}",
        "it was {:>10} or {:?}, 'so' it said",
        "",
    ] {
        assert_eq!(as_json(text), text);
    }
    assert_eq!(as_json("a\t{'b': 1} c\nd, 'e'\n"), "a\t{\"b\": 1} c\nd, 'e'\n");
}

#[test]
fn what_is_cut_off_takes_nothing_else_with_it() {
    assert_eq!(as_json("{'a': 'b\n{'c': 'd'}\n"), "{\"a\": \"b\"\n{\"c\": \"d\"}\n");
    assert_eq!(as_json("{'a': date(2025, 7\n{'c': 1}\n"), "{\"a\": \"2025, 7\"\n{\"c\": 1}\n");
    assert_eq!(as_json("{'a': f(1, 2\n{'c': 1}\n"), "{\"a\":   1\n{\"c\": 1}\n");
    assert_eq!(as_json("{'a': f(1, 2,\n{'c': 1}\n"), "{\"a\":   1\n{\"c\": 1}\n");
    assert_eq!(as_json("{'a': 'b"), "{\"a\": \"b");
    assert_eq!(as_json("{'a': tr"), "{\"a\": \"tr\"");
    assert_eq!(as_json("{'a'"), "{\"a\"");
}

#[test]
fn a_word_grows_no_further_than_the_longest() {
    for text in [",x", ")", "x", "("] {
        let json = as_json(&format!("{{a: x {}", text.repeat(2 * LONGEST_WORD)));
        assert!(json.len() < LONGEST_WORD + 100, "{text}");
    }
    // What was cut is no name of a call: its argument does not take its place.
    let longest = "x".repeat(LONGEST_WORD);
    becomes(&format!("{{a: {longest}(b)}}"), json!({"a": longest}));
}

#[test]
fn lines_and_columns_are_kept() {
    let place = |text: &str, it: &str| {
        let at = text.find(it).expect("it is there");
        (text[..at].matches('\n').count(), at - text[..at].rfind('\n').map_or(0, |end| end + 1))
    };
    for text in [
        "{'a': datetime.datetime(2025, 7, 2, 5, 6), 'it': 1}",
        "{'a': 'it\\'s \\x41', /* b */ 'it': 1}",
        "{'a': 'one'\n 'two',\n   'it': None}",
        "{ a: Job {}, it: 1 }",
        "{'a': '\\x7f', 'it': 1}",
    ] {
        let json = as_json(text);
        let key = if text.contains("'it'") { "'it'" } else { "it:" };
        assert_eq!(place(&json, "\"it\""), place(text, key), "{json}");
    }
}

#[test]
fn a_copy_job_is_known_by_a_key() {
    for text in [
        "[{'AccountId': '1', 'CopyJobId': 'A'}]",
        "event: {'detail': {'copyJobId': 'A'}}",
        "{u'State': u'FAILED'}",
        "{\n  CopyJobs: [\n    {",
        "{ state: \"FAILED\" }",
        "R(CopyJobs=[CopyJob(CopyJobId=A)])",
        "// mine\n{\n  \"CopyJobs\": [",
        "{\n  // mine\n  \"CopyJobs\": [",
    ] {
        is(text, true);
    }
    for text in [
        "{\"CopyJobId\": \"A\", \"State\": \"FAILED\"}",
        "CopyJobs:\n- State: 'FAILED'\n",
        "[{State: FAILED, CopyJobId: A}]",
        "the state: 'FAILED'",
        "{'a': 'b'}",
        "{\"a\": \"https://x\"}\n",
        "see \"this\"\n// {\n",
        "the CopyJob(s) of today",
        "",
    ] {
        is(text, false);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// A value as Python prints it.
fn printed_by_python(value: &Value) -> String {
    let text = |text: &str| {
        let escaped: Vec<String> = text
            .chars()
            .map(|c| match c {
                '\\' | '\'' => format!("\\{c}"),
                '\n' => "\\n".to_owned(),
                c if c.is_control() && u32::from(c) < 256 => format!("\\x{:02x}", u32::from(c)),
                c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            })
            .collect();
        format!("'{}'", escaped.concat())
    };
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(string) => text(string),
        Value::Array(values) => {
            format!("[{}]", values.iter().map(printed_by_python).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(key, value)| format!("{}: {}", text(key), printed_by_python(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
    }
}

proptest! {
    #[test]
    fn json_is_the_same_json(value in any_json(), is_pretty: bool) {
        let objects = json!([value]);
        let text = if is_pretty { format!("{objects:#}") } else { objects.to_string() };
        prop_assert_eq!(serde_json::from_str::<Value>(&as_json(&text)).ok(), serde_json::from_str(&text).ok());
    }

    #[test]
    fn python_means_the_same(value in any_json()) {
        let text = printed_by_python(&json!([[value]]));
        let whole = serde_json::from_str::<Value>(&json!([[value]]).to_string()).ok();
        prop_assert_eq!(serde_json::from_str::<Value>(&as_json(&format!("[{{'a': {text}}}]"))).ok(), whole.map(|it| json!([{"a": it}])));
    }

    #[test]
    fn a_line_stays_a_line_and_pieces_make_no_difference(text in "[\\[{]['\"a][\\[\\]{}(),:='\"`a/*+\\\\ \n]{0,40}") {
        let json = as_json(&text);
        prop_assert_eq!(json.matches('\n').count(), text.matches('\n').count());
        prop_assert_eq!(as_json_in_pieces(&text), json);
    }
}
