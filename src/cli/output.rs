//! Where a report goes: to standard output, or to a file that holds all of it or what it held before.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use copydoctor::read::{Input, reads};
use tempfile::{Builder, NamedTempFile};

use super::Said;

/// The names under which standard output may be asked for. Where it is redirected, they lead to a regular file, which
/// must not be replaced behind the back of whoever has opened it.
const STANDARD_OUTPUT: &[&str] = &["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

/// Where a report goes.
#[derive(Debug)]
pub(super) enum Output {
    /// Standard output.
    Stdout,
    /// A file that cannot be replaced: a pipe, a device.
    Straight(PathBuf),
    /// A regular file. It is replaced by another one as soon as that is whole.
    Replaced {
        /// The name as it was given.
        name: PathBuf,
        /// The file itself, where the name is a link.
        file: PathBuf,
        /// Those of the file that is there.
        permissions: Option<Permissions>,
    },
}

impl Output {
    /// The output of this name. What speaks against writing it is said now, before anything is read.
    pub(super) fn of(name: &Path) -> io::Result<Self> {
        if STANDARD_OUTPUT.iter().any(|standard| name.as_os_str() == *standard) {
            return Ok(Self::Stdout);
        }
        let is_special = name.starts_with("/dev") || name.starts_with("/proc");
        match fs::metadata(name) {
            Ok(there) if there.is_dir() => Err(Said::OutputIsDirectory.of(name).into()),
            Ok(there) if is_special || !there.is_file() => Ok(Self::Straight(name.to_owned())),
            Ok(there) => {
                let file = OpenOptions::new().write(true).open(name).and_then(|_| fs::canonicalize(name));
                let file = file.map_err(|error| told(name, &error))?;
                Ok(Self::Replaced { name: name.to_owned(), file, permissions: Some(there.permissions()) })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let file = new_file(name).map_err(|error| told(name, &error))?;
                Ok(Self::Replaced { name: name.to_owned(), file, permissions: None })
            }
            Err(error) => Err(told(name, &error)),
        }
    }

    /// The output of this name, for something else than the report: it is neither read nor where the report goes.
    pub(super) fn beside(report: &Self, name: &Path, same: Said, inputs: &[Input]) -> io::Result<Self> {
        let output = Self::of(name)?;
        output.must_not_be_read(inputs)?;
        if output.is_same(report) {
            return Err(same.of(name).into());
        }
        Ok(output)
    }

    /// Whether it is not standard output.
    pub(super) fn is_file(&self) -> bool {
        !matches!(self, Self::Stdout)
    }

    /// Whether both would be written to the same place.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stdout, Self::Stdout) => true,
            (Self::Straight(one), Self::Straight(other)) => one == other && one != Path::new("/dev/null"),
            (Self::Replaced { file: one, .. }, Self::Replaced { file: other, .. }) => one == other,
            _ => false,
        }
    }

    /// Refuses an output that is also read.
    pub(super) fn must_not_be_read(&self, inputs: &[Input]) -> io::Result<()> {
        let Self::Replaced { name, file, .. } = self else { return Ok(()) };
        match inputs.iter().find(|input| reads(input, file)) {
            None => Ok(()),
            Some(input) => {
                let said = match input {
                    Input::Path(path) if path.is_dir() => {
                        Said::OutputIsReadIn { folder: path.display().to_string() }
                    }
                    _ => Said::OutputIsRead,
                };
                Err(said.of(name).into())
            }
        }
    }

    /// Has it written. A file stays as it was if anything goes wrong on the way.
    pub(super) fn write<T>(self, write: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
        match self {
            Self::Stdout => {
                let mut out = BufWriter::new(io::stdout().lock());
                let written = write(&mut out)?;
                out.flush()?;
                Ok(written)
            }
            Self::Straight(name) => {
                // Where the name leads to a file that another program writes too, nothing of it is overwritten.
                let file =
                    OpenOptions::new().append(true).open(&name).map_err(|error| told(&name, &error))?;
                write_to(&file, &name, write)
            }
            Self::Replaced { name, file, permissions } => {
                let folder = file.parent().unwrap_or(Path::new("."));
                let new = new_beside(folder, permissions).map_err(|error| told(&name, &error))?;
                let written = write_to(new.as_file(), &name, write)?;
                // A rename may reach the disk before the content does.
                new.as_file().sync_all().map_err(|error| told(&name, &error))?;
                new.persist(&file).map_err(|error| told(&name, &error.error))?;
                Ok(written)
            }
        }
    }
}

/// The path of a file that is not there yet, but whose folder is.
fn new_file(name: &Path) -> io::Result<PathBuf> {
    let parent = name.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A link that leads nowhere: the file is to be made where it leads to.
    if let Ok(target) = fs::read_link(name) {
        return new_file(&parent.join(target));
    }
    let folder = fs::canonicalize(parent).map_err(|error| {
        let said = Said::NoFolder { folder: parent.display().to_string(), cause: (&error).into() };
        io::Error::new(error.kind(), said)
    })?;
    let file_name = name.file_name().unwrap_or(OsStr::new(""));
    Ok(folder.join(file_name))
}

/// An empty file without a name that anybody knows, in the folder of the one that it shall replace.
fn new_beside(folder: &Path, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    // Opened as every new file is: with all permissions but those that the user's mask takes away.
    let open = |path: &Path| OpenOptions::new().read(true).write(true).create_new(true).open(path);
    let new = Builder::new().prefix(".copydoctor-").make_in(folder, open)?;
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    Ok(new)
}

fn write_to<T>(
    file: &File,
    name: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<T> {
    let mut out = BufWriter::new(Named { name, file });
    let written = write(&mut out)?;
    out.flush()?;
    Ok(written)
}

/// A file whose errors name it.
struct Named<'a> {
    name: &'a Path,
    file: &'a File,
}

impl Write for Named<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|error| told(self.name, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|error| told(self.name, &error))
    }
}

/// The error with the name of the file. Its kind stays: that a reader closes a pipe is no fault, and an interruption
/// none either.
fn told(name: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), Said::from(error).of(name))
}
