//! Findings per framework with their facts, sources and questions spelled out.

use super::facts::{FactView, fact_in_domain, in_order_of_time};
use super::{SourcesView, source_views};
use crate::assessment::builtin;
use crate::assessment::model::{Assessment, Finding, Outcome, Question, Sourced};
use crate::dossier::model::{Dossier, JudgeAnswer, Label};
use crate::shared::dutch::{capital, list};
use crate::shared::ids::FactId;
use crate::web::reply::in_query;
use serde::Serialize;

/// Findings of one framework.
#[derive(Clone, Debug, Serialize)]
pub struct FrameworkView {
    /// Anchor on the page.
    pub anchor: String,
    /// Title in Dutch.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Version and first digits of the hash.
    pub version: String,
    /// What asks for the judge, in words; absent when nothing does.
    pub open: Option<String>,
    /// Findings that apply, by question.
    pub groups: Vec<GroupView>,
    /// Questions of criteria that do not apply, each once.
    pub not_applicable: Vec<String>,
}

/// One question, asked once or of several persons or proposals.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// The question, when it has several answers.
    pub question: Option<String>,
    /// The answers.
    pub findings: Vec<FindingView>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// Anchor on the page, made of its key: stable between versions of the dossier.
    pub anchor: String,
    /// Its key, to record an own judgement on it.
    pub key: String,
    /// The same as it stands in an address.
    pub coded_key: String,
    /// Whom or what it is about.
    pub about: String,
    /// Question; of an answer among several, whom or what it is about.
    pub question: String,
    /// Class in words.
    pub class: String,
    /// Answer to the question.
    pub outcome: &'static str,
    /// Whether it asks something of the judge.
    pub is_open: bool,
    /// Outcome in three views, when they are not all the same.
    pub views: Option<ViewsView>,
    /// Explanation.
    pub explanation: String,
    /// Facts for.
    pub facts_for: Vec<FactView>,
    /// Facts against.
    pub facts_against: Vec<FactView>,
    /// Facts on which the outcome turns.
    pub hinge: Vec<FactView>,
    /// Missing facts with the question.
    pub missing: Vec<MissingView>,
    /// What follows, in words.
    pub effects: Vec<String>,
    /// Sources.
    pub sources: SourcesView,
    /// The judge's own words.
    pub judge: Option<JudgeView>,
}

/// Outcome when only facts of a given certainty count.
#[derive(Clone, Debug, Serialize)]
pub struct ViewsView {
    /// Established and admitted facts only.
    pub established: &'static str,
    /// With plausible facts.
    pub plausible: &'static str,
    /// With contested facts.
    pub contested: &'static str,
}

/// What the judge made of it.
#[derive(Clone, Debug, Serialize)]
pub struct JudgeView {
    /// Own answer, in words.
    pub answer: Option<&'static str>,
    /// Own words.
    pub text: String,
    /// By function.
    pub by: String,
    /// Day, in words.
    pub on: String,
}

/// A missing fact.
#[derive(Clone, Debug, Serialize)]
pub struct MissingView {
    /// What.
    pub what: String,
    /// Question.
    pub ask: String,
}

/// A question for the hearing.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionView {
    /// Question.
    pub about: String,
    /// Why.
    pub why: String,
    /// To whom it is put.
    pub put_to: Vec<SourcedView>,
    /// What could lawfully answer it.
    pub could_answer: Vec<SourcedView>,
    /// Findings it decides, by the question they answer.
    pub decides: Vec<LinkView>,
    /// Findings that lean on it, though it decides none of them.
    pub bears_on: Vec<LinkView>,
    /// Facts it is about.
    pub facts: Vec<FactView>,
}

/// Words with the law they rest on.
#[derive(Clone, Debug, Serialize)]
pub struct SourcedView {
    /// The words.
    pub text: String,
    /// Their sources.
    pub sources: SourcesView,
}

