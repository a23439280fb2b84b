//! Hearings and deadlines as an iCalendar file. A calendar is read on shared screens and telephones,
//! so a title says which case and whether it is a hearing or a deadline, and nothing else.

use crate::audit::View;
use crate::conflicts::model::{Deadline, DeadlineStatus};
use crate::shared::hash::sha256_hex;
use crate::shared::moment::{Instant, local_date};
use crate::web::case_view::CaseView;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::Request;
use chrono::{Duration, Utc};
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike};

/// Content type of the file.
pub const CALENDAR: &str = "text/calendar";

/// What is to come in a case, for who may see it.
pub fn download(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Conflicts)?;
    let dossier = &view.projection.dossier;
    let case = Case { id: &view.version.dossier_id, reference: &dossier.reference, link: link(request, &view) };
    let stamp = view.version.recorded_at;
    let mut calendar = Calendar::new();
    calendar.name("Combizitting");
    let hearings = dossier.matters.iter().flat_map(|matter| &matter.hearings).map(|hearing| hearing.at);
    let mut hearings: Vec<Instant> = hearings.filter(|at| local_date(at) >= view.on).collect();
    // Matters that are heard together have one hearing.
    hearings.sort_unstable();
    hearings.dedup();
    for at in hearings {
        calendar.push(case.event("Zitting", &at.to_rfc3339(), &at, &stamp, None));
    }
    // What a draft intends runs only once it is decided, and then comes by itself.
    let runs = |item: &&Deadline| item.status == DeadlineStatus::Running && !item.planned;
    for item in view.conflicts().deadlines.iter().filter(runs) {
        let identity = format!("{}|{}", item.fact, item.what);
        calendar.push(case.event("Termijn", &identity, &item.at, &stamp, item.alarm.as_ref()));
    }
    let name = format!("agenda-{}.ics", dossier.reference);
    Ok(Reply::bytes(200, "text/calendar; charset=utf-8", calendar.to_string().into_bytes()).as_download(&name))
}

fn link(request: &Request, view: &CaseView) -> String {
    let site = request.app.settings.public_origin.as_deref().unwrap_or_default().trim_end_matches('/');
    if site.is_empty() { String::new() } else { format!("{site}/zaken/{}/conflicten", view.version.dossier_id) }
}

struct Case<'a> {
    id: &'a str,
    reference: &'a str,
    link: String,
}

impl Case<'_> {
    /// One moment; the same deadline keeps its uid, so that a newer file moves it in a calendar. The
    /// uid is a hash: what it stands for cannot be read from it.
    fn event(&self, kind: &str, identity: &str, at: &Instant, stamp: &Instant, warn_at: Option<&Instant>) -> Event {
        let uid = sha256_hex(format!("{}|{kind}|{identity}", self.id).as_bytes());
        let mut event = Event::new();
        event
            .uid(&format!("{uid}@combizitting"))
            .summary(&format!("{kind} {}", self.reference))
            .class(Class::Private)
            .timestamp(stamp.with_timezone(&Utc))
            .starts(at.with_timezone(&Utc))
            .ends(at.with_timezone(&Utc));
        if !self.link.is_empty() {
            event.url(&self.link);
        }
        let before = warn_at.map_or(Duration::days(-1), |warn_at| *warn_at - *at);
        // Left to itself the crate gives an alarm a random uid and the time of today.
        let mut alarm = Alarm::display(&format!("{kind} {}", self.reference), before);
        alarm.uid(&format!("{uid}-alarm@combizitting")).timestamp(stamp.with_timezone(&Utc));
        event.alarm(alarm);
        event.done()
    }
}
