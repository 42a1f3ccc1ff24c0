//! What the slots of a wording can be filled with from a message that says the same in other words.
//!
//! Nothing tells where in such a message the slots stand. So a value is taken only where as many different ones of its
//! class stand in the message as the wording has slots for, and where the words before it do not speak against it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tokens::{Token, before, quoted, tokens};
use crate::catalogue::Wording;
use crate::identifier::{Arn, is_uuid};
use crate::normalise::Wrapper;
use crate::slot::{Kind, Slot, SlotValues};

/// The types of resources that AWS Backup names, the longer before those that they end in.
///
/// Source: `ResourceType` in the AWS Backup API reference.
const RESOURCE_TYPES: &[&str] = &[
    "SAP HANA on Amazon EC2",
    "Redshift Serverless",
    "Storage Gateway",
    "Virtual Machine",
    "CloudFormation",
    "VirtualMachine",
    "DocumentDB",
    "Timestream",
    "DynamoDB",
    "Redshift",
    "Neptune",
    "Aurora",
    "DSQL",
    "EBS",
    "EC2",
    "EFS",
    "EKS",
    "FSx",
    "RDS",
    "S3",
];

/// Words, and beginnings of words, before what a copy is made from, and before what it goes into.
const FROM: &[&str] = &["from", "von", "vom", "aus", "source*", "quell*", "origin*", "ursprung*"];
const INTO: &[&str] = &["to", "into", "nach", "destination*", "target*", "ziel*"];

/// Words before what an action is denied on.
const ON: &[&str] = &["on", "auf", "resource*", "ressource*"];

/// Words right before a limit, and those that also need to be about one.
const THAN: &[&str] =
    &["than", "then", "als", "exceed", "maximum", "maximal", "höchstens", "hoechstens", "limit"];
const IS: &[&str] = &["of", "von", "is", "bei", "beträgt", "betraegt", "at"];
const LIMIT: &[&str] = &["limit", "quota", "quote", "kontingent", "grenze", "maximum"];

/// How the word before a tag's key in quotes ends, and that before a vault's name.
const KEY_OF_TAG: &[&str] = &["key", "keys", "schlüssel", "schluessel", "tag", "tags"];
const VAULT: &[&str] = &["vault", "tresor", "tresors"];

/// How many words before a value say which it is.
const REACH: usize = 3;

/// A shorter text is no encoded message, but an id.
const LEAST_ENCODED: usize = 32;

/// What can be told apart in a message without its wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Account,
    Region,
    Action,
    Limit,
    Image,
    Snapshot,
    Job,
    Encoded,
    VaultName,
    TagKey,
    ResourceType,
    KeyArn,
    VaultArn,
    RoleArn,
    PrincipalArn,
    PolicyArn,
    /// The ARN of what a message is about.
    OtherArn,
}

impl Class {
    /// The class of a slot's values; none where nothing tells them from other words.
    fn of(slot: Slot) -> Option<Self> {
        let class = match (slot, slot.kind()) {
            (Slot::ImageId, _) => Self::Image,
            (Slot::SnapshotId, _) => Self::Snapshot,
            (Slot::PrincipalArn, _) => Self::PrincipalArn,
            (Slot::PolicyArn, _) => Self::PolicyArn,
            (_, Kind::AccountId) => Self::Account,
            (_, Kind::Region) => Self::Region,
            (_, Kind::Action) => Self::Action,
            (_, Kind::Number) => Self::Limit,
            (_, Kind::JobId) => Self::Job,
            (_, Kind::Encoded) => Self::Encoded,
            (_, Kind::VaultName) => Self::VaultName,
            (_, Kind::TagKey) => Self::TagKey,
            (_, Kind::ResourceType) => Self::ResourceType,
            (_, Kind::Arn { service: "kms", .. }) => Self::KeyArn,
            (_, Kind::Arn { service: "backup", .. }) => Self::VaultArn,
            (_, Kind::Arn { service: "iam", .. }) => Self::RoleArn,
            (_, Kind::Arn { .. }) => Self::OtherArn,
            (_, Kind::Partition | Kind::RoleName | Kind::Word | Kind::Text) => return None,
        };
        Some(class)
    }

    fn is_arn(self) -> bool {
        self >= Self::KeyArn
    }
}

