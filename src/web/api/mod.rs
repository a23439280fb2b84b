//! The JSON API under `/v1`, after the NL API Design Rules; one file per resource.

pub mod auditregels;
mod concepten;
mod dienstsleutels;
mod dossiers;
pub mod gebruikers;
mod gezondheid;
mod herziening;
pub mod inzendingen;
pub mod medewerkers;
mod sessies;
mod stukken;
mod teruglezen;
pub mod toewijzingen;
mod tokens;
mod uitleg;

pub use dossiers::{read_change, read_dossier};
pub use tokens::PATH as TOKENS;

use super::endpoint::{
    ADMINISTRATOR, ADVOCATE, ADVOCATE_ALONE, Access, CLERK, COURT, Endpoint, JSON, Method, OVERSEER, PARTNER, READERS,
};
use super::request::OnDate;
use crate::documents::{bundle, docx::read::LARGEST_FILE};

/// Largest dossier in bytes.
pub const DOSSIER_LIMIT: usize = 5_000_000;

/// A document as a file, by the end of its name.
const PAPER: &str =
    "application/pdf, text/html, application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Path of the review life of one document.
const EXPLAINED: &str = "/v1/dossiers/{dossier}/concepten/{concept}/uitleg/{naam}";
const REVIEW: &str = "/v1/dossiers/{dossier}/concepten/{concept}/herziening/{naam}";

/// Keys of the system of a partner.
const SERVICE_KEYS: &str = "/v1/gebruikers/{gebruiker}/sleutels";

/// Endpoints of the API.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    [
        session_endpoints(),
        dossier_endpoints(),
        draft_endpoints(),
        explanation_endpoints(),
        bundle_endpoints(),
        submission_endpoints(),
        other_endpoints(),
    ]
    .concat()
}

fn session_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Post, "/v1/sessies", Access::Everyone, sessies::sign_in)
            .titled("Meldt aan en geeft een token.")
            .takes::<sessies::SignInRequest>()
            .gives::<sessies::SessionView>(201),
        Endpoint::new(Method::Get, "/v1/sessies/huidige", Access::SignedIn, sessies::show)
            .titled("Wie is aangemeld.")
            .gives::<sessies::WhoView>(200),
        Endpoint::new(Method::Put, "/v1/sessies/huidige", Access::SignedIn, sessies::renew)
            .titled("Verlengt de sessie met een nieuw token.")
            .gives::<sessies::SessionView>(200),
        Endpoint::new(Method::Delete, "/v1/sessies/huidige", Access::SignedIn, sessies::sign_out)
            .titled("Meldt af; het token telt niet meer.")
            .gives_bytes(204, ""),
        Endpoint::new(Method::Post, tokens::PATH, Access::Everyone, tokens::exchange)
            .titled("Geeft het systeem van een ketenpartner een kort token, tegen een ondertekende verklaring.")
            .takes_form::<tokens::TokenRequest>()
            .gives::<tokens::TokenView>(200)
            .up_to(20_000),
        Endpoint::new(Method::Get, "/v1/sleutels", Access::Everyone, sessies::keys)
            .titled("Openbare sleutels waarmee een token is na te kijken (JWKS).")
            .gives::<sessies::KeySetView>(200),
    ]
}

