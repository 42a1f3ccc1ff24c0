//! What makes looking something up faster, and costs more to make than it saves somebody who asks only a few times: one
//! message, for example, instead of an export.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A table, an automaton or the like, made once it was missed often enough.
#[derive(Debug)]
pub(crate) struct Shortcut<T> {
    made: OnceLock<T>,
    missed: AtomicUsize,
}

impl<T> Shortcut<T> {
    /// It; none as long as it has been asked for no more than `few` times: then the way without it costs less.
    pub(crate) fn get(&self, few: usize, make: impl FnOnce() -> T) -> Option<&T> {
        let is_worth_making = || {
            self.missed.load(Ordering::Relaxed) >= few || self.missed.fetch_add(1, Ordering::Relaxed) >= few
        };
        let made = self.made.get();
        made.or_else(|| is_worth_making().then(|| self.made.get_or_init(make)))
    }

    /// Forgets it, as what it was made of has changed.
    pub(crate) fn forget(&mut self) {
        self.made.take();
    }
}

impl<T> Default for Shortcut<T> {
    fn default() -> Self {
        Self { made: OnceLock::new(), missed: AtomicUsize::new(0) }
    }
}

impl<T: Clone> Clone for Shortcut<T> {
    fn clone(&self) -> Self {
        Self { made: self.made.clone(), missed: AtomicUsize::new(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(shortcut: &Shortcut<&'static str>, made: &'static str) -> Option<&'static str> {
        shortcut.get(2, || made).copied()
    }

    #[test]
    fn it_is_made_once_it_was_missed_often_enough() {
        let mut shortcut = Shortcut::default();
        assert_eq!([(); 4].map(|()| asked(&shortcut, "made")), [None, None, Some("made"), Some("made")]);
        assert_eq!(asked(&shortcut.clone(), "made again"), Some("made"));
        shortcut.forget();
        assert_eq!(asked(&shortcut, "made anew"), Some("made anew"));
    }
}
