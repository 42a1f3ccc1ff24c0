//! A flag for every slot that a person may know.

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};
use copydoctor::{Slot, SlotValues};

/// A flag for every slot that a person may know, made from the table of slots.
#[derive(Debug)]
pub(crate) struct SlotFlags {
    pub(crate) values: SlotValues,
}

fn flag_slots() -> impl Iterator<Item = Slot> {
    Slot::ALL.iter().copied().filter(|slot| slot.is_flag())
}

impl Args for SlotFlags {
    fn augment_args(command: Command) -> Command {
        flag_slots().fold(command, |command, slot| {
            let expected = slot.kind().description();
            let parse = move |value: &str| -> Result<String, String> {
                if slot.kind().accepts(value) {
                    Ok(value.to_owned())
                } else {
                    Err(format!("expected {expected}"))
                }
            };
            let flag = Arg::new(slot.name())
                .long(slot.name().replace('_', "-"))
                .value_name("VALUE")
                .value_parser(parse)
                .help(slot.help())
                .help_heading("What is known of the job, to fill the steps with");
            command.arg(flag)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for SlotFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut values = SlotValues::default();
        for slot in flag_slots() {
            if let Some(value) = matches.get_one::<String>(slot.name()) {
                values.offer(slot, value);
            }
        }
        Ok(Self { values })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
