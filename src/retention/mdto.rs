//! Metadata as MDTO has it (Metagegevens voor duurzaam toegankelijke overheidsinformatie, XML-schema 1.0.1): one
//! information object for the case, and one description for each file.

use chrono::{NaiveDate, SecondsFormat};
use quick_xml::escape::escape;

use crate::shared::moment::Instant;

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MDTO xmlns=\"https://www.nationaalarchief.nl/mdto\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"https://www.nationaalarchief.nl/mdto \
    https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd\">\n";
const CLOSE: &str = "</MDTO>\n";
const SOURCE: &str = "Combizitting";

/// What is said of the case.
pub(super) struct CaseFacts<'a> {
    pub id: &'a str,
    pub reference: &'a str,
    /// Who formed the archive: the court.
    pub archivist: &'a str,
    pub rule: &'a str,
    pub source: &'a str,
    pub since: NaiveDate,
    pub due_on: NaiveDate,
    pub years: u32,
}

/// What is said of a file.
pub(super) struct FileFacts<'a> {
    pub name: &'a str,
    pub size: usize,
    pub media: &'a str,
    pub sha256: &'a str,
    pub at: Instant,
}

/// The case, with the files that represent it. The order of the elements is that of the schema.
pub(super) fn information_object(case: &CaseFacts<'_>, files: &[&str]) -> String {
    let mut xml = format!("{OPEN}<informatieobject>\n{}", identity(case.id, &format!("Zaak {}", case.reference)));
    xml.push_str(&concept("aggregatieniveau", "Dossier", "Begrippenlijst Aggregatieniveaus MDTO"));
    xml.push_str("<taal>nl</taal>\n");
    xml.push_str(&concept("waardering", "Tijdelijk te bewaren", "Begrippenlijst Waarderingen MDTO"));
    xml.push_str(&format!(
        "<bewaartermijn>{}<termijnStartdatumLooptijd>{}</termijnStartdatumLooptijd><termijnLooptijd>P{}Y</termijnLooptijd>\
         <termijnEinddatum>{}</termijnEinddatum></bewaartermijn>\n",
        concept("termijnTriggerStartLooptijd", "Laatste gebeurtenis of wijziging", SOURCE).trim_end(),
        case.since,
        case.years,
        case.due_on,
    ));
    xml.push_str(&concept("informatiecategorie", case.rule, case.source));
    for file in files {
        xml.push_str(&format!("<heeftRepresentatie>{}</heeftRepresentatie>\n", reference(file, file)));
    }
    xml.push_str(&format!(
        "<archiefvormer><verwijzingNaam>{}</verwijzingNaam></archiefvormer>\n",
        escape(case.archivist)
    ));
    xml.push_str(&format!(
        "<beperkingGebruik>{}<beperkingGebruikNadereBeschrijving>Persoonsgegevens, ook van kinderen, en strafrechtelijke \
         gegevens.</beperkingGebruikNadereBeschrijving></beperkingGebruik>\n",
        concept("beperkingGebruikType", "Niet openbaar", "Begrippenlijst BeperkingGebruik MDTO").trim_end(),
    ));
    xml.push_str("</informatieobject>\n");
    xml.push_str(CLOSE);
    xml
}

/// A file of the case.
pub(super) fn file(case: &CaseFacts<'_>, file: &FileFacts<'_>) -> String {
    let at = file.at.to_rfc3339_opts(SecondsFormat::Secs, false);
    let name = format!("Zaak {}", case.reference);
    format!(
        "{OPEN}<bestand>\n{}<omvang>{}</omvang>\n{}<checksum>{}<checksumWaarde>{}</checksumWaarde>\
         <checksumDatum>{at}</checksumDatum></checksum>\n<isRepresentatieVan>{}</isRepresentatieVan>\n</bestand>\n{CLOSE}",
        identity(file.name, file.name),
        file.size,
        concept("bestandsformaat", file.media, "IANA Media types"),
        concept("checksumAlgoritme", "SHA-256", "Begrippenlijst ChecksumAlgoritme MDTO").trim_end(),
        file.sha256,
        reference(&name, case.id),
    )
}

fn identity(id: &str, name: &str) -> String {
    format!("{}\n<naam>{}</naam>\n", identification("identificatie", id), escape(name))
}

fn identification(element: &str, id: &str) -> String {
    format!(
        "<{element}><identificatieKenmerk>{}</identificatieKenmerk><identificatieBron>{SOURCE}</identificatieBron></{element}>",
        escape(id)
    )
}

fn reference(name: &str, id: &str) -> String {
    format!("<verwijzingNaam>{}</verwijzingNaam>{}", escape(name), identification("verwijzingIdentificatie", id))
}

fn concept(element: &str, label: &str, list: &str) -> String {
    format!(
        "<{element}><begripLabel>{}</begripLabel><begripBegrippenlijst><verwijzingNaam>{}</verwijzingNaam>\
         </begripBegrippenlijst></{element}>\n",
        escape(label),
        escape(list)
    )
}
