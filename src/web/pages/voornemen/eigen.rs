//! What of a plan only a judge says: own words per block, and deviations from a limit of law.

use super::{Desk, words_name};
use crate::dossier::model::secrets::{SECRET_CODE, SECRET_IN_TEXT};
use crate::dossier::model::{Domain, Dossier, JudgeWords};
use crate::drafting::model::DraftKind;
use crate::drafting::words_blocks;
use crate::identity::Role;
use crate::web::error::InputProblem;
use crate::web::pages::oordeel::function_in;
use crate::web::request::Form;

impl Desk<'_> {
    /// Whether who asks may deviate from a limit here: a judge in the domain of the plan.
    pub(super) fn deviates(&self) -> Option<Domain> {
        let kind = self.kind.as_str();
        let plans = self.stored.dossier.plans.deviations();
        let matter =
            plans.iter().find(|(known, ..)| *known == kind).and_then(|(_, id, _)| self.stored.dossier.find_matter(id));
        let usual = match self.kind {
            DraftKind::Gezag | DraftKind::Omgang => vec![Domain::Family],
            DraftKind::Gedragsinterventie => {
                matter.map_or(vec![Domain::Criminal, Domain::Family], |matter| vec![matter.domain])
            }
            DraftKind::Huisverbod => vec![Domain::Administrative, Domain::Family],
        };
        let access = &self.stored.access;
        usual.into_iter().find(|domain| access.role == Role::Rechter && access.domains.contains(domain))
    }

    /// Deviations as the account gives them: a judge's under the judge's function, anyone else's as they stood.
    pub(super) fn give_deviations(&self, dossier: &mut Dossier) {
        let stood = self.stored.dossier.plans.deviations();
        let stood = stood.iter().find(|(kind, ..)| *kind == self.kind.as_str()).map(|(_, _, items)| (*items).clone());
        for (_, items) in dossier.plans.deviations_mut().into_iter().filter(|(kind, _)| *kind == self.kind.as_str()) {
            match self.deviates() {
                None => *items = stood.clone().unwrap_or_default(),
                Some(domain) => {
                    for item in items.iter_mut() {
                        if item.from_file || !domain.judges().contains(&item.by.as_str()) {
                            item.by = function_in(domain).to_owned();
                        }
                        item.from_file = false;
                    }
                }
            }
        }
    }

    /// The field that a problem of the dossier is about: one of the plan, or the words of a block.
    pub(super) fn field_of(&self, dossier: &Dossier, problem: &InputProblem) -> String {
        let plan = format!("/plans/{}", self.kind.as_str());
        let in_plan = problem.pointer.strip_prefix(&plan).map(str::to_owned);
        in_plan.unwrap_or_else(|| self.secret_at(dossier, &problem.pointer).pointer)
    }

    /// A secret address in the words of a block, at the field of that block.
    pub(super) fn secret_at(&self, dossier: &Dossier, place: &str) -> InputProblem {
        let number = place.strip_prefix("/judge_words/").and_then(|rest| rest.split('/').next()?.parse::<usize>().ok());
        let about = number.and_then(|number| dossier.judge_words.get(number)).map(|words| words.about.as_str());
        let field = about.map(|about| format!("woorden/{about}")).unwrap_or_default();
        InputProblem::field(&field, SECRET_CODE, SECRET_IN_TEXT)
    }

    /// Records the judge's words per block. Words that did not change keep their day.
    pub(super) fn give_words(&self, dossier: &mut Dossier, form: &Form) {
        for block in words_blocks(dossier, self.kind).into_iter().filter(|block| self.writes(block)) {
            let Some(text) = form.all(&words_name(&block)).into_iter().next() else { continue };
            let text = text.replace("\r\n", "\n").trim().to_owned();
            let same = |words: &JudgeWords| words.about == block.about && words.domain == block.domain;
            if dossier.judge_words.iter().any(|words| same(words) && !words.from_file && words.text.trim() == text) {
                continue;
            }
            dossier.judge_words.retain(|words| !same(words));
            if !text.is_empty() {
                dossier.judge_words.push(JudgeWords {
                    beside: dossier.choice_beside(&block.about),
                    about: block.about,
                    domain: block.domain,
                    answer: None,
                    text,
                    by: function_in(block.domain).to_owned(),
                    on: self.request.app.today(),
                    from_file: false,
                });
            }
        }
    }
}
