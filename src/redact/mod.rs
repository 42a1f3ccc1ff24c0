//! Reports and answers that may be shown to strangers: what is private has consistent pseudonyms, and the rest says
//! as much as before.
//!
//! It is done to data, after matching and before rendering, so that no format has anything of the original to write.
//! First everything is learned that is private: names from fields, ARNs and captures. Then each occurrence is
//! replaced, in a text also where a name stands as a word. Pseudonyms are numbered in the order of the report,
//! so they are the same whichever thread read what.

mod answer;
mod arn;
mod fields;
mod kind;
mod map_file;
mod names;
mod own;
mod report;
mod scan;
mod shapes;
mod table;
mod text;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::catalogue::Catalogue;
use crate::identifier::is_region;
use crate::record::{Record, State};
use crate::slot::{Kind as SlotKind, Slot, SlotValues};
use arn::Part;
use fields::Field;
use kind::Kind;
use names::Names;
use scan::{Token, scan, whole};
use shapes::Found;
use text::Replaced;

pub use map_file::MapError;
pub use table::Table;

/// Gives pseudonyms to what is private.
///
/// ```
/// use copydoctor::{Catalogue, redact::{Redactor, Table}};
/// let mut redactor = Redactor::new(&Catalogue::builtin(), Table::default());
/// let message = "arn:aws:iam::111122223333:role/Payroll may not open the vault 'payroll-eu' of 111122223333";
/// redactor.learn_text(message);
/// assert_eq!(
///     redactor.text(message),
///     "arn:aws:iam::000000000001:role/role-1 may not open the vault 'vault-1' of 000000000001"
/// );
/// ```
#[derive(Debug, Clone)]
pub struct Redactor {
    names: Names,
    table: Table,
    files: HashMap<Arc<str>, Arc<str>>,
}

impl Redactor {
    /// A redactor that goes on with the pairs of a table. The words of the catalogue are AWS's, and no names.
    #[must_use]
    pub fn new(catalogue: &Catalogue, table: Table) -> Self {
        let names = Names::new(own::Words::of(catalogue));
        let originals: Vec<String> = table.pairs().iter().map(|pair| pair.original.clone()).collect();
        let mut redactor = Self { names, table, files: HashMap::new() };
        originals.iter().for_each(|original| redactor.learn_name("name", original));
        redactor
    }

    /// The pairs so far: nobody who must not know the originals may see it.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Learns the names in the fields of a record. In which order records are learned makes no difference.
    pub fn learn(&mut self, record: &Record) {
        for (value, field) in fields::fields(record) {
            let Some(value) = value else { continue };
            match field {
                Field::Account => self.learn_name("account", value),
                Field::Arn(noun) => self.learn_arn(noun, value),
                Field::Name(noun) => self.learn_name(noun, value),
                Field::Region | Field::Text | Field::Message => {}
            }
        }
        self.learn_state(&record.state);
    }

    /// Learns the names among values.
    pub fn learn_values(&mut self, values: &SlotValues) {
        for (slot, value) in values.iter() {
            if let Some(noun) = noun_of_slot(slot) {
                self.learn_arn(noun, value);
            }
        }
    }

    /// Learns the names that a text gives away: those in ARNs, and those behind the word for what they name.
    pub fn learn_text(&mut self, text: &str) {
        self.learn_legible(text::Legible::of(text).text());
    }

    fn learn_legible(&mut self, text: &str) {
        for Token { range, found } in scan(text) {
            let Some(it) = text.get(range) else { continue };
            match found {
                Found::Arn => self.learn_arn("name", it),
                Found::Resource => {
                    arn::resource("", it, &mut |part| self.learn_part(part));
                }
                Found::Name(noun) if !self.is_own(noun, it) => self.learn_name(noun, it),
                Found::Thing(_) => self.table.reserve(it),
                _ => {}
            }
        }
    }

    fn learn_state(&mut self, state: &State) {
        if let State::Other(name) = state {
            if !State::is_known_name(name) {
                self.learn_name("state", name);
            }
        }
    }

    fn learn_arn(&mut self, noun: &'static str, value: &str) {
        if value.starts_with("arn:") {
            arn::rewrite(value, &mut |part| self.learn_part(part));
        } else {
            self.learn_name(noun, value);
        }
    }

    fn learn_part(&mut self, part: Part<'_>) -> String {
        if let Part::Name(noun, name) = part {
            self.learn_name(noun, name);
        }
        String::new()
    }

    fn learn_name(&mut self, noun: &'static str, name: &str) {
        if let Some(role) = role_of_session(noun, name) {
            return self.learn_name("role", role);
        }
        // What is reserved and no name tells by its shape.
        let is_learned = match self.names.contains(name) {
            true => self.names.knows(noun, name),
            false => self.table.is_reserved(name),
        };
        if is_learned || own::is_name(name) || with_uuid(name).is_some() {
            return;
        }
        self.table.reserve(name);
        // Ids and accounts are found by their shape wherever they stand. A host in other company may not be.
        let is_found = matches!(
            whole(name),
            Some(
                Found::DashedAccount
                    | Found::Thing(Kind::Account | Kind::Uuid | Kind::Id | Kind::Hex | Kind::AccessKey)
            )
        );
        if !is_found {
            self.names.learn(noun, name);
        }
    }

