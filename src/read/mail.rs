//! Mails as files: takes out the encodings that let a text pass as mail (quoted-printable, base64), part by part.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::encoding::Charset;
use super::rewritten::Rewrite;

/// Mails in mails are no deeper.
const DEEPEST: usize = 16;

/// What a header has beyond this says nothing of the encoding.
const LONGEST_HEADER: usize = 16 * 1024;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Whether a text is a mail, or a box of mails, of which a part is encoded.
pub(super) fn is_encoded(sample: &[u8]) -> bool {
    let mut lines = sample.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let is_begun = lines.next().is_some_and(|line| line.starts_with(BOX) || header(line).is_some());
    is_begun && lines.filter_map(header).any(|(name, value)| Encoding::of(name, value).is_some())
}

/// What stands in front of each mail in a box.
const BOX: &[u8] = b"From ";

/// The name and value of a header.
fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at_checked(colon)?;
    let is_name = !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    is_name.then(|| (name, value.get(1..).unwrap_or_default().trim_ascii()))
}

/// The headers that mail programs show above a mail and copy with it, in English and German.
const SHOWN: &[&str] =
    &["from", "to", "cc", "subject", "date", "sent", "reply-to", "von", "an", "betreff", "datum", "gesendet"];

/// Whether a line is one of the headers that are shown above a mail.
pub(super) fn is_heading(line: &str) -> bool {
    let name = line.split_once(':').map_or("", |(name, _)| name.trim());
    SHOWN.iter().any(|shown| name.eq_ignore_ascii_case(shown))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    QuotedPrintable,
    Base64,
}

impl Encoding {
    fn of(name: &[u8], value: &[u8]) -> Option<Self> {
        if !name.eq_ignore_ascii_case(b"content-transfer-encoding") {
            None
        } else if value.eq_ignore_ascii_case(b"quoted-printable") {
            Some(Self::QuotedPrintable)
        } else if value.eq_ignore_ascii_case(b"base64") {
            Some(Self::Base64)
        } else {
            None
        }
    }
}

/// Where in a mail a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Among the headers, which are left out but for their line ends.
    Headers,
    Body(Option<Encoding>),
    /// In the same text once more, as a web page.
    Again,
}

/// Decodes the texts of mails. Attachments that are no text stay as they are.
pub(super) struct Decoded {
    is_box: bool,
    is_behind_blank: bool,
    place: Place,
    /// The header so far: it may go on.
    header: Vec<u8>,
    encoding: Option<Encoding>,
    content_type: String,
    has_plain_text: bool,
    /// What separates the parts, the innermost last.
    boundaries: Vec<Vec<u8>>,
    charset: Option<Charset>,
    /// What is no whole group of base64, and no whole character of quoted-printable.
    held: Vec<u8>,
}

impl Decoded {
    /// Of a text with this beginning.
    pub(super) fn new(sample: &[u8]) -> Self {
        Self {
            is_box: sample.trim_ascii_start().starts_with(BOX),
            is_behind_blank: true,
            place: Place::Headers,
            header: Vec::new(),
            encoding: None,
            content_type: String::new(),
            has_plain_text: false,
            boundaries: Vec::new(),
            charset: None,
            held: Vec::new(),
        }
    }

    fn begin_headers(&mut self) {
        self.place = Place::Headers;
        self.header.clear();
        self.encoding = None;
        self.content_type.clear();
    }

    /// Whether a line begins a mail of the box, or ends a part.
    fn separates(&mut self, line: &[u8], out: &mut Vec<u8>) -> bool {
        let is_mail = self.is_box && self.is_behind_blank && line.starts_with(BOX);
        if is_mail {
            self.end(out);
            self.boundaries.clear();
            self.has_plain_text = false;
            self.begin_headers();
            return true;
        }
        let Some(marked) = line.strip_prefix(b"--") else { return false };
        let is_of = |boundary: &Vec<u8>| {
            marked.strip_prefix(boundary.as_slice()).is_some_and(|rest| matches!(rest, b"" | b"--"))
        };
        let Some(depth) = self.boundaries.iter().rposition(is_of) else { return false };
        self.end(out);
        let is_last = self.boundaries.get(depth).is_some_and(|boundary| marked.len() > boundary.len());
        self.boundaries.truncate(if is_last { depth } else { depth + 1 });
        self.begin_headers();
        if is_last {
            self.place = Place::Body(None);
        }
        true
    }

