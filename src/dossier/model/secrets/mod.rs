//! A secret address stands in its own field and nowhere else: in free text no gate would find it.
//!
//! This is the one check for it, on every text that somebody can write into a dossier or a draft. It
//! knows two things: what is refused (the line of a shielded address, its postcode, its street without
//! the number) and what is only told (a town, or a name that is also an ordinary word). Why: see
//! `docs/besluiten/0013`.

mod folded;
mod street;
mod walk;

pub use walk::{brought_in, places_of, told_of, towns_brought_in};

use super::{Address, Dossier};
use folded::{Folded, fold};
use std::collections::BTreeSet;

/// What is told of a text that holds a shielded address.
pub const SECRET_IN_TEXT: &str =
    "In deze tekst staat een adres dat geheim is of waarvan de geheimhouding onbekend is. Haal het hier weg.";

/// Code of a text that holds a shielded address.
pub const SECRET_CODE: &str = "secret_in_text";

/// What is asked of who writes the name of a place that belongs to a shielded address.
pub const TOWN_IN_TEXT: &str = "In deze tekst staat de naam van een plaats (of een woord) die bij een afgeschermd adres hoort en die \
     verder niet openlijk in het dossier staat. Er is nog niets vastgelegd. Haal de naam weg, of bevestig dat zij hier \
     mag staan en dat wie de tekst leest daaruit niet kan afleiden waar iemand verblijft.";

/// Code of a text that names such a place.
pub const TOWN_CODE: &str = "secret_place_named";

/// Whether who writes has said that such a name is meant to stand there. Nothing refuses a town (it may be that of
/// the school); but nobody lets it through unseen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NamedPlaces {
    /// Not yet: it is asked first.
    #[default]
    Ask,
    /// It may stand there.
    Meant,
}

impl NamedPlaces {
    /// From a tick.
    #[must_use]
    pub fn meant(ticked: bool) -> Self {
        if ticked { Self::Meant } else { Self::Ask }
    }
}

/// Parts shorter than this are too common to look for ("A 1").
const SHORTEST: usize = 5;
/// A town can be short ("Epe"); it is looked for only with a capital, and only told.
const SHORTEST_NAME: usize = 3;

/// A part of a shielded address, as it is looked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Needle {
    folded: String,
    /// Whether the text must end a word there: "Kerkstraat" is not in "Kerkstraatje".
    whole: bool,
}

/// The shielded addresses of a dossier, ready to be looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrets {
    refused: Vec<Needle>,
    told: Vec<Needle>,
}