fn dossier_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Get, "/v1/dossiers", READERS, dossiers::list)
            .titled("Zaken waaraan u bent toegewezen, nieuwste eerst.")
            .queried::<dossiers::ListQuery>()
            .gives::<dossiers::DossierList>(200),
        Endpoint::new(Method::Post, "/v1/dossiers", CLERK, dossiers::create)
            .titled("Neemt een dossier op. Noemt bij afkeuring alle problemen met hun plaats.")
            .queried::<crate::web::request::PlaceQuery>()
            .takes::<crate::dossier::model::Dossier>()
            .gives::<dossiers::VersionView>(201)
            .up_to(DOSSIER_LIMIT),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}", READERS, dossiers::show)
            .titled("Het dossier zoals u het mag zien.")
            .gives::<crate::dossier::model::Dossier>(200),
        Endpoint::new(Method::Put, "/v1/dossiers/{dossier}", CLERK, dossiers::replace)
            .titled("Legt een nieuwe versie vast, als de versie in If-Match nog de laatste is.")
            .queried::<crate::web::request::PlaceQuery>()
            .takes::<crate::dossier::model::Dossier>()
            .versioned()
            .gives::<dossiers::VersionView>(200)
            .up_to(DOSSIER_LIMIT),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/tijdlijn", READERS, dossiers::timeline)
            .titled("Alle gedateerde feiten op volgorde.")
            .queried::<OnDate>()
            .gives::<dossiers::Timeline>(200),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/samenvatting", READERS, dossiers::summary)
            .titled("Wat loopt, wie, wat geldt op de peildatum.")
            .queried::<OnDate>()
            .gives::<super::views::case::CaseSummary>(200),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/bevindingen", COURT, dossiers::findings)
            .titled("Bevindingen van alle kaders die van toepassing zijn, met vragen en verantwoording.")
            .queried::<OnDate>()
            .gives::<crate::assessment::model::Assessment>(200),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/conflicten", READERS, dossiers::conflicts)
            .titled("Botsende maatregelen, dekking per beschermde persoon, en termijnen.")
            .queried::<OnDate>()
            .gives::<crate::conflicts::model::ConflictReport>(200),
    ]
}

fn draft_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Post, "/v1/dossiers/{dossier}/concepten", COURT, concepten::make)
            .titled("Maakt concepten van één soort en noemt wat vaststellen tegenhoudt.")
            .takes::<concepten::DraftRequest>()
            .gives::<concepten::DraftView>(201),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/concepten", COURT, concepten::list)
            .titled("Gemaakte concepten, nieuwste eerst.")
            .gives::<concepten::DraftList>(200),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/concepten/{concept}", COURT, concepten::show)
            .titled("Een concept met zijn problemen en verantwoording.")
            .gives::<concepten::DraftView>(200),
        Endpoint::new(
            Method::Get,
            "/v1/dossiers/{dossier}/concepten/{concept}/documenten/{bestand}",
            COURT,
            concepten::download,
        )
        .titled("Een document van een concept als .pdf, .docx of .html.")
        .gives_bytes(200, PAPER),
        Endpoint::new(Method::Get, REVIEW, COURT, herziening::show)
            .titled("Een document met zijn stand, alinea's en stappen.")
            .gives::<herziening::PaperView>(200),
        Endpoint::new(Method::Post, REVIEW, COURT, herziening::step)
            .titled("Zet een stap: aanbieden, teruggeven, wijzigen, goedkeuren, verzegelen, herstellen of intrekken.")
            .takes::<herziening::StepRequest>()
            .gives::<herziening::PaperView>(200)
            .up_to(500_000),
        Endpoint::new(
            Method::Post,
            "/v1/dossiers/{dossier}/concepten/{concept}/teruglezen/{naam}",
            COURT,
            teruglezen::compare,
        )
        .titled("Legt een bewerkt Word-bestand naast de geldende tekst en geeft de verschillen; wijzigt niets.")
        .takes_file(super::readback::WORD)
        .gives::<teruglezen::ReturnedView>(200)
        .up_to(LARGEST_FILE),
        Endpoint::new(Method::Get, "/v1/controle/{code}", Access::Everyone, herziening::verify)
            .titled("Waar een gedrukte controlecode naar leidt; zonder inhoud van een zaak.")
            .gives::<herziening::CodeView>(200),
    ]
}

