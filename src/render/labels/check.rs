//! The words of a proof, in both languages: what is counted.

use super::number;
use crate::catalogue::ChangeKind;
use crate::language::Language;

/// What a proof counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Counted {
    RootCauses,
    Patterns,
    Examples,
    NearMisses,
    OwnWords,
    Findings,
    Files,
}

impl Counted {
    #[cfg(test)]
    const ALL: [Self; 7] = [
        Self::RootCauses,
        Self::Patterns,
        Self::Examples,
        Self::NearMisses,
        Self::OwnWords,
        Self::Findings,
        Self::Files,
    ];

    /// What one is called, and what several are.
    fn names(self, language: Language) -> (&'static str, &'static str) {
        match (self, language) {
            (Self::RootCauses, Language::En) => ("root cause", "root causes"),
            (Self::RootCauses, Language::De) => ("Ursache", "Ursachen"),
            (Self::Patterns, Language::En) => ("pattern", "patterns"),
            (Self::Patterns, Language::De) => ("Muster", "Muster"),
            (Self::Examples, Language::En) => ("example", "examples"),
            (Self::Examples, Language::De) => ("Beispiel", "Beispiele"),
            (Self::NearMisses, Language::En) => ("near miss", "near misses"),
            (Self::NearMisses, Language::De) => ("Verwechslungsfall", "Verwechslungsfälle"),
            (Self::OwnWords, Language::En) => ("word added to the lexicon", "words added to the lexicon"),
            (Self::OwnWords, Language::De) => ("Wort im Lexikon ergänzt", "Wörter im Lexikon ergänzt"),
            (Self::Findings, Language::En) => ("finding", "findings"),
            (Self::Findings, Language::De) => ("Befund", "Befunde"),
            (Self::Files, Language::En) => ("file", "files"),
            (Self::Files, Language::De) => ("Datei", "Dateien"),
        }
    }
}

/// So many of something.
pub(in crate::render) fn count(count: usize, what: Counted, language: Language) -> String {
    let (one, several) = what.names(language);
    let name = if count == 1 { one } else { several };
    format!("{} {name}", number(count as u64, language))
}

/// What became of root causes.
pub(in crate::render) fn change(kind: ChangeKind, language: Language) -> &'static str {
    match (kind, language) {
        (kind, Language::En) => kind.name(),
        (ChangeKind::Added, Language::De) => "hinzugefügt",
        (ChangeKind::Overridden, Language::De) => "überschrieben",
        (ChangeKind::Disabled, Language::De) => "abgeschaltet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_has_a_name_in_each_language() {
        for what in Counted::ALL {
            assert_ne!(count(2, what, Language::En), count(2, what, Language::De));
        }
        assert_eq!(count(1, Counted::NearMisses, Language::En), "1 near miss");
        assert_eq!(count(1234, Counted::Patterns, Language::De), "1.234 Muster");
    }

    #[test]
    fn changes_are_told_of_in_german() {
        for kind in [ChangeKind::Added, ChangeKind::Overridden, ChangeKind::Disabled] {
            assert_ne!(change(kind, Language::De), change(kind, Language::En));
        }
    }
}
