//! Mijn zittingen: the hearings of one's own cases by day, from today on; the day stands in the address.

use super::frame::{Frame, page};
use crate::dossier::agenda::{From, MomentPlace, OwnHearing};
use crate::dossier::model::Label;
use crate::identity::Role;
use crate::shared::dutch::{capital, list};
use crate::shared::moment::{dutch_date, dutch_weekday_date, local_date, start_of_day, to_local};
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use chrono::{NaiveDate, Timelike};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use validator::Validate;

/// Hearings on a page.
const HEARINGS: i64 = 25;

/// From where the list is shown.
#[derive(Debug, Default, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AgendaQuery {
    /// First day (YYYY-MM-DD); today when left out.
    #[serde(default)]
    pub vanaf: String,
    /// Place after which the page begins.
    #[serde(default)]
    #[validate(length(max = 100, message = "Dit is geen plaats in de lijst."))]
    pub na: String,
}

impl AgendaQuery {
    /// The first day, when one was given.
    ///
    /// # Errors
    /// When it is no day.
    pub fn day(&self) -> Result<Option<NaiveDate>, WebError> {
        let wrong = |_| WebError::Malformed("Geef de dag als jjjj-mm-dd, bijvoorbeeld 2026-11-22.".to_owned());
        match self.vanaf.trim() {
            "" => Ok(None),
            given => given.parse().map(Some).map_err(wrong),
        }
    }

    /// From where the page begins, when nothing is asked from this day on.
    ///
    /// # Errors
    /// When the place is none.
    pub fn from(&self, day: NaiveDate) -> Result<From, WebError> {
        match self.na.as_str() {
            "" => Ok(From::Moment(start_of_day(day).timestamp_micros())),
            place => MomentPlace::parse(place)
                .map(From::Place)
                .ok_or_else(|| WebError::Malformed("De plaats in het adres klopt niet.".to_owned())),
        }
    }

    /// Address of the page after this place.
    #[must_use]
    pub fn after(&self, path: &str, place: &MomentPlace) -> String {
        format!("{path}?vanaf={}&na={}", self.vanaf.trim(), place.told())
    }
}

#[derive(Serialize)]
struct HearingsView {
    /// Whether every hearing is known.
    whole: bool,
    from: String,
    asked: String,
    days: Vec<DayView>,
    next: Option<String>,
    empty: &'static str,
}

#[derive(Serialize)]
struct DayView {
    key: String,
    title: String,
    hearings: Vec<HearingLine>,
}

#[derive(Serialize)]
struct HearingLine {
    time: String,
    id: String,
    reference: String,
    form: String,
    matters: String,
    place: String,
    courts: Vec<String>,
}

/// The hearings.
pub fn show(request: &Request) -> Result<Reply, WebError> {
    let query: AgendaQuery = request.query()?;
    let (actor, today) = (request.actor()?, request.app.today());
    let day = query.day()?.unwrap_or(today);
    let (found, next) = request.app.dossiers.hearings(actor, &query.from(day)?, HEARINGS)?;
    let content = HearingsView {
        whole: request.app.agenda_is_whole.load(Ordering::Acquire),
        from: if day == today { "vandaag".to_owned() } else { dutch_date(day) },
        asked: day.to_string(),
        days: by_day(found, today),
        next: next.map(|place| query.after("/zittingen", &place)),
        empty: when_empty(actor.role),
    };
    page(request, "zittingen", &Frame::new(request, "Mijn zittingen"), &content)
}

fn by_day(found: Vec<OwnHearing>, today: NaiveDate) -> Vec<DayView> {
    let mut days: Vec<DayView> = Vec::new();
    for one in found {
        let day = local_date(&one.at);
        let key = format!("dag-{day}");
        let line = line(one);
        match days.last_mut().filter(|last| last.key == key) {
            Some(last) => last.hearings.push(line),
            None => days.push(DayView { key, title: day_title(day, today), hearings: vec![line] }),
        }
    }
    days
}

/// "Vandaag, donderdag 19 november 2026".
#[must_use]
pub fn day_title(day: NaiveDate, today: NaiveDate) -> String {
    let told = dutch_weekday_date(day);
    match (day - today).num_days() {
        0 => format!("Vandaag, {told}"),
        1 => format!("Morgen, {told}"),
        _ => capital(&told),
    }
}

fn line(one: OwnHearing) -> HearingLine {
    let (local, hearing) = (to_local(&one.at), one.hearing);
    let matters: Vec<String> = hearing.matters.iter().map(|kind| kind.label().to_owned()).collect();
    let place: Vec<String> = [hearing.place, hearing.room].into_iter().flatten().collect();
    HearingLine {
        // What begins with the day has no hour in the file.
        time: match (local.hour(), local.minute()) {
            (0, 0) => "tijd niet bekend".to_owned(),
            (hour, minute) => format!("{hour:02}.{minute:02} uur"),
        },
        id: one.dossier_id,
        reference: one.reference,
        form: capital(&list(&hearing.forms)),
        matters: list(&matters),
        place: place.join(", "),
        courts: hearing.courts,
    }
}

/// What who has no hearings can do.
fn when_empty(role: Role) -> &'static str {
    match role {
        Role::Griffier => "Leg een zitting vast bij de zaak waarin zij is: Onderdelen, Zaken. Dan staat zij hier.",
        Role::Rechter => {
            "De griffier legt een zitting vast in het dossier; dan staat zij hier. Al uw zaken vindt u bij Mijn zaken."
        }
        _ => {
            "Het gerecht legt een zitting vast in het dossier; dan staat zij hier. Al uw zaken vindt u bij Mijn zaken."
        }
    }
}
