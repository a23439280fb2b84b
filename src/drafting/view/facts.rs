//! Facts with their status in this domain, who says what, and the answer of the other side;
//! help, results of instruments, children's hearings, requests and positions.

use super::labels::in_time;
use super::{Scene, object};
use crate::dossier::model::{
    Answer, AnswerStance, Domain, Event, EventKind, Evidence, HelpResponse, Label, Organisation, OrganisationKind,
    Position, Request, RequestKind, Statement, StatementKind,
};
use crate::drafting::words;
use crate::shared::ids::{FactId, PartyId};
use serde_json::{Value, json};

/// Stands for an answer from a document that was not joined.
const ANSWERED_ELSEWHERE: &str = "heeft geantwoord in het genoemde stuk, dat niet is gevoegd";

/// Stands behind words that someone gave without having been told of the right to be silent.
const WITHOUT_CAUTION: &str = ", gehoord zonder cautie";

/// Stands for help of which only a document tells that was not joined.
const HELP_ELSEWHERE: &str =
    "Over hulp: de inhoud staat in het genoemde stuk en wordt niet herhaald zolang dat niet is gevoegd";

/// Whether a statement is the admission that an answer gives, told from the same page.
fn is_same_admission(statement: &Statement, answer: &Answer) -> bool {
    statement.kind == StatementKind::Admits
        && matches!(answer.stance, AnswerStance::Admits | AnswerStance::PartlyAdmits)
        && statement.by.as_str() == answer.by.as_str()
        && statement.source == answer.source
}

/// An answer that stands with the same person's own statement: nobody is told twice from one page, and not once as
/// admitting and once as admitting in part.
pub(super) fn says_nothing_new(event: &Event, answer: &Answer) -> bool {
    event.statements.iter().any(|statement| is_same_admission(statement, answer))
}