    /// The text without anything private.
    pub fn text(&mut self, text: &str) -> String {
        self.replaced(text::Legible::of(text).text()).text
    }

    /// The values without anything private; each is still of its slot's type.
    #[must_use]
    pub fn values(&mut self, values: &SlotValues) -> SlotValues {
        let mut redacted = SlotValues::default();
        for (slot, value) in values.iter() {
            let value = match noun_of_slot(slot) {
                Some(noun) => self.arn(noun, value),
                None => match slot.kind() {
                    SlotKind::Partition | SlotKind::Number => value.to_owned(),
                    SlotKind::Region => self.region(value),
                    _ => self.text(value),
                },
            };
            redacted.offer(slot, &value);
        }
        redacted
    }

    fn replaced(&mut self, text: &str) -> Replaced {
        let parts = self.parts(text);
        Replaced::new(text, parts)
    }

    /// What replaces which parts of a text. What begins first wins, then what is longer.
    fn parts(&mut self, text: &str) -> Vec<(Range<usize>, String)> {
        let names = self.names.find(text);
        // `ec2:Payroll` looks like an action; where that is a name, it is none.
        let is_name = |own: &Range<usize>| {
            let stands = |range: &Range<usize>| own.start < range.start && own.end == range.end;
            names
                .iter()
                .any(|it| stands(&it.range) && text.get(..it.range.start).is_some_and(|it| it.ends_with(':')))
        };
        let tokens = scan(text).into_iter().filter(|it| it.found != Found::Own || !is_name(&it.range));
        let mut found: Vec<(Range<usize>, Private)> =
            tokens.map(|token| (token.range, Private::Found(token.found))).collect();
        found.extend(names.into_iter().map(|it| (it.range, Private::Known { name: it.name, noun: it.noun })));
        found.sort_by(|(one, _), (other, _)| one.start.cmp(&other.start).then(other.end.cmp(&one.end)));
        let mut at = 0;
        let mut parts = Vec::new();
        for (range, private) in found {
            let Some(it) = text.get(range.clone()).filter(|_| range.start >= at) else { continue };
            at = range.end;
            let pseudonym = match private {
                Private::Found(found) => self.found(found, it),
                Private::Known { name, noun } => self.name(noun, &name),
            };
            parts.push((range, pseudonym));
        }
        parts.retain(|(range, pseudonym)| text.get(range.clone()) != Some(pseudonym));
        parts
    }

    fn found(&mut self, found: Found, it: &str) -> String {
        match found {
            Found::Own => it.to_owned(),
            Found::Arn => self.arn("name", it),
            Found::Resource => arn::resource("", it, &mut |part| self.part(part)),
            Found::Host => self.host(it),
            Found::DashedIp => {
                let address = it.split('-').skip(1).collect::<Vec<_>>().join(".");
                format!("ip-{}", self.table.pseudonym(Kind::Ip, &address).replace('.', "-"))
            }
            Found::DashedAccount => {
                let account = self.table.pseudonym(Kind::Account, &it.replace('-', ""));
                let part = |range| account.get(range).unwrap_or_default();
                format!("{}-{}-{}", part(0..4), part(4..8), part(8..12))
            }
            Found::Name(noun) if self.is_own(noun, it) => self.awss(it),
            Found::Name(noun) => self.name(noun, it),
            Found::Thing(kind) => self.table.pseudonym(kind, it),
        }
    }

    /// Whether a name in a sentence is AWS's own. Where only users give names, AWS's words are names too.
    fn is_own(&self, noun: &str, name: &str) -> bool {
        let is_given = matches!(noun, "vault" | "tag-key" | "tag-value" | "role" | "user" | "bucket");
        own::is_name(name) || (!is_given && self.names.are_words(name))
    }

    /// A name that AWS gave, but for what is private behind its beginning.
    fn awss(&mut self, name: &str) -> String {
        let Some((beginning, rest)) = own::beginning(name) else { return name.to_owned() };
        format!("{beginning}{}", self.replaced(rest).text)
    }

    /// An ARN, or what stands in its place.
    fn arn(&mut self, noun: &'static str, value: &str) -> String {
        if value.starts_with("arn:") {
            arn::rewrite(value, &mut |part| self.part(part))
        } else {
            self.name(noun, value)
        }
    }

    fn part(&mut self, part: Part<'_>) -> String {
        match part {
            Part::Account(id) => self.table.pseudonym(Kind::Account, id),
            Part::Name(noun, name) => self.name(noun, name),
        }
    }

    /// The pseudonym of a name, which keeps its form where it has one.
    fn name(&mut self, noun: &'static str, name: &str) -> String {
        if own::is_name(name) {
            return self.awss(name);
        }
        if let Some(known) = self.table.known(name) {
            return known.to_owned();
        }
        if let Some(role) = role_of_session(noun, name) {
            return format!("{SESSION}{}", self.name("role", role));
        }
        if let Some((prefix, uuid)) = with_uuid(name) {
            return format!("{prefix}{}", self.table.pseudonym(Kind::Uuid, uuid));
        }
        match whole(name) {
            Some(Found::Arn | Found::Own | Found::Name(_) | Found::Thing(Kind::Name(_))) | None => {
                self.table.pseudonym(kind_of(noun, name), name)
            }
            Some(found) => self.found(found, name),
        }
    }

