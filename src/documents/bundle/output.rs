//! Writes a PDF object by object, so that only places are kept in memory.

use lopdf::{Dictionary, Object, StringFormat};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// A file being written.
pub(super) struct Output<'a> {
    to: &'a mut dyn Write,
    at: u64,
    /// Place of each object by its number; 0 is not written.
    places: Vec<u64>,
    hash: Sha256,
    buffer: Vec<u8>,
}

/// Objects that the trailer names.
pub(super) struct Trailer {
    pub(super) root: u32,
    pub(super) information: u32,
}

impl<'a> Output<'a> {
    /// Starts a file.
    pub(super) fn start(to: &'a mut dyn Write) -> io::Result<Self> {
        let mut output = Self { to, at: 0, places: vec![0], hash: Sha256::new(), buffer: Vec::new() };
        output.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(output)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.hash.update(bytes);
        self.at = self.at.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// A number for an object that is written later.
    pub(super) fn reserve(&mut self) -> u32 {
        self.places.push(0);
        u32::try_from(self.places.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    fn begin(&mut self, number: u32) {
        if let Some(place) = self.places.get_mut(number as usize) {
            *place = self.at;
        }
        self.buffer.clear();
        self.buffer.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    }

    /// Writes an object.
    pub(super) fn object(&mut self, number: u32, object: &Object) -> io::Result<()> {
        if let Object::Stream(stream) = object {
            return self.stream(number, &stream.dict, &stream.content);
        }
        self.begin(number);
        write_value(&mut self.buffer, object);
        self.buffer.extend_from_slice(b"\nendobj\n");
        let bytes = std::mem::take(&mut self.buffer);
        self.put(&bytes)?;
        self.buffer = bytes;
        Ok(())
    }

    /// Writes a stream; its length comes from the content.
    pub(super) fn stream(&mut self, number: u32, dictionary: &Dictionary, content: &[u8]) -> io::Result<()> {
        self.begin(number);
        let mut dictionary = dictionary.clone();
        dictionary.set("Length", content.len() as i64);
        write_dictionary(&mut self.buffer, &dictionary);
        self.buffer.extend_from_slice(b"\nstream\n");
        let bytes = std::mem::take(&mut self.buffer);
        self.put(&bytes)?;
        self.buffer = bytes;
        self.put(content)?;
        self.put(b"\nendstream\nendobj\n")
    }

    /// Writes the table of places and the trailer; gives size and SHA-256 of the file.
    pub(super) fn finish(mut self, trailer: &Trailer) -> io::Result<(u64, String)> {
        let identity: String = hex(&self.hash.clone().finalize()).chars().take(32).collect();
        let start = self.at;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.places.len());
        for place in self.places.iter().skip(1) {
            // What was reserved and never written is a free place.
            let line = if *place == 0 { "0000000000 65535 f \n".to_owned() } else { format!("{place:010} 00000 n \n") };
            table.push_str(&line);
        }
        table.push_str(&format!(
            "trailer\n<</Size {}/Root {} 0 R/Info {} 0 R/ID[<{identity}><{identity}>]>>\nstartxref\n{start}\n%%EOF\n",
            self.places.len(),
            trailer.root,
            trailer.information
        ));
        self.put(table.as_bytes())?;
        self.to.flush()?;
        Ok((self.at, hex(&self.hash.finalize())))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write_value(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null | Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) if value.is_finite() => out.extend_from_slice(format!("{value}").as_bytes()),
        Object::Real(_) => out.push(b'0'),
        Object::Name(name) => write_name(out, name),
        Object::String(text, format) => write_string(out, text, format),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write_value(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Reference((number, _)) => out.extend_from_slice(format!("{number} 0 R").as_bytes()),
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        out.push(b' ');
        write_value(out, value);
    }
    out.extend_from_slice(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"+-_.*:,;'".contains(byte) {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// Simple text stays readable; everything else is written in digits, which need no care.
fn write_string(out: &mut Vec<u8>, text: &[u8], format: &StringFormat) {
    let simple = |byte: &u8| (b' '..=b'~').contains(byte) && !matches!(byte, b'(' | b')' | b'\\');
    if *format == StringFormat::Literal && text.iter().all(simple) {
        out.push(b'(');
        out.extend_from_slice(text);
        out.push(b')');
        return;
    }
    out.push(b'<');
    for byte in text {
        out.extend_from_slice(format!("{byte:02X}").as_bytes());
    }
    out.push(b'>');
}
