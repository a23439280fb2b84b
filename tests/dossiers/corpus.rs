//! The published rulings under `tests/dossiers`, with what their files may not give away.
//!
//! Each file holds what was known before the ruling: what the ruling itself found stands as
//! alleged, what it decided is absent, and what the published summary does not say stays
//! unknown. Persons carry their role as name. Where only a day is known, a measure begins or
//! ends at the start of that day.

use chrono::NaiveDate;
use combizitting::dossier::model::Dossier;
use std::path::PathBuf;

/// One published ruling.
pub struct Ruling {
    /// File name without extension; the ECLI with underscores.
    pub file: &'static str,
    /// Area of law, as in the index of the rulings.
    pub area: &'static str,
    /// Day of the ruling; the dossier is looked at on this day.
    pub day: &'static str,
    /// Words that would give the outcome or the reasons away.
    pub leaking: &'static [&'static str],
}

const fn ruling(file: &'static str, area: &'static str, day: &'static str, leaking: &'static [&'static str]) -> Ruling {
    Ruling { file, area, day, leaking }
}

/// All rulings.
pub const RULINGS: [Ruling; 24] = [
    ruling("ECLI_NL_GHAMS_2023_82", "familie", "2023-01-17", &["inzicht", "emotie", "angst"]),
    ruling("ECLI_NL_GHAMS_2025_1810", "familie", "2025-07-15", &["voldoende aanwijzingen", "gedragsverandering"]),
    ruling("ECLI_NL_GHARL_2021_10347", "familie", "2021-11-04", &["Istanbul", "ongelijk", "klem"]),
    ruling("ECLI_NL_GHARL_2021_11968", "familie", "2021-12-23", &["Istanbul", "onveiligheid is reëel"]),
    ruling("ECLI_NL_GHARL_2021_771", "familie", "2021-01-21", &["Istanbul", "bekrachtigt"]),
    ruling("ECLI_NL_GHSHE_2021_3755", "familie", "2021-12-16", &["bijzondere curator", "aangehouden"]),
    ruling(
        "ECLI_NL_GHSHE_2025_2399",
        "familie",
        "2025-09-11",
        &["Istanbul", "dader-slachtoffer", "frustratie", "regie"],
    ),
    ruling("ECLI_NL_RBMNE_2025_3308", "familie", "2025-07-08", &["MASIC", "NICHD", "parentificatie", "oneven"]),
    ruling("ECLI_NL_RBMNE_2025_3877", "familie", "2025-07-30", &["MASIC", "opbouw", "ondertoezichtstelling"]),
    ruling("ECLI_NL_RBOBR_2025_2641", "familie", "2025-04-07", &["intieme terreur", "onrust"]),
    ruling("ECLI_NL_RBMAA_2011_BQ1534", "huisverbod", "2011-03-21", &["zes dagen", "afkoeling"]),
    ruling("ECLI_NL_RBNHO_2023_2435", "huisverbod", "2023-03-10", &["voldoende geweken", "vernietigd"]),
    ruling("ECLI_NL_RBROT_2020_10182", "huisverbod", "2020-08-11", &["vernietigd", "in stand"]),
    ruling("ECLI_NL_RBROT_2020_1189", "huisverbod", "2020-02-06", &["kan niet worden gegarandeerd", "ongegrond"]),
    ruling("ECLI_NL_RBROT_2020_5960", "huisverbod", "2020-02-27", &["motivering", "rechtsgevolgen"]),
    ruling("ECLI_NL_RVS_2019_2520", "huisverbod", "2019-07-24", &["bevoegd", "ongegrond"]),
    ruling("ECLI_NL_HR_2019_1806", "strafrecht", "2019-11-19", &["verworpen", "niet onbegrijpelijk"]),
    ruling("ECLI_NL_PHR_2020_515", "strafrecht", "2020-06-01", &["110 dagen", "strekt tot"]),
    ruling("ECLI_NL_RBGEL_2025_140", "strafrecht", "2025-01-14", &["voorwaardelijk", "ambulant", "vrijgesproken"]),
    ruling("ECLI_NL_RBNHO_2022_4066", "strafrecht", "2022-05-10", &["onrechtmatig", "1.800", "niet nagegaan"]),
    ruling("ECLI_NL_GHSHE_2013_CA4022", "jeugdbescherming", "2013-06-18", &["geen grond meer"]),
    ruling("ECLI_NL_RBLIM_2016_4840", "jeugdbescherming", "2016-05-17", &["2016-08-17", "ingetrokken"]),
    ruling("ECLI_NL_RBROT_2023_4046", "jeugdbescherming", "2023-04-28", &["belastend", "uitvoerbaar bij voorraad"]),
    ruling("ECLI_NL_GHLEE_2012_BV8272", "bemiddeling", "2012-02-21", &["slachtoffer-dader", "Slachtoffer in Beeld"]),
];

impl Ruling {
    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let path: PathBuf =
            [env!("CARGO_MANIFEST_DIR"), "tests", "dossiers", &format!("{}.json", self.file)].iter().collect();
        std::fs::read(path).expect("each ruling has a file")
    }

    /// The dossier.
    pub fn dossier(&self) -> Dossier {
        serde_json::from_slice(&self.bytes()).unwrap_or_else(|error| panic!("{}: {error}", self.file))
    }

    /// Day on which the dossier is looked at.
    pub fn reference_day(&self) -> NaiveDate {
        self.day.parse().expect("a calendar day")
    }
}
