//! The form as it was sent or kept, once more: refused, overtaken by someone else, or to go on with.

use super::{AS_GIVEN, AS_OTHER, AS_STORED, Desk, Shown};
use crate::dossier::model::Label;
use crate::shared::dutch::{capital, list};
use crate::web::error::{InputProblem, WebError};
use crate::web::forms::read::{Reader, bare};
use crate::web::forms::shape::Field;
use crate::web::pages::frame::Frame;
use crate::web::pages::zeker::{self, Question};
use crate::web::reply::Reply;
use crate::web::request::Form;
use serde_json::Value;

impl Desk<'_> {
    /// The form with what was given still in it, beside what is stored.
    pub(super) fn refused(
        &self,
        status: u16,
        problems: &[InputProblem],
        plan: &Value,
        form: &Form,
    ) -> Result<Reply, WebError> {
        let of = if status == 412 { AS_OTHER } else { AS_STORED };
        let dossier = &self.stored.dossier;
        self.page(&Shown {
            status,
            message: None,
            problems,
            plan,
            form: Some(form),
            dossier,
            paper: form.text("papier"),
            of,
            resumed: false,
        })
    }

    /// Asks whether everything that was answered may go.
    pub(super) fn ask_clearing(&self, version: i64) -> Result<Reply, WebError> {
        let (kind, case) = (capital(self.kind.label()), self.request.id_param("dossier")?);
        let question = Question {
            lead: "U wist alle antwoorden van deze voorgenomen beslissing.".to_owned(),
            facts: vec![("Voornemen", kind), ("Zaak", self.stored.dossier.reference.clone())],
            stays: "Ook wat u hier invulde en nog niet vastlegde, gaat weg. In de oudere versies van het dossier blijft \
                    staan wat was vastgelegd, en concepten die al zijn gemaakt, blijven zoals zij zijn. Terugzetten kan \
                    alleen door het opnieuw in te vullen.",
            fields: vec![("actie", "wissen".to_owned()), ("versie", version.to_string())],
            act: "Voornemen wissen",
            back: self.path()?,
        };
        let frame = Frame::new(self.request, "Voornemen wissen?");
        zeker::ask(self.request, &frame.about_case(self.request, case, &self.stored.dossier.reference), &question)
    }

    /// The form as it was kept, beside what the paper would say; nothing is recorded.
    pub(super) fn resume(&self, form: &Form) -> Result<Reply, WebError> {
        let stored = self.plan()?;
        let mut reader = Reader { form, choices: &self.choices, problems: Vec::new() };
        let mut given = reader.group(&self.fields, &stored, "").unwrap_or(Value::Null);
        let mut problems = reader.problems;
        let mut dossier = None;
        if form.text("versie").parse() != Ok(self.stored.version.version) {
            given = bare(&given);
            problems = vec![self.told_conflict(&stored, &given)];
        } else if problems.is_empty() {
            match self.changed(&bare(&given), form)? {
                Ok(changed) => dossier = Some(changed),
                Err(found) => problems = found,
            }
        }
        let is_whole = dossier.is_some();
        self.page(&Shown {
            status: 200,
            message: None,
            problems: &problems,
            plan: &given,
            form: Some(form),
            dossier: dossier.as_ref().unwrap_or(&self.stored.dossier),
            paper: form.text("papier"),
            of: if is_whole { AS_GIVEN } else { AS_STORED },
            resumed: true,
        })
    }

    /// What someone else recorded meanwhile, by the names of the fields that differ.
    pub(super) fn told_conflict(&self, stored: &Value, given: &Value) -> InputProblem {
        let differs = |field: &&Field| {
            let of = |plan: &Value| plan.get(&field.name).cloned().unwrap_or(Value::Null);
            of(stored) != of(given)
        };
        let names: Vec<String> = self.fields.iter().filter(differs).map(|field| field.words.naam.clone()).collect();
        let what = if names.is_empty() {
            "Aan dit voornemen is niets anders dan bij u.".to_owned()
        } else {
            format!("Anders dan bij u: {}.", list(&names))
        };
        let melding = format!(
            "Iemand anders heeft het dossier intussen gewijzigd. Uw invoer staat er nog, met daarnaast het papier volgens \
             de ander. {what} Leg uw voornemen opnieuw vast als het zo moet worden."
        );
        InputProblem { pointer: String::new(), code: "version_conflict".to_owned(), melding }
    }
}
