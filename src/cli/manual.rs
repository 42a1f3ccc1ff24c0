//! Completions and pages of the manual, made from the definition of the command line.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use copydoctor::catalogue::Edition;

use super::Cli;

/// Writes what completes commands and flags in a shell.
pub(crate) fn write_completions(out: &mut dyn Write, shell: Shell) -> io::Result<()> {
    // It cannot be written to `out` at once: a pipe that is closed early would be a panic.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), Cli::command().get_name(), &mut script);
    out.write_all(&script)
}

/// Writes the page of the manual on a command, or on the whole tool.
pub(crate) fn write_manual(out: &mut dyn Write, name: Option<&str>) -> io::Result<()> {
    let mut tool = Cli::command();
    tool.build();
    let commands = || tool.get_subcommands().filter(|command| command.get_name() != "help");
    let command = match name {
        None => &tool,
        Some(name) => commands().find(|command| command.get_name() == name).ok_or_else(|| {
            let names: Vec<&str> = commands().map(Command::get_name).collect();
            io::Error::other(format!("there is no command '{name}', only {}", names.join(", ")))
        })?,
    };
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    // Of the edition, not of today: the same build always writes the same page.
    Man::new(command.clone().name(name)).date(Edition::builtin().date).render(out)
}