/// A link to a place on the page of findings.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Anchor.
    pub anchor: String,
    /// Words.
    pub text: String,
}

/// Findings grouped by framework, in the order of the receipt.
#[must_use]
pub fn frameworks(dossier: &Dossier, assessment: &Assessment) -> Vec<FrameworkView> {
    assessment
        .receipt
        .frameworks
        .iter()
        .filter(|framework| assessment.findings.iter().any(|finding| finding.framework == framework.id))
        .map(|framework| {
            let own: Vec<&Finding> =
                assessment.findings.iter().filter(|finding| finding.framework == framework.id).collect();
            let (applies, rest): (Vec<&Finding>, Vec<&Finding>) =
                own.into_iter().partition(|finding| finding.outcome != Outcome::NotApplicable);
            let mut not_applicable: Vec<String> = rest.iter().map(|finding| finding.question.clone()).collect();
            not_applicable.dedup();
            let (title, about) = heading(&framework.id);
            FrameworkView {
                anchor: format!("kader-{}", framework.id),
                title,
                about,
                version: format!("{} ({})", framework.version, framework.hash.chars().take(12).collect::<String>()),
                open: open_words(&applies),
                groups: groups(dossier, &applies),
                not_applicable,
            }
        })
        .collect()
}

/// Findings of the same question together, in their order.
fn groups(dossier: &Dossier, findings: &[&Finding]) -> Vec<GroupView> {
    findings
        .chunk_by(|one, other| one.criterion == other.criterion && one.question == other.question)
        .map(|same| GroupView {
            question: same.first().filter(|_| same.len() > 1).map(|first| first.question.clone()),
            findings: same.iter().map(|finding| finding_view(dossier, finding, same.len() > 1)).collect(),
        })
        .collect()
}

/// The answer that an outcome is to the question of its criterion.
fn answer(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "ja",
        Outcome::NotMet => "nee",
        Outcome::MissingFacts => "feiten ontbreken",
        Outcome::NeedsJudgement => "oordeel van de rechter nodig",
        Outcome::NotApplicable => "niet van toepassing",
    }
}

/// The judge's own answer to the question.
#[must_use]
pub fn own_answer(answer: JudgeAnswer) -> &'static str {
    match answer {
        JudgeAnswer::Met => "ja (voldaan)",
        JudgeAnswer::NotMet => "nee (niet voldaan)",
        JudgeAnswer::Undecided => "nog niet beslist",
    }
}

/// Title and purpose of a framework; its id when it is not one of the built-in ones.
fn heading(id: &str) -> (String, String) {
    let found = builtin().ok().and_then(|set| set.find(id));
    found.map_or_else(
        || (id.to_owned(), String::new()),
        |framework| (framework.title.clone(), framework.about.trim().to_owned()),
    )
}

