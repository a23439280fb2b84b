//! The pages: plain HTML that works without scripts; one file per part of the site.

mod aanbieder;
mod aanmelden;
mod account;
mod agenda;
mod alinea;
mod beheer;
mod bewaren;
mod bundel;
mod concepten;
mod dienstsleutels;
mod eerder;
mod elders;
pub mod frame;
mod gebruiker;
mod herziening;
mod inrichting;
mod invoer;
mod invullen;
mod inzenden;
mod log;
mod medewerkers;
mod mogelijkheden;
mod onderdelen;
mod oordeel;
mod rechtsgebieden;
mod termijnen;
mod teruglezen;
mod toegewezen;
mod toewijzen;
mod tweede_factor;
mod uitleg;
mod veilig;
mod verklaring;
mod verzegelen;
mod voorbeeld;
mod voornemen;
mod waar;
mod werk;
mod zaak;
mod zaken;
mod zeker;
mod zittingen;
mod zoeken;

use super::api::DOSSIER_LIMIT;
use super::endpoint::{
    ADMINISTRATOR, ADVOCATE, ADVOCATE_ALONE, Access, CLERK, COURT, Endpoint, JSON, JUDGE, MANAGERS, Method, OVERSEER,
    PARTNER, READERS,
};
use super::request::OnDate;
use crate::documents::{bundle, docx::read::LARGEST_FILE};

/// Endpoints of the site.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    [general(), lists(), cases(), drafts(), registry(), sections(), bundles(), submissions(), management()].concat()
}

fn page(path: &'static str, access: Access, handler: super::endpoint::Handler) -> Endpoint {
    Endpoint::new(Method::Get, path, access, handler)
}

fn form(path: &'static str, access: Access, handler: super::endpoint::Handler) -> Endpoint {
    Endpoint::new(Method::Post, path, access, handler)
}

fn general() -> Vec<Endpoint> {
    vec![
        page("/", Access::SignedIn, aanmelden::home).titled("Naar het eerste scherm van de eigen rol."),
        page("/aanmelden", Access::Everyone, aanmelden::show).titled("Aanmelden."),
        form("/aanmelden", Access::Everyone, aanmelden::sign_in).titled("Aanmelden.").up_to(8_000),
        form("/aanmelden/code", Access::Everyone, aanmelden::give_code)
            .titled("De code uit de app bij het aanmelden.")
            .up_to(8_000),
        form("/aanmelden/sleutel", Access::Everyone, aanmelden::give_key)
            .titled("Het antwoord van een beveiligingssleutel bij het aanmelden.")
            .up_to(16_000),
        page("/aanmelden/aanbieder", Access::Everyone, aanbieder::depart)
            .titled("Naar de aanbieder om daar aan te melden, als die is ingesteld.")
            .queried::<aanmelden::NextQuery>(),
        page("/aanmelden/aanbieder/terug", Access::Everyone, aanbieder::arrive)
            .titled("Terug van de aanbieder.")
            .queried::<aanbieder::ReturnQuery>(),
        page("/afgemeld", Access::Everyone, aanbieder::signed_out)
            .titled("Afgemeld, en door om ook bij de aanbieder af te melden."),
        form("/afmelden", Access::SignedIn, aanmelden::sign_out).titled("Afmelden.").up_to(8_000).before_factor(),
        page("/toegankelijkheid", Access::Everyone, verklaring::show).titled("Toegankelijkheidsverklaring."),
        page("/weg", Access::SignedIn, aanmelden::leave)
            .titled("Snel weg: afmelden en naar een onschuldige site.")
            .before_factor(),
        page("/sessie", Access::SignedIn, aanmelden::session_left)
            .titled("Hoe lang de eigen sessie nog duurt.")
            .gives_bytes(200, JSON)
            .before_factor(),
        form("/sessie", Access::SignedIn, aanmelden::stay).titled("Aangemeld blijven.").up_to(8_000).before_factor(),
        page("/account", Access::SignedIn, account::show).titled("Het eigen account."),
        form("/account", Access::SignedIn, account::change_password)
            .titled("Het eigen wachtwoord wijzigen.")
            .up_to(8_000),
        page("/account/tweede-factor", Access::SignedIn, tweede_factor::show)
            .titled("De eigen tweede factor.")
            .before_factor(),
        form("/account/tweede-factor", Access::SignedIn, tweede_factor::act)
            .titled(
                "De eigen tweede factor instellen of verwijderen, nieuwe herstelcodes maken, of een beveiligingssleutel \
                 toevoegen of verwijderen.",
            )
            .up_to(16_000)
            .before_factor(),
        page("/controle", Access::Everyone, herziening::check)
            .titled("Een controlecode van papier nakijken.")
            .queried::<herziening::CheckQuery>(),
        page("/statisch/{bestand}", Access::Everyone, aanmelden::asset).titled("Opmaak, script en beeldmerk."),
    ]
}

