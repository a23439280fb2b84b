//! Takes over what pages show, object by object, under new numbers, and leaves everything else behind:
//! metadata, actions, structure, threads, private data of other programs.

use super::output::Output;
use super::problem::PdfProblem;
use super::source::resolved;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashMap;
use std::io;

/// Levels of lists and dictionaries in each other at most.
const MOST_LEVELS: usize = 120;

/// Keys that are never taken over.
const LEFT_BEHIND: [&[u8]; 5] = [b"Metadata", b"PieceInfo", b"LastModified", b"StructParent", b"StructParents"];
/// Keys of streams that are never taken over: layers, content from outside, and what belongs to other files.
const LEFT_BEHIND_OF_STREAMS: [&[u8]; 9] =
    [b"OC", b"F", b"FFilter", b"FDecodeParms", b"Ref", b"PS", b"AF", b"OPI", b"Length"];
/// Types of object that are never taken over.
const LEFT_BEHIND_TYPES: [&[u8]; 17] = [
    b"Page",
    b"Pages",
    b"Catalog",
    b"Metadata",
    b"Annot",
    b"Filespec",
    b"EmbeddedFile",
    b"Action",
    b"Outlines",
    b"StructTreeRoot",
    b"StructElem",
    b"OBJR",
    b"MCR",
    b"Sig",
    b"ObjStm",
    b"XRef",
    b"Thread",
];

/// Where objects go: a file, or nowhere when a file is only checked.
pub(super) trait Sink {
    /// A number for an object that follows.
    fn reserve(&mut self) -> u32;
    /// Takes an object.
    fn object(&mut self, number: u32, object: &Object) -> io::Result<()>;
    /// Takes a stream.
    fn stream(&mut self, number: u32, dictionary: &Dictionary, content: &[u8]) -> io::Result<()>;
}

impl Sink for Output<'_> {
    fn reserve(&mut self) -> u32 {
        Output::reserve(self)
    }

    fn object(&mut self, number: u32, object: &Object) -> io::Result<()> {
        Output::object(self, number, object)
    }

    fn stream(&mut self, number: u32, dictionary: &Dictionary, content: &[u8]) -> io::Result<()> {
        Output::stream(self, number, dictionary, content)
    }
}

/// Takes objects and keeps none.
#[derive(Default)]
pub(super) struct Nowhere(u32);

impl Sink for Nowhere {
    fn reserve(&mut self) -> u32 {
        self.0 = self.0.saturating_add(1);
        self.0
    }

    fn object(&mut self, _: u32, _: &Object) -> io::Result<()> {
        Ok(())
    }

    fn stream(&mut self, _: u32, _: &Dictionary, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
}

/// Why copying stopped.
pub(super) enum CopyError {
    /// The file.
    File(PdfProblem),
    /// Writing.
    Write(io::Error),
}

impl From<PdfProblem> for CopyError {
    fn from(problem: PdfProblem) -> Self {
        Self::File(problem)
    }
}

impl From<io::Error> for CopyError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Copies objects of one file.
pub(super) struct Copier<'a> {
    document: &'a Document,
    numbers: HashMap<ObjectId, u32>,
    waiting: Vec<(ObjectId, u32)>,
}

impl<'a> Copier<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, numbers: HashMap::new(), waiting: Vec::new() }
    }

    /// A value with the references in it under their new numbers; what they lead to follows with `flush`.
    pub(super) fn value(&mut self, object: &Object, sink: &mut dyn Sink) -> Result<Object, PdfProblem> {
        self.nested(object, 0, sink)
    }

    fn nested(&mut self, object: &Object, level: usize, sink: &mut dyn Sink) -> Result<Object, PdfProblem> {
        if level > MOST_LEVELS {
            return Err(PdfProblem::Nesting);
        }
        let deeper = level.saturating_add(1);
        Ok(match object {
            Object::Reference(id) => self.reference(*id, sink),
            Object::Array(items) => {
                Object::Array(items.iter().map(|item| self.nested(item, deeper, sink)).collect::<Result<_, _>>()?)
            }
            Object::Dictionary(dictionary) if is_left_behind(dictionary) => Object::Null,
            Object::Dictionary(dictionary) => Object::Dictionary(self.dictionary(dictionary, deeper, sink)?),
            // A stream stands on its own; inside another object it is a fault of the file.
            Object::Stream(_) => Object::Null,
            other => other.clone(),
        })
    }

    fn dictionary(
        &mut self,
        dictionary: &Dictionary,
        level: usize,
        sink: &mut dyn Sink,
    ) -> Result<Dictionary, PdfProblem> {
        // A layer becomes a name without meaning, so that what refers to it still finds it.
        if dictionary.has_type(b"OCG") || dictionary.has_type(b"OCMD") {
            return Ok(Dictionary::new());
        }
        let mut copy = Dictionary::new();
        for (key, value) in dictionary.iter().filter(|(key, _)| !LEFT_BEHIND.contains(&key.as_slice())) {
            // Nothing below a key is the same as no key.
            match self.nested(value, level, sink)? {
                Object::Null => {}
                value => copy.set(key.clone(), value),
            }
        }
        Ok(copy)
    }

    fn reference(&mut self, id: ObjectId, sink: &mut dyn Sink) -> Object {
        if let Some(number) = self.numbers.get(&id) {
            return Object::Reference((*number, 0));
        }
        let kept = match self.document.get_object(id) {
            Ok(Object::Dictionary(dictionary)) => !is_left_behind(dictionary),
            Ok(Object::Stream(stream)) => !is_left_behind(&stream.dict),
            Ok(_) => true,
            Err(_) => false,
        };
        if !kept {
            return Object::Null;
        }
        let number = sink.reserve();
        self.numbers.insert(id, number);
        self.waiting.push((id, number));
        Object::Reference((number, 0))
    }

    /// Writes everything that was referred to and is not written yet.
    pub(super) fn flush(&mut self, sink: &mut dyn Sink) -> Result<(), CopyError> {
        while let Some((id, number)) = self.waiting.pop() {
            match self.document.get_object(id).unwrap_or(&Object::Null) {
                Object::Stream(stream) => {
                    let dictionary = self.of_stream(stream, sink)?;
                    sink.stream(number, &dictionary, &stream.content)?;
                }
                other => {
                    let copy = self.value(other, sink)?;
                    sink.object(number, &copy)?;
                }
            }
        }
        Ok(())
    }

    fn of_stream(&mut self, stream: &Stream, sink: &mut dyn Sink) -> Result<Dictionary, PdfProblem> {
        let mut dictionary = self.dictionary(&stream.dict, 0, sink)?;
        for key in LEFT_BEHIND_OF_STREAMS {
            dictionary.remove(key);
        }
        Ok(dictionary)
    }

    /// The packing of a stream that is taken over as it is.
    pub(super) fn packing(&mut self, stream: &Stream, sink: &mut dyn Sink) -> Result<Dictionary, PdfProblem> {
        let mut packing = Dictionary::new();
        for key in [b"Filter".as_slice(), b"DecodeParms"] {
            if let Ok(value) = stream.dict.get(key) {
                packing.set(key, self.value(resolved(self.document, value), sink)?);
            }
        }
        Ok(packing)
    }
}

fn is_left_behind(dictionary: &Dictionary) -> bool {
    let kind = dictionary.get(b"Type").and_then(Object::as_name).unwrap_or_default();
    LEFT_BEHIND_TYPES.contains(&kind)
}
