//! What is said of exports and of catalogues, in both languages side by side.
//!
//! Code says *what* there is to say, as a value of one of these enums; the sentence is made where the language is
//! known. A sentence that lacks a language does not compile.

mod cause;
mod complaint;
mod draft;
mod help;
mod policy;
mod problem;
mod redaction;
mod rule;

use std::collections::BTreeSet;
use std::fmt;

pub use cause::{Cause, DamagedZstandard};
pub use complaint::{ChildJobs, Complaint, JsonFault, ListedBy, MoreFaults, YamlFault};
pub use draft::DraftError;
pub use help::{Help, Suggestion};
pub use policy::{NoPolicy, StepsWithPolicy};
pub use problem::{Captured, Nearest, Problem, YamlType};
pub use redaction::{MapError, MapFault};
pub use rule::Rule;

use crate::language::Language;
use crate::record::Position;

/// A sentence as it stands in the table of its enum: its name, and its texts with the names of its values in braces.
/// Where there are two texts, the first is for one of something.
#[derive(Debug, Clone, Copy)]
pub struct Wording {
    /// The name of the variant.
    pub name: &'static str,
    /// The texts in English.
    pub english: &'static [&'static str],
    /// The texts in German.
    pub german: &'static [&'static str],
}

/// A value as it is written in a sentence.
#[derive(Debug)]
pub struct Value {
    text: String,
    /// Whether it is a count of one.
    pub is_one: bool,
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// What can stand in a sentence.
pub trait Shown {
    /// The value as the language writes it.
    fn shown(&self, language: Language) -> Value;

    /// The same value with other texts in it, where it has any that come from an input.
    #[must_use]
    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self;
}

impl Value {
    /// A value that is a text.
    pub fn of_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_one: false }
    }
}

impl Shown for String {
    fn shown(&self, _: Language) -> Value {
        Value::of_text(self)
    }

    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        change(self)
    }
}

impl Shown for &'static str {
    fn shown(&self, _: Language) -> Value {
        Value::of_text(*self)
    }

    fn with_texts(&self, _: &mut dyn FnMut(&str) -> String) -> Self {
        self
    }
}

/// A count.
impl Shown for u64 {
    fn shown(&self, language: Language) -> Value {
        Value { text: number(*self, language), is_one: *self == 1 }
    }

    fn with_texts(&self, _: &mut dyn FnMut(&str) -> String) -> Self {
        *self
    }
}

impl Shown for Position {
    fn shown(&self, _: Language) -> Value {
        Value::of_text(self.to_string())
    }

    fn with_texts(&self, _: &mut dyn FnMut(&str) -> String) -> Self {
        *self
    }
}

/// What may be missing: then nothing stands there.
impl<T: Shown> Shown for Option<T> {
    fn shown(&self, language: Language) -> Value {
        self.as_ref().map_or_else(|| Value::of_text(""), |value| value.shown(language))
    }

    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        self.as_ref().map(|value| value.with_texts(change))
    }
}

impl<T: Shown> Shown for Box<T> {
    fn shown(&self, language: Language) -> Value {
        self.as_ref().shown(language)
    }

    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        Self::new(self.as_ref().with_texts(change))
    }
}

/// Names of which one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOf(pub Vec<String>);

impl Shown for OneOf {
    fn shown(&self, language: Language) -> Value {
        let or = match language {
            Language::En => " or ",
            Language::De => " oder ",
        };
        Value::of_text(self.0.join(or))
    }

    fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
        Self(self.0.iter().map(|text| change(text)).collect())
    }
}

/// A share, as exact as it is: the bits of the number, which can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(u64);

impl From<f64> for Share {
    fn from(share: f64) -> Self {
        Self(share.to_bits())
    }
}

impl Shown for Share {
    fn shown(&self, language: Language) -> Value {
        let point = f64::from_bits(self.0).to_string();
        Value::of_text(match language {
            Language::En => point,
            Language::De => point.replace('.', ","),
        })
    }

    fn with_texts(&self, _: &mut dyn FnMut(&str) -> String) -> Self {
        *self
    }
}

