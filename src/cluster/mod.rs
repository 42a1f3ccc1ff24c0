//! Messages of one kind: those that differ in values and names only are one cluster, whatever their order.
//!
//! The idea is that of Drain (He et al., 2017): messages with as many parts, of which nearly all are equal, come from one
//! template. What may differ is narrower here, as one word can make another root cause: values, names, types of resources
//! and what stands in quotes may, and besides one word of a long message, if the lexicon does not know it.

mod parts;

use std::collections::{BTreeMap, HashMap};

pub(crate) use parts::{Kind, Part, parts};

use crate::lexicon::Lexicon;
use crate::normalise::{Words, mask};

/// A shorter message may become another kind by one word.
const LEAST_WORDS: usize = 5;

/// A longer text is a log, and equal to no other but by value.
const MOST_PARTS: usize = 120;

/// What stands where the messages of a cluster have different names.
const NAME: &str = "<name>";

/// What free parts are in a key.
const FREE: &str = "\0";

/// Messages of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// What they have in common, with the kind in angle brackets of what they differ in.
    pub template: String,
    /// The places of the messages among those that were given, in order.
    pub members: Vec<usize>,
}

/// The clusters of messages, by template. `lexicon` is asked for only where there is more than one template.
///
/// ```
/// use copydoctor::cluster::clusters;
/// use copydoctor::lexicon::Lexicon;
/// let lexicon = Lexicon::builtin();
/// let messages = ["Guard stops key 'Team'.", "Pizza is cold.", "Guard stops key 'Cost Center'."];
/// let found = clusters(&messages, || &lexicon);
/// let [guard, pizza] = found.as_slice() else { panic!("two kinds") };
/// assert_eq!((guard.template.as_str(), guard.members.as_slice()), ("Guard stops key '<name>'.", [0, 2].as_slice()));
/// assert_eq!(pizza.template, "Pizza is cold.");
/// ```
#[must_use]
pub fn clusters<'l>(messages: &[&str], lexicon: impl FnOnce() -> &'l Lexicon) -> Vec<Cluster> {
    // Few of many messages are different at all, once their values are masked.
    let mut by_mask: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, message) in messages.iter().enumerate() {
        by_mask.entry(mask(message).into_owned()).or_default().push(place);
    }
    let templates: Vec<Template<'_>> = by_mask
        .iter()
        .map(|(masked, members)| {
            let first = members.first().and_then(|place| messages.get(*place)).copied().unwrap_or_default();
            Template::of(masked, first)
        })
        .collect();
    let kinds = if templates.len() > 1 { kinds(&templates, lexicon()) } else { vec![0; templates.len()] };
    let mut by_kind: BTreeMap<usize, (Vec<&Template<'_>>, Vec<usize>)> = BTreeMap::new();
    for ((template, members), kind) in templates.iter().zip(by_mask.values()).zip(kinds) {
        let (of_kind, places) = by_kind.entry(kind).or_default();
        of_kind.push(template);
        places.extend(members);
    }
    let mut clusters: Vec<Cluster> = by_kind
        .into_values()
        .map(|(templates, mut members)| {
            members.sort_unstable();
            Cluster { template: common(&templates), members }
        })
        .collect();
    clusters.sort_by(|one, other| one.template.cmp(&other.template));
    clusters
}

/// A message as it is compared with others.
struct Template<'m> {
    masked: &'m str,
    message: &'m str,
    /// None where the text is too long to be compared.
    parts: Vec<Part>,
    /// The words, without case, spelling and punctuation, and something that is no word for each other part.
    key: String,
    /// Where in the key the parts stand.
    places: Vec<std::ops::Range<usize>>,
}

impl<'m> Template<'m> {
    fn of(masked: &'m str, message: &'m str) -> Self {
        let mut template =
            Self { masked, message, parts: parts(message), key: String::new(), places: Vec::new() };
        if template.parts.len() > MOST_PARTS {
            template.parts.clear();
            masked.clone_into(&mut template.key);
        }
        for part in &template.parts {
            let start = template.key.len();
            if part.is_free() {
                template.key.push_str(FREE);
            } else {
                template.key.push_str(Words::of(part.of(message)).as_str());
            }
            template.places.push(start..template.key.len());
            template.key.push('\n');
        }
        // What has no words is equal to nothing else.
        if template.parts.iter().all(Part::is_free) {
            masked.clone_into(&mut template.key);
        }
        template
    }

    /// What stands before and behind a word that may be a name.
    fn around(&self, index: usize, lexicon: &Lexicon) -> Option<(&str, &str)> {
        let part = self.parts.get(index).filter(|part| !part.is_free())?;
        let words = self.parts.iter().filter(|part| !part.is_free()).count();
        if words <= LEAST_WORDS || !part.is_foreign(self.message, lexicon) {
            return None;
        }
        let place = self.places.get(index)?;
        Some((self.key.get(..place.start)?, self.key.get(place.end..)?))
    }
}

/// The kind of each template: the place of the first template of that kind.
fn kinds(templates: &[Template<'_>], lexicon: &Lexicon) -> Vec<usize> {
    let mut kinds: Vec<usize> = (0..templates.len()).collect();
    let mut first_of_key: HashMap<&str, usize> = HashMap::new();
    for (place, template) in templates.iter().enumerate() {
        let first = *first_of_key.entry(&template.key).or_insert(place);
        join(&mut kinds, first, place);
    }
    // One place after the other, so that memory holds the words around one of them only.
    let longest = templates.iter().map(|template| template.parts.len()).max().unwrap_or_default();
    for index in 0..longest {
        let mut first_of_words: HashMap<(&str, &str), usize> = HashMap::new();
        for (place, template) in templates.iter().enumerate() {
            if let Some(around) = template.around(index, lexicon) {
                let first = *first_of_words.entry(around).or_insert(place);
                join(&mut kinds, first, place);
            }
        }
    }
    (0..kinds.len()).map(|place| root(&mut kinds, place)).collect()
}

fn root(kinds: &mut [usize], mut place: usize) -> usize {
    while let Some(&above) = kinds.get(place).filter(|above| **above != place) {
        let next = kinds.get(above).copied().unwrap_or(above);
        if let Some(own) = kinds.get_mut(place) {
            *own = next;
        }
        place = above;
    }
    place
}

fn join(kinds: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(kinds, one), root(kinds, other));
    if let Some(kind) = kinds.get_mut(one.max(other)) {
        *kind = one.min(other);
    }
}

/// What templates of one kind have in common: the first of them, with what is another in the others masked.
fn common(templates: &[&Template<'_>]) -> String {
    let Some((first, others)) = templates.split_first() else { return String::new() };
    if others.is_empty() || first.parts.is_empty() {
        return first.masked.to_owned();
    }
    let mut common = String::new();
    let mut at = 0;
    for (index, part) in first.parts.iter().enumerate() {
        common.push_str(first.message.get(at..part.range.start).unwrap_or_default());
        at = part.range.end;
        let own = part.masked(first.message);
        let differs = others.iter().any(|other| {
            let theirs = other.parts.get(index).map(|part| part.masked(other.message));
            theirs.is_none_or(|theirs| {
                theirs != own && (part.is_free() || Words::of(&theirs) != Words::of(&own))
            })
        });
        common.push_str(if differs { NAME } else { &own });
    }
    common.push_str(first.message.get(at..).unwrap_or_default());
    common
}

#[cfg(test)]
mod tests;
