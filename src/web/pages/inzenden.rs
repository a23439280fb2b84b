//! Deliveries by a partner, and what the court received.

use super::frame::{Frame, page, page_with_status};
use super::rechtsgebieden::{self, DomainChoice};
use super::veilig::ReceiptLine;
use super::zaak::case_frame;
use crate::audit::View;
use crate::db::new_id;
use crate::dossier::DossierError;
use crate::dossier::model::secrets::Secrets;
use crate::dossier::model::{Address, Domain, Dossier, Event, Label};
use crate::dossier::record::{OwnDelivery, SafetySubmission};
use crate::identity::Role;
use crate::shared::ids::{AddressId, PersonId};
use crate::shared::moment::dutch_moment;
use crate::web::api::inzendingen::{DeliveryRequest, SubmissionView, deliver_to_case, of_case};
use crate::web::case_view::CaseView;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request, checked};
use crate::web::views::submission::{self, LabelledLine};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::Validate;

/// Field with the reference of the case.
const CASE: &str = "zaak";
/// Deliveries on a page.
const AT_ONCE: i64 = 50;

/// Which deliveries are shown.
#[derive(Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DeliveriesQuery {
    /// Cursor of the page before.
    #[serde(default)]
    #[validate(length(max = 36))]
    na: Option<String>,
}

#[derive(Serialize)]
struct DeliveryView {
    receipt: Option<ReceiptLine>,
    case: String,
    newest_cases: Vec<String>,
    domains: Vec<DomainChoice>,
    title: String,
    text: String,
    deliveries: Vec<DeliveredLine>,
    next: Option<String>,
}

#[derive(Serialize)]
struct DeliveredLine {
    reference: String,
    title: String,
    at: String,
    id: String,
    taken: bool,
}

impl From<OwnDelivery> for DeliveredLine {
    fn from(item: OwnDelivery) -> Self {
        let title = item.submission.content.get("title").and_then(Value::as_str).unwrap_or_default();
        Self {
            reference: item.reference,
            title: title.to_owned(),
            at: dutch_moment(&item.submission.receipt.received_at),
            taken: item.submission.taken_in_version.is_some(),
            id: item.submission.receipt.submission,
        }
    }
}

/// The form of a partner organisation.
pub fn delivery_form(request: &Request) -> Result<Reply, WebError> {
    delivery_page(request, 200, &Form::default(), None, &[])
}

fn delivery_page(
    request: &Request,
    status: u16,
    form: &Form,
    receipt: Option<ReceiptLine>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let (actor, query) = (request.actor()?, request.query::<DeliveriesQuery>()?);
    let dossiers = &request.app.dossiers;
    let own = dossiers.own_deliveries(actor, query.na.as_deref(), AT_ONCE)?;
    let content = DeliveryView {
        receipt,
        case: form.text(CASE).to_owned(),
        newest_cases: dossiers.list(actor, None, 100)?.items.into_iter().map(|item| item.reference).collect(),
        domains: rechtsgebieden::choices(&chosen_domain(form)),
        title: form.text("titel").to_owned(),
        text: form.text("tekst").to_owned(),
        deliveries: own.items.into_iter().map(DeliveredLine::from).collect(),
        next: own.next.map(|next| format!("/leveringen?na={next}")),
    };
    let mut frame = Frame::new(request, "Leveringen");
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "leveringen", &frame, &content)
}

/// The one domain for which something is delivered.
fn chosen_domain(form: &Form) -> [String; 1] {
    [form.text(rechtsgebieden::FIELD).to_owned()]
}