impl Secrets {
    /// What may not stand in a text that somebody types.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Self {
        Self::looking_for(dossier, false)
    }

    /// What may not stand on a paper. An address that stands open in the file for someone else (the former
    /// shared home) is known to all already, and its own field prints it.
    #[must_use]
    pub fn on_paper(dossier: &Dossier) -> Self {
        Self::looking_for(dossier, true)
    }

    fn looking_for(dossier: &Dossier, is_paper: bool) -> Self {
        let all = || dossier.persons.iter().flat_map(|person| &person.addresses);
        let open: Vec<&Address> = all().filter(|address| !address.is_shielded()).collect();
        let shielded: Vec<&Address> = all().filter(|address| address.is_shielded()).collect();
        Self::of_addresses(&shielded, &open, &known_places(dossier), is_paper)
    }

    /// What may not stand in a text, given addresses that nobody recorded yet.
    #[must_use]
    pub fn of_one(address: &Address, dossier: &Dossier) -> Self {
        let all = dossier.persons.iter().flat_map(|person| &person.addresses);
        let open: Vec<&Address> = all.filter(|address| !address.is_shielded()).collect();
        Self::of_addresses(&[address], &open, &known_places(dossier), false)
    }

    fn of_addresses(shielded: &[&Address], open: &[&Address], known: &BTreeSet<String>, is_paper: bool) -> Self {
        let open_lines: BTreeSet<String> = open.iter().flat_map(|address| lines(address)).collect();
        let open_streets: BTreeSet<String> = open.iter().flat_map(|address| street::names(&address.line)).collect();
        let (mut refused, mut told) = (BTreeSet::new(), BTreeSet::new());
        for address in shielded {
            let own = lines(address).into_iter().filter(|line| !is_paper || !open_lines.contains(line));
            refused.extend(own.filter(|line| is_long(line)).map(|folded| Needle { folded, whole: false }));
            let code = address.postcode.as_deref().map(fold).filter(|code| is_long(code));
            let openly =
                |code: &String| open.iter().any(|other| other.postcode.as_deref().map(fold).as_ref() == Some(code));
            refused.extend(code.filter(|code| !openly(code)).map(|folded| Needle { folded, whole: true }));
            for name in street::names(&address.line).into_iter().filter(|name| !open_streets.contains(name)) {
                let needles = street::spellings(&name).into_iter().map(|folded| Needle { folded, whole: true });
                if street::is_plain_street(&name) { refused.extend(needles) } else { told.extend(needles) }
            }
            let town = address.town.as_deref().map(fold).filter(|town| !known.contains(town));
            told.extend(town.map(|folded| Needle { folded, whole: true }));
        }
        told.retain(|needle| needle.folded.chars().count() >= SHORTEST_NAME);
        Self { refused: longest_first(refused), told: longest_first(told) }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.refused.is_empty() && self.told.is_empty()
    }

    /// Whether a text holds what may not stand there.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        self.first_in(text).is_some()
    }

    /// Whether a text names a town, or another name that is also an ordinary word, of a shielded address: with a
    /// capital, and nobody's open address lies there.
    #[must_use]
    pub fn names_town(&self, text: &str) -> bool {
        let folded = fold(text);
        let near = self.told.iter().any(|needle| folded.contains(&needle.folded));
        near && {
            let folded = Folded::of(text);
            self.told.iter().any(|needle| folded.find(needle, true).is_some())
        }
    }

    /// Puts other words in the place of every shielded address in a text; returns how many there were.
    pub fn redact(&self, text: &mut String, replacement: &str) -> usize {
        let mut count = 0;
        while let Some((start, end)) = self.first_in(text) {
            text.replace_range(start..end, replacement);
            count += 1;
        }
        count
    }

    /// Bytes of the first address in a text, the longest one first.
    fn first_in(&self, text: &str) -> Option<(usize, usize)> {
        // Hardly any text holds one: it is folded once before places are looked up.
        let quick = fold(text);
        if !self.refused.iter().any(|needle| quick.contains(&needle.folded)) {
            return None;
        }
        let folded = Folded::of(text);
        self.refused.iter().find_map(|needle| folded.find(needle, false))
    }
}

fn is_long(text: &str) -> bool {
    text.chars().count() >= SHORTEST
}

fn longest_first(needles: BTreeSet<Needle>) -> Vec<Needle> {
    let mut needles: Vec<Needle> = needles.into_iter().collect();
    needles.sort_by(|a, b| b.folded.len().cmp(&a.folded.len()).then_with(|| a.cmp(b)));
    needles
}

/// The line of an address, and each part of it with a number ("Opvang De Boom, Kerkstraat 3").
fn lines(address: &Address) -> Vec<String> {
    let has_number =
        |part: &&str| part.chars().any(|sign| sign.is_ascii_digit()) && part.chars().any(char::is_alphabetic);
    let parts = address.line.split([',', ';']).filter(has_number);
    std::iter::once(address.line.as_str()).chain(parts).map(fold).collect()
}

/// Towns that all know: of open addresses, of the courts and authorities, of the advocates' offices.
fn known_places(dossier: &Dossier) -> BTreeSet<String> {
    let persons = dossier.persons.iter();
    let open = persons.clone().flat_map(|person| &person.addresses).filter(|address| !address.is_shielded());
    let offices = persons.filter_map(|person| person.counsel.as_ref()?.place.as_deref());
    let courts = dossier.matters.iter().filter_map(|matter| matter.authority.place.as_deref());
    let towns = open.filter_map(|address| address.town.as_deref()).chain(offices).chain(courts);
    let mut known: BTreeSet<String> = towns.map(fold).collect();
    let names = dossier.matters.iter().map(|matter| matter.authority.name.as_str());
    let names = names.chain(dossier.organisations.iter().map(|organisation| organisation.name.as_str()));
    let words = names.flat_map(|name| name.split(|sign: char| !sign.is_alphanumeric()));
    known.extend(words.map(fold));
    known
}

#[cfg(test)]
mod tests;
