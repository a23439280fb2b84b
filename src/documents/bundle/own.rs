//! Takes over a paper that our own renderer made, whole and with its tags. Its parts join one structure.

use super::copy::{CopyError, Sink};
use super::output::Output;
use super::stamp::{FONT_NAME, Place};
use crate::documents::pdf::{StampFont, id_of};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::HashMap;

/// The structure of the bundle as it grows.
pub(super) struct Tags {
    /// Object number of the part that holds all papers.
    pub(super) top: u32,
    /// Papers, in order.
    pub(super) papers: Vec<Object>,
    /// Which part owns what, by key.
    pub(super) owners: Vec<Object>,
    /// Next free key.
    pub(super) next: i64,
}

/// Where the pages of a paper go.
pub(super) struct Target<'a> {
    /// Object numbers of its pages, with that of their parent and their number in the bundle.
    pub(super) pages: &'a [(u32, u32, usize)],
    /// Pages of the whole bundle.
    pub(super) total: usize,
    pub(super) font: &'a StampFont,
    /// Object number of the font.
    pub(super) font_number: u32,
}

/// Writes a paper.
pub(super) fn write(
    bytes: &[u8],
    target: &Target<'_>,
    tags: &mut Tags,
    output: &mut Output<'_>,
) -> Result<(), CopyError> {
    let document = Document::load_mem(bytes).map_err(|_| super::problem::PdfProblem::Unreadable)?;
    let mut taken = Taken { document: &document, numbers: HashMap::new(), waiting: Vec::new(), key: tags.next };
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for (id, (number, _, _)) in pages.iter().zip(target.pages) {
        taken.numbers.insert(*id, *number);
    }
    taken.structure(tags, output);
    for (id, place) in pages.iter().zip(target.pages) {
        taken.page(*id, *place, target, output)?;
    }
    taken.flush(output)
}

struct Taken<'a> {
    document: &'a Document,
    numbers: HashMap<ObjectId, u32>,
    waiting: Vec<(ObjectId, u32)>,
    /// What the keys of this paper are raised by.
    key: i64,
}