/// Over all own cases.
fn lists() -> Vec<Endpoint> {
    vec![
        page("/zaken", READERS, zaken::list)
            .titled("Mijn zaken, te zoeken op kenmerk en dag.")
            .queried::<zaken::CasesQuery>(),
        page("/zittingen", READERS, zittingen::show)
            .titled("Zittingen in de eigen zaken, per dag.")
            .queried::<zittingen::AgendaQuery>(),
        page("/termijnen", COURT, termijnen::show)
            .titled("Termijnen in de eigen zaken die nog openstaan, per dag.")
            .queried::<zittingen::AgendaQuery>(),
        page("/werk", COURT, werk::show)
            .titled("Wat in de eigen zaken wacht: documenten onderweg, en wat is ingediend.")
            .queried::<werk::WorkQuery>(),
        page("/zaken/nieuw", CLERK, invoer::show_new).titled("Nieuw dossier toevoegen."),
        form("/zaken/nieuw", CLERK, invoer::create).titled("Nieuw dossier toevoegen.").up_to(DOSSIER_LIMIT),
    ]
}

fn cases() -> Vec<Endpoint> {
    vec![
        page("/zaken/{dossier}", READERS, zaak::overview).titled("Overzicht van de zaak.").queried::<OnDate>(),
        page("/zaken/{dossier}/tijdlijn", READERS, zaak::timeline).titled("Tijdlijn.").queried::<zaak::TimelineQuery>(),
        page("/zaken/{dossier}/agenda.ics", READERS, agenda::download)
            .titled("Zittingen en termijnen als agendabestand, met neutrale titels.")
            .queried::<OnDate>()
            .gives_bytes(200, agenda::CALENDAR),
        page("/zaken/{dossier}/zoeken", READERS, zoeken::show)
            .titled("Zoeken in wat men van de zaak mag zien.")
            .queried::<zoeken::SearchQuery>(),
        page("/zaken/{dossier}/bevindingen", COURT, zaak::findings).titled("Bevindingen per norm.").queried::<OnDate>(),
        page("/zaken/{dossier}/mogelijkheden", COURT, mogelijkheden::show)
            .titled("Wat kan worden beslist, van licht naar zwaar, met wat ervoor en ertegen pleit.")
            .queried::<OnDate>(),
        page("/zaken/{dossier}/oordeel", JUDGE, oordeel::show)
            .titled("Eigen oordeel over een bevinding.")
            .queried::<oordeel::JudgementQuery>(),
        form("/zaken/{dossier}/oordeel", JUDGE, oordeel::record)
            .titled("Eigen oordeel vastleggen of intrekken, of bewaren voor later.")
            .keeping(&oordeel::KEEPING),
        page("/zaken/{dossier}/conflicten", READERS, zaak::conflicts)
            .titled("Conflicten, dekking en termijnen.")
            .queried::<OnDate>(),
        page("/zaken/{dossier}/voornemen/{soort}", COURT, voornemen::show)
            .titled("De voorgenomen beslissing in vragen, met het papier ernaast.")
            .queried::<voornemen::PlanQuery>(),
        form("/zaken/{dossier}/voornemen/{soort}", COURT, voornemen::work)
            .titled("De voorgenomen beslissing bekijken, vastleggen of wissen, of bewaren voor later.")
            .keeping(&voornemen::KEEPING)
            .up_to(voornemen::FORM_LIMIT),
    ]
}

