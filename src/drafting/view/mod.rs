//! What every document shows, as data for the templates: heading, parties, course of the
//! proceedings, facts, positions, assessment per norm, annex. Made from the projection of one
//! legal domain, so nothing of another domain can slip in.

mod accounted;
mod appeals;
mod basis;
mod clash_ends;
mod clashes;
mod criminal;
mod facts;
mod findings;
mod heading;
mod labels;
mod measures;
mod names;
mod norms;
mod noted;
mod targets;

pub(super) use criminal::admissions;
pub(super) use heading::{is_highest_administrative, is_president};
pub(super) use measures::place_words;
pub use names::given_name;

use super::words;
use crate::assessment::model::{Assessment, EffectKind};
use crate::conflicts::model::{ConflictKind, ConflictReport};
use crate::dossier::model::{Domain, Dossier, FactSource, InterventionBasis, Matter};
use crate::dossier::projection::Projection;
use crate::shared::ids::{FactId, MatterId, PartyId, PersonId};
use crate::shared::moment::local_date;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Everything one document is made from.
pub(super) struct Scene<'a> {
    /// The dossier as it may stand in a document of this domain.
    pub file: &'a Dossier,
    /// How much was left out of it, and why.
    pub projection: &'a Projection,
    /// Findings over the whole dossier; those that rest on withheld facts are left out here.
    pub assessment: &'a Assessment,
    /// Clashes, coverage, deadlines.
    pub conflicts: &'a ConflictReport,
    /// Legal domain of the document.
    pub domain: Domain,
    /// Reference date.
    pub on: NaiveDate,
    /// Matter in which the document is written.
    pub matter: Option<&'a Matter>,
    /// Whether it is about every matter of its domain, as a hearing file is, and not about one.
    pub whole_domain: bool,
    /// Prefix under which the judge's own words for this document stand ("omgang").
    pub words_about: &'static str,
    /// Frameworks whose findings belong in this document.
    pub frameworks: &'static [&'static str],
    /// Effects that this document decides on; other findings stand only in the annex.
    pub effects: &'static [EffectKind],
    /// Clashes that this document has to settle or mention.
    pub clashes: &'static [ConflictKind],
    /// How narrow its lists are: 0 is wide; only a hearing sheet gets narrower.
    pub step: usize,
    labels: BTreeMap<String, String>,
}

impl<'a> Scene<'a> {
    /// Sets a scene and gives every fact its label.
    pub(super) fn new(
        projection: &'a Projection,
        assessment: &'a Assessment,
        conflicts: &'a ConflictReport,
        part: &Part<'_>,
        on: NaiveDate,
    ) -> Self {
        let file = &projection.dossier;
        let matter = part.matter.and_then(|id| file.find_matter(id));
        Scene {
            file,
            projection,
            assessment,
            conflicts,
            domain: part.domain,
            on,
            matter,
            whole_domain: part.name == "zittingsmap",
            words_about: part.words_about,
            frameworks: part.frameworks,
            effects: part.effects,
            clashes: part.clashes,
            step: part.step,
            labels: labels::labels(file),
        }
    }

    /// The data that all templates share; `own` is added under "besluit".
    pub(super) fn data(&self, title: &str, dated: Option<NaiveDate>, own: Value) -> Value {
        let mut data = Map::new();
        if let Value::Object(heading) = self.heading(title, dated) {
            data.extend(heading);
        }
        for part in [self.facts(), self.positions(), self.assessment(), self.annex()] {
            if let Value::Object(part) = names::short(self.file, part) {
                data.extend(part);
            }
        }
        // The decision itself names everyone in full; an overview does not.
        let overview = ["beschermingsbrug", "zitting"].contains(&self.words_about);
        let mut own = own;
        let held = crate::drafting::decision::holds_back(&own);
        let reasons = crate::drafting::decision::asks_reasons(&own);
        if let Value::Object(fields) = &mut own {
            fields.insert("verder_verzocht".to_owned(), reasons.into());
            fields.insert("aangehouden".to_owned(), held.into());
        }
        data.insert("besluit".to_owned(), if overview { names::short(self.file, own) } else { own });
        Value::Object(data)
    }

