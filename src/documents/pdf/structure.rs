//! The logical structure of the document: what a screen reader walks through.

/// What a part of the document is, in the words of PDF (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The whole.
    Document,
    /// Heading of level 1, 2 or 3.
    Heading(u8),
    /// Paragraph.
    Paragraph,
    /// List, numbered or dashed.
    List {
        /// Numbered.
        ordered: bool,
    },
    /// Item of a list.
    ListItem,
    /// Its label.
    Label,
    /// Its text.
    ListBody,
    /// Table.
    Table,
    /// Its caption.
    Caption,
    /// Row.
    Row,
    /// Heading cell of a column.
    HeadingCell,
    /// Cell.
    Cell,
    /// A notice, apart from the running text.
    Division,
    /// A drawing, with words for who does not see it.
    Figure,
}

impl Role {
    /// Name of the standard structure type.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(_) => "H3",
            Self::Paragraph => "P",
            Self::List { .. } => "L",
            Self::ListItem => "LI",
            Self::Label => "Lbl",
            Self::ListBody => "LBody",
            Self::Table => "Table",
            Self::Caption => "Caption",
            Self::Row => "TR",
            Self::HeadingCell => "TH",
            Self::Cell => "TD",
            Self::Division => "Div",
            Self::Figure => "Figure",
        }
    }
}

/// Number of a node; nodes are numbered in reading order.
pub(super) type NodeId = usize;

/// A part of the document.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) role: Role,
    /// Parent; the root is its own parent.
    pub(super) parent: NodeId,
    pub(super) children: Vec<NodeId>,
    /// Page and number of each stretch of content.
    pub(super) marks: Vec<(usize, usize)>,
    /// Words in place of a drawing.
    pub(super) alternative: Option<String>,
    /// Left, bottom, right and top of a drawing on its page.
    pub(super) bounds: Option<[f32; 4]>,
}

impl Node {
    fn new(role: Role, parent: NodeId) -> Self {
        Self { role, parent, children: Vec::new(), marks: Vec::new(), alternative: None, bounds: None }
    }
}

/// The tree; node 0 is the document.
#[derive(Clone, Debug)]
pub(super) struct Structure {
    pub(super) nodes: Vec<Node>,
}

impl Structure {
    /// Only the document.
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::new(Role::Document, 0)] }
    }

    /// Adds a part at the end of its parent.
    pub(super) fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node::new(role, parent));
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(id);
        }
        id
    }

    /// Adds a drawing with its words.
    pub(super) fn add_figure(&mut self, parent: NodeId, alternative: String) -> NodeId {
        let id = self.add(parent, Role::Figure);
        if let Some(node) = self.nodes.get_mut(id) {
            node.alternative = Some(alternative);
        }
        id
    }

    /// Tells where a drawing stands on its page.
    pub(super) fn bound(&mut self, node: NodeId, bounds: [f32; 4]) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.bounds = Some(bounds);
        }
    }

    /// Tells that the part has content on a page.
    pub(super) fn mark(&mut self, node: NodeId, page: usize, number: usize) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.marks.push((page, number));
        }
    }

    /// Role of a part.
    pub(super) fn role(&self, node: NodeId) -> Role {
        self.nodes.get(node).map_or(Role::Paragraph, |node| node.role)
    }
}
