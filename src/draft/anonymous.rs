//! Values of documentation in place of somebody's own: accounts, ids, names. The same value always becomes the same.

use std::collections::BTreeMap;

use crate::cluster::{Kind, Part};
use crate::identifier::{Arn, is_account_id, is_region, is_uuid};
use crate::slot::Slot;

/// The account ids of AWS's documentation.
const ACCOUNTS: [&str; 5] = ["111122223333", "444455556666", "777788889999", "123456789012", "210987654321"];

/// The digits that ids are made of.
const HEX: &str = "0123456789abcdef0123456789abcdef";

/// Names that AWS gives, in ARNs.
const NAMES_OF_AWS: &[&str] = &[
    "AWSBackupDefaultServiceRole",
    "AWSServiceRoleForBackup",
    "aws-service-role",
    "backup.amazonaws.com",
    "root",
    "service-role",
    "service_control_policy",
];

/// What was replaced by what.
#[derive(Debug, Default)]
pub(super) struct Anonymous {
    replaced: BTreeMap<(&'static str, String), String>,
}

impl Anonymous {
    /// The value that stands for a part of a message, which is to fill this slot, if any.
    pub(super) fn value(&mut self, text: &str, part: &Part, slot: Option<Slot>) -> String {
        let value = part.of(text);
        match slot {
            // These say nothing about anybody.
            Some(Slot::Limit | Slot::DeniedAction | Slot::ResourceType) => value.to_owned(),
            Some(
                slot @ (Slot::SourceVault | Slot::DestinationVault | Slot::TagKey | Slot::EncodedMessage),
            ) => self.once(slot.name(), value, |count| match count {
                0 => slot.sample().to_owned(),
                _ => format!("{}{}", slot.sample(), count + 1),
            }),
            _ => match part.kind {
                Kind::Value | Kind::Name => self.typed(value),
                Kind::Word | Kind::Quoted => self.name(value),
                Kind::ResourceType => value.to_owned(),
            },
        }
    }

    /// What stands for a value: the first, second … of its class.
    fn once(&mut self, class: &'static str, value: &str, make: impl Fn(usize) -> String) -> String {
        let count = self.replaced.keys().filter(|(other, _)| *other == class).count();
        self.replaced.entry((class, value.to_owned())).or_insert_with(|| make(count)).clone()
    }

    fn account(&mut self, value: &str) -> String {
        let taken = |account: &str| {
            self.replaced.iter().any(|((class, _), other)| *class == "account" && other == account)
        };
        let own = ACCOUNTS.into_iter().find(|account| *account == value);
        let free = own.or_else(|| ACCOUNTS.into_iter().find(|account| !taken(account)));
        self.once("account", value, |count| {
            free.map_or_else(|| format!("{:012}", 100_000_000_000 + count), str::to_owned)
        })
    }

    /// What stands for a name: one that has a digit where the name has one, as words with digits weigh nothing.
    fn name(&mut self, value: &str) -> String {
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        if value.contains('@') {
            return self.once("address", value, |count| format!("name{}@example.com", count + 1));
        }
        if has_digit {
            return self.once("numbered", value, |count| format!("example-{}", count + 1));
        }
        self.once("name", value, |count| match u8::try_from(count) {
            Ok(0) => "example".to_owned(),
            Ok(count @ 1..=25) => format!("example-{}", char::from(b'a' + count)),
            _ => format!("example-{count}"),
        })
    }

    fn typed(&mut self, value: &str) -> String {
        if let Some(arn) = Arn::split(value) {
            return self.arn(&arn);
        }
        if is_account_id(value) {
            self.account(value)
        } else if is_region(value) || is_time_or_number(value) {
            value.to_owned()
        } else if is_address(value) {
            "192.0.2.1".to_owned()
        } else {
            self.id(value).unwrap_or_else(|| self.name(value))
        }
    }

