//! What comes next in a text.

/// Whether a bracket outside of all others begins an object or a list, and no prose: `[ERROR] Access Denied`.
pub(super) fn begins_object(bracket: u8, rest: &[u8]) -> bool {
    let mut innermost = bracket;
    let mut rest = rest.trim_ascii_start();
    while let [next @ (b'{' | b'['), inside @ ..] = rest {
        innermost = *next;
        rest = inside.trim_ascii_start();
    }
    match rest {
        [] | [b'\'' | b'"' | b'`' | b']' | b'}', ..] | [b'/', b'/' | b'*', ..] => true,
        [b'u', b'\'' | b'"', ..] => true,
        // The name of a class stands in front of Java's.
        [b'A'..=b'Z', ..] if innermost == b'[' => {
            rest.iter().position(|byte| *byte == b'(').is_some_and(|at| {
                let (class, inside) = rest.split_at(at);
                length_of_name(class) == at && begins_field(inside.get(1..).unwrap_or_default(), b"=")
            })
        }
        _ => innermost == b'{' && begins_field(rest, b":"),
    }
}

/// Whether the name of a field comes next, with one of these between it and its value.
pub(super) fn begins_field(rest: &[u8], separators: &[u8]) -> bool {
    let rest = rest.trim_ascii_start();
    let name = length_of_name(rest);
    name > 0 && rest.get(name).is_some_and(|next| separators.contains(next))
}

fn length_of_name(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_of_name(char::from(**byte))).count()
}

pub(super) fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$')
}
