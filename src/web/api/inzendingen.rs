//! What advocates and partner organisations hand in, each with a receipt.

use crate::dossier::DossierError;
use crate::dossier::model::{AnswerStance, Domain, EventKind, Label};
use crate::dossier::record::{
    Delivery, HandedAddress, Receipt, SafetyConcern, SafetySubmission, StatementAnswer, Submission,
};
use crate::shared::ids::{FactId, PersonId};
use crate::shared::moment::Instant;
use crate::web::api::dossiers::ListQuery;
use crate::web::error::WebError;
use crate::web::reply::Reply;
use crate::web::request::{PlaceQuery, Request};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Safety information of a client.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SafetyRequest {
    /// What happened or is feared.
    #[serde(default)]
    #[validate(nested, length(max = 50, message = "Dien ten hoogste 50 zorgen tegelijk in."))]
    pub zorgen: Vec<ConcernRequest>,
    /// Bans, orders and arrangements that hold, in words.
    #[serde(default)]
    #[validate(length(max = 50, message = "Noem ten hoogste 50 maatregelen."))]
    pub maatregelen: Vec<String>,
    /// Whether the client's address must stay hidden; left out when not discussed.
    #[serde(default)]
    pub adres_afschermen: Option<bool>,
    /// The address itself; no other field may hold it.
    #[serde(default)]
    #[validate(nested)]
    pub adres: Option<AddressRequest>,
    /// Whether the client asks to be heard apart; left out when not discussed.
    #[serde(default)]
    pub apart_horen: Option<bool>,
    /// What is asked of the court for safety at the hearing.
    #[serde(default)]
    #[validate(length(max = 5000, message = "Houd dit onder de 5000 tekens."))]
    pub wensen: Option<String>,
    /// What the client says to statements of others, each to one.
    #[serde(default)]
    #[validate(nested, length(max = 100, message = "Geef ten hoogste 100 antwoorden tegelijk."))]
    pub antwoorden: Vec<AnswerRequest>,
}

/// An address for the court alone.
#[derive(Debug, Deserialize, Serialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AddressRequest {
    /// Street and number.
    #[validate(length(min = 1, max = 200, message = "Geef straat en nummer, in ten hoogste 200 tekens."))]
    pub regel: String,
    /// Postcode.
    #[serde(default)]
    #[validate(length(max = 20, message = "Houd de postcode onder de 20 tekens."))]
    pub postcode: Option<String>,
    /// Town.
    #[serde(default)]
    #[validate(length(max = 100, message = "Houd de plaats onder de 100 tekens."))]
    pub plaats: Option<String>,
    /// Country, when it is another one.
    #[serde(default)]
    #[validate(length(max = 100, message = "Houd het land onder de 100 tekens."))]
    pub land: Option<String>,
    /// Whether the client stays there; left out when there are children, it is theirs alone.
    #[serde(default)]
    pub client: Option<bool>,
    /// Children who stay there.
    #[serde(default)]
    #[validate(length(max = 50, message = "Noem ten hoogste 50 kinderen."))]
    pub kinderen: Vec<PersonId>,
}

/// What the client says to one statement.
#[derive(Debug, Deserialize, Serialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// The statement, by its id in the dossier.
    pub over: FactId,
    /// How the client answers it.
    pub antwoord: ClientAnswer,
    /// In words.
    #[serde(default)]
    #[validate(length(max = 5000, message = "Houd de toelichting onder de 5000 tekens."))]
    pub toelichting: Option<String>,
    /// Whether it must be shielded from the other side; left out when not said: then it is.
    #[serde(default)]
    pub afschermen: Option<bool>,
    /// Why, in words.
    #[serde(default)]
    #[validate(length(max = 2000, message = "Houd dit onder de 2000 tekens."))]
    pub afschermen_waarom: Option<String>,
}

/// How a client answers a statement of someone else; who says nothing to it, sends no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientAnswer {
    /// Erkent.
    Admits,
    /// Erkent deels.
    PartlyAdmits,
    /// Betwist.
    Disputes,
    /// Beroept zich op het zwijgrecht.
    Silence,
}

impl From<ClientAnswer> for AnswerStance {
    fn from(given: ClientAnswer) -> Self {
        match given {
            ClientAnswer::Admits => Self::Admits,
            ClientAnswer::PartlyAdmits => Self::PartlyAdmits,
            ClientAnswer::Disputes => Self::Disputes,
            ClientAnswer::Silence => Self::Silence,
        }
    }
}