    /// What stands for an id of this shape: a UUID, or hexadecimal digits with or without a prefix.
    fn id(&mut self, value: &str) -> Option<String> {
        let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_uuid(value) {
            let samples = ["1234abcd-12ab-34cd-56ef-1234567890ab", "0987dcba-09fe-87dc-65ba-ab0987654321"];
            let made = self.once("uuid", &value.to_lowercase(), |count| {
                samples
                    .get(count)
                    .map_or_else(|| format!("1234abcd-12ab-34cd-56ef-{count:012x}"), |it| (*it).to_owned())
            });
            let is_upper = value.bytes().any(|byte| byte.is_ascii_uppercase());
            return Some(if is_upper { made.to_uppercase() } else { made });
        }
        let (prefix, digits) =
            value.rsplit_once('-').map_or(("", value), |(prefix, digits)| (prefix, digits));
        let is_prefix = prefix.bytes().all(|byte| byte.is_ascii_lowercase());
        if !(is_prefix && is_hex(digits) && (8..=HEX.len()).contains(&digits.len())) {
            return None;
        }
        let separator = if prefix.is_empty() { "" } else { "-" };
        Some(self.once("id", value, |count| {
            let number = format!("{count:x}");
            let kept = HEX.get(..digits.len().saturating_sub(number.len())).unwrap_or_default();
            let whole = HEX.get(..digits.len()).unwrap_or_default();
            let digits = if count == 0 { whole.to_owned() } else { format!("{kept}{number}") };
            format!("{prefix}{separator}{digits}")
        }))
    }

    fn arn(&mut self, arn: &Arn<'_>) -> String {
        let account = if arn.account.is_empty() { String::new() } else { self.account(arn.account) };
        let mut resource = String::new();
        for (index, part) in arn.resource.split_inclusive(['/', ':']).enumerate() {
            let name = part.trim_end_matches(['/', ':']);
            let separator = part.get(name.len()..).unwrap_or_default();
            // The first of several says what the resource is.
            let is_type = index == 0 && name.len() < arn.resource.len() && arn.service != "s3";
            if is_type || name.is_empty() || NAMES_OF_AWS.contains(&name) || name == "*" {
                resource.push_str(name);
            } else {
                resource.push_str(&self.typed(name));
            }
            resource.push_str(separator);
        }
        format!("arn:{}:{}:{}:{account}:{resource}", arn.partition, arn.service, arn.region)
    }
}

/// A long number may be an id.
fn is_time_or_number(value: &str) -> bool {
    const LONGEST: usize = 9;
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let is_time = value.len() >= 10
        && value.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && value.bytes().all(|byte| byte.is_ascii_digit() || b"-:.TZ+ ".contains(&byte))
        && value.contains('-')
        && value.contains(':');
    let is_number = digits <= LONGEST
        && value.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
        && !is_address(value);
    is_time || is_number
}

/// Whether it is an address of the Internet.
fn is_address(value: &str) -> bool {
    value.split('.').count() == 4 && value.split('.').all(|part| part.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::parts;

    #[track_caller]
    fn becomes(text: &str, expected: &str) {
        let mut anonymous = Anonymous::default();
        let mut made = String::new();
        let mut at = 0;
        for part in parts(text).iter().filter(|part| part.is_free()) {
            made.push_str(&text[at..part.range.start]);
            made.push_str(&anonymous.value(text, part, None));
            at = part.range.end;
        }
        made.push_str(&text[at..]);
        assert_eq!(made, expected);
    }

    #[test]
    fn what_belongs_to_somebody_becomes_what_belongs_to_nobody() {
        becomes("111122223333 and 998877665544", "111122223333 and 444455556666");
        becomes("998877665544, 887766554433, 998877665544", "111122223333, 444455556666, 111122223333");
        becomes(
            "arn:aws:iam::998877665544:role/service-role/AcmeBackup",
            "arn:aws:iam::111122223333:role/service-role/example",
        );
        becomes(
            "arn:aws:iam::998877665544:role/service-role/AWSBackupDefaultServiceRole",
            "arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole",
        );
        becomes("arn:aws:s3:::acme-logs/2024/x", "arn:aws:s3:::example/2024/example-b");
        becomes(
            "snap-0aaaabbbbccccdddd vol-0aaaabbbbccccdddd",
            "snap-0123456789abcdef0 vol-0123456789abcdef1",
        );
        becomes("job AAAAAAAA-1111-2222-3333-BBBBBBBBBBBB", "job 1234ABCD-12AB-34CD-56EF-1234567890AB");
        becomes("'alice', 'bob', 'alice' of db_x7", "'example', 'example-b', 'example' of example-1");
        becomes("a.b@acme.com from 10.1.2.3", "name1@example.com from 192.0.2.1");
        becomes(
            "3 of 50,000 at 2025-07-02T05:08:08.704Z in eu-west-1",
            "3 of 50,000 at 2025-07-02T05:08:08.704Z in eu-west-1",
        );
    }
}
