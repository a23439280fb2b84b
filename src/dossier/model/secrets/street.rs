//! The name of a street without its number, and whether it can be nothing else than that street.

use super::folded::folded_words;

/// How names of streets end. Endings that are common words in a file ("hof", "veld", "baan") are left out.
const ENDINGS: [&str; 24] = [
    "straat",
    "laan",
    "weg",
    "plein",
    "gracht",
    "kade",
    "singel",
    "dreef",
    "steeg",
    "pad",
    "dijk",
    "gaarde",
    "plantsoen",
    "allee",
    "boulevard",
    "park",
    "markt",
    "akker",
    "weide",
    "veste",
    "haven",
    "oord",
    "hage",
    "brink",
];
/// Names of streets that are also a word that stands in any file.
const ORDINARY: [&str; 32] = [
    "binnenhaven",
    "binnenweg",
    "bospad",
    "buitenweg",
    "dorpsmarkt",
    "dorpsplein",
    "dorpsstraat",
    "fietspad",
    "heenweg",
    "hoofdstraat",
    "hoofdweg",
    "kerkplein",
    "kruisweg",
    "landweg",
    "marktplein",
    "middenweg",
    "omweg",
    "onderweg",
    "rondweg",
    "schoolplein",
    "schoolweg",
    "snelweg",
    "speelplein",
    "stationsplein",
    "terugweg",
    "tuinpad",
    "uitweg",
    "voetpad",
    "wandelpad",
    "winkelstraat",
    "zandweg",
    "zijstraat",
];
/// Endings that make a street also as a word apart ("Oude Gracht"); "een korte weg" is none.
const APART: [&str; 9] = ["laan", "gracht", "kade", "singel", "dreef", "steeg", "dijk", "gaarde", "plantsoen"];
/// Letters before the ending, at least: "Zuidweg" is a name, "de weg" is not.
const STEM: usize = 3;
/// A name of several words with such an ending ("Laan van Voorbeeld") has at least so many letters.
const SEVERAL: usize = 12;
/// How the longest endings are shortened in handwriting.
const SHORTENED: [(&str, &str); 3] = [("straat", "str"), ("laan", "ln"), ("plein", "pln")];

/// Names of streets in an address line, in folded words: of each part with a number, what stands before the number.
pub(super) fn names(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line.split([',', ';']).collect();
    let numbered = parts.iter().filter_map(|part| before_number(part));
    let names: Vec<String> = numbered.collect();
    let whole = folded_words(line).join(" ");
    let is_street = names.is_empty() && parts.len() == 1 && is_plain_street(&whole);
    if is_street { vec![whole] } else { names }
}

fn before_number(part: &str) -> Option<String> {
    let words = folded_words(part);
    let begins_with_digit = |word: &String| word.starts_with(|sign: char| sign.is_ascii_digit());
    let behind = || words.iter().enumerate().skip(1);
    let first = behind().find(|(_, word)| begins_with_digit(word) && is_house(word));
    let (number, _) = first.or_else(|| behind().rfind(|(_, word)| begins_with_digit(word)))?;
    Some(words.iter().take(number).map(String::as_str).collect::<Vec<_>>().join(" "))
}

/// A number of a house; not the year in a name ("Plein 1944 12"), nor "2e".
fn is_house(word: &str) -> bool {
    (1..=3).contains(&word.chars().take_while(char::is_ascii_digit).count()) && !word.ends_with('e')
}

/// Whether a name can be nothing else in a text than this street.
pub(super) fn is_plain_street(name: &str) -> bool {
    let (before, last) = name.rsplit_once(' ').unwrap_or(("", name));
    if ORDINARY.contains(&name) {
        return false;
    }
    let ended = ENDINGS.iter().any(|ending| {
        last.strip_suffix(ending).is_some_and(|stem| stem.chars().filter(|sign| sign.is_alphabetic()).count() >= STEM)
    });
    let apart = !before.is_empty() && APART.contains(&last);
    let first = name.split(' ').next().unwrap_or_default();
    let begun = !before.is_empty() && ENDINGS.contains(&first) && name.chars().count() >= SEVERAL;
    ended || apart || begun
}

/// The name, folded, as it is written in full and in short.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let name = name.replace(' ', "");
    let short = SHORTENED.iter().filter_map(|(ending, short)| Some(format!("{}{short}", name.strip_suffix(ending)?)));
    let mut spellings: Vec<String> = short.collect();
    spellings.push(name);
    spellings
}