fn drafts() -> Vec<Endpoint> {
    vec![
        page("/zaken/{dossier}/concepten", COURT, concepten::list).titled("Concepten."),
        form("/zaken/{dossier}/concepten", COURT, concepten::make).titled("Concept maken."),
        page("/zaken/{dossier}/concepten/{concept}", COURT, concepten::show)
            .titled("Een concept.")
            .queried::<concepten::DraftQuery>(),
        form("/zaken/{dossier}/concepten/{concept}", COURT, eerder::take_over)
            .titled("Overnemen wat in een eerder concept op dezelfde plaats is ingevuld."),
        page("/zaken/{dossier}/concepten/{concept}/{naam}", COURT, concepten::preview).titled("Een document lezen."),
        page("/zaken/{dossier}/concepten/{concept}/documenten/{bestand}", COURT, concepten::download)
            .titled("Een document als bestand."),
        page("/zaken/{dossier}/concepten/{concept}/herziening/{naam}", COURT, herziening::show)
            .titled("Vaststellen van een document: stappen en wat nu kan.")
            .queried::<herziening::LifeQuery>(),
        form("/zaken/{dossier}/concepten/{concept}/herziening/{naam}", COURT, herziening::step)
            .titled("Een stap zetten met een document."),
        page("/zaken/{dossier}/invullen/{concept}/{naam}", COURT, invullen::show)
            .titled("Alles wat in een document nog moet worden ingevuld.")
            .queried::<invullen::FillQuery>(),
        form("/zaken/{dossier}/invullen/{concept}/{naam}", COURT, invullen::record)
            .titled("Invullen wat in een document nog ontbreekt, of bewaren voor later.")
            .keeping(&invullen::KEEPING)
            .up_to(invullen::FORM_LIMIT),
        page("/zaken/{dossier}/concepten/{concept}/teruglezen/{naam}", COURT, teruglezen::show)
            .titled("Een bewerkt Word-bestand kiezen om terug te lezen."),
        form("/zaken/{dossier}/concepten/{concept}/teruglezen/{naam}", COURT, teruglezen::work)
            .titled("Een bewerkt Word-bestand naast de tekst leggen, kiezen en vastleggen.")
            .up_to(LARGEST_FILE + 10_000),
        page("/zaken/{dossier}/concepten/{concept}/uitleg/{naam}", COURT, uitleg::list)
            .titled("Uitleg in gewone taal bij een verzegelde beslissing: voor wie, en leesniveau."),
        page("/zaken/{dossier}/concepten/{concept}/uitleg/{naam}/{bestand}", COURT, uitleg::read)
            .titled("Een uitleg lezen, of als bestand."),
        page("/zaken/{dossier}/uitleg/{concept}/{naam}/{bestand}", ADVOCATE, uitleg::read_own)
            .titled("De uitleg voor de eigen cliënt lezen, of de beslissing zelf, of als bestand."),
    ]
}

fn registry() -> Vec<Endpoint> {
    vec![
        page("/zaken/{dossier}/bijwerken", CLERK, invoer::show_update).titled("Dossier bijwerken."),
        form("/zaken/{dossier}/bijwerken", CLERK, invoer::update).titled("Dossier bijwerken.").up_to(DOSSIER_LIMIT),
        page("/zaken/{dossier}/toewijzingen", CLERK, toewijzen::show).titled("Wie is toegewezen."),
        form("/zaken/{dossier}/toewijzingen", CLERK, toewijzen::assign).titled("Toewijzen."),
        page("/zaken/{dossier}/inzendingen", COURT, inzenden::received).titled("Wat is ingediend."),
        form("/zaken/{dossier}/inzendingen", CLERK, inzenden::take)
            .titled("Vastleggen dat iets wat is ingediend, nu in het dossier staat."),
    ]
}

fn sections() -> Vec<Endpoint> {
    vec![
        page("/zaken/{dossier}/onderdelen", CLERK, onderdelen::tasks)
            .titled("De onderdelen van het dossier: hoe ver, en wat ontbreekt."),
        page("/zaken/{dossier}/onderdelen/{onderdeel}", CLERK, onderdelen::list)
            .titled("Wat er in een onderdeel staat, met de velden waarin iets ontbreekt.")
            .queried::<onderdelen::SectionQuery>(),
        page("/zaken/{dossier}/onderdelen/{onderdeel}/{item}", CLERK, onderdelen::show_item)
            .titled("Eén gegeven van een onderdeel, in vragen.")
            .queried::<onderdelen::ItemQuery>(),
        form("/zaken/{dossier}/onderdelen/{onderdeel}/{item}", CLERK, onderdelen::record)
            .titled("Een gegeven vastleggen of weghalen, of bewaren voor later.")
            .keeping(&onderdelen::KEEPING)
            .up_to(onderdelen::FORM_LIMIT),
    ]
}

