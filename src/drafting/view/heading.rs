//! Heading, parties and course of the proceedings.

use super::Scene;
use crate::dossier::model::{
    Address, AddressKind, CapacityRole, DocumentRecord, Domain, FactSource, FamilyRole, Label, Matter, Organisation,
    Person, RelationKind,
};
use crate::drafting::words;
use crate::shared::ids::{PartyId, PersonId};
use crate::shared::moment::{dutch_date, local_date};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Bodies as a decision names itself, by the beginning of their name.
const BODIES: [(&str, &str); 6] = [
    ("Rechtbank", "De rechtbank"),
    ("Gerechtshof", "Het gerechtshof"),
    ("Hof ", "Het gerechtshof"),
    ("Hoge Raad", "De Hoge Raad"),
    ("Afdeling bestuursrechtspraak", AFDELING),
    ("Raad van State", AFDELING),
];

/// The highest administrative court.
const AFDELING: &str = "De Afdeling bestuursrechtspraak";

fn deciding_body(name: &str) -> Option<&'static str> {
    let known = |start: &str| name.to_lowercase().starts_with(&start.to_lowercase());
    BODIES.iter().find(|(start, _)| known(start)).map(|(_, body)| *body)
}

/// Whether no administrative court stands above the one that decides.
pub(in crate::drafting) fn is_highest_administrative(name: &str) -> bool {
    deciding_body(name) == Some(AFDELING)
}

/// Whether a voorzieningenrechter decides.
pub(in crate::drafting) fn is_president(name: &str) -> bool {
    name.contains("voorzieningenrechter")
}

/// Whether a court above the rechtbank decides, so that the remedies of a first instance do not hold.
fn decides_on_appeal(name: &str) -> bool {
    deciding_body(name).is_some_and(|body| body != "De rechtbank")
}

/// Courts of appeal with the courts in their district (art. 14-17 Wet op de rechterlijke indeling).
const APPEAL: [(&str, &[&str]); 4] = [
    ("Amsterdam", &["amsterdam", "noord-holland"]),
    ("Arnhem-Leeuwarden", &["gelderland", "midden-nederland", "noord-nederland", "overijssel"]),
    ("Den Haag", &["den haag", "rotterdam"]),
    ("'s-Hertogenbosch", &["limburg", "oost-brabant", "zeeland-west-brabant"]),
];

/// Where an appeal is lodged against a decision of this court; `None` when its name does not tell.
fn court_of_appeal(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let district = name.strip_prefix("rechtbank ")?;
    let district = district.split(',').next().unwrap_or(district).trim();
    let (court, _) = APPEAL.iter().find(|(_, courts)| courts.contains(&district))?;
    Some(format!("het gerechtshof {court}"))
}

/// Who signs: the function, and whether three sit. What the file does not tell is one judge.
fn signing(matter: Option<&Matter>) -> (&'static str, bool) {
    let Some(matter) = matter else { return ("rechter", false) };
    let name = matter.authority.name.to_lowercase();
    let sits = |word: &str| {
        name.contains(word) || matter.hearings.iter().any(|hearing| hearing.kind.to_lowercase().contains(word))
    };
    let several = sits("meervoudig");
    if name.starts_with("gerechtshof") || name.starts_with("hoge raad") {
        ("raadsheer", true)
    } else if name.contains("rechter-commissaris") {
        ("rechter-commissaris", false)
    } else if name.contains("raad van state") || name.contains("afdeling bestuursrechtspraak") {
        ("lid van de kamer", several)
    } else if sits("politierechter") {
        ("politierechter", false)
    } else if name.contains("voorzieningenrechter") {
        ("voorzieningenrechter", false)
    } else if several {
        ("rechter", true)
    } else if sits("kinderrechter") || (sits("jeugd") && !sits("familie")) {
        ("kinderrechter", false)
    } else {
        ("rechter", false)
    }
}

