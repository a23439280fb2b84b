//! Measures as a paper tells them, with the places from which somebody is kept away: an area that nobody can find is
//! no area, so an address that everyone may know stands with it. A secret one never does.

use super::Scene;
use crate::dossier::model::{
    Address, AddressKind, Conduct, CriminalCondition, Dossier, Instrument, Label, Measure, MeasureState, Person, Place,
    ProvisionalItem, ProvisionalItemKind, RuleEffect,
};
use crate::drafting::words;
use crate::shared::ids::{AddressId, FactId};
use crate::shared::moment::local_date;
use serde_json::{Value, json};

/// Stands for a measure of which only a document tells that was not joined.
const MEASURE_ELSEWHERE: &str =
    "Over een maatregel: de inhoud staat in het genoemde stuk en wordt niet herhaald zolang dat niet is gevoegd";

/// Whether it shields someone from someone; an arrangement or supervision is only about persons.
fn forbids(measure: &Measure) -> bool {
    measure.rules.iter().any(|rule| rule.effect == RuleEffect::Forbids)
}

/// Words in a condition that point at an address of a kind.
const POINTS_AT: &[(AddressKind, &[&str])] = &[
    (AddressKind::School, &["school", "scholen", "opvang"]),
    (AddressKind::Home, &["woning", "huis"]),
    (AddressKind::Work, &["werk"]),
    (AddressKind::Stay, &["verblijf"]),
];

/// An address of the file that everyone may know.
fn open_address<'d>(file: &'d Dossier, id: &AddressId) -> Option<&'d Address> {
    file.persons.iter().flat_map(|person| &person.addresses).find(|address| address.id == *id && !address.is_shielded())
}

/// "Voorbeeldstraat 88 te Rotterdam".
fn address_words(address: &Address) -> String {
    let town = address.town.as_deref().map(|town| format!(" te {town}")).unwrap_or_default();
    format!("{}{town}", address.line)
}

/// A place in words, with its address when everyone may know it.
pub(in crate::drafting) fn place_words(file: &Dossier, place: &Place) -> String {
    let open = place.address.as_ref().and_then(|id| open_address(file, id));
    match open {
        Some(address) => format!("{} ({})", place.description, address_words(address)),
        None => place.description.clone(),
    }
}

/// The same with its radius, where the description does not give it.
fn area_words(file: &Dossier, place: &Place) -> String {
    let told = place_words(file, place);
    match place.radius_metres.filter(|metres| !place.description.contains(&metres.to_string())) {
        Some(metres) => format!("{told}, met een straal van {metres} meter"),
        None => told,
    }
}

impl Scene<'_> {
    pub(in crate::drafting) fn measure(&self, measure: &Measure) -> Value {
        if self.is_untold_measure(measure) {
            return json!({
                "label": self.label(&FactId::from(&measure.id)),
                "elders": MEASURE_ELSEWHERE,
                "bron": self.source(measure.source.as_ref()),
            });
        }
        let rules: Vec<&String> = measure.rules.iter().filter_map(|rule| rule.text.as_ref()).collect();
        let exceptions: Vec<String> =
            measure.rules.iter().flat_map(|rule| &rule.exceptions).map(|item| item.text.clone()).collect();
        let end = measure.effective_end();
        let past = end.as_ref().is_some_and(|end| local_date(end) < self.on);
        json!({
            "label": self.label(&FactId::from(&measure.id)),
            "elders": Value::Null,
            "naam": words::capital(measure.instrument.label()),
            "grondslag": measure.legal_basis,
            "plaatsen": self.forbidden_places(measure),
            "van": words::moment(measure.starts.as_ref()),
            "tot": words::moment(end.as_ref()),
            "zonder_einde": measure.open_ended,
            "toestand": match measure.state {
                MeasureState::InForce if past => "afgelopen",
                MeasureState::Proposed if self.is_decided_here(measure) => "gevraagd; daarover gaat deze beslissing",
                MeasureState::Proposed if self.is_refused_in_part(measure) => {
                    "gevraagd, nog niet beslist; het ontwerp wijst het gebruik van de woning af"
                }
                state => state.label(),
            },
            "gericht_tot": words::text_or_null(&self.persons(&measure.restrained)),
            "beschermt": words::text_or_null(&self.persons(&measure.protected)),
            "verbod": forbids(measure),
            "detentie": measure.instrument == Instrument::Detentie,
            "regels": rules,
            "uitzonderingen": exceptions,
            "bron": self.source(measure.source.as_ref()),
        })
    }

    /// Whether this very document decides on a measure.
    fn is_decided_here(&self, measure: &Measure) -> bool {
        self.words_about != "zitting" && self.words_about != "beschermingsbrug" && self.is_own(&measure.matter)
    }

    /// Whether the set of which the bridge gives the sum refuses the home that was asked with a measure.
    fn is_refused_in_part(&self, measure: &Measure) -> bool {
        let plan = self.file.plans.huisverbod.as_ref().and_then(|plan| plan.provisional.as_ref());
        let own = plan.filter(|own| self.words_about == "beschermingsbrug" && own.matter == measure.matter);
        let home = |item: &ProvisionalItem| item.kind == ProvisionalItemKind::ExclusiveUseOfHome && item.refused;
        own.is_some_and(|own| own.items.iter().any(home))
    }

    /// The places at which somebody may not be, where the file has the address of one that everyone may know.
    fn forbidden_places(&self, measure: &Measure) -> Value {
        let kept_away = |effect: RuleEffect, conduct: Conduct| {
            effect == RuleEffect::Forbids && matches!(conduct, Conduct::Presence | Conduct::Residence)
        };
        let rules = measure.rules.iter().filter(|rule| kept_away(rule.effect, rule.conduct));
        let places: Vec<&Place> = rules.flat_map(|rule| &rule.places).collect();
        let known = |place: &&Place| place.address.as_ref().is_some_and(|id| open_address(self.file, id).is_some());
        if !places.iter().any(known) {
            return Value::Null;
        }
        let mut told: Vec<String> = Vec::new();
        for area in places.into_iter().map(|place| area_words(self.file, place)) {
            if !told.contains(&area) {
                told.push(area);
            }
        }
        json!(told.join("; "))
    }

    /// Addresses that everyone may know of the places at which a condition points, of those whom it protects.
    pub(in crate::drafting) fn addresses_meant(&self, condition: &CriminalCondition) -> Value {
        let said = format!("{} {}", condition.text, condition.area.as_deref().unwrap_or_default());
        let said_low = said.to_lowercase();
        let points_at = |kind: AddressKind| {
            let words = POINTS_AT.iter().filter(|(known, _)| *known == kind).flat_map(|(_, words)| words.iter());
            words.into_iter().any(|word| said_low.contains(word))
        };
        let addresses = self.file.persons.iter().flat_map(|person| &person.addresses);
        let hidden: Vec<&str> =
            addresses.filter(|address| address.is_shielded()).map(|address| address.line.as_str()).collect();
        let protected = |person: &&Person| condition.protects.contains(&person.id);
        let in_use = |address: &&Address| {
            address.since.is_none_or(|since| since <= self.on) && address.until.is_none_or(|until| until >= self.on)
        };
        let mut told: Vec<String> = Vec::new();
        for address in self.file.persons.iter().filter(protected).flat_map(|person| &person.addresses).filter(in_use) {
            let open = !address.is_shielded() && !hidden.contains(&address.line.as_str());
            let words = address_words(address);
            if open && points_at(address.kind) && !said.contains(&address.line) && !told.contains(&words) {
                told.push(words);
            }
        }
        words::text_or_null(&told.join("; "))
    }
}
