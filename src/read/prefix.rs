//! What logs put in front of every line: a time, and who wrote it.

/// How long the time at the beginning of a line is, with the blank behind it; `None` if there is none.
///
/// It is written as in ISO 8601, with or without brackets around it.
pub(super) fn stamp(line: &[u8]) -> Option<usize> {
    let mut rest = Rest(line);
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
    let is_end = rest.0.is_empty() || matches!(rest.0, [b'\r' | b'\n', ..]);
    (is_end || rest.skip(b" ") || rest.skip(b"\t")).then(|| line.len() - rest.0.len())
}

/// What is left of a line.
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
        for (line, length) in [
            ("2026-11-22T03:10:11.1234567Z {", Some(29)),
            ("2026-11-22T03:10:11+01:00\t{", Some(26)),
            ("2026-11-22 03:10:11,802 INFO", Some(24)),
            ("[2026-11-22T03:10:11.345Z] {", Some(27)),
            ("2026-11-22T03:10:11Z", Some(20)),
            ("2026-11-22T03:10:11Z\r\n", Some(20)),
            ("2026-11-22T03:10:11Z,FAILED", None),
            ("[2026-11-22T03:10:11Z {", None),
            ("2026-11-22", None),
            ("", None),
        ] {
            assert_eq!(stamp(line.as_bytes()), length, "{line}");
        }
    }
}
