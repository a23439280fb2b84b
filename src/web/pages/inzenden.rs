//! Handing in: safety information by an advocate, deliveries by a partner, and what the court received.

use super::frame::{Frame, page, page_with_status};
use super::zaak::case_frame;
use crate::audit::View;
use crate::dossier::model::{EventKind, Label};
use crate::dossier::record::SafetySubmission;
use crate::shared::moment::dutch_moment;
use crate::web::api::inzendingen::{
    ConcernRequest, DeliveryRequest, ReceiptView, SafetyRequest, SubmissionView, all_own, deliver_to_case, of_case,
};
use crate::web::case_view::CaseView;
use crate::web::error::{InputProblem, WebError};
use crate::web::reply::Reply;
use crate::web::request::{Form, Request, checked};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct ReceiptLine {
    at: String,
    id: String,
    hash: String,
}

impl From<&ReceiptView> for ReceiptLine {
    fn from(receipt: &ReceiptView) -> Self {
        Self {
            at: dutch_moment(&receipt.ontvangen_op),
            id: receipt.ontvangstnummer.clone(),
            hash: receipt.hash.clone(),
        }
    }
}

#[derive(Serialize)]
struct SafetyView {
    case_id: String,
    client: String,
    receipt: Option<ReceiptLine>,
    kinds: Vec<KindChoice>,
    when: String,
    description: String,
    description_error: Option<String>,
    measures: String,
    wishes: String,
    questions: Vec<YesNo>,
    earlier: Vec<ReceiptLine>,
}

#[derive(Serialize)]
struct KindChoice {
    value: String,
    text: String,
    selected: bool,
}

#[derive(Serialize)]
struct YesNo {
    name: &'static str,
    legend: &'static str,
    yes: bool,
    no: bool,
    unknown: bool,
}

/// Kinds of conduct that the form offers.
const KINDS: [EventKind; 12] = [
    EventKind::Physical,
    EventKind::Sexual,
    EventKind::Psychological,
    EventKind::Economic,
    EventKind::CoerciveControl,
    EventKind::Stalking,
    EventKind::Threat,
    EventKind::PropertyDamage,
    EventKind::ChildAbuse,
    EventKind::ChildWitness,
    EventKind::BreachOfMeasure,
    EventKind::Other,
];

fn wire(kind: EventKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The form of the advocate.
pub fn safety_form(request: &Request) -> Result<Reply, WebError> {
    safety_page(request, 200, &Form::default(), None, &[])
}

fn safety_page(
    request: &Request,
    status: u16,
    form: &Form,
    receipt: Option<ReceiptLine>,
    problems: &[InputProblem],
) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Submissions)?;
    let client = view.access.person.as_ref().map(|person| view.projection.dossier.person_name(person));
    let question = |name: &'static str, legend: &'static str| {
        let given = form.text(name);
        YesNo { name, legend, yes: given == "ja", no: given == "nee", unknown: !matches!(given, "ja" | "nee") }
    };
    let content = SafetyView {
        case_id: view.version.dossier_id.clone(),
        client: client.unwrap_or_default(),
        receipt,
        kinds: KINDS
            .into_iter()
            .map(|kind| KindChoice {
                value: wire(kind),
                text: kind.label().to_owned(),
                selected: form.text("soort") == wire(kind),
            })
            .collect(),
        when: form.text("wanneer").to_owned(),
        description: form.text("omschrijving").to_owned(),
        description_error: problems
            .iter()
            .find(|problem| problem.pointer.ends_with("omschrijving"))
            .map(|problem| problem.melding.clone()),
        measures: form.text("maatregelen").to_owned(),
        wishes: form.text("wensen").to_owned(),
        questions: vec![
            question("adres_afschermen", "Moet het adres van uw cliënt verborgen blijven?"),
            question("apart_horen", "Wil uw cliënt apart van de ander worden gehoord?"),
        ],
        earlier: of_case(request)?.iter().map(|item| ReceiptLine::from(&item.ontvangst)).collect(),
    };
    let mut frame = case_frame(request, &view, "Veiligheidsinformatie");
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "veiligheidsinformatie", &frame, &content)
}

/// Hands in safety information.
pub fn submit_safety(request: &Request) -> Result<Reply, WebError> {
    let (actor, id) = (request.actor()?, request.id_param("dossier")?);
    let form = request.form()?;
    let outcome = safety_request(&form).and_then(checked).and_then(|given| {
        let info = SafetySubmission::from(given);
        Ok(ReceiptView::from(request.app.dossiers.submit_safety_info(actor, id, &info)?))
    });
    match outcome {
        Ok(receipt) => safety_page(request, 200, &Form::default(), Some(ReceiptLine::from(&receipt)), &[]),
        Err(WebError::Invalid(problems)) => {
            let problems: Vec<_> = problems
                .into_iter()
                .map(|problem| InputProblem { pointer: "/omschrijving".to_owned(), ..problem })
                .collect();
            safety_page(request, 422, &form, None, &problems)
        }
        Err(error) => Err(error),
    }
}

