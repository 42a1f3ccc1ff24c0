//! Files that are not what they seem: links in circles, files that may not be read or fail in the middle, files that
//! change, shrink or go away while they are read, things that are no files.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{Run, copydoctor};
use crate::limited::{GOOD, SMALL, assert_counts, ended, file, folder, within};

fn batch(path: &Path) -> Run {
    within(SMALL).batch().on(path)
}

/// The good export beside it is read, and this is an error.
#[track_caller]
fn costs_itself_only(run: &Run, said: &str) {
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.complaint().contains(said), "{}", run.stderr);
    assert_counts(run, &[("total", 1), ("diagnosed", 1)]);
}

#[test]
fn links_in_circles() {
    for target in [".", "..", "loop"] {
        let folder = folder();
        let exports = folder.path().join("exports");
        fs::create_dir(&exports).expect("a folder can be made");
        fs::write(exports.join("jobs.json"), GOOD).expect("the file can be written");
        symlink(target, exports.join("loop")).expect("a link can be made");
        let run = batch(&exports);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(run.complaint().contains("exports/loop: cannot be read: "), "{}", run.stderr);
        // Through the link the same job may be found a second time.
        assert_eq!(run.counts_of("diagnosed"), 1, "{}", run.stderr);
    }
}

#[test]
fn a_link_to_nowhere() {
    let folder = folder();
    file(&folder, "jobs.json", GOOD);
    symlink("nowhere.json", folder.path().join("link.json")).expect("a link can be made");
    costs_itself_only(&batch(folder.path()), "link.json: cannot be read: ");
}

/// A file that opens and fails as soon as it is read: the memory of the process, at an address where there is none.
#[test]
fn a_file_that_fails_while_it_is_read() {
    let folder = folder();
    file(&folder, "jobs.json", GOOD);
    symlink("/proc/self/mem", folder.path().join("mem.json")).expect("a link can be made");
    costs_itself_only(&batch(folder.path()), "mem.json: cannot be read any further: ");
}

/// Root may read everything, so this is run by nobody.
#[test]
fn a_file_and_a_folder_that_may_not_be_read() {
    let folder = folder();
    file(&folder, "jobs.json", GOOD);
    let secret = file(&folder, "secret.json", GOOD);
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).expect("a folder can be made");
    for path in [&secret, &locked] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    }
    let mut command = if fs::read(&secret).is_ok() {
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
            .expect("permissions can be set");
        // Where the build lies may be root's alone, so the tool comes along, as a hidden file.
        let tool = folder.path().join(".tool");
        let copied = Command::new("cp")
            .arg(env!("CARGO_BIN_EXE_copydoctor"))
            .arg(&tool)
            .status()
            .expect("there is cp");
        assert!(copied.success());
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(tool);
        command
    } else {
        copydoctor()
    };
    command.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin").current_dir("/");
    command.args(["batch", "--format", "json"]).arg(folder.path());
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let run = ended(child.expect("the tool starts"));
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    assert_eq!(run.code, Some(2), "{run:?}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert!(lines[0].contains("locked: cannot be read: IO error for operation on "), "{run:?}");
    assert!(lines[1].contains("secret.json: cannot be opened: Permission denied"), "{run:?}");
    assert_counts(&run, &[("total", 1), ("diagnosed", 1)]);
}

/// Nobody waits for what a pipe or a socket among exports may have to say one day.
#[test]
fn pipes_and_sockets_in_a_folder_are_left_alone() {
    let folder = folder();
    file(&folder, "jobs.json", GOOD);
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.json")).status().expect("there is mkfifo");
    assert!(made.success());
    let _listener = UnixListener::bind(folder.path().join("socket.json")).expect("a socket can be made");
    let run = batch(folder.path());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_counts(&run, &[("total", 1), ("diagnosed", 1)]);
}

#[test]
fn a_folder_of_many_levels() {
    let folder = folder();
    let mut deep = folder.path().to_owned();
    for _ in 0..400 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).expect("folders can be made");
    fs::write(deep.join("jobs.json"), GOOD).expect("the file can be written");
    let run = batch(folder.path());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_counts(&run, &[("total", 1), ("diagnosed", 1)]);
}

#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    file(&folder, std::ffi::OsStr::from_bytes(b"jobs\xff\n\x1b[2J.json"), GOOD);
    file(
        &folder,
        std::ffi::OsStr::from_bytes(b"bad\xff\n\x1b[2J.json"),
        "{\"CopyJobId\":\"A\",\"State\":oops}",
    );
    let run = batch(folder.path());
    assert_eq!(run.code, Some(2));
    assert!(run.complaint().contains("bad\u{fffd} \\u{1b}[2J.json:1:1: "), "{}", run.stderr);
    assert_counts(&run, &[("total", 2), ("diagnosed", 1), ("rejected", 1)]);
}