/// A count, in groups of three digits.
pub(crate) fn number(number: u64, language: Language) -> String {
    let separator = match language {
        Language::En => ',',
        Language::De => '.',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// Makes an enum of sentences: each variant with its values, its English text and its German one. A text names the
/// values in braces; `(count: "one", "several")` has one for a count of one. The enum gets `text(language)`, a
/// `Display` in English, and the table `WORDINGS`.
///
/// ```
/// use copydoctor::{Language, phrases};
/// phrases! {
///     /// What a copy job may be.
///     pub enum Fate {
///         Late { hours: u64 }: (hours: "an hour late", "{hours} hours late"),
///             (hours: "eine Stunde zu spät", "{hours} Stunden zu spät");
///         Done: "done", "fertig";
///     }
/// }
/// # fn main() {
/// assert_eq!(Fate::Late { hours: 1_000 }.text(Language::De), "1.000 Stunden zu spät");
/// assert_eq!(Fate::Done.to_string(), "done");
/// # }
/// ```
#[macro_export]
macro_rules! phrases {
    (@text $text:literal) => { format!($text) };
    (@text ($count:ident: $one:literal, $several:literal)) => {
        if $count.is_one { format!($one) } else { format!($several) }
    };
    (@texts $text:literal) => { &[$text] };
    (@texts ($count:ident: $one:literal, $several:literal)) => { &[$one, $several] };
    (@doc $text:literal) => { concat!("`", $text, "`") };
    (@doc ($count:ident: $one:literal, $several:literal)) => { concat!("`", $several, "`") };
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $( $variant:ident $({ $( $field:ident: $type:ty ),+ })?: $english:tt, $german:tt; )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        // A value is named after what it is in the sentence.
        #[allow(missing_docs)]
        $visibility enum $name {
            $( #[doc = $crate::phrases!(@doc $english)] $variant $({ $( $field: $type ),+ })?, )+
        }

        impl $name {
            /// Every sentence as it stands in the table.
            pub const WORDINGS: &'static [$crate::phrases::Wording] = &[ $( $crate::phrases::Wording {
                name: stringify!($variant),
                english: $crate::phrases!(@texts $english),
                german: $crate::phrases!(@texts $german),
            }, )+ ];

            /// The name of the variant.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self {
                    $( Self::$variant { .. } => stringify!($variant), )+
                }
            }

            /// The sentence in a language.
            #[must_use]
            #[allow(unused_variables)]
            pub fn text(&self, language: $crate::language::Language) -> String {
                match self {
                    $( Self::$variant $({ $( $field ),+ })? => {
                        $( $( let $field = $crate::phrases::Shown::shown($field, language); )+ )?
                        match language {
                            $crate::language::Language::En => $crate::phrases!(@text $english),
                            $crate::language::Language::De => $crate::phrases!(@text $german),
                        }
                    } )+
                }
            }
        }

        /// The sentence in English.
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.text($crate::language::Language::En))
            }
        }

        impl $crate::phrases::Shown for $name {
            fn shown(&self, language: $crate::language::Language) -> $crate::phrases::Value {
                $crate::phrases::Value::of_text(self.text(language))
            }

            #[allow(unused_variables)]
            fn with_texts(&self, change: &mut dyn FnMut(&str) -> String) -> Self {
                match self {
                    $( Self::$variant $({ $( $field ),+ })? => Self::$variant $({
                        $( $field: $crate::phrases::Shown::with_texts($field, change) ),+
                    })?, )+
                }
            }
        }
    };
}

/// Every sentence of the library.
pub fn wordings() -> impl Iterator<Item = &'static Wording> {
    [
        Complaint::WORDINGS,
        ChildJobs::WORDINGS,
        ListedBy::WORDINGS,
        MoreFaults::WORDINGS,
        JsonFault::WORDINGS,
        YamlFault::WORDINGS,
        Cause::WORDINGS,
        DamagedZstandard::WORDINGS,
        Problem::WORDINGS,
        Captured::WORDINGS,
        Nearest::WORDINGS,
        YamlType::WORDINGS,
        Help::WORDINGS,
        Suggestion::WORDINGS,
        NoPolicy::WORDINGS,
        StepsWithPolicy::WORDINGS,
        MapError::WORDINGS,
        MapFault::WORDINGS,
        DraftError::WORDINGS,
    ]
    .into_iter()
    .flatten()
}

/// Panics where a sentence is empty or the same in both languages, or where one language leaves out a value that the
/// other names. For the tests of those who have sentences of their own.
///
/// # Panics
/// As said.
pub fn must_be_whole<'w>(wordings: impl IntoIterator<Item = &'w Wording>) {
    for Wording { name, english, german } in wordings {
        let values = |texts: &[&str]| texts.iter().flat_map(|text| values_of(text)).collect::<BTreeSet<_>>();
        assert_eq!(values(english), values(german), "{name} names other values in German");
        for (one, other) in english.iter().zip(*german) {
            assert!(!one.trim().is_empty() && !other.trim().is_empty(), "{name} is empty");
            let has_words = pieces_of(one).iter().any(|piece| piece.contains(char::is_alphabetic));
            assert!(one != other || !has_words, "{name} is left in English: {other}");
        }
    }
}

/// The names of the values in a text of the table.
fn values_of(text: &str) -> Vec<String> {
    let plain = text.replace("{{", "").replace("}}", "");
    plain.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect()
}

/// What stands between the values of a text of the table.
#[must_use]
pub fn pieces_of(text: &str) -> Vec<String> {
    const BRACES: [(&str, &str); 2] = [("{{", "\u{1}"), ("}}", "\u{2}")];
    let hidden = BRACES.iter().fold(text.to_owned(), |text, (brace, hidden)| text.replace(brace, hidden));
    let pieces = hidden.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, behind)| behind));
    pieces.map(|piece| piece.replace('\u{1}', "{").replace('\u{2}', "}")).collect()
}

#[cfg(test)]
mod tests;
