//! What logs put in front of every line: a time, and who wrote it.

use super::rewritten::Rewrite;

/// How long what stands in front of a line is, with the blank behind it; `None` if there is nothing.
///
/// That is a time as in ISO 8601, with or without brackets, and the stream that container runtimes and GitLab name behind
/// it; or a time, a host and a program, as syslog writes them.
pub(super) fn length(line: &[u8]) -> Option<usize> {
    let mut rest = Rest(line);
    iso_time(&mut rest).or_else(|| {
        rest = Rest(line);
        syslog(&mut rest)
    })?;
    Some(line.len() - rest.0.len())
}

fn iso_time(rest: &mut Rest<'_>) -> Option<()> {
    let has_bracket = rest.skip(b"[");
    rest.like(b"0000-00-00")?;
    if !(rest.skip(b"T") || rest.skip(b" ")) {
        return None;
    }
    rest.like(b"00:00:00")?;
    if rest.skip(b".") || rest.skip(b",") {
        rest.digits();
    }
    if !rest.skip(b"Z") && (rest.skip(b"+") || rest.skip(b"-")) {
        rest.like(b"00")?;
        rest.skip(b":");
        rest.like(b"00")?;
    }
    if has_bracket && !rest.skip(b"]") {
        return None;
    }
    rest.blank()?;
    let mut stream = Rest(rest.0);
    let is_named = [b"stdout F ", b"stderr F "].iter().any(|name| stream.skip(*name))
        || (stream.like(b"00").is_some() && (stream.skip(b"O ") || stream.skip(b"E ")));
    if is_named {
        *rest = stream;
    }
    Some(())
}

/// `Jul  2 05:08:08 host backup[12]: `
fn syslog(rest: &mut Rest<'_>) -> Option<()> {
    const MONTHS: &[&[u8]] =
        &[b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    MONTHS.iter().find(|month| rest.skip(month))?;
    rest.skip(b" ");
    rest.skip(b" ");
    rest.digits();
    rest.like(b" 00:00:00 ")?;
    let host = rest.0.iter().position(|byte| *byte == b' ')?;
    let behind = rest.0.get(host + 1..)?;
    let program = behind.iter().position(u8::is_ascii_whitespace).unwrap_or(behind.len());
    let (names, behind) = rest.0.split_at_checked(host + 1 + program)?;
    rest.0 = names.ends_with(b":").then_some(behind)?;
    rest.blank()
}

/// Takes the prefixes out.
pub(super) struct Without;

impl Rewrite for Without {
    fn line(&mut self, piece: &[u8], is_begin: bool, out: &mut Vec<u8>) {
        let prefix = if is_begin { length(piece).unwrap_or_default() } else { 0 };
        out.extend_from_slice(piece.get(prefix..).unwrap_or_default());
    }
}

/// What is left of a line.
#[derive(Clone, Copy)]
struct Rest<'l>(&'l [u8]);

impl Rest<'_> {
    /// Steps over these bytes, if they come next.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let rest = self.0.strip_prefix(bytes);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Steps over what looks like this, with any digit for each zero.
    fn like(&mut self, shape: &[u8]) -> Option<()> {
        let (begin, rest) = self.0.split_at_checked(shape.len())?;
        let is_like =
            |(byte, shape): (&u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == shape };
        self.0 = begin.iter().zip(shape).all(is_like).then_some(rest)?;
        Some(())
    }

    /// Steps over the blank that ends a prefix; nothing may stand behind it.
    fn blank(&mut self) -> Option<()> {
        let is_end = self.0.is_empty() || matches!(self.0, [b'\r' | b'\n', ..]);
        (is_end || self.skip(b" ") || self.skip(b"\t")).then_some(())
    }

    fn digits(&mut self) {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = self.0.get(length..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_known_in_the_ways_logs_write_it() {
        for (line, expected) in [
            ("2026-11-22T03:10:11.1234567Z {", Some(29)),
            ("2026-11-22T03:10:11+01:00\t{", Some(26)),
            ("2026-11-22 03:10:11,802 INFO", Some(24)),
            ("[2026-11-22T03:10:11.345Z] {", Some(27)),
            ("2026-11-22T03:10:11Z", Some(20)),
            ("2026-11-22T03:10:11Z\r\n", Some(20)),
            ("2026-11-22T03:10:11Z,FAILED", None),
            ("[2026-11-22T03:10:11Z {", None),
            ("2026-11-22", None),
            ("2026-11-22T03:10:11.123456789Z stdout F {", Some(40)),
            ("2026-11-22T03:10:11.123456Z 00O {", Some(32)),
            ("Nov 22 03:10:11 host backup[12]: {", Some(33)),
            ("Nov  2 03:10:11 host backup:\n", Some(28)),
            ("Nov 22 03:10:11 the copy failed", None),
            ("", None),
        ] {
            assert_eq!(length(line.as_bytes()), expected, "{line}");
        }
    }
}