/// "2 keer is uw oordeel nodig, bij 1 criterium ontbreken feiten".
fn open_words(findings: &[&Finding]) -> Option<String> {
    let count = |outcome| findings.iter().filter(|finding| finding.outcome == outcome).count();
    let criteria = |number: usize| if number == 1 { "1 criterium".to_owned() } else { format!("{number} criteria") };
    let (judgement, missing) = (count(Outcome::NeedsJudgement), count(Outcome::MissingFacts));
    let parts: Vec<String> = [
        (judgement > 0).then(|| format!("bij {} is een oordeel van de rechter nodig", criteria(judgement))),
        (missing > 0).then(|| format!("bij {} ontbreken feiten", criteria(missing))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| capital(&list(&parts)))
}

/// Anchor of a finding: its key, with only signs that need no coding in an address.
#[must_use]
pub fn anchor(finding: &Finding) -> String {
    finding.key().replace(['[', ','], "/").replace(']', "")
}

/// One finding by itself.
#[must_use]
pub fn one(dossier: &Dossier, finding: &Finding) -> FindingView {
    finding_view(dossier, finding, false)
}

fn finding_view(dossier: &Dossier, finding: &Finding, is_one_of_several: bool) -> FindingView {
    let facts = |ids: &[FactId]| -> Vec<FactView> {
        in_order_of_time(dossier, ids)
            .into_iter()
            .map(|id| fact_in_domain(dossier, id.as_str(), finding.domain))
            .collect()
    };
    let subjects: Vec<String> =
        finding.about.iter().map(|id| fact_in_domain(dossier, id.as_str(), finding.domain).text).collect();
    FindingView {
        anchor: anchor(finding),
        coded_key: in_query(&finding.key()),
        key: finding.key(),
        about: list(&subjects),
        question: match is_one_of_several {
            true => capital(&list(&subjects)),
            false => finding.question.clone(),
        },
        class: finding.class.label().to_owned(),
        outcome: answer(finding.outcome),
        is_open: matches!(finding.outcome, Outcome::MissingFacts | Outcome::NeedsJudgement),
        views: views_of(finding),
        explanation: finding.summary_and_to_do(),
        facts_for: facts(&finding.facts_for),
        facts_against: facts(&finding.facts_against),
        hinge: facts(&finding.hinge),
        missing: finding
            .missing
            .iter()
            .map(|item| MissingView { what: capital(&item.what), ask: item.ask.clone() })
            .collect(),
        effects: finding
            .effects
            .iter()
            .map(|effect| {
                capital(&format!("{} {} ({}).", effect.direction.label(), effect.kind.label(), effect.force.label()))
            })
            .collect(),
        sources: source_views(&finding.sources),
        judge: finding.judge.as_ref().map(|words| JudgeView {
            answer: words.answer.map(own_answer),
            text: words.text.clone(),
            by: words.told_by(),
            on: crate::shared::moment::dutch_date(words.on),
        }),
    }
}

fn views_of(finding: &Finding) -> Option<ViewsView> {
    let all = [finding.views.established, finding.views.plausible, finding.views.contested];
    let [established, plausible, contested] = all.map(answer);
    let differ = all.iter().any(|outcome| *outcome != finding.outcome);
    differ.then_some(ViewsView { established, plausible, contested })
}

/// Questions for the hearing.
#[must_use]
pub fn questions(dossier: &Dossier, assessment: &Assessment) -> Vec<QuestionView> {
    assessment.questions.iter().map(|question| question_view(dossier, assessment, question)).collect()
}

fn question_view(dossier: &Dossier, assessment: &Assessment, question: &Question) -> QuestionView {
    let links = |criteria: &[String]| {
        criteria.iter().filter_map(|criterion| criterion_link(assessment, question, criterion)).collect()
    };
    QuestionView {
        about: question.about.clone(),
        why: question.why.clone(),
        put_to: question.put_to.iter().map(sourced).collect(),
        could_answer: question.could_answer.iter().map(sourced).collect(),
        decides: links(&question.decides),
        bears_on: links(&question.bears_on),
        facts: in_order_of_time(dossier, &question.facts)
            .into_iter()
            .map(|id| super::facts::fact_view(dossier, id.as_str()))
            .collect(),
    }
}

fn sourced(item: &Sourced) -> SourcedView {
    SourcedView { text: item.text.clone(), sources: source_views(&item.sources) }
}

/// The finding of a criterion that the question turns, or else its first.
fn criterion_link(assessment: &Assessment, question: &Question, criterion: &str) -> Option<LinkView> {
    let turns = |finding: &&Finding| {
        finding.hinge.iter().any(|id| question.facts.contains(id))
            || finding.missing.iter().any(|missing| missing.ask == question.about)
    };
    let of_criterion = || {
        assessment.findings.iter().filter(|item| {
            item.outcome != Outcome::NotApplicable && format!("{}/{}", item.framework, item.criterion) == criterion
        })
    };
    let found = of_criterion().find(turns).or_else(|| of_criterion().next())?;
    Some(LinkView { anchor: anchor(found), text: found.question.clone() })
}
