//! The kinds of private things, and the form of their pseudonyms: each keeps what a program or a reader goes by.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What a private thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// An account id: digits stay digits, and as many.
    Account,
    Uuid,
    /// An id behind a prefix that says what it is of: `snap-0123…`, `o-abcd…`.
    Id,
    /// Hexadecimal digits that are no UUID.
    Hex,
    /// `AKIA…` and its like; the four letters in front say which.
    AccessKey,
    Email,
    Ip,
    EncodedMessage,
    Host,
    Url,
    /// Letters and digits that only a machine could have written.
    Token,
    /// A state that AWS does not name: it may be another column's value.
    State,
    /// A name that somebody chose, with the noun that it is known by: `vault`, `role`.
    Name(&'static str),
}

impl Kind {
    /// The name in the private table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Uuid => "uuid",
            Self::Id => "id",
            Self::Hex => "hex",
            Self::AccessKey => "access-key",
            Self::Email => "e-mail",
            Self::Ip => "ip",
            Self::EncodedMessage => "encoded-message",
            Self::Host => "host",
            Self::Url => "url",
            Self::Token => "token",
            Self::State => "state",
            Self::Name(noun) => noun,
        }
    }

    /// Whether two spellings that differ in case are the same thing.
    pub(super) fn ignores_case(self) -> bool {
        matches!(self, Self::Uuid | Self::Id | Self::Hex | Self::Email | Self::Ip | Self::Host)
    }

    /// The pseudonym of this number for a thing such as `original`.
    pub(super) fn pseudonym(self, original: &str, number: u64) -> String {
        match self {
            Self::Account => format!("{number:0width$}", width = original.len()),
            Self::Uuid => format!("00000000-0000-4000-8000-{number:012}"),
            Self::Id => {
                let (prefix, tail) = original.rsplit_once('-').unwrap_or(("id", original));
                // Of `ou-ROOT-UNIT` the root's id is private too.
                let prefix = prefix.split_once('-').map_or(prefix.to_owned(), |(first, root)| {
                    format!("{first}-{:0width$}", 0, width = root.len())
                });
                format!("{}-{number:0width$}", prefix.to_ascii_lowercase(), width = tail.len())
            }
            Self::Hex => format!("{number:0width$}", width = original.len()),
            Self::AccessKey => {
                let prefix: String = original.chars().take(4).collect();
                format!("{prefix}{number:0width$}", width = original.len().saturating_sub(4))
            }
            Self::Email => format!("user-{number}@example.com"),
            Self::Ip => ip(original, number),
            Self::EncodedMessage => format!("ENCODED-MESSAGE-{number:08}"),
            Self::Host => format!("host-{number}.example.com"),
            Self::Url => format!("https://url-{number}.example.com/"),
            // Long enough for an encoded message, which it may be.
            Self::Token => format!("TOKEN-{number:012}"),
            Self::State => format!("STATE-{number}"),
            Self::Name(noun) => format!("{noun}-{number}"),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The address of this number among those that documents are written with. Where the three networks of version 4 are
/// used up, the class that nobody has goes on.
///
/// Source: RFC 5737, RFC 3849; RFC 1112 for 240.0.0.0/4.
fn ip(original: &str, number: u64) -> String {
    const NETWORKS: [[u8; 3]; 3] = [[192, 0, 2], [198, 51, 100], [203, 0, 113]];
    const HOSTS: u64 = 254;
    if original.contains(':') {
        let documents = 0x2001_0db8_u128 << 96;
        return Ipv6Addr::from(documents | u128::from(number)).to_string();
    }
    let place = number.saturating_sub(1);
    let host = u8::try_from(place % HOSTS + 1).unwrap_or(u8::MAX);
    match usize::try_from(place / HOSTS).ok().and_then(|index| NETWORKS.get(index)) {
        Some([a, b, c]) => Ipv4Addr::new(*a, *b, *c, host).to_string(),
        None => {
            let beyond = u32::try_from(place - HOSTS * NETWORKS.len() as u64).unwrap_or(u32::MAX);
            Ipv4Addr::from(0xf000_0000_u32.saturating_add(beyond).saturating_add(1)).to_string()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(kind: Kind, original: &str, number: u64, pseudonym: &str) {
        assert_eq!(kind.pseudonym(original, number), pseudonym, "{original}");
    }

    #[test]
    fn a_pseudonym_keeps_the_form_of_its_kind() {
        becomes(Kind::Account, "111122223333", 1, "000000000001");
        becomes(Kind::Account, "4445556667777", 2, "0000000000002");
        becomes(
            Kind::Uuid,
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            7,
            "00000000-0000-4000-8000-000000000007",
        );
        becomes(Kind::Id, "snap-03886bc8d6ef3a1f9", 1, "snap-00000000000000001");
        becomes(Kind::Id, "i-1234abcd", 12, "i-00000012");
        becomes(Kind::Id, "ou-ab12-9xyz8765", 3, "ou-0000-00000003");
        becomes(Kind::AccessKey, "AKIAIOSFODNN7EXAMPLE", 1, "AKIA0000000000000001");
        becomes(Kind::Name("vault"), "prod", 4, "vault-4");
    }

    #[test]
    fn addresses_go_on_where_a_network_is_used_up() {
        for (number, address) in [
            (1, "192.0.2.1"),
            (254, "192.0.2.254"),
            (255, "198.51.100.1"),
            (762, "203.0.113.254"),
            (763, "240.0.0.1"),
            (1100, "240.0.1.82"),
        ] {
            becomes(Kind::Ip, "10.0.0.1", number, address);
        }
        becomes(Kind::Ip, "fe80::1", 255, "2001:db8::ff");
    }
}