impl Scene<'_> {
    pub(super) fn facts(&self) -> Value {
        object([
            ("domein", self.domain.label().into()),
            ("feiten", in_time(self.file).into_iter().map(|event| self.event(event)).collect()),
            ("maatregelen", self.file.measures.iter().map(|measure| self.measure(measure)).collect()),
            ("hulp", self.help()),
            ("resultaten", self.results()),
            ("kindgesprekken", self.child_hearings()),
        ])
    }

    fn event(&self, event: &Event) -> Value {
        if let Some(instead) = self.only_elsewhere(event) {
            return self.event_elsewhere(event, &instead);
        }
        let status = event.status.in_domain(self.domain);
        let untold = event.kind == EventKind::Untold;
        let answers: Vec<&Answer> = event.answers.iter().filter(|answer| !says_nothing_new(event, answer)).collect();
        let exposure: Vec<String> =
            event.exposure.iter().map(|item| words::met_by(&self.person(&item.child), item.how)).collect();
        json!({
            "label": self.label(&FactId::from(&event.id)),
            "wanneer": words::capital(&words::event_time(&event.time)),
            "waar": event.place,
            "tekst": event.description,
            "tegen": self.unnamed_targets(event),
            "status": self.status_in_full(event),
            "vast": if untold { Some("Wat er gebeurde, vertelt het dossier niet") } else { self.settled(event) },
            "aannemelijk": status == Evidence::Plausible,
            "zeker": self.settled(event).is_some() || status == Evidence::Plausible,
            "weerlegd": status == Evidence::Refuted,
            "volgens": words::text_or_null(&self.who_says(event)),
            "verklaringen": event.statements.iter().map(|item| self.statement(event, item)).collect::<Value>(),
            "antwoorden": answers.into_iter().map(|item| self.answer(item)).collect::<Value>(),
            "kinderen": if untold { Value::Null } else { words::text_or_null(&exposure.join("; ")) },
        })
    }

    /// A fact of which a paper gives only where it stands.
    fn event_elsewhere(&self, event: &Event, instead: &str) -> Value {
        json!({
            "label": self.label(&FactId::from(&event.id)),
            "wanneer": words::capital(&words::event_time(&event.time)),
            "waar": Value::Null,
            "tekst": instead,
            "tegen": Value::Null,
            "status": self.status_in_full(event),
            "vast": "Niet gevoegd",
            "aannemelijk": false,
            "zeker": false,
            "weerlegd": false,
            "volgens": Value::Null,
            "verklaringen": json!([]),
            "antwoorden": json!([]),
            "kinderen": Value::Null,
        })
    }

    /// Names of those who say that it happened, once each. Who only saw something, as a doctor or a school does, tells
    /// that further on and did not say who did it; the words of a child are not turned into a claim. Who is said to have acted gives an own
    /// account further on, and is never among those who support what is said of them.
    fn who_says(&self, event: &Event) -> String {
        let mut speakers: Vec<String> = Vec::new();
        let by_other = |statement: &Statement| event.actors.iter().all(|actor| actor.as_str() != statement.by.as_str());
        for statement in event.statements.iter().filter(|statement| {
            statement.repeats.is_none()
                && by_other(statement)
                && statement.kind == StatementKind::Asserts
                && !self.is_child(&statement.by)
        }) {
            let name = self.party(&statement.by);
            if !speakers.contains(&name) {
                speakers.push(name);
            }
        }
        words::list(&speakers)
    }

    fn statement(&self, event: &Event, statement: &Statement) -> Value {
        let answer = event.answers.iter().find(|answer| is_same_admission(statement, answer));
        let in_part = answer.is_some_and(|answer| answer.stance == AnswerStance::PartlyAdmits);
        let said = self.said(event, statement);
        // What was added stands with the words it was added to, and is shielded with them.
        let told = said == statement.content;
        let added = answer.filter(|answer| told && !self.is_withheld(answer.source.as_ref()));
        let added = added.and_then(|answer| answer.content.as_deref()).filter(|added| *added != statement.content);
        // To admit is contents of a document as well.
        let how = if self.is_withheld(statement.source.as_ref()) {
            words::statement(StatementKind::Asserts, false)
        } else if in_part {
            words::answer(AnswerStance::PartlyAdmits)
        } else {
            words::statement(statement.kind, self.is_court(&statement.by))
        };
        let without_caution = statement.restriction.as_ref().is_some_and(|item| item.without_caution);
        json!({
            "wie": words::subject(&self.party(&statement.by)),
            "hoe": format!("{how}{}", if without_caution { WITHOUT_CAUTION } else { "" }),
            "tekst": match added {
                Some(added) => format!("{} {added}", said.trim_end()),
                None => said.to_owned(),
            },
            "datum": words::day(statement.made_on),
            "herhaling": statement.repeats.is_some(),
            "bron": self.source(statement.source.as_ref()),
        })
    }

    /// Only a court establishes a fact; anyone else who writes down a finding gives an opinion as a party or informant.
    pub(super) fn is_court(&self, party: &PartyId) -> bool {
        self.file.organisations.iter().any(|item| item.id == *party && item.kind == OrganisationKind::Gerecht)
    }

    fn answer(&self, answer: &Answer) -> Value {
        json!({
            "wie": words::subject(&self.person(&answer.by)),
            // What someone answered in a document that was not joined is contents of it, also in one word.
            "hoe": if self.is_withheld(answer.source.as_ref()) { ANSWERED_ELSEWHERE } else { words::answer(answer.stance) },
            "tekst": answer.content.as_ref().filter(|_| {
                answer.stance != AnswerStance::Silence && !self.is_withheld(answer.source.as_ref())
            }),
            "bron": self.source(answer.source.as_ref()),
        })
    }

    fn help(&self) -> Value {
        self.file
            .help
            .iter()
            .map(|track| {
                if self.is_withheld(track.source.as_ref()) {
                    return json!({
                        "label": self.label(&track.id),
                        "elders": HELP_ELSEWHERE,
                        "bron": self.source(track.source.as_ref()),
                    });
                }
                let (kind, programme) = (track.kind.label(), track.programme.map(Label::label));
                let name = match programme {
                    Some(programme) if programme != kind => format!("{kind} ({programme})"),
                    _ => kind.to_owned(),
                };
                json!({
                    "label": self.label(&track.id),
                    "elders": Value::Null,
                    "wie": self.person(&track.person),
                    "wat": name,
                    "aanbieder": track.provider.as_ref().map(|provider| self.party(provider)),
                    "antwoord": track.response.label(),
                    "aangeboden": words::day(track.offered_on),
                    "alleen_aangeboden": track.response == HelpResponse::Offered,
                    "voortgang": track.progress.label(),
                    "toelichting": track.note,
                    "bron": self.source(track.source.as_ref()),
                })
            })
            .collect()
    }

    fn results(&self) -> Value {
        self.file
            .instrument_results
            .iter()
            .map(|result| {
                json!({
                    "label": self.label(&result.id),
                    "instrument": words::capital(result.instrument.label()),
                    "datum": words::day(result.on),
                    "door": result.assessor.as_ref().map(|party| self.party(party)),
                    "tekst": self.told_from(result.source.as_ref(), &result.result),
                    "beperkingen": result.limits.as_ref().filter(|_| !self.is_withheld(result.source.as_ref())),
                    "bron": self.source(result.source.as_ref()),
                })
            })
            .collect()
    }

    /// What each child said in this domain; the same conversation in two matters stands once.
    fn child_hearings(&self) -> Value {
        let mut told: Vec<(Value, Vec<String>, Vec<String>)> = Vec::new();
        for hearing in &self.file.child_hearings {
            let Some(matter) = self.file.find_matter(&hearing.matter).filter(|matter| matter.domain == self.domain)
            else {
                continue;
            };
            let shared = hearing.sharing_checked == Some(true);
            let value = json!({
                "kind": words::capital(&self.person(&hearing.child)),
                "hoe": words::hearing_outcome(hearing.outcome),
                "datum": words::day(hearing.held_on),
                "tekst": if shared { hearing.shared_summary.clone() } else { None },
                "bron": self.source(hearing.source.as_ref()),
            });
            let label = self.label(&hearing.id).unwrap_or_default().to_owned();
            let name = matter.kind.label().to_owned();
            match told.iter_mut().find(|(known, ..)| *known == value) {
                Some((_, labels, matters)) => {
                    labels.push(label);
                    matters.push(name);
                }
                None => told.push((value, vec![label], vec![name])),
            }
        }
        told.into_iter()
            .map(|(mut value, labels, matters)| {
                if let Value::Object(value) = &mut value {
                    value.insert("label".to_owned(), json!(words::list(&labels)));
                    value.insert("zaak".to_owned(), json!(words::list(&matters)));
                }
                value
            })
            .collect()
    }

    /// The mayor extends a huisverbod without being asked; what others say about it is advice.
    fn is_advice(&self, request: &Request) -> bool {
        request.kind == RequestKind::ExtendHuisverbod
            && self
                .file
                .organisations
                .iter()
                .any(|item| item.id == request.by && item.kind != OrganisationKind::Burgemeester)
    }

    /// What the prosecutor asks in a criminal case has a name of its own.
    fn is_demand(&self, request: &Request) -> bool {
        let prosecutor = |id: &PartyId| {
            self.file
                .organisations
                .iter()
                .any(|item| item.id == *id && item.kind == OrganisationKind::OpenbaarMinisterie)
        };
        self.domain == Domain::Criminal && prosecutor(&request.by)
    }

    /// Requests in this matter, with the positions of the others.
    pub(super) fn positions(&self) -> Value {
        let requests: Value = self
            .file
            .requests
            .iter()
            .filter(|request| self.is_own(&request.matter))
            .map(|request| {
                json!({
                    "advies": self.is_advice(request),
                    "vordering": self.is_demand(request),
                    "zaak": self.file.find_matter(&request.matter).filter(|_| self.whole_domain).map(|matter| matter.kind.label()),
                    "wie": words::capital(&words::with_article(&self.party(&request.by))),
                    "datum": words::day(request.on),
                    "inhoud": request.content,
                    "gronden": request.grounds,
                    "grondslag": request.basis,
                    "bron": self.source(request.source.as_ref()),
                    "standpunten": request.positions.iter().map(|position| json!({
                        "wie": words::subject(&self.party(&position.by)),
                        "hoe": self.stance(request, position),
                        "tekst": position.content,
                        "bron": self.source(position.source.as_ref()),
                    })).collect::<Value>(),
                })
            })
            .collect();
        let mut own = self.file.requests.iter().filter(|request| self.is_own(&request.matter)).peekable();
        // The mayor is asked nothing: what there is, is advice.
        let mayor = self.words_about == "huisverbod-verlenging";
        let only_advice = (mayor || own.peek().is_some()) && own.all(|request| self.is_advice(request));
        json!({ "verzoeken": requests, "alleen_advies": only_advice, "beroep": self.appeals() })
    }

    /// What someone thinks of a request, or of an advice.
    pub(in crate::drafting) fn stance(&self, request: &Request, position: &Position) -> String {
        // The Raad takes no side as a party does.
        let raad = |item: &Organisation| item.id == position.by && item.kind == OrganisationKind::Raad;
        if self.file.organisations.iter().any(raad) {
            return words::advice(position.stance).to_owned();
        }
        let told = words::stance(position.stance);
        if self.is_advice(request) {
            told.replace("het verzoek", "het advies").replace("van de rechter", "van de burgemeester")
        } else {
            told.to_owned()
        }
    }
}
