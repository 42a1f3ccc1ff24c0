//! The arguments of this run, and the errors in them, from which nothing can steer the terminal.

use std::ffi::OsString;
use std::io::{self, Write};

use clap::builder::Styles;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, Command, CommandFactory, FromArgMatches};
use copydoctor::catalogue::Edition;
use copydoctor::render::printable;

use super::terminal::{ColorWhen, complain};
use super::{Cli, ERROR, Said};

/// The version of the tool and of the catalogue in it.
pub(super) fn long_version() -> String {
    let Edition { date, sha256, root_causes } = Edition::builtin();
    format!("{}\ncatalogue of {date}: {root_causes} root causes, SHA-256 {sha256}", env!("CARGO_PKG_VERSION"))
}

impl Cli {
    /// The arguments of this run. Ends the program where they are wrong or ask for help.
    pub(crate) fn of_arguments() -> Self {
        let arguments: Vec<OsString> = std::env::args_os().collect();
        // The help and the errors are coloured too, before anything of the arguments is understood.
        ColorWhen::of_arguments(&arguments).apply();
        let cli = parse(Self::command(), &arguments).unwrap_or_else(|error| {
            if !error.use_stderr() {
                std::process::exit(show(&error).into());
            }
            complain_of(&error, &arguments);
            std::process::exit(ERROR.into());
        });
        cli.color.apply();
        cli
    }
}

/// Writes the help or the version that was asked for. Gives the exit code.
fn show(asked_for: &clap::Error) -> u8 {
    match asked_for.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let cause = (&error).into();
            complain(format_args!("error: {}", Said::StandardOutput { cause }));
            ERROR
        }
        _ => 0,
    }
}

/// Says what is wrong with the arguments. The text quotes them, so it is made once more of arguments in which every
/// character is visible: the line breaks in it are then its own, as are the escape sequences, of which it has none.
fn complain_of(error: &clap::Error, arguments: &[OsString]) {
    let visible: Vec<OsString> = arguments
        .iter()
        .map(|argument| {
            argument.to_str().map_or_else(|| argument.clone(), |text| printable(text).as_ref().into())
        })
        .collect();
    let command = Cli::command().styles(Styles::plain());
    match parse(command, &visible) {
        Err(again) if again.kind() == error.kind() => {
            let text = again.render().to_string();
            text.trim_end().lines().for_each(|line| complain(format_args!("{line}")));
        }
        _ => complain(format_args!("{}", error.render().to_string().trim_end())),
    }
}

/// Without a command, a message may follow any flag. In front of a command only flags may stand that it
/// takes over; any other would be ignored, so it is refused.
fn parse(mut command: Command, arguments: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = command.try_get_matches_from_mut(arguments)?;
    if let Some(task) = matches.subcommand_name() {
        let is_given =
            |flag: &&Arg| matches.value_source(flag.get_id().as_str()) == Some(ValueSource::CommandLine);
        let ignored = command.get_arguments().filter(|flag| !flag.is_global_set()).find(is_given);
        if let Some(flag) = ignored {
            let text = format!("'{flag}' stands in front of '{task}'; put it behind");
            return Err(command.error(ErrorKind::ArgumentConflict, text));
        }
    }
    Cli::from_arg_matches(&matches)
}
