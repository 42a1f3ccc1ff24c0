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
        _ if innermost == b'[' => begins_element(rest) || begins_object_of_java(rest),
        _ => begins_field(rest, b":"),
    }
}

/// Whether a number, or a word that is a value, comes next, and behind it another or the end of the list.
fn begins_element(rest: &[u8]) -> bool {
    let is_of_value = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let (value, behind) = rest.split_at(rest.iter().take_while(is_of_value).count());
    let is_word = matches!(value, b"null" | b"true" | b"false" | b"None" | b"True" | b"False");
    let is_value = is_word || serde_json::from_slice::<serde_json::Number>(value).is_ok();
    is_value && matches!(behind.trim_ascii_start(), [] | [b',' | b']', ..])
}

/// Whether the name of a class comes next, and its fields in parentheses.
fn begins_object_of_java(rest: &[u8]) -> bool {
    let (class, behind) = rest.split_at(length_of_name(rest));
    class.first().is_some_and(u8::is_ascii_uppercase)
        && behind.strip_prefix(b"(").is_some_and(|inside| begins_field(inside, b"="))
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