/// The values of a wording's slots in a message that is no more than similar to it.
pub(super) fn captures(text: &str, wording: &Wording, wrapper: &Wrapper) -> SlotValues {
    let slots: BTreeSet<Slot> = wording.pattern.slots().collect();
    let wanted: BTreeSet<Class> = slots.iter().copied().filter_map(Class::of).collect();
    let values = values(text, &wanted, wrapper);
    let mut captures = SlotValues::default();
    for class in wanted {
        let slots: Vec<Slot> = slots.iter().copied().filter(|slot| Class::of(*slot) == Some(class)).collect();
        let mut of_class: Vec<&Value<'_>> = Vec::new();
        for value in values.iter().filter(|value| value.class == class) {
            match of_class.iter_mut().find(|other| other.text == value.text) {
                Some(other) if other.side.is_none() => *other = value,
                Some(_) => {}
                None => of_class.push(value),
            }
        }
        if slots.len() != of_class.len() {
            continue;
        }
        match (slots.as_slice(), of_class.as_slice()) {
            ([slot], [value]) if value.fits(*slot) => captures.offer(*slot, value.text),
            ([_], [_]) => {}
            // Of several, only the words before each tell which is which.
            (slots, of_class) => {
                for slot in slots {
                    let mut sided = of_class.iter().filter(|value| value.side.is_some());
                    let own = side_of(*slot);
                    let value = sided.find(|value| value.side == own);
                    if let Some(value) = value.filter(|_| of_class.iter().all(|it| it.side.is_some())) {
                        captures.offer(*slot, value.text);
                    }
                }
            }
        }
    }
    captures
}

/// Where a copy is made from, or goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Source,
    Destination,
}

fn side_of(slot: Slot) -> Option<Side> {
    match slot.name() {
        name if name.starts_with("source_") => Some(Side::Source),
        name if name.starts_with("destination_") => Some(Side::Destination),
        _ => None,
    }
}

/// A value that stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Value<'t> {
    class: Class,
    text: &'t str,
    /// What the words before it say.
    side: Option<Side>,
}

impl Value<'_> {
    /// Whether the words before the value do not say that it is another than the slot's.
    fn fits(&self, slot: Slot) -> bool {
        match (self.side, side_of(slot)) {
            (Some(own), Some(wanted)) => own == wanted,
            _ => true,
        }
    }
}

/// Every value of a class that is wanted, in the order of the message within its class.
fn values<'t>(text: &'t str, wanted: &BTreeSet<Class>, wrapper: &Wrapper) -> Vec<Value<'t>> {
    let tokens = tokens(text);
    let mut values = Vec::new();
    // An ARN that is cut off, broken or a wildcard could be any of those that are looked for.
    let reads_arns = !tokens.iter().any(|token| token.is_strange_arn(text));
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| !wrapper.covers(&token.range)) {
        let before = before(&tokens, index);
        let Some(class) = class(token, &before, wanted) else { continue };
        if !class.is_arn() || reads_arns {
            values.push(Value { class, text: token.text, side: side(&before) });
        }
    }
    for range in quoted(text) {
        let Some(value) = text.get(range.clone()) else { continue };
        let index = tokens.partition_point(|token| token.range.end <= range.start);
        let before = before(&tokens, index);
        match class_of_name(value, &before) {
            Some(class @ Class::VaultName) => values.push(Value { class, text: value, side: side(&before) }),
            Some(class) => values.push(Value { class, text: value, side: None }),
            None => {}
        }
    }
    let types = resource_types(text).into_iter();
    values.extend(types.map(|text| Value { class: Class::ResourceType, text, side: None }));
    values
}

/// What a name is, given the words before it, the nearest first: the key of a tag, or a vault.
pub(crate) fn class_of_name(name: &str, before: &[String]) -> Option<Class> {
    let follows = |endings: &[&str]| {
        before.first().is_some_and(|word| endings.iter().any(|ending| word.ends_with(ending)))
    };
    if follows(KEY_OF_TAG) {
        Some(Class::TagKey)
    } else {
        (follows(VAULT) && Kind::VaultName.accepts(name)).then_some(Class::VaultName)
    }
}

/// What a token is, given the words before it, the nearest first.
pub(crate) fn class(token: &Token<'_>, before: &[String], wanted: &BTreeSet<Class>) -> Option<Class> {
    let text = token.text;
    if let Some(arn) = Arn::parse(text) {
        return Some(arn_class(&arn, before, wanted));
    }
    let is_id = |prefix| {
        let rest = text.strip_prefix(prefix);
        rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
            && Kind::JobId.accepts(text)
    };
    [
        (Class::Account, Kind::AccountId.accepts(text)),
        (Class::Region, Kind::Region.accepts(text)),
        (Class::Action, Kind::Action.accepts(text)),
        (Class::Image, is_id("ami-")),
        (Class::Snapshot, is_id("snap-")),
        (Class::Job, is_uuid(text)),
        (Class::Limit, Kind::Number.accepts(text) && is_limit(before)),
        (Class::Encoded, is_encoded(text)),
    ]
    .into_iter()
    .find(|(_, is_one)| *is_one)
    .map(|(class, _)| class)
}