impl Taken<'_> {
    /// The root of the structure becomes the common one; which part owns what is listed there.
    fn structure(&mut self, tags: &mut Tags, output: &mut Output<'_>) {
        let Ok(catalog) = self.document.catalog() else { return };
        let Ok(root) = catalog.get(b"StructTreeRoot").and_then(Object::as_reference) else { return };
        self.numbers.insert(root, tags.top);
        let Ok(tree) = self.document.get_dictionary(root) else { return };
        if let Ok(kids) = tree.get(b"K").and_then(Object::as_array) {
            tags.papers.extend(kids.iter().map(|kid| self.value(kid, output)));
        }
        let numbers = tree.get(b"ParentTree").and_then(Object::as_reference);
        let listed = numbers.and_then(|id| self.document.get_dictionary(id)).and_then(|list| list.get(b"Nums"));
        for item in listed.and_then(Object::as_array).into_iter().flatten() {
            match item {
                Object::Integer(key) => {
                    let raised = key.saturating_add(self.key);
                    tags.next = tags.next.max(raised.saturating_add(1));
                    tags.owners.push(Object::Integer(raised));
                }
                owner => {
                    let owner = self.value(owner, output);
                    tags.owners.push(owner);
                }
            }
        }
    }

    fn page(
        &mut self,
        id: ObjectId,
        (number, parent, at): (u32, u32, usize),
        target: &Target<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), CopyError> {
        let unreadable = |_| super::problem::PdfProblem::Unreadable;
        let page = self.document.get_dictionary(id).map_err(unreadable)?;
        let mut copy = Dictionary::new();
        for (key, value) in page.iter().filter(|(key, _)| !matches!(key.as_slice(), b"Parent" | b"Resources")) {
            copy.set(key.clone(), self.entry(key, value, output));
        }
        copy.set("Parent", id_of(parent));
        let resources = page.get(b"Resources").and_then(|item| self.document.dereference(item)).map(|(_, item)| item);
        let mut resources = match resources.map(|item| self.value(item, output)) {
            Ok(Object::Dictionary(resources)) => resources,
            _ => Dictionary::new(),
        };
        let mut fonts = match resources.get(b"Font") {
            Ok(Object::Dictionary(fonts)) => fonts.clone(),
            Ok(Object::Reference(_)) => self.fonts_of(page, output),
            _ => Dictionary::new(),
        };
        fonts.set(FONT_NAME, id_of(target.font_number));
        resources.set("Font", fonts);
        copy.set("Resources", resources);
        let media = page.get(b"MediaBox").ok().and_then(|media| super::source::rectangle(self.document, media));
        let stamp = Place::own(media.unwrap_or([0.0, 0.0, 595.0, 842.0])).stamp(target.font, at, target.total);
        let (before, after) = (output.reserve(), output.reserve());
        output.stream(before, &Dictionary::new(), b"q\n")?;
        output.stream(after, &Dictionary::new(), format!("\nQ\n{stamp}").as_bytes())?;
        let mut contents = vec![Object::Reference(id_of(before))];
        match copy.get(b"Contents") {
            Ok(Object::Array(items)) => contents.extend(items.iter().cloned()),
            Ok(item) => contents.push(item.clone()),
            Err(_) => {}
        }
        contents.push(Object::Reference(id_of(after)));
        copy.set("Contents", contents);
        output.object(number, &copy.into())?;
        Ok(())
    }

    /// Fonts of a page, when they stand in an object of their own.
    fn fonts_of(&mut self, page: &Dictionary, output: &mut Output<'_>) -> Dictionary {
        let document = self.document;
        let fonts = super::source::dictionary_at(document, page, b"Resources")
            .and_then(|resources| super::source::dictionary_at(document, resources, b"Font"));
        let mut copy = Dictionary::new();
        for (key, value) in fonts.into_iter().flat_map(Dictionary::iter) {
            copy.set(key.clone(), self.value(value, output));
        }
        copy
    }

    /// A value with the references in it under their new numbers.
    fn value(&mut self, object: &Object, output: &mut Output<'_>) -> Object {
        match object {
            Object::Reference(id) => Object::Reference(id_of(self.number(*id, output))),
            Object::Array(items) => Object::Array(items.iter().map(|item| self.value(item, output)).collect()),
            Object::Dictionary(dictionary) => Object::Dictionary(self.dictionary(dictionary, output)),
            other => other.clone(),
        }
    }

    fn dictionary(&mut self, dictionary: &Dictionary, output: &mut Output<'_>) -> Dictionary {
        let mut copy = Dictionary::new();
        for (key, value) in dictionary {
            copy.set(key.clone(), self.entry(key, value, output));
        }
        // A paper is a part of the bundle.
        if dictionary.has_type(b"StructElem")
            && dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|role| role == b"Document")
        {
            copy.set("S", "Part");
        }
        copy
    }

    /// Keys in the structure are raised, so that those of two papers differ.
    fn entry(&mut self, key: &[u8], value: &Object, output: &mut Output<'_>) -> Object {
        match value {
            Object::Integer(number) if matches!(key, b"StructParents" | b"StructParent") => {
                Object::Integer(number.saturating_add(self.key))
            }
            other => self.value(other, output),
        }
    }

    fn number(&mut self, id: ObjectId, output: &mut Output<'_>) -> u32 {
        if let Some(number) = self.numbers.get(&id) {
            return *number;
        }
        let number = output.reserve();
        self.numbers.insert(id, number);
        self.waiting.push((id, number));
        number
    }

    fn flush(&mut self, output: &mut Output<'_>) -> Result<(), CopyError> {
        while let Some((id, number)) = self.waiting.pop() {
            match self.document.get_object(id).unwrap_or(&Object::Null) {
                Object::Stream(stream) => {
                    let dictionary = self.dictionary(&stream.dict, output);
                    Sink::stream(output, number, &dictionary, &stream.content)?;
                }
                other => {
                    let copy = self.value(other, output);
                    output.object(number, &copy)?;
                }
            }
        }
        Ok(())
    }
}

impl Tags {
    /// An empty structure below this object number.
    pub(super) fn new(top: u32) -> Self {
        Self { top, papers: Vec::new(), owners: Vec::new(), next: 0 }
    }

    /// Writes the structure and gives the number of its root.
    pub(super) fn write(self, output: &mut Output<'_>) -> std::io::Result<u32> {
        let (root, list) = (output.reserve(), output.reserve());
        let whole = dictionary! {
            "Type" => "StructElem", "S" => "Document", "P" => id_of(root), "K" => self.papers
        };
        output.object(self.top, &whole.into())?;
        output.object(list, &dictionary! { "Nums" => self.owners }.into())?;
        let tree = dictionary! {
            "Type" => "StructTreeRoot", "K" => vec![Object::Reference(id_of(self.top))],
            "ParentTree" => id_of(list), "ParentTreeNextKey" => self.next
        };
        output.object(root, &tree.into())?;
        Ok(root)
    }
}
