//! The dossier with its look-ups, and how persons, places and times are named in Dutch.

use super::schedule::Times;
use crate::dossier::model::{
    Address, AddressKind, Dossier, FamilyRole, Instrument, Matter, Measure, OrganisationKind, Person, Place,
    RelationKind,
};
use crate::shared::ids::{AddressId, MatterId, MeasureId, PartyId, PersonId};
use crate::shared::moment::{Instant, dutch_weekday_date, start_of_day, to_local, told_moment};
use chrono::{Datelike, NaiveDate, Timelike};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A dossier on a reference date, with look-ups by id.
pub(super) struct Case<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Reference date.
    pub on: NaiveDate,
    /// Begin of the reference date.
    pub now: Instant,
    persons: BTreeMap<&'a PersonId, &'a Person>,
    organisations: BTreeMap<&'a str, (&'a str, OrganisationKind)>,
    measures: BTreeMap<&'a MeasureId, &'a Measure>,
    matters: BTreeMap<&'a MatterId, &'a Matter>,
    addresses: BTreeMap<&'a AddressId, (&'a Person, &'a Address)>,
    shielded: Vec<&'a Address>,
    parents: BTreeMap<&'a PersonId, BTreeSet<&'a PersonId>>,
    /// Times of schedules counted before, by the place of the schedule in memory and the stretch.
    pub times: RefCell<BTreeMap<(usize, Instant, Instant), Times>>,
}

impl<'a> Case<'a> {
    /// Indexes a dossier once.
    pub fn new(dossier: &'a Dossier, on: NaiveDate) -> Self {
        let mut parents: BTreeMap<&PersonId, BTreeSet<&PersonId>> = BTreeMap::new();
        for relation in dossier.relations.iter().filter(|r| r.kind == RelationKind::ParentOf) {
            parents.entry(&relation.to).or_default().insert(&relation.from);
        }
        let all_addresses = || dossier.persons.iter().flat_map(|p| p.addresses.iter().map(move |a| (p, a)));
        Self {
            dossier,
            on,
            now: start_of_day(on),
            persons: dossier.persons.iter().map(|p| (&p.id, p)).collect(),
            organisations: dossier.organisations.iter().map(|o| (o.id.as_str(), (o.name.as_str(), o.kind))).collect(),
            measures: dossier.measures.iter().map(|m| (&m.id, m)).collect(),
            matters: dossier.matters.iter().map(|m| (&m.id, m)).collect(),
            addresses: all_addresses().map(|(person, address)| (&address.id, (person, address))).collect(),
            shielded: all_addresses().map(|(_, address)| address).filter(|a| a.is_shielded()).collect(),
            parents,
            times: RefCell::default(),
        }
    }

    /// Name of a person, or the id when the dossier does not know the person.
    pub fn name(&self, id: &PersonId) -> String {
        self.persons.get(id).map_or_else(|| id.to_string(), |p| p.name.clone())
    }

    /// Names, joined as in a sentence.
    pub fn names<'b>(&self, ids: impl IntoIterator<Item = &'b PersonId>) -> String {
        // The eldest first, whatever the order of the file; of whom no day of birth is known the names decide.
        let ordered: BTreeSet<(bool, Option<NaiveDate>, String)> = ids
            .into_iter()
            .map(|id| {
                let born = self.persons.get(id).and_then(|person| person.born);
                (born.is_none(), born, self.name(id))
            })
            .collect();
        let mut names: Vec<String> = Vec::new();
        for (.., name) in ordered {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        enumerate(&names)
    }

    /// Name of a person or organisation.
    pub fn party(&self, id: &PartyId) -> String {
        if let Some((name, _)) = self.organisations.get(id.as_str()) {
            return (*name).to_owned();
        }
        self.name(&PersonId(id.0.clone()))
    }

    /// Kind of an organisation, when the party is one.
    pub fn organisation_kind(&self, id: &PartyId) -> Option<OrganisationKind> {
        self.organisations.get(id.as_str()).map(|(_, kind)| *kind)
    }

    /// A person by id.
    pub fn person(&self, id: &PersonId) -> Option<&'a Person> {
        self.persons.get(id).copied()
    }

    /// A measure by id.
    pub fn measure(&self, id: &MeasureId) -> Option<&'a Measure> {
        self.measures.get(id).copied()
    }

    /// A matter by id.
    pub fn matter(&self, id: &MatterId) -> Option<&'a Matter> {
        self.matters.get(id).copied()
    }

    /// An address with its holder.
    pub fn address(&self, id: &AddressId) -> Option<(&'a Person, &'a Address)> {
        self.addresses.get(id).copied()
    }

    /// Legal parents of a child.
    pub fn parents_of(&self, child: &PersonId) -> impl Iterator<Item = &'a PersonId> + '_ {
        self.parents.get(child).into_iter().flatten().copied()
    }

    /// Whether a person is a child in the case: by family role, or under eighteen on the reference date.
    pub fn is_child(&self, id: &PersonId) -> bool {
        self.person(id).is_some_and(|person| {
            person.family_role == FamilyRole::Child
                || person.born.is_some_and(|born| self.on.years_since(born).is_none_or(|age| age < 18))
                || person.born_year.is_some_and(|year| self.on.year() - year < 18)
        })
    }

    /// Place in words, without any trace of a shielded address.
    pub fn place_words(&self, place: &Place) -> String {
        let by_id = place.address.as_ref().and_then(|id| self.address(id));
        let hidden = by_id.is_some_and(|(_, address)| address.is_shielded())
            || (place.address.is_some() && by_id.is_none())
            || self.shielded.iter().any(|address| names_address(&place.description, address));
        if hidden { "een afgeschermd adres".to_owned() } else { place.description.clone() }
    }
}

