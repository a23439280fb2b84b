//! What a judge noted on a finding: in preparation, or as a judgement.

use super::Scene;
use crate::assessment::model::Finding;
use crate::dossier::model::{JudgeAnswer, JudgeWords};
use crate::drafting::model::DraftKind;
use crate::drafting::{judged, words};
use serde_json::{Value, json};

impl Scene<'_> {
    /// Whether a judge of this domain noted something on it before the hearing: a note in preparation.
    pub(super) fn is_before_hearing(&self, finding: &Finding) -> bool {
        let noted = finding.judge.as_ref().filter(|own| own.domain == self.domain && !self.whole_domain);
        noted.is_some_and(|own| self.last_hearing().is_some_and(|day| own.on < day))
    }

    /// The notes in preparation on these findings, each with its question; the same words once.
    pub(super) fn prepared(&self, findings: &[&Finding]) -> Value {
        let mut told: Vec<(Value, Value)> = Vec::new();
        for finding in findings.iter().copied().filter(|finding| self.is_before_hearing(finding)) {
            let Some(own) = &finding.judge else { continue };
            let noted = self.noted(own, finding);
            if !told.iter().any(|(_, known)| *known == noted) {
                told.push((self.question_of(finding).into(), noted));
            }
        }
        told.into_iter().map(|(question, noted)| json!({ "vraag": question, "rechter": noted })).collect()
    }

    /// What a judge noted on a finding.
    pub(super) fn noted(&self, own: &JudgeWords, finding: &Finding) -> Value {
        let kind = DraftKind::ALL.into_iter().find(|kind| kind.as_str() == self.words_about);
        let opposed = kind.map(|kind| judged::against(self.file, kind, finding)).unwrap_or_default();
        json!({
            "door": own.told_by(),
            "datum": words::day(Some(own.on)),
            "alineas": own.text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>(),
            "antwoord": own.answer.map(judge_answer),
            "botst": words::text_or_null(opposed.first().copied().unwrap_or_default()),
            "voorlopig": self.last_hearing().is_some_and(|hearing| own.on < hearing),
        })
    }
}

fn judge_answer(answer: JudgeAnswer) -> &'static str {
    match answer {
        JudgeAnswer::Met => "ja",
        JudgeAnswer::NotMet => "nee",
        JudgeAnswer::Undecided => "nog niet beslist",
    }
}