/// Delivers.
pub fn deliver(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let dossier = match request.app.dossiers.own_case(request.actor()?, form.text(CASE).trim()) {
        Ok(dossier) => dossier,
        Err(DossierError::NotFound) => {
            let told = "Geef het kenmerk van een zaak waarin u gegevens kunt leveren.";
            return delivery_page(request, 422, &form, None, &[InputProblem::field(CASE, "unknown_case", told)]);
        }
        Err(error) => return Err(error.into()),
    };
    let given = DeliveryRequest {
        dossier,
        titel: form.text("titel").to_owned(),
        gedateerd: None,
        tekst: form.text("tekst").to_owned(),
        rechtsgebied: rechtsgebieden::chosen_in(&chosen_domain(&form)).first().copied(),
    };
    match checked(given).and_then(|given| deliver_to_case(request, given)) {
        Ok(receipt) => delivery_page(request, 200, &Form::default(), Some(ReceiptLine::from(&receipt)), &[]),
        Err(WebError::Invalid(problems)) => delivery_page(request, 422, &form, None, &problems),
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct ReceivedView {
    case_id: String,
    for_clerk: bool,
    version: i64,
    submissions: Vec<ReceivedLine>,
}

#[derive(Serialize)]
struct ReceivedLine {
    kind: &'static str,
    by: String,
    behalf: String,
    receipt: ReceiptLine,
    content: Vec<LabelledLine>,
    taken: Option<i64>,
    /// What of it can be taken over, each in a form that it is put in.
    parts: Vec<PartLine>,
    /// Whether its text holds an address that may not stand in a text.
    holds_secret: bool,
    /// Whether its text names the town of one.
    names_town: bool,
    /// Whether an address was handed in that does not stand in the dossier yet.
    address: bool,
}

/// A part of what was handed in, with where it is taken over.
#[derive(Serialize)]
struct PartLine {
    href: String,
    text: String,
}

/// The events and answers of safety information.
fn parts(dossier: &Dossier, id: &str, item: &SubmissionView) -> Vec<PartLine> {
    let Ok(info) = serde_json::from_value::<SafetySubmission>(item.inhoud.clone()) else { return Vec::new() };
    let number = &item.ontvangst.ontvangstnummer;
    let place = |key: &str| format!("/zaken/{id}/onderdelen/gebeurtenissen/{key}?uit={number}");
    let events = info.concerns.iter().enumerate().map(|(at, concern)| PartLine {
        href: format!("{}&gebeurtenis={}", place("nieuw"), at.saturating_add(1)),
        text: format!("Gebeurtenis {} overnemen: {}", at.saturating_add(1), concern.kind.label()),
    });
    let answers = info.answers.iter().enumerate().filter_map(|(at, answer)| {
        let of = |event: &&Event| event.statements.iter().any(|said| said.id == answer.about);
        let event = dossier.events.iter().find(of)?;
        Some(PartLine {
            href: format!("{}&antwoord={}", place(event.id.as_str()), at.saturating_add(1)),
            text: format!("Antwoord {} overnemen: {}", at.saturating_add(1), answer.stance.label()),
        })
    });
    events.chain(answers).collect()
}

/// What advocates and partners handed in, for the court.
pub fn received(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load_for_today(request, View::Submissions)?;
    let dossier = &view.projection.dossier;
    let secrets = Secrets::of(dossier);
    let line = |item: SubmissionView| ReceivedLine {
        names_town: secrets.towns_in(&item.inhoud).iter().any(|place| !place.starts_with("/address/")),
        holds_secret: secrets.places_in(&item.inhoud).iter().any(|place| !place.starts_with("/address/")),
        address: !missing_from(dossier, &item.inhoud).is_empty(),
        parts: parts(dossier, &view.version.dossier_id, &item),
        kind: if item.soort == "delivery" { "Levering" } else { "Veiligheidsinformatie" },
        by: item.door,
        behalf: dossier.party_name(&crate::shared::ids::PartyId(item.namens)),
        receipt: ReceiptLine::from(&item.ontvangst),
        content: content_lines(dossier, &item.inhoud),
        taken: item.opgenomen_in_versie,
    };
    let for_clerk = request.actor()?.role == Role::Griffier;
    let submissions = of_case(request)?.into_iter().map(line).collect();
    let version = view.version.version;
    let content = ReceivedView { case_id: view.version.dossier_id.clone(), for_clerk, version, submissions };
    let message = match request.query.as_str() {
        "opgenomen=ja" => Some("Vastgelegd dat dit nu in het dossier staat."),
        "opgenomen=adres" => Some(
            "Het adres staat nu in het dossier, in een nieuwe versie. Het is afgeschermd: alleen rechter, griffier en de eigen \
             advocaat met kantoor zien het.",
        ),
        "opgenomen=adres-open" => Some(
            "Het adres staat nu in het dossier, in een nieuwe versie. Het is niet afgeschermd: dat is bij het indienen zo \
             gezegd.",
        ),
        _ => None,
    };
    page(request, "inzendingen", &case_frame(request, &view, "Ingediend").with_message(message), &content)
}

/// Records that something handed in now stands in the dossier.
pub fn take(request: &Request) -> Result<Reply, WebError> {
    let (actor, id, form) = (request.actor()?, request.id_param("dossier")?, request.form()?);
    if form.text("actie") == "adres" {
        return take_address(request, &form);
    }
    request.app.dossiers.take_submission(actor, id, form.text("stuk"))?;
    Ok(Reply::redirect(format!("/zaken/{id}/inzendingen?opgenomen=ja")))
}

/// Records the address that was handed in with each of who stay there, as secret as the client said.
fn take_address(request: &Request, form: &Form) -> Result<Reply, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    let version: i64 = form.text("versie").parse().map_err(|_| WebError::PreconditionRequired)?;
    let handed = of_case(request)?.into_iter().find(|item| item.ontvangst.ontvangstnummer == form.text("stuk"));
    let handed = handed.ok_or(WebError::NotFound)?;
    let mut dossier = request.app.dossiers.get(actor, id, View::Submissions)?.dossier;
    let mut done = "adres-open";
    for (person, address) in missing_from(&dossier, &handed.inhoud) {
        if let Some(known) = dossier.persons.iter_mut().find(|known| known.id == person) {
            if address.is_shielded() {
                done = "adres";
            }
            known.addresses.push(address);
        }
    }
    request.app.dossiers.update(actor, id, version, &dossier)?;
    Ok(Reply::redirect(format!("/zaken/{id}/inzendingen?opgenomen={done}")))
}

/// The address that was handed in, for each of who stay there with whom it does not stand yet.
fn missing_from(dossier: &Dossier, content: &Value) -> Vec<(PersonId, Address)> {
    let Ok(info) = serde_json::from_value::<SafetySubmission>(content.clone()) else { return Vec::new() };
    let Some(handed) = info.address else { return Vec::new() };
    let stands = |person: &PersonId| {
        let known = dossier.persons.iter().find(|known| known.id == *person);
        known.is_none_or(|known| known.addresses.iter().any(|address| address.line == handed.line))
    };
    let persons = handed.persons.iter().filter(|person| !stands(person));
    persons
        .map(|person| (person.clone(), handed.recorded(AddressId(format!("n-{}", new_id())), info.hide_address)))
        .collect()
}

/// What was handed in, as labelled lines: safety information in the words in which the advocate looked at it.
fn content_lines(dossier: &Dossier, content: &Value) -> Vec<LabelledLine> {
    if let Ok(info) = serde_json::from_value::<SafetySubmission>(content.clone()) {
        return submission::all(dossier, "Cliënt", &info);
    }
    let text = |name: &str| content.get(name).and_then(Value::as_str).map(str::to_owned);
    let domain = content.get("domain").cloned().and_then(|domain| serde_json::from_value::<Domain>(domain).ok());
    let lines = [
        ("Titel", text("title")),
        ("Gedateerd", text("made_on")),
        ("Voor", domain.map(|domain| domain.label().to_owned())),
        ("Inhoud", text("text")),
    ];
    let given = lines.into_iter().filter_map(|(label, text)| Some((label, text.filter(|text| !text.is_empty())?)));
    given.map(|(label, text)| submission::line(label, text)).collect()
}