fn names_address(text: &str, address: &Address) -> bool {
    let text = text.to_lowercase();
    let holds = |part: &str| part.chars().count() >= 4 && text.contains(&part.to_lowercase());
    holds(&address.line) || address.postcode.as_deref().is_some_and(holds)
}

/// Whether two addresses are the same place: by id, or by street, number, postcode and town.
pub(super) fn same_place(one: &Address, other: &Address) -> bool {
    let equal_or_unknown = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => same_text(a, b),
        _ => true,
    };
    one.id == other.id
        || (same_text(&one.line, &other.line)
            && equal_or_unknown(&one.postcode, &other.postcode)
            && equal_or_unknown(&one.town, &other.town))
}

/// Whether two texts are the same but for white space and capitals.
fn same_text(one: &str, other: &str) -> bool {
    one.chars()
        .filter(|sign| !sign.is_whitespace())
        .flat_map(char::to_lowercase)
        .eq(other.chars().filter(|sign| !sign.is_whitespace()).flat_map(char::to_lowercase))
}

/// Whether a kind of address is one where a person lives or stays.
pub(super) fn is_dwelling(kind: AddressKind) -> bool {
    matches!(kind, AddressKind::Home | AddressKind::Stay | AddressKind::Refuge)
}

/// Whether an address was in use on a day; an unknown begin or end counts as in use.
pub(super) fn in_use(address: &Address, on: NaiveDate) -> bool {
    address.since.is_none_or(|since| since <= on) && address.until.is_none_or(|until| until >= on)
}

/// "a, b en c".
pub(super) fn enumerate(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} en {last}", start.join(", ")),
    }
}

/// "tot 3 november 2026 om 09.17 uur", or words for an end that is open or unknown.
pub(super) fn until_words(until: Option<&Instant>, open_ended: bool) -> String {
    match (until, open_ended) {
        (Some(at), _) => format!("tot {}", told_moment(at)),
        (None, true) => "zonder vaste einddatum".to_owned(),
        (None, false) => "met een einde dat niet in het dossier staat".to_owned(),
    }
}

/// "zaterdag 7 november 2026 van 10.00 tot 17.00 uur".
pub(super) fn occurrence_words(from: &Instant, until: &Instant) -> String {
    let (start, end) = (to_local(from), to_local(until));
    let clock = |at: chrono::NaiveDateTime| format!("{:02}.{:02}", at.hour(), at.minute());
    let day = dutch_weekday_date(start.date());
    if start.date() == end.date() {
        format!("{day} van {} tot {} uur", clock(start), clock(end))
    } else {
        let last = dutch_weekday_date(end.date());
        format!("{day} om {} uur tot {last} om {} uur", clock(start), clock(end))
    }
}

/// Name of an instrument, with article.
pub(super) fn instrument_words(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Huisverbod => "het tijdelijk huisverbod",
        Instrument::HuisverbodExtension => "de verlenging van het tijdelijk huisverbod",
        Instrument::Gedragsaanwijzing => "de gedragsaanwijzing (art. 509hh Sv)",
        Instrument::SchorsingVoorlopigeHechtenis => {
            "de voorwaarden bij de schorsing van de voorlopige hechtenis (art. 80 Sv)"
        }
        Instrument::BijzondereVoorwaarde => "de bijzondere voorwaarde (art. 14c Sr)",
        Instrument::Vrijheidsbeperkend38v => "de vrijheidsbeperkende maatregel (art. 38v Sr)",
        Instrument::Detentie => "de detentie",
        Instrument::CivielVerbod => "het civiele contact- of straatverbod",
        Instrument::VoorlopigeVoorziening => "de voorlopige voorziening (art. 822 Rv)",
        Instrument::Omgangsregeling => "de omgangsregeling",
        Instrument::Zorgregeling => "de zorgregeling",
        Instrument::SchorsingGezag => "de schorsing van het gezag (art. 1:268 BW)",
        Instrument::VoorlopigeVoogdij => "de voorlopige voogdij",
        Instrument::Ondertoezichtstelling => "de ondertoezichtstelling",
        Instrument::Uithuisplaatsing => "de uithuisplaatsing",
        Instrument::Veiligheidsplan => "het veiligheidsplan",
    }
}

/// First letter as a capital, for the begin of a sentence.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
