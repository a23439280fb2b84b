//! Escaping for HTML and XML.

/// Appends text for use between tags or in a double-quoted attribute.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
}

/// Escaped text.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(&mut out, text);
    out
}

/// Hands out names for anchors that are unique within one document.
#[derive(Default)]
pub(super) struct Anchors {
    used: std::collections::BTreeSet<String>,
}

impl Anchors {
    /// A name of letters, digits and `joint` made from a paragraph number, never given before.
    pub(super) fn unique(&mut self, number: &str, joint: char) -> String {
        let base: String = number
            .trim_matches(|character: char| !character.is_ascii_alphanumeric())
            .chars()
            .map(|character| if character.is_ascii_alphanumeric() { character } else { joint })
            .collect();
        let mut name = base.clone();
        let mut again = 2_u32;
        while !self.used.insert(name.clone()) {
            name = format!("{base}{joint}{joint}{again}");
            again = again.saturating_add(1);
        }
        name
    }
}