fn explanation_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Get, EXPLAINED, COURT, uitleg::show)
            .titled("Uitleg in gewone taal bij een verzegelde beslissing: voor wie, leesniveau en bestanden.")
            .gives::<uitleg::ExplainedView>(200),
        Endpoint::new(
            Method::Get,
            "/v1/dossiers/{dossier}/concepten/{concept}/uitleg/{naam}/{bestand}",
            COURT,
            uitleg::download,
        )
        .titled("Een uitleg als .pdf, .docx of .html.")
        .gives_bytes(200, PAPER),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/uitleg", ADVOCATE, uitleg::own)
            .titled("Verzegelde beslissingen met de uitleg voor de eigen cliënt.")
            .gives::<uitleg::ExplanationList>(200),
        Endpoint::new(
            Method::Get,
            "/v1/dossiers/{dossier}/uitleg/{concept}/{naam}/{bestand}",
            ADVOCATE,
            uitleg::own_download,
        )
        .titled("De uitleg voor de eigen cliënt, of de beslissing zelf, als .pdf, .docx of .html.")
        .gives_bytes(200, PAPER),
    ]
}

fn bundle_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/stukken", READERS, stukken::list)
            .titled("Stukken per zaak en datum, met de stand van hun bestand.")
            .gives::<stukken::DocumentTable>(200),
        Endpoint::new(Method::Post, "/v1/dossiers/{dossier}/stukken/{stuk}/bestand", CLERK, stukken::store)
            .titled("Slaat de pdf van een stuk op, na controle. Een eerder bestand blijft bewaard.")
            .takes_file(super::bundles::PDF)
            .gives::<stukken::FileView>(201)
            .up_to(bundle::LARGEST_FILE),
        Endpoint::new(Method::Put, "/v1/dossiers/{dossier}/stukken/{stuk}/nagezien", CLERK, stukken::check)
            .titled("Legt vast voor welke partijen het bestand is nagezien op afgeschermde gegevens.")
            .takes::<stukken::CheckRequest>()
            .gives::<stukken::DocumentView>(200),
        Endpoint::new(Method::Post, "/v1/dossiers/{dossier}/bundels", READERS, stukken::make)
            .titled("Begint met het maken van de eigen bundel, gefilterd voor wie hem vraagt.")
            .takes::<stukken::BundleRequest>()
            .gives::<stukken::BundleView>(202),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/bundels/{bundel}", READERS, stukken::show)
            .titled("Hoe ver de eigen bundel is.")
            .gives::<stukken::BundleView>(200),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/bundels/{bundel}/bestand", READERS, stukken::download)
            .titled("De eigen bundel als bestand.")
            .gives_bytes(200, super::bundles::PDF),
    ]
}

fn submission_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Post, "/v1/dossiers/{dossier}/veiligheidsinformatie", ADVOCATE, inzendingen::submit)
            .titled("Dient veiligheidsinformatie in namens de eigen cliënt en geeft een ontvangstbewijs.")
            .queried::<crate::web::request::PlaceQuery>()
            .takes::<inzendingen::SafetyRequest>()
            .gives::<inzendingen::ReceiptView>(201),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/inzendingen", READERS, inzendingen::list)
            .titled("Wat is ingediend: alles voor het gerecht, het eigene voor een advocaat.")
            .gives::<inzendingen::SubmissionList>(200),
        Endpoint::new(Method::Post, "/v1/leveringen", PARTNER, inzendingen::deliver)
            .titled("Levert gegevens aan een zaak en geeft een ontvangstbewijs.")
            .takes::<inzendingen::DeliveryRequest>()
            .gives::<inzendingen::ReceiptView>(201)
            .up_to(500_000),
        Endpoint::new(Method::Get, "/v1/leveringen", PARTNER, inzendingen::own_deliveries)
            .titled("Wat u zelf hebt geleverd, nieuwste eerst.")
            .queried::<dossiers::ListQuery>()
            .gives::<inzendingen::SubmissionList>(200),
        Endpoint::new(Method::Get, "/v1/dossiers/{dossier}/toewijzingen", COURT, toewijzingen::list)
            .titled("Wie aan de zaak is toegewezen.")
            .gives::<toewijzingen::AssignmentList>(200),
        Endpoint::new(Method::Post, "/v1/dossiers/{dossier}/toewijzingen", CLERK, toewijzingen::assign)
            .titled("Wijst een gebruiker aan de zaak toe.")
            .takes::<toewijzingen::AssignRequest>()
            .gives::<toewijzingen::AssignedView>(201),
        Endpoint::new(Method::Delete, "/v1/dossiers/{dossier}/toewijzingen/{toewijzing}", CLERK, toewijzingen::end)
            .titled("Beëindigt een toewijzing.")
            .gives_bytes(204, ""),
    ]
}