    /// A line of the headers. Those that begin with a blank go on with the one before.
    fn header_line(&mut self, line: &[u8]) {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            self.header_ends();
        }
        if self.header.len() < LONGEST_HEADER {
            self.header.extend_from_slice(line);
        }
        if line.is_empty() {
            self.begin_body();
        }
    }

    fn header_ends(&mut self) {
        if let Some((name, value)) = header(&self.header) {
            self.encoding = Encoding::of(name, value).or(self.encoding);
            if name.eq_ignore_ascii_case(b"content-type") {
                self.content_type = String::from_utf8_lossy(value).into_owned();
            }
        }
        self.header.clear();
    }

    fn begin_body(&mut self) {
        let kind = self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind.starts_with("multipart/") {
            let boundary =
                parameter(&self.content_type, "boundary").filter(|_| self.boundaries.len() < DEEPEST);
            self.boundaries.extend(boundary.map(String::into_bytes));
            self.place = Place::Body(None);
        } else if kind == "message/rfc822" && self.encoding.is_none() {
            self.begin_headers();
        } else if kind == "text/html" && self.has_plain_text {
            self.place = Place::Again;
        } else if kind.is_empty() || kind.starts_with("text/") || kind.contains("json") {
            self.has_plain_text |= kind == "text/plain";
            self.charset = parameter(&self.content_type, "charset").as_deref().and_then(Charset::of);
            self.place = Place::Body(self.encoding);
        } else {
            self.place = Place::Body(None);
        }
    }

    /// Puts out text in the part's own character set.
    fn put(&mut self, text: &[u8], out: &mut Vec<u8>) {
        match &mut self.charset {
            Some(charset) => charset.decode(text, out),
            None => out.extend_from_slice(text),
        }
    }

    fn base64(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        self.held.extend(piece.iter().filter(|byte| !byte.is_ascii_whitespace()));
        let rest = self.held.split_off(self.held.len() / 4 * 4);
        let groups = std::mem::replace(&mut self.held, rest);
        // What is no base64 stays what it is.
        let text = BASE64.decode(&groups).unwrap_or(groups);
        self.put(&text, out);
    }

    fn quoted_printable(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        let mut line = std::mem::take(&mut self.held);
        let has_end = piece.ends_with(b"\n");
        line.extend_from_slice(if has_end { piece.trim_ascii_end() } else { piece });
        let mut text = Vec::with_capacity(line.len() + 1);
        let mut rest = line.as_slice();
        while let [byte, behind @ ..] = rest {
            rest = behind;
            match (byte, behind) {
                (b'=', [high, low, behind @ ..]) if hex(*high, *low).is_some() => {
                    text.extend(hex(*high, *low));
                    rest = behind;
                }
                // The line goes on, or the piece ends in the middle of a character.
                (b'=', []) if has_end => return self.put(&text, out),
                (b'=', [] | [_]) if !has_end => {
                    self.held = [b"=", behind].concat();
                    return self.put(&text, out);
                }
                _ => text.push(*byte),
            }
        }
        if has_end {
            text.push(b'\n');
        }
        self.put(&text, out);
    }
}

impl Rewrite for Decoded {
    fn line(&mut self, piece: &[u8], is_begin: bool, out: &mut Vec<u8>) {
        let line = piece.trim_ascii_end();
        if is_begin {
            let separates = self.separates(line, out);
            self.is_behind_blank = line.is_empty();
            if separates {
                return out.push(b'\n');
            }
        }
        match self.place {
            Place::Headers => {
                self.header_line(line);
                out.push(b'\n');
            }
            Place::Again => out.push(b'\n'),
            Place::Body(None) => self.put(piece, out),
            Place::Body(Some(Encoding::Base64)) => self.base64(piece, out),
            Place::Body(Some(Encoding::QuotedPrintable)) => self.quoted_printable(piece, out),
        }
    }

    /// The end of a part.
    fn end(&mut self, out: &mut Vec<u8>) {
        if self.place == Place::Body(Some(Encoding::Base64)) {
            let rest = std::mem::take(&mut self.held);
            let text = BASE64.decode(&rest).unwrap_or(rest);
            self.put(&text, out);
            out.push(b'\n');
        }
        let rest = std::mem::take(&mut self.held);
        self.put(&rest, out);
        self.charset = None;
    }
}

/// The byte of two hexadecimal digits.
fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