    /// A host of which AWS's part stays: `bucket.s3.eu-west-1.amazonaws.com`.
    fn host(&mut self, host: &str) -> String {
        if own::is_host(host) {
            return host.to_owned();
        }
        let labels: Vec<&str> = host.split('.').collect();
        let Some(domain) = labels.iter().position(|label| label.eq_ignore_ascii_case("amazonaws")) else {
            return self.table.pseudonym(Kind::Host, host);
        };
        let has_region = labels.iter().take(domain).rev().take(2).any(|label| is_region(label));
        let service = domain.saturating_sub(if has_region { 2 } else { 1 });
        let labels = labels.iter().enumerate();
        let labels = labels.map(
            |(index, label)| {
                if index < service { self.name("host", label) } else { (*label).to_owned() }
            },
        );
        labels.collect::<Vec<_>>().join(".")
    }

    fn file(&mut self, file: &Arc<str>) -> Arc<str> {
        if let Some(redacted) = self.files.get(file) {
            return Arc::clone(redacted);
        }
        // A backslash in a path escapes nothing.
        let redacted: Arc<str> = self.replaced(file).text.into();
        self.files.insert(Arc::clone(file), Arc::clone(&redacted));
        redacted
    }

    fn state(&mut self, state: &str) -> String {
        let is_known = State::is_known_name(state) || state == State::Unknown.as_str();
        if is_known { state.to_owned() } else { self.name("state", state) }
    }

    fn account(&mut self, account: &str) -> String {
        if account.is_empty() { String::new() } else { self.name("account", account) }
    }

    fn region(&mut self, region: &str) -> String {
        let is_it = own::is_region(region) || (is_region(region) && !self.names.contains(region));
        if is_it { region.to_owned() } else { self.text(region) }
    }

    /// The record without anything private but for its message, which is redacted with its answer.
    fn record(&mut self, record: &Record) -> Record {
        let mut redacted = record.clone();
        for (value, field) in fields::fields_mut(&mut redacted) {
            let Some(value) = value else { continue };
            *value = match field {
                Field::Account => self.account(value),
                Field::Arn(noun) => self.arn(noun, value),
                Field::Name(noun) => self.name(noun, value),
                Field::Region => self.region(value),
                Field::Text => self.text(value),
                Field::Message => continue,
            };
        }
        redacted.file = self.file(&record.file);
        if let State::Other(name) = &record.state {
            redacted.state = State::Other(self.state(name));
        }
        redacted
    }
}

/// What is replaced in a text.
enum Private {
    /// It tells by its shape, or by the words before it.
    Found(Found),
    /// It is a name that is known.
    Known { name: String, noun: &'static str },
}

/// The noun for what is in a slot; none where nothing is private.
fn noun_of_slot(slot: Slot) -> Option<&'static str> {
    match slot.kind() {
        SlotKind::AccountId => Some("account"),
        SlotKind::VaultName => Some("vault"),
        SlotKind::RoleName => Some("role"),
        SlotKind::Arn { service: "kms", .. } => Some("key"),
        SlotKind::Arn { .. } => Some("resource"),
        SlotKind::JobId => Some("copy-job"),
        SlotKind::Encoded => Some(Kind::EncodedMessage.name()),
        SlotKind::TagKey => Some("tag-key"),
        SlotKind::Text => Some("value"),
        SlotKind::Word if slot == Slot::RequestId => Some("request"),
        SlotKind::Region
        | SlotKind::Partition
        | SlotKind::Action
        | SlotKind::Number
        | SlotKind::ResourceType
        | SlotKind::Word => None,
    }
}

fn kind_of(noun: &'static str, name: &str) -> Kind {
    match noun {
        // AWS's own documentation has accounts of 13 digits.
        "account" if name.bytes().all(|byte| byte.is_ascii_digit()) => Kind::Account,
        "state" => Kind::State,
        "encoded-message" => Kind::EncodedMessage,
        _ => Kind::Name(noun),
    }
}

/// What AWS Backup calls its sessions: this, and the name of the role.
const SESSION: &str = "AWSBackup-";

fn role_of_session<'n>(noun: &str, name: &'n str) -> Option<&'n str> {
    name.strip_prefix(SESSION).filter(|_| noun == "session")
}

/// The prefix and the UUID of a name such as `job-47c8ef56-…`, which AWS makes.
fn with_uuid(name: &str) -> Option<(&str, &str)> {
    const LENGTH: usize = 36;
    let (prefix, uuid) = name.split_at_checked(name.len().checked_sub(LENGTH)?)?;
    let is_made = matches!(prefix, "job-" | "copyjob-" | "backup-" | "restore-");
    (is_made && whole(uuid) == Some(Found::Thing(Kind::Uuid))).then_some((prefix, uuid))
}

#[cfg(test)]
mod tests;
