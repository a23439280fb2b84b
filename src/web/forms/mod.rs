//! Part of a dossier as a form, made from its JSON Schema: a field in the model is a field on the page.
//!
//! - `shape`: what the schema says of a field (a day, a choice, a list of facts);
//! - `words`: how a field is called on the page and in which block it stands (`templates/pages/velden.yaml`);
//! - `choices`: what can be chosen from the case, as the reader may see it;
//! - `rows`: a value as rows of a form;
//! - `read`: a posted form as a value again.
//!
//! A form holds nothing back: what is posted is checked by the ordinary intake.

pub mod choices;
pub mod read;
pub mod rows;
pub mod shape;
pub mod words;

#[cfg(test)]
mod tests;
