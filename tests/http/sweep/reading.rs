//! Everything that can be read from an answer, in whatever way it is packed.

use crate::documents::extract::tool;
use crate::http::harness::Answer;
use lopdf::{Document, Object};
use std::io::{Cursor, Read};

/// All text of an answer: headers, body, and what is inside a PDF, a Word file, HTML or JSON.
pub fn all_text(answer: &Answer) -> String {
    let mut out = String::new();
    for (name, value) in &answer.headers {
        out.push_str(&format!("{name}: {value}\n{}\n", percent_decoded(value)));
    }
    out.push_str(&String::from_utf8_lossy(&answer.body));
    let kind = answer.header("content-type").unwrap_or_default().to_owned();
    if answer.body.starts_with(b"%PDF-") {
        out.push_str(&pdf(&answer.body));
    } else if answer.body.starts_with(b"PK") {
        out.push_str(&zip(&answer.body));
    } else if kind.contains("json") {
        strings(&serde_json::from_slice(&answer.body).unwrap_or_default(), &mut out);
    } else {
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        out.push_str(&plain(&text));
        out.push_str(&percent_decoded(&text));
    }
    out
}

/// Whether a word is in a text, also when it was set with soft hyphens, spread over lines or tags,
/// or written in other case.
pub fn holds(text: &str, word: &str) -> bool {
    squeezed(text).contains(&squeezed(word))
}

/// A text as letters and digits only, so that it is prepared once for all words.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn strings(value: &serde_json::Value, out: &mut String) {
    match value {
        serde_json::Value::String(text) => {
            out.push_str(text);
            out.push('\n');
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        serde_json::Value::Object(fields) => {
            for (name, item) in fields {
                out.push_str(name);
                strings(item, out);
            }
        }
        _ => {}
    }
}

/// Markup without its tags, with references to characters resolved.
fn plain(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in markup.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    let mut resolved = String::new();
    let mut rest = out.as_str();
    while let Some(at) = rest.find("&#") {
        resolved.push_str(&rest[..at]);
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end + 1);
        let code = rest[at + 2..end].trim_end_matches(';');
        let number = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        };
        resolved.extend(number.and_then(char::from_u32));
        rest = &rest[end..];
    }
    resolved.push_str(rest);
    resolved
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Text on the pages as poppler reads it, and every string and stream of every object, unpacked.
pub fn pdf(bytes: &[u8]) -> String {
    let mut out = tool("pdftotext", "poppler-utils", &["FILE", "-"], bytes);
    let document = Document::load_mem(bytes).expect("a PDF");
    for object in document.objects.values() {
        object_text(object, &mut out);
    }
    object_text(&Object::Dictionary(document.trailer.clone()), &mut out);
    out
}

fn object_text(object: &Object, out: &mut String) {
    match object {
        Object::String(bytes, _) => {
            out.push_str(&String::from_utf8_lossy(bytes));
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            out.push_str(&String::from_utf16_lossy(&units));
            out.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| object_text(item, out)),
        Object::Dictionary(fields) => fields.iter().for_each(|(_, item)| object_text(item, out)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, item)| object_text(item, out));
            out.push_str(&String::from_utf8_lossy(&stream.get_plain_content().unwrap_or_default()));
        }
        _ => {}
    }
}

/// Every part of a Word file, with its name.
fn zip(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a Word file");
    let mut out = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        out.push_str(&part.name().expect("a name"));
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("content");
        let text = String::from_utf8_lossy(&content);
        out.push_str(&text);
        out.push_str(&plain(&text));
    }
    out
}