/// What an ARN is in the message of a wording that has slots for these classes.
fn arn_class(arn: &Arn<'_>, before: &[String], wanted: &BTreeSet<Class>) -> Class {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| arn.resource.starts_with(beginning));
    let own = match arn.service {
        "kms" if begins(&["key/"]) => Class::KeyArn,
        "backup" if begins(&["backup-vault:"]) => Class::VaultArn,
        "iam" | "organizations" if begins(&["policy/"]) => Class::PolicyArn,
        "iam" if begins(&["role/"]) && wanted.contains(&Class::RoleArn) => Class::RoleArn,
        "iam" | "sts" => Class::PrincipalArn,
        _ => Class::OtherArn,
    };
    let is_thing = matches!(own, Class::KeyArn | Class::VaultArn) && !wanted.contains(&own);
    let is_acted_on = before.iter().take(REACH).any(|word| is_one(word, ON));
    let is_acted_on = is_acted_on && wanted.contains(&Class::OtherArn);
    if is_thing || is_acted_on { Class::OtherArn } else { own }
}

/// Whether a word is one of these; `*` stands for any ending.
fn is_one(word: &str, words: &[&str]) -> bool {
    words.iter().any(|it| it.strip_suffix('*').map_or(word == *it, |beginning| word.starts_with(beginning)))
}

/// What the words before a value say of the side that it is on; the nearest tells.
pub(crate) fn side(before: &[String]) -> Option<Side> {
    before.iter().take(REACH).find_map(|word| {
        let (from, into) = (is_one(word, FROM), is_one(word, INTO));
        let side = if from { Side::Source } else { Side::Destination };
        (from || into).then_some(side)
    })
}

/// Whether the words before a number say that it is a limit.
fn is_limit(before: &[String]) -> bool {
    let Some((nearest, others)) = before.split_first() else { return false };
    let is_about_one = |word: &String| LIMIT.iter().any(|limit| word.ends_with(limit));
    is_one(nearest, THAN) || is_about_one(nearest) || (is_one(nearest, IS) && others.iter().any(is_about_one))
}

fn is_encoded(text: &str) -> bool {
    let has = |is_one: fn(&u8) -> bool| text.as_bytes().iter().any(is_one);
    text.len() >= LEAST_ENCODED
        && Kind::Encoded.accepts(text)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
}

