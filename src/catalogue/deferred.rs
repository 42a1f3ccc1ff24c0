//! A list that is parsed when somebody asks for it: most messages need few of the texts of few root causes.

use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// A list that is there, or still JSON of this build. It derefs to a slice.
pub struct Deferred<T> {
    list: OnceLock<Vec<T>>,
    json: &'static str,
    parse: fn(&'static str) -> Vec<T>,
}

impl<T: DeserializeOwned> Deferred<T> {
    /// A list of this build. The tests parse all of them.
    #[expect(
        clippy::unreachable,
        reason = "no input is read here, and the tests parse every list of this build"
    )]
    pub(super) fn of_build(json: &'static str) -> Self {
        let parse = |json| {
            serde_json::from_str(json)
                .unwrap_or_else(|error| unreachable!("the tests parse every list of this build: {error}"))
        };
        Self { list: OnceLock::new(), json, parse }
    }
}

impl<T> Deferred<T> {
    /// Leaves out elements.
    #[cfg(test)]
    pub(super) fn retain(&mut self, is_kept: impl FnMut(&T) -> bool) {
        let _ = self.len();
        self.list.get_mut().expect("it was asked for").retain(is_kept);
    }
}

impl<T> Default for Deferred<T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> From<Vec<T>> for Deferred<T> {
    fn from(list: Vec<T>) -> Self {
        Self { list: OnceLock::from(list), json: "[]", parse: |_| Vec::new() }
    }
}

impl<T> Deref for Deferred<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.list.get_or_init(|| (self.parse)(self.json))
    }
}

impl<'a, T> IntoIterator for &'a Deferred<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Clone> Clone for Deferred<T> {
    fn clone(&self) -> Self {
        Self { list: self.list.clone(), json: self.json, parse: self.parse }
    }
}

impl<T: PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Deferred<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Deferred<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Deferred<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<T>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}
