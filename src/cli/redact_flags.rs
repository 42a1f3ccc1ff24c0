//! The flags that give pseudonyms to what is private, and the file that keeps the table of them.

use std::io;
use std::path::PathBuf;

use clap::Args;
use copydoctor::Catalogue;
use copydoctor::read::Input;
use copydoctor::redact::{Redactor, Table};

use super::Said;
use super::output::Output;

#[derive(Debug, Args)]
#[command(next_help_heading = "What others may see")]
pub(crate) struct RedactFlags {
    /// Give consistent pseudonyms to what is private, to hand the output on: account ids, ARNs, names, ids, keys, e-mail
    /// and IP addresses, hosts, encoded messages; in messages, file names and notes too. The diagnosis stays the
    /// same. What AWS names itself stays, and so does a name that nothing tells from a word: read before you publish
    #[arg(long)]
    redact: bool,
    /// Keep in this file what each pseudonym stands for, and go on with what is in it from earlier runs. Only you may
    /// read it; hand it to nobody. A name that was not found can be added to it by hand
    #[arg(long, value_name = "FILE", requires = "redact")]
    redact_map: Option<PathBuf>,
}

impl RedactFlags {
    /// Whether anything is to be redacted.
    pub(super) fn are_set(&self) -> bool {
        self.redact
    }

    /// Refuses a file for the table that is also read, or that the report goes to.
    pub(super) fn must_be_apart(&self, inputs: &[Input], report: &Output) -> io::Result<()> {
        let table =
            self.redact_map.as_ref().map(|name| Output::beside(report, name, Said::TableIsReport, inputs));
        table.transpose().map(|_| ())
    }

    /// What redacts, if anything is to be redacted. Whether its table can be kept is looked at before anything is done.
    pub(crate) fn redactor(&self, catalogue: &Catalogue) -> io::Result<Option<Redactor>> {
        if !self.redact {
            return Ok(None);
        }
        let table = match &self.redact_map {
            None => Table::default(),
            Some(path) => Table::load(path).map_err(|error| Said::NoTable { error })?,
        };
        Ok(Some(Redactor::new(catalogue, table)))
    }

    /// Keeps the table, if somebody wants it. It must be done before the output is written: that cannot be read without.
    pub(crate) fn keep(&self, redactor: &Redactor) -> io::Result<()> {
        let Some(path) = &self.redact_map else { return Ok(()) };
        redactor.table().save(path).map_err(|error| Said::NoTable { error }.into())
    }
}