impl Label for ClientAnswer {
    fn label(self) -> &'static str {
        AnswerStance::from(self).label()
    }
}

/// One concern.
#[derive(Debug, Deserialize, Serialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ConcernRequest {
    /// Kind of conduct.
    pub soort: EventKind,
    /// When, in words or as a date.
    #[serde(default)]
    #[validate(length(max = 300, message = "Houd dit onder de 300 tekens."))]
    pub wanneer: Option<String>,
    /// In words.
    #[validate(length(min = 1, max = 5000, message = "Beschrijf wat er is gebeurd, in ten hoogste 5000 tekens."))]
    pub omschrijving: String,
    /// Children who were exposed, by id.
    #[serde(default)]
    pub kinderen: Vec<PersonId>,
    /// Titles of documents that show it.
    #[serde(default)]
    pub stukken: Vec<String>,
    /// Whether it must be shielded from the other side; left out when not said: then it is.
    #[serde(default)]
    pub afschermen: Option<bool>,
    /// Why, in words.
    #[serde(default)]
    #[validate(length(max = 2000, message = "Houd dit onder de 2000 tekens."))]
    pub afschermen_waarom: Option<String>,
}

impl AddressRequest {
    /// As it is handed in: the client stays there unless it is said otherwise.
    fn handed(self, client: &PersonId) -> HandedAddress {
        let own = (self.client != Some(false)).then(|| client.clone());
        HandedAddress {
            line: self.regel,
            postcode: self.postcode,
            town: self.plaats,
            country: self.land,
            persons: own.into_iter().chain(self.kinderen).collect(),
        }
    }
}

impl SafetyRequest {
    /// As it is handed in for a client.
    #[must_use]
    pub fn for_client(mut self, client: &PersonId) -> SafetySubmission {
        let address = self.adres.take().map(|address| address.handed(client));
        SafetySubmission { address, ..self.into() }
    }
}

impl From<SafetyRequest> for SafetySubmission {
    fn from(given: SafetyRequest) -> Self {
        let concerns = given.zorgen.into_iter().map(|concern| SafetyConcern {
            kind: concern.soort,
            when: concern.wanneer,
            description: concern.omschrijving,
            children: concern.kinderen,
            documents: concern.stukken,
            shielded: concern.afschermen,
            shielded_why: concern.afschermen_waarom,
        });
        Self {
            concerns: concerns.collect(),
            measures: given.maatregelen,
            hide_address: given.adres_afschermen,
            address: None,
            heard_apart: given.apart_horen,
            wishes: given.wensen,
            answers: given
                .antwoorden
                .into_iter()
                .map(|answer| StatementAnswer {
                    about: answer.over,
                    stance: answer.antwoord.into(),
                    content: answer.toelichting,
                    shielded: answer.afschermen,
                    shielded_why: answer.afschermen_waarom,
                })
                .collect(),
        }
    }
}

/// A delivery by a partner organisation.
#[derive(Debug, Deserialize, JsonSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DeliveryRequest {
    /// Id of the dossier.
    #[validate(length(equal = 36, message = "Geef het nummer van het dossier."))]
    pub dossier: String,
    /// Title, for instance "Raadsrapport".
    #[validate(length(min = 1, max = 300, message = "Geef een titel van ten hoogste 300 tekens."))]
    pub titel: String,
    /// Day of the document.
    #[serde(default)]
    pub gedateerd: Option<NaiveDate>,
    /// Content in words.
    #[validate(length(min = 1, max = 100000, message = "Geef de inhoud, in ten hoogste 100.000 tekens."))]
    pub tekst: String,
    /// The legal domain it is meant for; left out when not known: then only the clerk reads it.
    #[serde(default)]
    pub rechtsgebied: Option<Domain>,
}

/// Proof of what was handed in.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReceiptView {
    /// Number of the submission.
    pub ontvangstnummer: String,
    /// When it was received.
    pub ontvangen_op: Instant,
    /// SHA-256 over the canonical JSON.
    pub hash: String,
    /// Name of the advocate, when someone of the office handed it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namens_advocaat: Option<String>,
    /// Name of who handed it in for that advocate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub door: Option<String>,
}

/// Submissions.
#[derive(Serialize, JsonSchema)]
pub struct SubmissionList {
    /// Of a case the oldest first, of all own deliveries the newest.
    pub inzendingen: Vec<SubmissionView>,
    /// Cursor for the next page of own deliveries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volgende: Option<String>,
}