impl Scene<'_> {
    pub(super) fn heading(&self, title: &str, dated: Option<NaiveDate>) -> Value {
        let (signs_as, several) = signing(self.matter);
        json!({
            "tekent_als": signs_as,
            "tekenen_samen": several,
            "besloten": signs_as == "rechter-commissaris",
            "titel": title,
            "instantie": self.matter.map(|matter| matter.authority.name.clone()),
            "wie_beslist": self.matter.and_then(|matter| deciding_body(&matter.authority.name)),
            "in_beroep": self.matter.is_some_and(|matter| decides_on_appeal(&matter.authority.name)),
            "bestreden": self.contested(),
            "hof": self.matter.and_then(|matter| court_of_appeal(&matter.authority.name)),
            "plaats": self.matter.and_then(|matter| matter.authority.place.clone()),
            "datum": words::day(dated),
            "stand_van": words::day(dated.filter(|day| *day > self.on).map(|_| self.on)),
            "dossier": self.file.reference,
            "zaken": self.matters(),
            "partijen": self.parties(),
            "minderjarigen": self.minors(),
            "huwelijk": self.ties(),
            "stappen": self.steps(),
            "zittingen": self.hearings(dated),
            "stukken": self.documents(|document| self.not_joined(document).is_none()),
            "stukken_niet_gevoegd": self.documents(|document| self.not_joined(document).is_some()),
            "andere_zaken": self.other_matters(),
        })
    }

    /// All numbers of all matters of the combined case.
    fn matters(&self) -> Value {
        self.file
            .matters
            .iter()
            .map(|matter| {
                let numbers: Vec<String> =
                    matter.numbers.iter().map(|number| format!("{} {}", number.kind.label(), number.value)).collect();
                json!({
                    "soort": super::labels::told_apart(self.file, matter, matter.kind.label()),
                    "nummers": words::text_or_null(&numbers.join(" / ")),
                    "instantie": matter.authority.name,
                    "deze": self.is_own(&matter.id),
                })
            })
            .collect()
    }

    fn other_matters(&self) -> bool {
        self.file.matters.len() > 1
    }

    pub(in crate::drafting) fn parties(&self) -> Value {
        let persons = self.file.persons.iter().filter_map(|person| {
            let role = person.capacities.iter().find(|capacity| self.is_own(&capacity.matter))?.role;
            (role != CapacityRole::Minderjarige && person.family_role != FamilyRole::Child)
                .then(|| self.person_as_party(person, role))
        });
        let organisations = self.file.organisations.iter().filter_map(|organisation| {
            let role = organisation.capacities.iter().find(|capacity| self.is_own(&capacity.matter))?.role;
            Some(organisation_as_party(organisation, role))
        });
        persons.chain(organisations).collect()
    }

    fn person_as_party(&self, person: &Person, role: CapacityRole) -> Value {
        let home = self.open_address(person, AddressKind::Home).map(line_of);
        let stay = self.open_address(person, AddressKind::Stay).map(line_of);
        let address = match (home, stay) {
            (Some(home), Some(stay)) => Some(format!("{home}, nu verblijvend {stay}")),
            (home, stay) => home.or(stay),
        };
        let counsel = person.counsel.as_ref().map(|counsel| match &counsel.place {
            Some(place) => format!("{} te {place}", counsel.name),
            None => counsel.name.clone(),
        });
        json!({
            "naam": person.name,
            "hoedanigheid": role.label(),
            "geboren": words::day(person.born),
            "adres": address,
            "advocaat": counsel,
            "tolk": person.interpreter,
        })
    }

    /// An address of this kind that everyone may know; the projection already left out the others.
    fn open_address<'p>(&self, person: &'p Person, kind: AddressKind) -> Option<&'p Address> {
        person
            .addresses
            .iter()
            .filter(|address| !address.is_shielded() && address.kind == kind)
            .filter(|address| address.since.is_none_or(|since| since <= self.on))
            .find(|address| address.until.is_none_or(|until| until >= self.on))
    }

    fn minors(&self) -> Value {
        self.file
            .children()
            .map(|child| {
                json!({
                    "naam": child.name,
                    "roepnaam": super::names::given_name(self.file, child),
                    "geboren": words::day(child.born),
                    "leeftijd": child.age_on(self.on),
                    "gezag": self.gezag_over(child),
                })
            })
            .collect()
    }

    /// Whether parents of the children are or were married or registered partners, on which the basis of a decision of
    /// the family court hangs. What the file does not tell is not told.
    fn ties(&self) -> Value {
        if self.domain != Domain::Family {
            return json!([]);
        }
        let formal = |kind| matches!(kind, RelationKind::Married | RelationKind::RegisteredPartnership);
        let parent = |id: &PersonId| self.file.children().any(|child| self.file.parents_of(&child.id).any(|p| p == id));
        let ties = self.file.relations.iter().filter(|tie| formal(tie.kind) && parent(&tie.from) && parent(&tie.to));
        ties.map(|tie| {
            let ended = tie.until.filter(|until| *until <= self.on);
            let since = words::day(tie.since).as_str().map(|day| format!(" sinds {day}")).unwrap_or_default();
            let begun = words::day(tie.since).as_str().map(|day| format!(" van {day}")).unwrap_or_default();
            let until = words::day(ended).as_str().map(|day| format!("{begun} tot {day}"));
            let married = tie.kind == RelationKind::Married;
            let what = match (married, until) {
                (true, None) => format!("zijn{since} met elkaar gehuwd"),
                (true, Some(time)) => format!("waren{time} met elkaar gehuwd"),
                (false, None) => format!("zijn{since} elkaars geregistreerde partner"),
                (false, Some(time)) => format!("waren{time} elkaars geregistreerde partner"),
            };
            json!(format!("{} en {} {what}.", words::capital(&self.person(&tie.from)), self.person(&tie.to)))
        })
        .collect()
    }

    pub(in crate::drafting) fn gezag_over(&self, child: &Person) -> Value {
        let mut forms: Vec<(&str, Vec<String>)> = Vec::new();
        let current = |until: Option<NaiveDate>| until.is_none_or(|until| until >= self.on);
        for record in self.file.gezag.iter().filter(|record| record.child == child.id && current(record.until)) {
            let (form, holder) = (record.form.label(), self.party(&record.holder));
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, holders)) => holders.push(holder),
                None => forms.push((form, vec![holder])),
            }
        }
        let told: Vec<String> = forms.iter().map(|(form, holders)| gezag_told(form, holders)).collect();
        words::text_or_null(&told.join("; "))
    }

    fn steps(&self) -> Value {
        let Some(matter) = self.matter else { return json!([]) };
        let mut steps: Vec<_> = matter.steps.iter().collect();
        steps.sort_by_key(|step| step.on);
        steps
            .into_iter()
            .map(|step| {
                json!({ "datum": words::day(Some(step.on)), "wat": step.what, "bron": self.source(step.source.as_ref()) })
            })
            .collect()
    }

    /// Hearings of the matter. A judge decides after the hearing: on the day of the decision it was held, and who came
    /// is to be filled in, also when the draft is made before it.
    fn hearings(&self, dated: Option<NaiveDate>) -> Value {
        let Some(matter) = self.matter else { return json!([]) };
        let decided = dated.filter(|_| self.is_decided_by_judge()).map_or(self.on, |day| day.max(self.on));
        matter
            .hearings
            .iter()
            .map(|hearing| {
                let appeared: Vec<String> = hearing.appeared.iter().map(|party: &PartyId| self.party(party)).collect();
                json!({
                    "moment": words::moment(Some(&hearing.at)),
                    "soort": hearing.kind,
                    "gehouden": local_date(&hearing.at) <= decided,
                    "verschenen": words::text_or_null(&words::list(&appeared)),
                })
            })
            .collect()
    }

    /// The report of a talk with a child belongs to the matters in which the child was heard.
    fn is_childs_talk_elsewhere(&self, document: &DocumentRecord) -> bool {
        let of_it = |source: &Option<FactSource>| source.as_ref().is_some_and(|source| source.document == document.id);
        let mut talks = self.file.child_hearings.iter().filter(|hearing| of_it(&hearing.source)).peekable();
        talks.peek().is_some()
            && talks.all(|hearing| {
                self.file.find_matter(&hearing.matter).is_some_and(|matter| matter.domain != self.domain)
            })
    }

    fn documents(&self, belongs: impl Fn(&DocumentRecord) -> bool) -> Value {
        self.file
            .documents
            .iter()
            .filter(|document| belongs(document) && !self.is_childs_talk_elsewhere(document))
            .map(|document| {
                json!({
                    "titel": document.title,
                    // A title that already gives the day is not given it twice.
                    "datum": words::day(document.dated.filter(|day| !document.title.contains(&dutch_date(*day)))),
                    "van": document.author.as_ref().map(|author| self.party(author)),
                    "herkomst": self.not_joined(document),
                })
            })
            .collect()
    }
}

fn line_of(address: &Address) -> String {
    let parts = [Some(address.line.clone()), address.postcode.clone(), address.town.clone(), address.country.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn gezag_told(form: &str, holders: &[String]) -> String {
    match form {
        "geen gezag" | "gezag geschorst" => format!("{}: {form}", words::list(holders)),
        form => format!("{form} van {}", words::list(holders)),
    }
}

fn organisation_as_party(organisation: &Organisation, role: CapacityRole) -> Value {
    json!({
        "naam": organisation.name,
        "hoedanigheid": role.label(),
        "geboren": null,
        "adres": null,
        "advocaat": null,
        "tolk": null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appeal_goes_to_the_court_above_and_an_unknown_court_has_none_named() {
        for (court, above) in [
            ("Rechtbank Rotterdam, team familie", Some("het gerechtshof Den Haag")),
            ("Rechtbank Midden-Nederland", Some("het gerechtshof Arnhem-Leeuwarden")),
            ("rechtbank Oost-Brabant", Some("het gerechtshof 's-Hertogenbosch")),
            ("Rechtbank Voorbeeldstad", None),
            ("Gerechtshof Den Haag", None),
        ] {
            assert_eq!(court_of_appeal(court).as_deref(), above, "{court}");
        }
    }
}