/// A parameter of a header: `charset="utf-8"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (found, value) = parameter.split_once('=')?;
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::rewritten::Rewritten;
    use super::*;
    use std::io::Read;

    /// What is in a mail, without the lines that its headers leave.
    #[track_caller]
    fn reads(mail: &str, text: &str) {
        assert!(is_encoded(mail.as_bytes()), "{mail}");
        let mut streamed = String::new();
        let reader = Box::new(mail.as_bytes());
        Rewritten::new(reader, Decoded::new(mail.as_bytes()))
            .read_to_string(&mut streamed)
            .expect("it is text");
        let whole = Rewritten::of(mail.as_bytes(), Decoded::new(mail.as_bytes()));
        assert_eq!(whole, streamed.as_bytes());
        assert_eq!(streamed.trim(), text);
    }

    #[test]
    fn quoted_printable_is_decoded() {
        let head = "Subject: a\nContent-Transfer-Encoding: Quoted-Printable\n";
        reads(&format!("{head}\nSchl=C3=BCs=\nsel=3D1 \n=\n2=zz"), "Schlüssel=1\n2=zz");
        reads(&format!("{head}\na=3D1 =2\nb"), "a=1 =2\nb");
        reads(
            &format!("{head}Content-Type: text/plain;\r\n charset=\"ISO-8859-1\"\r\n\r\nSchl=FCssel\r\n"),
            "Schlüssel",
        );
    }

    /// A line that is longer than what is read at once comes in pieces.
    #[test]
    fn quoted_printable_is_decoded_wherever_its_line_is_cut() {
        let mail = b"Subject: a\nContent-Transfer-Encoding: quoted-printable\n\n";
        let line = b"Schl=C3=BCssel=3D1=\n";
        for cut in 1..line.len() {
            let (begin, end) = line.split_at(cut);
            let (mut decoded, mut out) = (Decoded::new(mail), Vec::new());
            mail.split_inclusive(|byte| *byte == b'\n')
                .for_each(|header| decoded.line(header, true, &mut out));
            out.clear();
            decoded.line(begin, true, &mut out);
            decoded.line(end, false, &mut out);
            decoded.end(&mut out);
            assert_eq!(String::from_utf8_lossy(&out), "Schlüssel=1", "{cut}");
        }
    }

    #[test]
    fn base64_is_decoded_across_its_lines() {
        let head = "Subject: a\nContent-Transfer-Encoding: base64\n\n";
        reads(&format!("{head}eyJhIjo\ngMX0=\n"), "{\"a\": 1}");
        reads(&format!("{head}eyJhIjogMX0"), "{\"a\": 1}");
        reads(&format!("{head}no base64, that is clear"), "nobase64,thatisclear");
    }

    #[test]
    fn each_part_has_its_own_encoding() {
        reads(
            "From: a\nContent-Type: multipart/alternative; boundary=\"b1\"\n\nIgnored=3D\n--b1\n\
             Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\na=3D1\n--b1\n\
             Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<b>a=3D1</b>\n--b1--\n",
            "Ignored=3D\n\n\n\n\na=1",
        );
        reads(
            "From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/zip\n\
             Content-Transfer-Encoding: base64\n\nUEsDBA==\n--b--\n",
            "UEsDBA==",
        );
        // A list of mails adds a line to each.
        reads(
            "From: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\
             Content-Transfer-Encoding: base64\n\nYQ==\n--b--\nYou are on the list: ops\n",
            "a\n\nYou are on the list: ops",
        );
    }

    #[test]
    fn a_box_holds_several_mails() {
        let mail = "From a Sun Nov 22\nContent-Transfer-Encoding: base64\n\nYQ==\n\nFrom b Sun Nov 22\nSubject: b\n\nb=3D\n";
        reads(mail, "a\n\n\n\nb=3D");
    }

    #[test]
    fn a_line_that_begins_as_a_mail_of_a_box_does_is_one_of_the_text() {
        let head = "Subject: a\nContent-Transfer-Encoding: quoted-printable\n\n";
        reads(&format!("{head}a\n\nFrom now on b=3D1\n"), "a\n\nFrom now on b=1");
        reads(&format!("From a Sun Nov 22\n{head}a\nFrom now on b=3D1\n"), "a\nFrom now on b=1");
    }

    #[test]
    fn what_stands_above_a_mail_is_told_from_a_message() {
        assert!(
            is_heading("Subject: AWS Notification Message") && is_heading("Betreff : Kopie fehlgeschlagen")
        );
        assert!(!is_heading("Error: access denied") && !is_heading("An error occurred: access denied"));
    }

    #[test]
    fn other_texts_are_no_mails() {
        for text in [
            "{}\nContent-Transfer-Encoding: base64\n",
            "The copy job failed: see below\nContent-Transfer-Encoding: base64\n",
            ": see below\nContent-Transfer-Encoding: base64\n",
            "Subject: a\n\nbase64\n",
            "",
        ] {
            assert!(!is_encoded(text.as_bytes()), "{text}");
        }
    }
}