/// One submission.
#[derive(Serialize, JsonSchema)]
pub struct SubmissionView {
    /// Id of the dossier.
    pub dossier: String,
    /// Receipt.
    pub ontvangst: ReceiptView,
    /// "safety_info" or "delivery".
    pub soort: String,
    /// Name of who handed it in.
    pub door: String,
    /// On whose behalf, by id in the dossier.
    pub namens: String,
    /// Content.
    pub inhoud: serde_json::Value,
    /// Version of the dossier that holds it.
    pub opgenomen_in_versie: Option<i64>,
}

impl From<Receipt> for ReceiptView {
    fn from(receipt: Receipt) -> Self {
        let (advocate, by) = receipt.on_behalf.map(|of| (of.advocate, of.by)).unzip();
        Self {
            ontvangstnummer: receipt.submission,
            ontvangen_op: receipt.received_at,
            hash: receipt.hash,
            namens_advocaat: advocate,
            door: by,
        }
    }
}

fn view(dossier: &str, submission: Submission) -> SubmissionView {
    SubmissionView {
        dossier: dossier.to_owned(),
        ontvangst: submission.receipt.into(),
        soort: submission.kind.as_str().to_owned(),
        door: submission.by,
        namens: submission.on_behalf_of,
        inhoud: submission.content,
        opgenomen_in_versie: submission.taken_in_version,
    }
}

/// Hands in safety information.
pub fn submit(request: &Request) -> Result<Reply, WebError> {
    let id = request.id_param("dossier")?;
    // Visibility first, so that a bad body does not tell that the case exists.
    let access = request.app.dossiers.access(request.actor()?, id)?;
    let client = access.person.ok_or(WebError::NotFound)?;
    let places = request.query::<PlaceQuery>()?.named_places();
    let info = request.json::<SafetyRequest>()?.for_client(&client);
    let receipt = request.app.dossiers.submit_safety_info(request.actor()?, id, &info, places).map_err(in_request)?;
    Reply::json(201, &ReceiptView::from(receipt))
}

/// How the fields of a submission are called in a request.
const NAMES: [(&str, &str); 9] = [
    ("concerns", "zorgen"),
    ("when", "wanneer"),
    ("description", "omschrijving"),
    ("documents", "stukken"),
    ("measures", "maatregelen"),
    ("wishes", "wensen"),
    ("answers", "antwoorden"),
    ("content", "toelichting"),
    ("shielded_why", "afschermen_waarom"),
];

/// A refusal with the places as they are in the request.
fn in_request(error: DossierError) -> WebError {
    let told = |part: &str| NAMES.iter().find(|(name, _)| *name == part).map_or(part, |(_, told)| told).to_owned();
    let mut error = WebError::from(error);
    if let WebError::Invalid(problems) = &mut error {
        for problem in problems {
            problem.pointer = problem.pointer.split('/').map(told).collect::<Vec<_>>().join("/");
        }
    }
    error
}

/// What was handed in, as far as the reader may see it.
pub fn list(request: &Request) -> Result<Reply, WebError> {
    Reply::json(200, &SubmissionList { inzendingen: of_case(request)?, volgende: None })
}

/// What was handed in in the case of the path, as far as the reader may see it.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn of_case(request: &Request) -> Result<Vec<SubmissionView>, WebError> {
    let id = request.id_param("dossier")?;
    let found = request.app.dossiers.submissions(request.actor()?, id)?;
    Ok(found.into_iter().map(|item| view(id, item)).collect())
}

/// Delivers to a case.
pub fn deliver(request: &Request) -> Result<Reply, WebError> {
    let given: DeliveryRequest = request.json()?;
    Reply::json(201, &deliver_to_case(request, given)?)
}

/// Delivers to a case.
///
/// # Errors
/// Not found when the case is not theirs.
pub fn deliver_to_case(request: &Request, given: DeliveryRequest) -> Result<ReceiptView, WebError> {
    let delivery =
        Delivery { title: given.titel, made_on: given.gedateerd, text: given.tekst, domain: given.rechtsgebied };
    Ok(request.app.dossiers.deliver(request.actor()?, &given.dossier, &delivery)?.into())
}

/// Own deliveries over all cases.
pub fn own_deliveries(request: &Request) -> Result<Reply, WebError> {
    let query: ListQuery = request.query()?;
    let page =
        request.app.dossiers.own_deliveries(request.actor()?, query.na.as_deref(), query.aantal.unwrap_or(50))?;
    let inzendingen = page.items.into_iter().map(|item| view(&item.dossier_id, item.submission)).collect();
    Reply::json(200, &SubmissionList { inzendingen, volgende: page.next })
}
