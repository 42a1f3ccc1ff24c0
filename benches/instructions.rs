//! Runs one stage, so that `.ci/instructions` can count what the processor does for it.
//!
//! `instructions STAGE run` does the work, `instructions STAGE prepare` all but that: the difference between the two is
//! what the stage itself needs. Both say for how many items that is. `instructions stages` lists the stages, and
//! `instructions pastes` the messages by which the whole program is measured.

mod workload;

use std::process::ExitCode;

use workload::{PASTES, STAGES, Stage};

/// So many items make everything that is made once, on demand.
const FIRST: usize = 20;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a program")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["stages"] => STAGES.iter().for_each(|stage| println!("{stage}")),
        ["pastes"] => PASTES.iter().for_each(|(name, message)| println!("{name}\t{message}")),
        [name, what @ ("prepare" | "run")] => {
            let Some(stage) = STAGES.iter().find(|stage| stage.name == *name) else {
                eprintln!("error: there is no stage '{name}'; all are listed by: instructions stages");
                return ExitCode::FAILURE;
            };
            println!("{}", items(stage, *what == "run"));
        }
        // `cargo bench` runs every bench.
        _ => println!("counted by .ci/instructions; see benches/README.md"),
    }
    ExitCode::SUCCESS
}

fn items(stage: &Stage, does_it: bool) -> usize {
    (stage.prepare)(FIRST).run();
    let work = (stage.prepare)(stage.enough);
    if does_it {
        work.run();
    }
    work.items
}
