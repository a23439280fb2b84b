//! Where a Dutch word may be divided, and what a line may not part.

use hypher::{Lang, hyphenate};

/// Shortest word that is divided, and shortest part, in characters.
const SHORTEST_WORD: usize = 7;
const SHORTEST_PART: usize = 3;

/// Abbreviations and words that belong to what follows ("artikel 1:377a", "mr. X", "€ 12").
const LEADS: [&str; 16] = [
    "€",
    "§",
    "artikel",
    "artikelen",
    "art.",
    "lid",
    "nr.",
    "nummer",
    "mr.",
    "mrs.",
    "dr.",
    "pagina",
    "p.",
    "blz.",
    "rov.",
    "sub",
];

/// Byte positions at which the word may be divided with a hyphen.
///
/// Words that start with a capital are left whole: a divided name reads badly and may be divided wrongly.
pub(super) fn divisions(word: &str) -> Vec<usize> {
    let core = word.trim_matches(|character: char| !character.is_alphabetic());
    let Some(lead) = word.find(core) else { return Vec::new() };
    let length = core.chars().count();
    let starts_small = core.chars().next().is_some_and(char::is_lowercase);
    if length < SHORTEST_WORD || !starts_small || !core.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut byte = 0_usize;
    let mut characters = 0_usize;
    for syllable in hyphenate(core, Lang::Dutch) {
        // A diaeresis falls away after a hyphen ("reëel", "re-eel"); rather not divide there.
        let diaeresis = syllable.starts_with(['ë', 'ï', 'ö', 'ü', 'ä']);
        if characters >= SHORTEST_PART && length.saturating_sub(characters) >= SHORTEST_PART && !diaeresis {
            out.push(lead.saturating_add(byte));
        }
        byte = byte.saturating_add(syllable.len());
        characters = characters.saturating_add(syllable.chars().count());
    }
    out
}

/// What belongs to the number before it: the month of a day, "uur" of a clock time.
const AFTER_NUMBER: [&str; 14] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "uur",
    "BW",
];

fn after_number(after: &str) -> bool {
    let word = after.split(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    AFTER_NUMBER.contains(&word)
}

/// Whether a line may not end between these two texts, though Unicode allows it.
pub(super) fn keeps_together(before: &str, after: &str) -> bool {
    let trimmed = before.trim_end_matches(' ');
    let last = trimmed.rsplit([' ', '(', '\u{A0}']).next().unwrap_or_default();
    let next = after.chars().next().unwrap_or(' ');
    if LEADS.iter().any(|lead| last.eq_ignore_ascii_case(lead)) {
        return next.is_numeric() || next.is_uppercase() || last == "€";
    }
    if last.ends_with(|character: char| character.is_ascii_digit()) && after_number(after) {
        return true;
    }
    // "echtscheidings- en": a hyphen with a space after it.
    trimmed.len() < before.len() && last.len() > 1 && last.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_divided_between_syllables_and_names_are_not() {
        let cuts = divisions("uithuisplaatsing");
        assert!(cuts.contains(&"uithuis".len()), "{cuts:?}");
        assert!(divisions("Uithuisplaatsing").is_empty());
        assert!(divisions("zitting").iter().all(|cut| *cut >= 3));
        assert!(divisions("gezag").is_empty());
        assert!(divisions("C/02/123456").is_empty());
    }

    #[test]
    fn a_division_never_comes_before_a_diaeresis() {
        for word in ["geëvalueerd", "beëindigingen", "coördinatie"] {
            assert!(divisions(word).iter().all(|cut| !word[*cut..].starts_with(['ë', 'ö'])), "{word}");
        }
    }

    #[test]
    fn an_article_keeps_its_number() {
        assert!(keeps_together("artikel ", "1:377a BW"));
        assert!(keeps_together("(artikel ", "1:377a BW"));
        assert!(keeps_together("€ ", "12"));
        assert!(keeps_together("20 ", "november 2026"));
        assert!(keeps_together("21.15 ", "uur."));
        assert!(!keeps_together("20 ", "kinderen"));
        assert!(keeps_together("echtscheidings- ", "en"));
        assert!(!keeps_together("artikel ", "over"));
        assert!(!keeps_together("de ", "vader"));
    }

    #[test]
    fn punctuation_around_a_word_does_not_shift_its_divisions() {
        let inner = divisions("uithuisplaatsing");
        let outer = divisions("(uithuisplaatsing),");
        assert_eq!(outer, inner.iter().map(|cut| cut + 1).collect::<Vec<_>>());
    }
}
