//! The vocabulary: a run of the tool with a bound on its memory, fed with what no disk has to hold, and what is
//! expected of it.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::common::{Run, copydoctor};

/// What the tool needs for itself, its threads and what it reads ahead, with debug assertions and all: twice of it.
pub(crate) const SMALL: u32 = 192;

/// No run takes so long, on any machine. It is no measure of speed: it ends what hangs.
const HANGS: Duration = Duration::from_secs(400);

/// An id that is one, and a message that is known.
pub(crate) const GOOD: &str = r#"{"CopyJobId":"47C8EF56-74D8-059D-1301-C5BE1D5C926E","State":"FAILED","StatusMessage":"Access Denied trying to call AWS Backup service"}"#;
pub(crate) const GOOD_TOO: &str = r#"{"CopyJobId":"57C8EF56-74D8-059D-1301-C5BE1D5C926E","State":"FAILED","StatusMessage":"Access Denied trying to call AWS Backup service"}"#;

/// A run that is to be: what it may use, what it is asked, what it is fed.
pub(crate) struct Limited {
    command: Command,
}

/// A run with so many MiB of memory: of addresses, which the system counts for every thread, and refuses beyond.
pub(crate) fn within(mib: u32) -> Limited {
    let mut command = Command::new("sh");
    let limits = format!("ulimit -v {} && exec \"$0\" \"$@\"", u64::from(mib) * 1024);
    command.args(["-c", &limits, env!("CARGO_BIN_EXE_copydoctor")]);
    command.env_clear().env("LC_ALL", "C").stdin(Stdio::null());
    // Each arena of the allocator reserves addresses that nobody uses.
    command.env("MALLOC_ARENA_MAX", "1");
    Limited { command }
}

impl Limited {
    pub(crate) fn asked<I: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = I>) -> Self {
        self.command.args(arguments);
        self
    }

    /// `batch --format json`, on two threads wherever it runs.
    pub(crate) fn batch(self) -> Self {
        self.asked(["batch", "--jobs", "2", "--format", "json"])
    }

    /// With `feed` on standard input. Whoever is fed may stop eating.
    pub(crate) fn fed(self, feed: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Run {
        let mut command = self.command;
        command.stdin(Stdio::piped());
        let mut child = start(&mut command);
        let mut stdin = child.stdin.take().expect("standard input is a pipe");
        let feeder = thread::spawn(move || feed(&mut stdin));
        let run = ended(child);
        let fed = feeder.join().expect("the feeder does not panic");
        assert!(fed.is_ok() || fed.is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe));
        run
    }

    /// With a file, or a folder of files.
    pub(crate) fn on(self, path: &Path) -> Run {
        self.asked([path]).run()
    }

    pub(crate) fn run(mut self) -> Run {
        ended(start(&mut self.command))
    }
}

fn start(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("there is a shell")
}

/// What a child leaves behind; one that hangs is killed.
pub(crate) fn ended(mut child: Child) -> Run {
    let drain = |stream: Option<Box<dyn Read + Send>>| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stream.map(|mut stream| stream.read_to_end(&mut bytes));
            read.transpose().expect("a pipe can be read");
            String::from_utf8(bytes).expect("all that is written is UTF-8")
        })
    };
    let stdout = drain(child.stdout.take().map(|stream| Box::new(stream) as _));
    let stderr = drain(child.stderr.take().map(|stream| Box::new(stream) as _));
    let start = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status.code();
        }
        if start.elapsed() > HANGS {
            child.kill().expect("a child can be killed");
            panic!("it hangs: {child:?}");
        }
        thread::sleep(Duration::from_millis(5));
    };
    let text = |thread: thread::JoinHandle<String>| thread.join().expect("the reader does not panic");
    Run { code, stdout: text(stdout), stderr: text(stderr) }
}

/// Writes a text over and over, as often as it goes into so many bytes.
pub(crate) fn repeat(out: &mut dyn Write, text: &str, bytes: u64) -> io::Result<()> {
    let block = text.repeat(1 + 64 * 1024 / text.len());
    let block = &block.as_bytes()[..block.len() / text.len() * text.len()];
    let mut left = bytes - bytes % text.len() as u64;
    while left > 0 {
        let length = left.min(block.len() as u64);
        out.write_all(&block[..usize::try_from(length).expect("a block is small")])?;
        left -= length;
    }
    Ok(())
}

/// The counts of the records, as far as they are not zero.
pub(crate) fn counts(run: &Run) -> Vec<(String, u64)> {
    let report = run.json();
    let records = report["records"].as_object().expect("the account of the records");
    let counts = records.iter().filter_map(|(name, count)| Some((name.clone(), count.as_u64()?)));
    counts.filter(|(_, count)| *count > 0).collect()
}

impl Run {
    /// One of the counts of the records.
    #[track_caller]
    pub(crate) fn counts_of(&self, name: &str) -> u64 {
        self.json()["records"][name].as_u64().unwrap_or_else(|| panic!("no count of {name}: {}", self.stderr))
    }
}

/// That the report counts these records, in the order of the report, and nothing is counted twice or not at all.
#[track_caller]
pub(crate) fn assert_counts(run: &Run, expected: &[(&str, u64)]) {
    let counts = counts(run);
    let counts: Vec<(&str, u64)> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    assert_eq!(counts, expected, "{}", run.stderr);
    let (total, parts) = counts.split_first().expect("records");
    assert_eq!(total.1, parts.iter().map(|(_, count)| count).sum::<u64>(), "{counts:?}");
}

/// That a run ends with this code and says this in its only line on standard error.
#[track_caller]
pub(crate) fn assert_says(run: &Run, code: i32, said: &str) {
    assert_eq!(run.code, Some(code), "{}", run.stderr);
    assert!(run.complaint().contains(said), "{}", run.stderr);
}

/// A folder for a test.
pub(crate) fn folder() -> TempDir {
    TempDir::new().expect("a directory for the test")
}

/// Writes a file into a folder.
pub(crate) fn file(folder: &TempDir, name: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name.as_ref());
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

/// What a shell makes of a command in which `$0` is the tool and `$1` an argument.
pub(crate) fn shell(command: &str, argument: &Path) -> Run {
    let mut shell = Command::new("sh");
    shell.args(["-c", command, env!("CARGO_BIN_EXE_copydoctor")]).arg(argument);
    shell.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
    ended(start(&mut shell))
}

/// The arguments as the system takes them.
pub(crate) fn words(text: &str) -> Vec<OsString> {
    text.split(' ').filter(|word| !word.is_empty()).map(OsString::from).collect()
}

/// The tool with these arguments and nothing on standard input.
pub(crate) fn tool(arguments: &str) -> Command {
    let mut command = copydoctor();
    command.args(words(arguments));
    command
}
