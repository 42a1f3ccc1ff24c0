//! A strict reader of HTML and XML, stricter than a browser: what it takes is read alike by all of them.

/// Elements of HTML that have no end.
const VOID: [&str; 10] = ["br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "base"];

/// An element with its attributes, as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'t> {
    pub name: &'t str,
    pub attributes: Vec<(&'t str, &'t str)>,
    /// What stands in it, where that is not markup: script and style.
    pub raw: &'t str,
}

/// Every element of a page, in order. Each is closed in its place; whatever is not markup is escaped.
#[track_caller]
pub fn elements(page: &str, is_html: bool) -> Vec<Element<'_>> {
    let mut elements = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some((before, behind)) = rest.split_once('<') {
        is_text(before);
        if let Some(name) = behind.strip_prefix('/') {
            let (name, behind) = name.split_once('>').expect("an end ends");
            assert_eq!(open.pop(), Some(name), "what is open is closed");
            rest = behind;
            continue;
        }
        if behind.starts_with(['!', '?']) {
            let (mark, behind) = behind.split_once('>').expect("a mark ends");
            assert!(matches!(mark, "!DOCTYPE html" | "?xml version=\"1.0\" encoding=\"UTF-8\"?"), "{mark}");
            assert!(elements.is_empty(), "it stands in front");
            rest = behind;
            continue;
        }
        let (mut element, has_end, behind) = start(behind);
        rest = behind;
        if is_html && matches!(element.name, "script" | "style") {
            let end = format!("</{}>", element.name);
            (element.raw, rest) = behind.split_once(&end).expect("a script ends");
            let other = element.raw.to_ascii_lowercase();
            assert!(!other.contains("</script") && !other.contains("<!--"), "{}", element.raw);
        } else if !has_end && !(is_html && VOID.contains(&element.name)) {
            open.push(element.name);
        }
        elements.push(element);
    }
    is_text(rest);
    assert_eq!(open, [""; 0], "everything is closed");
    elements
}

/// An element's start, whether that is its end too, and what is behind it.
fn start(text: &str) -> (Element<'_>, bool, &str) {
    let is_end = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':');
    let (name, mut rest) = text.split_at(text.find(is_end).expect("a start ends"));
    assert!(name.starts_with(|c: char| c.is_ascii_alphabetic()), "a name: {:?}", text.get(..40));
    let mut attributes = Vec::new();
    loop {
        if let Some(behind) = rest.strip_prefix('>') {
            return (Element { name, attributes, raw: "" }, false, behind);
        }
        if let Some(behind) = rest.strip_prefix("/>") {
            return (Element { name, attributes, raw: "" }, true, behind);
        }
        let attribute = rest.strip_prefix(' ').expect("a space between attributes");
        let (key, behind) = attribute.split_at(attribute.find(is_end).expect("an attribute ends"));
        assert!(!key.is_empty(), "an attribute has a name: {:?}", rest.get(..40));
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(value) => value.split_once('"').expect("a value ends"),
            None => ("", behind),
        };
        assert!(!value.contains('<'), "what is in a value is escaped: {value}");
        is_text(value);
        attributes.push((key, value));
        rest = behind;
    }
}

/// A text in which everything is escaped that could be markup.
#[track_caller]
fn is_text(text: &str) {
    assert!(!text.contains('<'), "a text has no markup: {text}");
    for behind in text.split('&').skip(1) {
        let name = behind.split(';').next().unwrap_or_default();
        let is_entity = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos" | "nbsp")
            || name.strip_prefix('#').is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        assert!(is_entity, "an ampersand is escaped: {text}");
    }
}
