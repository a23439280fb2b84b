//! Whether a ban keeps someone away from the home at stake, and which home that is.

use super::bans::{About, Ban, Bans};
use super::case::{Case, in_use, is_dwelling, same_place};
use crate::dossier::model::{Address, AddressKind, MeasureRule};
use crate::shared::moment::local_date;

/// Bans on a home read at most to learn which home is at stake.
const MOST_HOMES: usize = 20;

/// Whether a ban keeps the restrained person away from the home of the protected one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HomeCover {
    /// Certainly.
    Yes,
    /// By the words of the order; the address is not linked in the dossier.
    ByDescription,
    /// No, or not known.
    No,
}

/// Whether a ban covers the home that is at stake between two people.
pub(super) fn home_cover(case: &Case<'_>, bans: &Bans<'_>, ban: &Ban<'_>) -> HomeCover {
    match ban.about {
        About::Home => HomeCover::Yes,
        About::Contact => HomeCover::No,
        About::Place => ban.rule.map_or(HomeCover::No, |rule| place_cover(case, bans, ban, rule)),
    }
}

/// Whether words name the home.
pub(super) fn names_home(words: &str) -> bool {
    let words = words.to_lowercase();
    ["woning", "woonadres", "woonhuis"].iter().any(|word| words.contains(word))
}

fn place_cover(case: &Case<'_>, bans: &Bans<'_>, ban: &Ban<'_>, rule: &MeasureRule) -> HomeCover {
    let homes = homes_at_stake(case, bans, ban);
    let linked = rule
        .places
        .iter()
        .filter_map(|place| place.address.as_ref().and_then(|id| case.address(id)))
        .any(|(_, banned)| homes.iter().any(|home| same_place(home, banned)));
    if linked {
        return HomeCover::Yes;
    }
    let by_words = rule.places.iter().any(|place| place.address.is_none() && names_home(&place.description));
    if by_words { HomeCover::ByDescription } else { HomeCover::No }
}

/// The home of the huisverbod or of exclusive use, when linked; otherwise where the protected person
/// has a home; only without one, where that person stays. A refuge does not stand in for the home.
fn homes_at_stake<'a>(case: &Case<'a>, bans: &Bans<'_>, ban: &Ban<'_>) -> Vec<&'a Address> {
    let of_bans: Vec<&Address> = bans
        .of(ban.restrained, ban.protected)
        .filter(|other| other.about == About::Home)
        .take(MOST_HOMES)
        .filter_map(|other| other.rule)
        .flat_map(|rule| &rule.places)
        .filter_map(|place| place.address.as_ref().and_then(|id| case.address(id)))
        .map(|(_, address)| address)
        .collect();
    if !of_bans.is_empty() {
        return of_bans;
    }
    let day = local_date(&ban.from.max(case.now.min(ban.until.unwrap_or(case.now))));
    let lived = |kinds: fn(AddressKind) -> bool| -> Vec<&'a Address> {
        let addresses = case.person(ban.protected).into_iter().flat_map(|person| &person.addresses);
        addresses.filter(|address| kinds(address.kind) && in_use(address, day)).collect()
    };
    let homes = lived(|kind| kind == AddressKind::Home);
    if homes.is_empty() { lived(is_dwelling) } else { homes }
}
