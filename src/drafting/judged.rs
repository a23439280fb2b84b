//! Judgements of the judge beside a draft: those that do not stand in it, and those that its decision contradicts.

use super::model::{DraftKind, DraftProblem, ProblemLevel};
use super::view::Part;
use crate::assessment::model::{Assessment, Finding, Outcome};
use crate::dossier::model::{DenialGround, Dossier, GezagBasis, OmgangForm};

/// Tells of judgements that stand in the dossier and not in the paper, because their question is no longer asked.
pub(super) fn unasked(dossier: &Dossier, assessment: &Assessment, part: &Part<'_>, problems: &mut Vec<DraftProblem>) {
    let of_paper = |finding: &&Finding| {
        finding.outcome == Outcome::NotApplicable
            && finding.domain == part.domain
            && part.frameworks.contains(&finding.framework.as_str())
    };
    for finding in assessment.findings.iter().filter(of_paper) {
        let key = finding.key();
        if dossier.judge_words.iter().any(|words| words.about == key && words.domain == part.domain) {
            problems.push(warning(
                "own_judgement_without_question",
                format!(
                    "Een vastgelegd oordeel van de rechter staat niet in het ontwerp, omdat de vraag nu niet van toepassing \
                     is: {}",
                    finding.question
                ),
            ));
        }
    }
}

/// What a decision does to which a judgement can be opposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ruling {
    /// Gives contact with the child, in any form.
    GivesContact,
    /// Denies it on this ground.
    DeniesOn(DenialGround),
    /// Changes gezag on a ground other than the suspension of art. 1:268 BW.
    ChangesGezag,
    /// Suspends it on that ground.
    SuspendsGezag,
    /// Leaves it as it is.
    RefusesGezag,
}

/// Own judgements against which a decision goes: question, answer, the decision that does not fit it.
const OPPOSED: &[(&str, Outcome, Ruling)] = &[
    ("begeleide-omgang/SO1", Outcome::NotMet, Ruling::GivesContact),
    ("nl-gezag-omgang/NL1a", Outcome::Met, Ruling::GivesContact),
    ("nl-gezag-omgang/NL1b", Outcome::Met, Ruling::GivesContact),
    ("nl-gezag-omgang/NL1c", Outcome::Met, Ruling::GivesContact),
    ("nl-gezag-omgang/NL1d", Outcome::Met, Ruling::GivesContact),
    ("nl-gezag-omgang/NL1a", Outcome::NotMet, Ruling::DeniesOn(DenialGround::SeriousHarm)),
    ("nl-gezag-omgang/NL1b", Outcome::NotMet, Ruling::DeniesOn(DenialGround::Unfit)),
    ("nl-gezag-omgang/NL1c", Outcome::NotMet, Ruling::DeniesOn(DenialGround::ChildObjects)),
    ("nl-gezag-omgang/NL1d", Outcome::NotMet, Ruling::DeniesOn(DenialGround::WeightyInterests)),
    ("nl-gezag-omgang/NL3", Outcome::NotMet, Ruling::ChangesGezag),
    ("nl-gezag-omgang/NL4", Outcome::NotMet, Ruling::SuspendsGezag),
    ("nl-gezag-omgang/NL3", Outcome::Met, Ruling::RefusesGezag),
    ("nl-gezag-omgang/NL4", Outcome::Met, Ruling::RefusesGezag),
];

/// Tells of each own judgement on a child that the decision on that child contradicts.
pub(super) fn opposed(dossier: &Dossier, assessment: &Assessment, kind: DraftKind, problems: &mut Vec<DraftProblem>) {
    for finding in assessment.findings.iter().filter(|finding| finding.judge.is_some()) {
        for does in against(dossier, kind, finding) {
            let answer = if finding.outcome == Outcome::Met { "ja" } else { "nee" };
            problems.push(warning(
                "own_judgement_opposed",
                format!(
                    "Het vastgelegde oordeel van de rechter en de beslissing passen niet bij elkaar. Op de vraag \
                     \"{}\" is het oordeel: {answer}. Maar het ontwerp {does}. Pas een van beide aan, of leg in eigen \
                     woorden uit hoe zij samengaan.",
                    finding.question
                ),
            ));
        }
    }
}

/// What the decision does that an own judgement goes against, in words.
pub(super) fn against(dossier: &Dossier, kind: DraftKind, finding: &Finding) -> Vec<&'static str> {
    let key = finding.key();
    let (question, subjects) = key.split_once('[').unwrap_or((&key, ""));
    let subjects: Vec<&str> = subjects.trim_end_matches(']').split(',').collect();
    let of_this = |(asked, answer, _): &&(&str, Outcome, Ruling)| *asked == question && *answer == finding.outcome;
    let rulings = OPPOSED.iter().filter(of_this);
    rulings.filter_map(|(_, _, ruling)| ruled(dossier, kind, *ruling, &subjects)).collect()
}

/// What the plan does for one of these children, in words, when it is this.
fn ruled(dossier: &Dossier, kind: DraftKind, ruling: Ruling, subjects: &[&str]) -> Option<&'static str> {
    let plans = &dossier.plans;
    match kind {
        DraftKind::Omgang => plans.omgang.as_ref().and_then(|plan| {
            let of_child = |name: &str| plan.children.iter().find(|child| child.child.as_str() == name);
            let child = subjects.iter().find_map(|name| of_child(name))?;
            match ruling {
                Ruling::GivesContact => child.form.has_contact().then_some(contact_words(child.form)),
                Ruling::DeniesOn(ground) => (child.form == OmgangForm::Denied && child.grounds.contains(&ground))
                    .then_some("ontzegt op die grond de omgang"),
                _ => None,
            }
        }),
        DraftKind::Gezag => plans.gezag.as_ref().and_then(|plan| {
            if !plan.children.iter().any(|child| subjects.contains(&child.as_str())) {
                return None;
            }
            let suspends = plan.basis == GezagBasis::Bw1268;
            match ruling {
                Ruling::ChangesGezag => (!plan.refused && !suspends).then_some("wijzigt het gezag"),
                Ruling::SuspendsGezag => (!plan.refused && suspends).then_some("schorst het gezag"),
                Ruling::RefusesGezag => plan.refused.then_some("wijst het verzoek over het gezag af"),
                _ => None,
            }
        }),
        _ => None,
    }
}

fn contact_words(form: OmgangForm) -> &'static str {
    match form {
        OmgangForm::Supervised => "bepaalt begeleid contact",
        OmgangForm::Indirect => "bepaalt contact op afstand",
        OmgangForm::Conditions => "bepaalt contact onder voorwaarden",
        _ => "bepaalt contact",
    }
}

fn warning(code: &str, message: String) -> DraftProblem {
    DraftProblem {
        code: code.to_owned(),
        level: ProblemLevel::Warns,
        message,
        source: String::new(),
        impossible: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::builtin;

    #[test]
    fn every_question_to_which_a_decision_can_be_opposed_is_one_of_the_frameworks() {
        let frameworks = builtin().unwrap();
        for (question, ..) in OPPOSED {
            let (framework, criterion) = question.split_once('/').unwrap();
            let known = frameworks.find(framework).unwrap();
            assert!(known.criteria.iter().any(|known| known.id == criterion), "{question}");
        }
    }
}
