//! How far long work has come, on standard error, where a person looks on: bytes, rate, and the time that is left.

use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use copydoctor::Language;
use copydoctor::read::{BytesRead, Input};
use indicatif::{DecimalBytes, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::terminal::can_draw_on_stderr;

/// What is done sooner needs no bar.
const DELAY: Duration = Duration::from_millis(500);

/// How often it is drawn.
const TICK: Duration = Duration::from_millis(100);

/// The progress of reading. It is drawn by a thread of its own, which looks at the count of bytes; whoever reads does
/// nothing for it.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    /// The thread, and what ends it when it is dropped.
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Shows how far inputs have been read, once that takes long. Nothing is shown where standard error is no terminal
    /// or may not be drawn on, nor where the input itself is typed there.
    pub(crate) fn of(inputs: &[Input], bytes_read: &BytesRead, language: Language) -> Self {
        let bar = ProgressBar::hidden();
        let is_typed = inputs.contains(&Input::Stdin) && io::stdin().is_terminal();
        if is_typed || !can_draw_on_stderr() {
            return Self { bar, drawing: None };
        }
        let (end, ended) = channel();
        let (inputs, bytes_read, drawn) = (inputs.to_vec(), bytes_read.clone(), bar.clone());
        let thread = thread::Builder::new().name("progress".to_owned());
        // Without a thread to spare the work is done all the same.
        let thread = thread.spawn(move || draw(&drawn, &inputs, &bytes_read, language, &ended)).ok();
        Self { bar, drawing: thread.map(|thread| (end, thread)) }
    }

    /// Lets something else be written to standard error, above the bar.
    pub(crate) fn suspend(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Takes the bar away, so that a report can be written.
    pub(crate) fn end(&mut self) {
        let Some((end, thread)) = self.drawing.take() else { return };
        drop(end);
        // It has nothing to say, not even of a panic.
        let _ = thread.join();
        self.bar.finish_and_clear();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}

fn draw(
    bar: &ProgressBar,
    inputs: &[Input],
    bytes_read: &BytesRead,
    language: Language,
    ended: &Receiver<()>,
) {
    let goes_on = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !goes_on(DELAY) {
        return;
    }
    let total: Option<u64> = inputs.iter().map(Input::size).sum();
    if let Some(total) = total {
        bar.set_length(total);
    }
    bar.set_style(style(total.is_some(), language));
    bar.set_draw_target(ProgressDrawTarget::stderr());
    loop {
        // The end of an archive is read first, and once more.
        bar.set_position(bytes_read.get().min(total.unwrap_or(u64::MAX)));
        bar.tick();
        if !goes_on(TICK) {
            return;
        }
    }
}

fn style(has_total: bool, language: Language) -> ProgressStyle {
    let texts = texts(language);
    let template = if has_total { texts.of_total } else { "{spinner} {read}  {rate}/s" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let size = move |bytes: u64| DecimalBytes(bytes).to_string().replace('.', texts.decimal_point);
    style
        .progress_chars("=> ")
        .tick_chars(r"-\|/ ")
        .with_key("read", move |state: &ProgressState, out: &mut dyn fmt::Write| {
            // Nothing can be done where even memory is not written.
            let _ = out.write_str(&size(state.pos()));
        })
        .with_key("total", move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = out.write_str(&size(state.len().unwrap_or_default()));
        })
        .with_key("rate", move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = out.write_str(&size(state.per_sec() as u64));
        })
        .with_key("left", |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = out.write_str(&duration(state.eta()));
        })
}

struct Texts {
    of_total: &'static str,
    decimal_point: &'static str,
}

fn texts(language: Language) -> Texts {
    match language {
        Language::En => {
            Texts { of_total: "[{bar:30}] {read} of {total}  {rate}/s  {left} left", decimal_point: "." }
        }
        Language::De => {
            Texts { of_total: "[{bar:30}] {read} von {total}  {rate}/s  noch {left}", decimal_point: "," }
        }
    }
}

/// Two units at most, which are the same in every language, and never less than there is.
fn duration(time: Duration) -> String {
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_two_units_at_most() {
        for (seconds, text) in
            [(0, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (7260, "2 h 1 min")]
        {
            assert_eq!(duration(Duration::from_secs(seconds)), text);
        }
        assert_eq!(duration(Duration::from_millis(59_001)), "1 min 0 s");
    }

    /// A template with a fault would be replaced by another in silence.
    #[test]
    fn the_templates_are_well_formed() {
        for language in [Language::En, Language::De] {
            assert!(ProgressStyle::with_template(texts(language).of_total).is_ok());
        }
    }
}