    /// The same with each child by its given name.
    pub(super) fn in_short<T: Serialize + DeserializeOwned>(&self, item: T) -> T {
        let short = serde_json::to_value(&item).ok().map(|value| names::short(self.file, value));
        short.and_then(|value| serde_json::from_value(value).ok()).unwrap_or(item)
    }

    /// Whether a matter is one that the document is about.
    pub(in crate::drafting) fn is_own(&self, id: &MatterId) -> bool {
        if self.whole_domain {
            return self.file.find_matter(id).is_some_and(|matter| matter.domain == self.domain);
        }
        self.matter.is_some_and(|matter| matter.id == *id)
    }

    pub(super) fn person(&self, id: &PersonId) -> String {
        self.file.person_name(id)
    }

    pub(super) fn party(&self, id: &PartyId) -> String {
        self.file.party_name(id)
    }

    pub(super) fn persons(&self, ids: &[PersonId]) -> String {
        words::list(&ids.iter().map(|id| self.person(id)).collect::<Vec<_>>())
    }

    /// Whether a judge decides in this paper: the mayor extends a huisverbod, and the public prosecutor
    /// gives a gedragsaanwijzing.
    pub(super) fn is_decided_by_judge(&self) -> bool {
        let plan = self.file.plans.gedragsinterventie.as_ref();
        match self.words_about {
            "huisverbod-verlenging" => false,
            "gedragsinterventie" => plan.is_none_or(|plan| plan.basis != InterventionBasis::Sv509hh),
            _ => true,
        }
    }

    /// Label of a fact as it stands in this document ("F3"); `None` when it may not be used here.
    pub(super) fn label(&self, id: &FactId) -> Option<&str> {
        self.labels.get(id.as_str()).map(String::as_str)
    }

    /// Labels of facts in their order, three or more in a row as a stretch; facts that may not be
    /// used here are left out.
    pub(super) fn label_list(&self, ids: &[FactId]) -> Value {
        words::text_or_null(&words::list(&names::stretches(ids.iter().filter_map(|id| self.label(id)))))
    }

    /// A document and page in words.
    pub(super) fn source(&self, source: Option<&FactSource>) -> Value {
        let Some(source) = source else { return Value::Null };
        let Some(document) = self.file.documents.iter().find(|document| document.id == source.document) else {
            return Value::Null;
        };
        let page = source.page.map(|page| format!(", p. {page}")).unwrap_or_default();
        let joined = self.not_joined(document).map(|of| format!("; uit de {of}, niet gevoegd")).unwrap_or_default();
        json!(format!("{}{page}{joined}", document.title))
    }

    /// Day of the last hearing in this matter; a judgement noted before it is provisional.
    pub(super) fn last_hearing(&self) -> Option<NaiveDate> {
        self.matter?.hearings.iter().map(|hearing| local_date(&hearing.at)).max()
    }

    /// The judge's own words for a block, as paragraphs with their author.
    pub(super) fn own_words(&self, block: &str) -> Value {
        let about = format!("{}/{block}", self.words_about);
        self.file
            .judge_words
            .iter()
            .filter(|words| words.about == about && words.domain == self.domain)
            .map(|words| {
                let paragraphs: Vec<&str> = words.text.lines().filter(|line| !line.trim().is_empty()).collect();
                // Written in preparation it is draft text like the rest: a day before the hearing would not be its day.
                let day = Some(words.on).filter(|on| self.last_hearing().is_none_or(|hearing| *on >= hearing));
                json!({ "door": words.told_by(), "datum": words::day(day), "alineas": paragraphs,
                    "anders": self.file.was_written_beside_another_choice(words) })
            })
            .collect()
    }
}

/// An object of large values; `json!` would copy each of them.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Which document: its template, domain and matter.
pub(super) struct Part<'a> {
    /// Template and file name.
    pub name: &'static str,
    /// Domain whose facts may be used.
    pub domain: Domain,
    /// Matter in which it is written.
    pub matter: Option<&'a MatterId>,
    /// Prefix of the judge's own words.
    pub words_about: &'static str,
    /// Frameworks shown.
    pub frameworks: &'static [&'static str],
    /// Effects decided on.
    pub effects: &'static [EffectKind],
    /// Clashes mentioned.
    pub clashes: &'static [ConflictKind],
    /// How narrow its lists are; 0 is wide.
    pub step: usize,
}