fn safety_request(form: &Form) -> Result<SafetyRequest, WebError> {
    let optional = |name: &str| Some(form.text(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let answer = |name: &str| match form.text(name) {
        "ja" => Some(true),
        "nee" => Some(false),
        _ => None,
    };
    let zorgen = match optional("omschrijving") {
        Some(omschrijving) => {
            let soort = KINDS.into_iter().find(|kind| wire(*kind) == form.text("soort")).unwrap_or(EventKind::Other);
            let wanneer = optional("wanneer");
            let concern = ConcernRequest { soort, wanneer, omschrijving, kinderen: Vec::new(), stukken: Vec::new() };
            // A nested problem has no field of its own in the error of the whole, so it is checked here.
            vec![checked(concern)?]
        }
        None => Vec::new(),
    };
    Ok(SafetyRequest {
        zorgen,
        maatregelen: form
            .text("maatregelen")
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        adres_afschermen: answer("adres_afschermen"),
        apart_horen: answer("apart_horen"),
        wensen: optional("wensen"),
    })
}

#[derive(Serialize)]
struct DeliveryView {
    receipt: Option<ReceiptLine>,
    cases: Vec<CaseChoice>,
    title: String,
    text: String,
    deliveries: Vec<ReceiptLine>,
}

#[derive(Serialize)]
struct CaseChoice {
    id: String,
    reference: String,
    selected: bool,
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
    let cases = request.app.dossiers.list(request.actor()?, None, 100)?.items;
    let content = DeliveryView {
        receipt,
        cases: cases
            .into_iter()
            .map(|item| CaseChoice {
                selected: form.text("dossier") == item.id,
                id: item.id,
                reference: item.reference,
            })
            .collect(),
        title: form.text("titel").to_owned(),
        text: form.text("tekst").to_owned(),
        deliveries: all_own(request)?.iter().map(|item| ReceiptLine::from(&item.ontvangst)).collect(),
    };
    let mut frame = Frame::new(request, "Leveringen");
    if !problems.is_empty() {
        frame = frame.with_field_problems(problems);
    }
    page_with_status(request, status, "leveringen", &frame, &content)
}

/// Delivers.
pub fn deliver(request: &Request) -> Result<Reply, WebError> {
    let form = request.form()?;
    let given = DeliveryRequest {
        dossier: form.text("dossier").to_owned(),
        titel: form.text("titel").to_owned(),
        gedateerd: None,
        tekst: form.text("tekst").to_owned(),
    };
    match checked(given).and_then(|given| deliver_to_case(request, given)) {
        Ok(receipt) => delivery_page(request, 200, &Form::default(), Some(ReceiptLine::from(&receipt)), &[]),
        Err(WebError::Invalid(problems)) => delivery_page(request, 422, &form, None, &problems),
        Err(error) => Err(error),
    }
}

#[derive(Serialize)]
struct ReceivedView {
    submissions: Vec<ReceivedLine>,
}

#[derive(Serialize)]
struct ReceivedLine {
    kind: &'static str,
    by: String,
    behalf: String,
    receipt: ReceiptLine,
    content: Vec<ContentLine>,
    taken: Option<i64>,
}

#[derive(Serialize)]
struct ContentLine {
    label: String,
    text: String,
}

/// What advocates and partners handed in, for the court.
pub fn received(request: &Request) -> Result<Reply, WebError> {
    let view = CaseView::load(request, View::Submissions)?;
    let dossier = &view.projection.dossier;
    let line = |item: SubmissionView| ReceivedLine {
        kind: if item.soort == "delivery" { "Levering" } else { "Veiligheidsinformatie" },
        by: item.door,
        behalf: dossier.party_name(&crate::shared::ids::PartyId(item.namens)),
        receipt: ReceiptLine::from(&item.ontvangst),
        content: content_lines(&item.inhoud),
        taken: item.opgenomen_in_versie,
    };
    let content = ReceivedView { submissions: of_case(request)?.into_iter().map(line).collect() };
    page(request, "inzendingen", &case_frame(request, &view, "Ingediend"), &content)
}

/// What was handed in, as labelled lines; empty parts are left out.
fn content_lines(content: &Value) -> Vec<ContentLine> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let answer = |value: &Value| value.as_bool().map(|yes| if yes { "ja" } else { "nee" }.to_owned());
    let field = |label: &str, text: Option<String>| {
        text.filter(|text| !text.is_empty()).map(|text| ContentLine { label: label.to_owned(), text })
    };
    let get = |name: &str| content.get(name).unwrap_or(&Value::Null);
    let mut lines: Vec<ContentLine> = [
        field("Titel", text(get("title"))),
        field("Inhoud", text(get("text"))),
        field("Adres verborgen houden", answer(get("hide_address"))),
        field("Apart horen", answer(get("heard_apart"))),
        field("Wensen voor de zitting", text(get("wishes"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    for concern in get("concerns").as_array().into_iter().flatten() {
        let part = |name: &str| concern.get(name).unwrap_or(&Value::Null);
        let kind = serde_json::from_value::<EventKind>(part("kind").clone()).map_or("zorg", Label::label);
        let when = text(part("when")).map(|when| format!(" ({when})")).unwrap_or_default();
        let what = text(part("description")).unwrap_or_default();
        lines.push(ContentLine { label: format!("Zorg: {kind}{when}"), text: what });
    }
    for measure in get("measures").as_array().into_iter().flatten().filter_map(text) {
        lines.push(ContentLine { label: "Maatregel die loopt".to_owned(), text: measure });
    }
    lines
}
