//! The two languages of the catalogue and of every answer, and texts that exist in both.

use serde::{Deserialize, Serialize};

/// A language that messages are read in and answers are given in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English
    #[default]
    En,
    /// German
    De,
}

impl Language {
    /// Both languages, English first.
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The ISO 639-1 code: `en` or `de`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The language of this code.
    ///
    /// ```
    /// use copydoctor::Language;
    /// assert_eq!((Language::of_code("de"), Language::of_code("fr")), (Some(Language::De), None));
    /// ```
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The language for a locale such as `de_AT.UTF-8`; English for every locale that is not German.
    ///
    /// ```
    /// use copydoctor::Language;
    /// assert_eq!(Language::of_locale("de-DE"), Language::De);
    /// assert_eq!(Language::of_locale("C"), Language::En);
    /// ```
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        let language = locale.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("de") { Self::De } else { Self::En }
    }
}

/// A text in both languages. Neither can be missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a text in both languages, en: and de:")]
pub struct Localised<T = String> {
    /// The English text.
    pub en: T,
    /// The German text.
    pub de: T,
}

impl<T> Localised<T> {
    /// The text in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &T {
        match language {
            Language::En => &self.en,
            Language::De => &self.de,
        }
    }
}
