//! One document model, rendered to HTML, PDF and DOCX. Pure: bytes out, nothing read.

pub mod model;