/// The types of resources that a message names, as they are written, with the `Amazon` before them.
pub(crate) fn resource_types(text: &str) -> Vec<&str> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for name in RESOURCE_TYPES {
        for (start, _) in text.match_indices(name) {
            let end = start + name.len();
            let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
            let is_word = !head.ends_with(char::is_alphanumeric) && !tail.starts_with(char::is_alphanumeric);
            let is_part = found.iter().any(|other| other.start <= start && end <= other.end);
            if is_word && !is_part {
                let start = if head.ends_with("Amazon ") { start - "Amazon ".len() } else { start };
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|range| range.start);
    // A name that goes on (`EBS Multi-Attach`) is that of something else.
    let goes_on = |end: usize| {
        let next = text.get(end..).and_then(|tail| tail.strip_prefix(' ')).unwrap_or_default();
        next.starts_with(char::is_uppercase)
            && !["Resource", "Ressource"].iter().any(|it| next.starts_with(it))
    };
    if found.iter().any(|range| goes_on(range.end)) {
        return Vec::new();
    }
    found.into_iter().filter_map(|range| text.get(range)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Evidence;
    use crate::language::Language;
    use crate::pattern::Pattern;

    #[track_caller]
    fn finds(pattern: &str, message: &str, expected: &[(&str, &str)]) {
        let wording = Wording {
            language: Language::En,
            pattern: Pattern::parse(pattern).expect("well-formed"),
            evidence: Evidence::Observed,
            source: String::new(),
        };
        let captures = captures(message, &wording, &Wrapper::of(message));
        let found: Vec<_> = captures.iter().map(|(slot, value)| (slot.name(), value)).collect();
        assert_eq!(found, expected, "{pattern} / {message}");
    }

    const REGIONS: &str = "copy from {source_region} to {destination_region} failed";

    #[test]
    fn the_words_before_two_of_a_kind_tell_which_is_which() {
        const BOTH: &[(&str, &str)] = &[("source_region", "eu-west-1"), ("destination_region", "eu-west-2")];
        finds(REGIONS, "to eu-west-2 nothing could be copied from the Region eu-west-1", BOTH);
        finds(REGIONS, "Zielregion eu-west-2 nimmt nichts von eu-west-1", BOTH);
        finds(REGIONS, "eu-west-1 and eu-west-2 do not copy", &[]);
        finds(REGIONS, "from eu-west-1 to eu-west-2 or to eu-west-3", &[]);
        finds(REGIONS, "from eu-west-1 nothing comes", &[]);
    }

    #[test]
    fn of_a_value_that_stands_there_twice_one_place_may_tell_its_side() {
        const BOTH: &[(&str, &str)] = &[("source_region", "eu-west-1"), ("destination_region", "eu-west-2")];
        finds(REGIONS, "eu-west-2, eu-west-1: nothing goes to eu-west-2 from eu-west-1", BOTH);
        finds(REGIONS, "to eu-west-2 nothing goes from eu-west-1; see eu-west-2, see eu-west-1", BOTH);
    }

    #[test]
    fn words_that_say_otherwise_leave_a_slot_open() {
        const INTO: &str = "the copy into {destination_region} failed";
        finds(INTO, "copying from eu-west-1 failed", &[]);
        finds(INTO, "failed in eu-west-1, eu-west-1 again", &[("destination_region", "eu-west-1")]);
        const KEY: &str = "the key {destination_key_arn?} is not there";
        let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
        finds(KEY, &format!("no such target key: [{arn}]."), &[("destination_key_arn", arn)]);
        finds(KEY, &format!("the source key {arn} is gone"), &[]);
    }

    const DENIED: &str = "User {principal_arn} may not {denied_action} on {denied_resource_arn}: no policy allows the \
                          {denied_action} action, {policy_arn?}";
    const PRINCIPAL: &str = "arn:aws:sts::111122223333:assumed-role/R/s";
    const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
    const POLICY: &str = "arn:aws:organizations::777788889999:policy/o-a/service_control_policy/p-b";

    #[test]
    fn each_arn_goes_where_its_kind_belongs() {
        finds(
            DENIED,
            &format!("{POLICY} forbids kms:Decrypt on {KEY}, said of kms:Decrypt to {PRINCIPAL}"),
            &[
                ("principal_arn", PRINCIPAL),
                ("denied_action", "kms:Decrypt"),
                ("denied_resource_arn", KEY),
                ("policy_arn", POLICY),
            ],
        );
    }

    #[test]
    fn an_arn_is_of_its_service_and_of_its_kind() {
        let arn = |rest: &str| format!("arn:aws:{rest}");
        for (pattern, slot, own, other) in [
            ("the key {destination_key_arn} is gone", "destination_key_arn", "key/1a", "alias/x"),
            (
                "the vault {destination_vault_arn} is gone",
                "destination_vault_arn",
                "backup-vault:dr",
                "recovery-point:x",
            ),
            ("the role {role_arn} is gone", "role_arn", "role/R", "user/x"),
        ] {
            let service = match slot {
                "destination_key_arn" => "kms:eu-west-1:111122223333",
                "destination_vault_arn" => "backup:eu-west-1:111122223333",
                _ => "iam::111122223333",
            };
            let [own, other] = [own, other].map(|rest| arn(&format!("{service}:{rest}")));
            finds(pattern, &format!("it is lost: {other}"), &[]);
            finds(pattern, &format!("it is lost: {own}, not {other}"), &[(slot, &own)]);
        }
    }

    /// A role that may not be passed on has not asked for it.
    #[test]
    fn who_is_acted_on_does_not_act() {
        let role = "arn:aws:iam::111122223333:role/Copy";
        finds(
            DENIED,
            &format!("iam:PassRole on resource {role} is forbidden"),
            &[("denied_action", "iam:PassRole"), ("denied_resource_arn", role)],
        );
    }

    #[test]
    fn an_arn_that_is_not_whole_leaves_all_of_them_open() {
        for spoilt in [
            "arn:aws:ec2:eu-west-1::snapshot/*".to_owned(),
            "arn:aws:s3:::bucket/...".to_owned(),
            "arn:aws:s3:::bucket/na...".to_owned(),
            "arn:aws:s3:::bucket/na…".to_owned(),
            "key=arn:aws:kms:eu-west-1:111122223333:key/1".to_owned(),
            format!("{KEY}-\n  0a1b2c3d ends"),
            format!("{KEY}\n5678-90ab ends"),
        ] {
            finds(DENIED, &format!("{PRINCIPAL} lacks a yes on {spoilt}"), &[]);
        }
        for whole in ["\nfailed", "\na job", ". Then"] {
            finds(
                "the key {destination_key_arn?} is not there",
                &format!("no {KEY}{whole}"),
                &[("destination_key_arn", KEY)],
            );
        }
    }

    #[test]
    fn a_number_is_a_limit_where_the_words_before_it_say_so() {
        const LIMIT: &str = "more than {limit} copies";
        for message in
            ["the limit of 5 was hit", "mehr als 5 Kopien", "Limit für diese Region beträgt 5", "quota: 5"]
        {
            finds(LIMIT, message, &[("limit", "5")]);
        }
        finds(LIMIT, "your quota of 50,000 images", &[("limit", "50,000")]);
        finds(LIMIT, "6 run, and no more than 5 may", &[("limit", "5")]);
        for message in ["limit exceeded: 6 copies", "5 copies", "more than 5, more than 6", "at 5 the limit"]
        {
            finds(LIMIT, message, &[]);
        }
    }

    #[test]
    fn ids_are_told_by_their_shape() {
        const IDS: &str = "image {image_id} of snapshot {snapshot_id} of job {copy_job_id}";
        finds(
            IDS,
            "snap-0a0b0c0d is part of ami-00179b33a7, job 47C8EF56-74D8-059D-1301-C5BE1D5C926E, snap-shots too",
            &[
                ("copy_job_id", "47C8EF56-74D8-059D-1301-C5BE1D5C926E"),
                ("image_id", "ami-00179b33a7"),
                ("snapshot_id", "snap-0a0b0c0d"),
            ],
        );
        finds(IDS, "snapshots snap-0a0b0c0d and snap-0a0b0c0e; copyjobs", &[]);
    }

    #[test]
    fn an_encoded_message_is_long_and_of_letters_of_both_cases_and_digits() {
        const ENCODED: &str = "encoded message: {encoded_message}";
        let encoded = "kGhIjKlMnOpQrStUvWxYz1234567890a";
        finds(ENCODED, &format!("it says {encoded}, encoded"), &[("encoded_message", encoded)]);
        let letters = encoded.replace(char::is_numeric, "x");
        for other in [&encoded[1..], &encoded.to_uppercase(), &encoded.to_lowercase(), &letters] {
            finds(ENCODED, &format!("it says {other}, encoded"), &[]);
        }
    }

    #[test]
    fn tag_keys_and_vaults_stand_in_quotes() {
        const TAG: &str = "the policy forbids the value of tag {tag_key}";
        finds(TAG, "value 'x' isn't allowed for tag key 'Cost Center'", &[("tag_key", "Cost Center")]);
        finds(TAG, "„Wert des Tag-Schlüssels ‚Team‘ nicht erlaubt“", &[]);
        finds(TAG, "Wert zum Tag-Schlüssel „aws:team“ nicht erlaubt", &[("tag_key", "aws:team")]);
        finds(TAG, "tag key CostCenter is not allowed", &[]);
        const VAULT: &str = "vault {source_vault} does not copy into vault {destination_vault}";
        finds(
            VAULT,
            "into the vault 'dr' nothing goes from vault \"prod\"",
            &[("source_vault", "prod"), ("destination_vault", "dr")],
        );
        finds(VAULT, "vault 'dr' takes nothing of vault 'prod'", &[]);
    }

    #[test]
    fn resource_types_are_those_that_are_known() {
        const TYPE: &str = "not for {resource_type} resources";
        finds(
            TYPE,
            "no copies of SAP HANA on Amazon EC2 databases",
            &[("resource_type", "SAP HANA on Amazon EC2")],
        );
        finds(TYPE, "nicht für RDS-Ressourcen", &[("resource_type", "RDS")]);
        finds(TYPE, "Amazon FSx does not copy", &[("resource_type", "Amazon FSx")]);
        for message in ["EBS and EFS do not copy", "EBS Multi-Attach does not copy", "not for TEBS", "Pizza"]
        {
            finds(TYPE, message, &[]);
        }
    }

    #[test]
    fn what_an_sdk_says_is_no_value() {
        finds("limit {limit}", "no (Service: X; Status Code: 400; Limit: 5; Request ID: limit 7)", &[]);
    }
}
