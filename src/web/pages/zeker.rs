//! Before something goes away: what goes, what stays, and the choice not to do it. On a page of its own, so that it asks
//! without a script too.

use super::frame::{Frame, page};
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::{Form, Request};
use serde::Serialize;

/// Field that says that it was asked.
const SURE: &str = "zeker";

/// What is asked.
#[derive(Serialize)]
pub struct Question {
    /// What will happen, in a sentence.
    pub lead: String,
    /// What it is about.
    pub facts: Vec<(&'static str, String)>,
    /// What cannot be undone, or how it can.
    pub stays: &'static str,
    /// Fields that go along with the answer.
    pub fields: Vec<(&'static str, String)>,
    /// Words on the button that does it.
    pub act: &'static str,
    /// Where who does not do it goes back to.
    pub back: String,
}

/// Whether who sends this form was asked and is sure.
pub fn is_sure(form: &Form) -> bool {
    form.text(SURE) == "ja"
}

/// The page that asks; its answer goes to the same address.
pub fn ask(request: &Request, frame: &Frame, question: &Question) -> Result<Reply, WebError> {
    page(request, "zeker", frame, question)
}