fn bundles() -> Vec<Endpoint> {
    vec![
        page("/zaken/{dossier}/bundel", READERS, bundel::show)
            .titled("Stukken met hun bestand, en de eigen bundel maken."),
        form("/zaken/{dossier}/bundel", READERS, bundel::make).titled("De eigen bundel maken."),
        page("/zaken/{dossier}/bundel/stukken/{stuk}", CLERK, bundel::document)
            .titled("Het bestand van een stuk, en voor wie het is nagezien."),
        form("/zaken/{dossier}/bundel/stukken/{stuk}", CLERK, bundel::change)
            .titled("De pdf van een stuk opslaan, of vastleggen voor wie zij is nagezien.")
            .up_to(bundle::LARGEST_FILE + 10_000),
        page("/zaken/{dossier}/bundel/gemaakt/{bundel}", READERS, bundel::progress)
            .titled("Hoe ver de eigen bundel is."),
        page("/zaken/{dossier}/bundel/gemaakt/{bundel}/bestand", READERS, bundel::download)
            .titled("De eigen bundel als bestand.")
            .gives_bytes(200, super::bundles::PDF),
    ]
}

fn submissions() -> Vec<Endpoint> {
    vec![
        page("/zaken/{dossier}/veiligheidsinformatie", ADVOCATE, veilig::start)
            .titled("Veiligheidsinformatie: de vragen, en wat is ingediend.")
            .queried::<veilig::SafetyQuery>(),
        form("/zaken/{dossier}/veiligheidsinformatie", ADVOCATE, veilig::submit)
            .titled("Veiligheidsinformatie indienen, zoals zij is nagekeken."),
        page("/zaken/{dossier}/veiligheidsinformatie/{vraag}", ADVOCATE, veilig::show)
            .titled("Eén vraag van de veiligheidsinformatie, of alles nakijken.")
            .queried::<veilig::StepQuery>(),
        form("/zaken/{dossier}/veiligheidsinformatie/{vraag}", ADVOCATE, veilig::answer)
            .titled("Eén vraag van de veiligheidsinformatie beantwoorden, of bewaren voor later.")
            .keeping(&veilig::KEEPING)
            .up_to(voornemen::FORM_LIMIT),
        page("/leveringen", PARTNER, inzenden::delivery_form)
            .titled("Gegevens leveren.")
            .queried::<inzenden::DeliveriesQuery>(),
        form("/leveringen", PARTNER, inzenden::deliver).titled("Gegevens leveren.").up_to(500_000),
    ]
}

fn management() -> Vec<Endpoint> {
    vec![
        page("/medewerkers", ADVOCATE_ALONE, medewerkers::show).titled("Wie van het kantoor namens de advocaat werkt."),
        form("/medewerkers", ADVOCATE_ALONE, medewerkers::act)
            .titled(
                "Een medewerker toegang geven tot de zaken van de eigen cliënten, na een blik erop, of dat beëindigen.",
            )
            .up_to(8_000),
        page("/log", OVERSEER, log::show).titled("Wie deed wat.").queried::<log::LogQuery>(),
        page("/inrichting", MANAGERS, inrichting::show)
            .titled("De beoordelingskaders met hun versies, en wat hoe lang blijft."),
        page("/bewaartermijnen", MANAGERS, bewaren::show)
            .titled("Van welke zaken de bewaartermijn om is en waarom, en wat is voorgesteld of vernietigd.")
            .queried::<bewaren::RetentionQuery>(),
        form("/bewaartermijnen", ADMINISTRATOR, bewaren::act)
            .titled("Voorstellen een zaak te vernietigen, dat intrekken, of het voorstel van een ander bevestigen.")
            .up_to(8_000),
        page("/toewijzingen", ADMINISTRATOR, toegewezen::show)
            .titled("Wie aan een zaak is toegewezen, zonder inhoud van de zaak.")
            .queried::<toegewezen::AssignmentsQuery>(),
        form("/toewijzingen", ADMINISTRATOR, toegewezen::act)
            .titled("Een toewijzing beëindigen, of een griffier toewijzen aan een zaak die er geen heeft."),
        page("/gebruikers", ADMINISTRATOR, beheer::show).titled("Gebruikers."),
        form("/gebruikers", ADMINISTRATOR, beheer::add).titled("Gebruiker toevoegen."),
        page("/gebruikers/{gebruiker}", ADMINISTRATOR, gebruiker::show).titled("Een gebruiker."),
        form("/gebruikers/{gebruiker}", ADMINISTRATOR, gebruiker::act)
            .titled("Sessies beëindigen, een nieuw wachtwoord geven, of het account sluiten."),
    ]
}