fn other_endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::new(Method::Get, "/v1/medewerkers", ADVOCATE_ALONE, medewerkers::list)
            .titled("Wie van het kantoor nu namens u werkt.")
            .gives::<medewerkers::DelegationList>(200),
        Endpoint::new(Method::Post, "/v1/medewerkers", ADVOCATE_ALONE, medewerkers::give)
            .titled("Laat een medewerker namens u werken in alle zaken van uw cliënten, tot en met een dag.")
            .takes::<medewerkers::DelegationRequest>()
            .gives::<medewerkers::GivenView>(201),
        Endpoint::new(Method::Delete, "/v1/medewerkers/{toegang}", ADVOCATE_ALONE, medewerkers::end)
            .titled("Beëindigt de toegang van een medewerker, met ingang van nu.")
            .gives_bytes(204, ""),
        Endpoint::new(Method::Get, "/v1/auditregels", OVERSEER, auditregels::list)
            .titled("Wie deed wat en wanneer, van een zaak of van het systeem; zonder inhoud van zaken.")
            .queried::<auditregels::AuditQuery>()
            .gives::<auditregels::AuditList>(200),
        Endpoint::new(Method::Get, "/v1/gebruikers", ADMINISTRATOR, gebruikers::list)
            .titled("Alle gebruikers.")
            .gives::<gebruikers::UserList>(200),
        Endpoint::new(Method::Post, "/v1/gebruikers", ADMINISTRATOR, gebruikers::add)
            .titled("Voegt een gebruiker toe.")
            .takes::<gebruikers::UserRequest>()
            .gives::<gebruikers::UserView>(201),
        Endpoint::new(Method::Get, SERVICE_KEYS, ADMINISTRATOR, dienstsleutels::list)
            .titled("Openbare sleutels waarmee het systeem van een ketenpartner zich aanmeldt.")
            .gives::<dienstsleutels::ServiceKeyList>(200),
        Endpoint::new(Method::Post, SERVICE_KEYS, ADMINISTRATOR, dienstsleutels::add)
            .titled("Legt zo’n sleutel vast; een wachtwoord telt dan niet meer.")
            .takes::<dienstsleutels::ServiceKeyRequest>()
            .gives::<dienstsleutels::ServiceKeyView>(201),
        Endpoint::new(
            Method::Delete,
            "/v1/gebruikers/{gebruiker}/sleutels/{sleutel}",
            ADMINISTRATOR,
            dienstsleutels::end,
        )
        .titled("Trekt zo’n sleutel in; zijn tokens tellen meteen niet meer.")
        .gives_bytes(204, ""),
        Endpoint::new(Method::Get, "/v1/schema", Access::Everyone, gezondheid::schema)
            .titled("JSON Schema van een dossierbestand.")
            .gives_bytes(200, "application/schema+json"),
        Endpoint::new(Method::Get, "/v1/openapi.json", Access::Everyone, gezondheid::openapi)
            .titled("Deze beschrijving.")
            .gives_bytes(200, JSON),
        Endpoint::new(Method::Get, "/gezondheid/leeft", Access::Everyone, gezondheid::alive)
            .titled("Of het programma draait."),
        Endpoint::new(Method::Get, "/gezondheid/gereed", Access::Everyone, gezondheid::ready)
            .titled("Of de database antwoordt."),
    ]
}