/// So many jobs that reading takes a moment, each with much that says nothing.
const JOBS: usize = 4000;

fn job(number: usize) -> String {
    let filler = "and so on ".repeat(400);
    format!("{{\"CopyJobId\":\"{number:06}\",\"State\":\"COMPLETED\",\"x\":\"{filler}\"}}\n")
}

/// How far a process has read a file.
fn place_in(path: &Path, process: u32) -> Option<u64> {
    let is_it = |entry: &fs::DirEntry| fs::read_link(entry.path()).is_ok_and(|file| file == path);
    let open = fs::read_dir(format!("/proc/{process}/fd")).ok()?.flatten().find(is_it)?;
    let about =
        fs::read_to_string(format!("/proc/{process}/fdinfo/{}", open.file_name().to_string_lossy())).ok()?;
    about.lines().find_map(|line| line.strip_prefix("pos:")?.trim().parse().ok())
}

fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args([name, &process.to_string()]).status().expect("there is kill");
    assert!(sent.success());
}

/// Runs on a file, stops when it is read in part, changes it, and goes on. Gives how far it was read.
fn while_it_is_read(change: impl Fn(&Path)) -> (u64, Run) {
    let folder = folder();
    let path = folder.path().join("jobs.jsonl");
    for _ in 0..50 {
        fs::write(&path, (0..JOBS).map(job).collect::<String>()).expect("the file can be written");
        let size = fs::metadata(&path).expect("it is there").len();
        let mut command = copydoctor();
        command.args(["batch", "--jobs", "1", "--format", "json"]).arg(&path);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the tool starts");
        let mut place = None;
        while Path::new(&format!("/proc/{}/fd/1", child.id())).exists()
            && place.is_none_or(|place| place == 0)
        {
            place = place_in(&path, child.id());
        }
        if place.is_some() {
            signal(child.id(), "-STOP");
            place = place_in(&path, child.id());
        }
        // Half of it is still to come, so that whatever is changed there will be met.
        let Some(place) = place.filter(|place| *place < size / 2) else {
            if Path::new(&format!("/proc/{}/fd/1", child.id())).exists() {
                signal(child.id(), "-CONT");
            }
            ended(child);
            continue;
        };
        change(&path);
        signal(child.id(), "-CONT");
        return (place, ended(child));
    }
    panic!("the file was never met while it was read");
}

#[test]
fn a_file_that_shrinks_while_it_is_read_ends_where_it_ends() {
    let size = (0..JOBS / 2).map(|number| job(number).len() as u64).sum::<u64>();
    let (_, run) = while_it_is_read(|path| {
        fs::OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|file| file.set_len(size - 20))
            .expect("it is cut");
    });
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.complaint().contains("the file ends in the middle"), "{run:?}");
    assert_eq!(run.counts_of("total"), JOBS as u64 / 2 - 1);
}

#[test]
fn a_file_that_is_emptied_grows_or_goes_away_while_it_is_read() {
    let (place, run) = while_it_is_read(|path| fs::write(path, "").expect("it is emptied"));
    assert!(matches!(run.code, Some(0 | 2)), "{run:?}");
    assert_eq!(run.counts_of("total"), place / job(0).len() as u64, "what was read before is reported");
    let (_, run) = while_it_is_read(|path| fs::remove_file(path).expect("it can be removed"));
    assert_eq!((run.code, run.counts_of("total"), run.stderr.as_str()), (Some(0), JOBS as u64, ""));
    let (_, run) = while_it_is_read(|path| {
        let mut file = fs::OpenOptions::new().append(true).open(path).expect("it can be opened");
        file.write_all(job(JOBS).as_bytes()).expect("it can be written");
    });
    assert_eq!((run.code, run.counts_of("total"), run.stderr.as_str()), (Some(0), JOBS as u64 + 1, ""));
}

/// What was there is overwritten by something else of the same length.
#[test]
fn a_file_that_changes_while_it_is_read() {
    let (_, run) = while_it_is_read(|path| {
        let size = usize::try_from(fs::metadata(path).expect("it is there").len()).expect("a small file");
        let job = format!("{{\"CopyJobId\":\"x\",\"State\":oops,\"x\":\"{}\"}}\n", "and so on ".repeat(400));
        let other = job.repeat(size / job.len());
        let mut file = fs::OpenOptions::new().write(true).open(path).expect("it can be opened");
        file.write_all(other.as_bytes()).expect("it can be written");
    });
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.counts_of("rejected") > 0 && run.counts_of("without_message") > 0, "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 21, "{}", run.stderr);
}
