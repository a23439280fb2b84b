//! PDFs as other programs, and people with bad intentions, make them.

use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream, dictionary};

/// A file in the making.
pub struct Foreign {
    pub document: Document,
    pub root: ObjectId,
    pub page: ObjectId,
    pub catalog: ObjectId,
}

/// Operators that show a word at the top of the page.
pub fn shows(word: &str) -> Vec<u8> {
    format!("BT /F1 18 Tf 60 700 Td ({word}) Tj ET\n").into_bytes()
}

impl Foreign {
    /// One page that shows a word, with its own size and font.
    pub fn new(word: &str) -> Self {
        let mut document = Document::with_version("1.7");
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding"
        });
        let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
        let content = document.add_object(Stream::new(Dictionary::new(), shows(word)));
        let root = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => root, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()]
        });
        let pages = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        document.set_object(root, pages);
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        document.trailer.set("Root", catalog);
        Self { document, root, page, catalog }
    }

    pub fn on_page(&mut self) -> &mut Dictionary {
        self.document.get_dictionary_mut(self.page).unwrap()
    }

    pub fn on_root(&mut self) -> &mut Dictionary {
        self.document.get_dictionary_mut(self.root).unwrap()
    }

    pub fn on_catalog(&mut self) -> &mut Dictionary {
        self.document.get_dictionary_mut(self.catalog).unwrap()
    }

    /// Lays a mark on the page.
    pub fn mark(&mut self, mark: Dictionary) {
        let id = self.document.add_object(mark);
        self.on_page().set("Annots", vec![Object::Reference(id)]);
    }

    /// A drawing that shows a word.
    pub fn image(&mut self, word: &str) -> ObjectId {
        let resources = self.on_page().get(b"Resources").unwrap().clone();
        let kind = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => resources,
            "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()]
        };
        let content = format!("BT /F1 12 Tf 2 4 Td ({word}) Tj ET").into_bytes();
        self.document.add_object(Stream::new(kind, content))
    }

    pub fn bytes(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).unwrap();
        bytes
    }

    /// With its objects packed together, as newer programs do.
    pub fn packed(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
        self.document.save_with_options(&mut bytes, options).unwrap();
        bytes
    }
}

/// A file of one page that shows a word.
pub fn words(word: &str) -> Vec<u8> {
    Foreign::new(word).bytes()
}
