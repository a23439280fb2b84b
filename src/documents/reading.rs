//! How hard a Dutch text is to read: length of its sentences and Flesch-Douma. It measures texts, never persons.
//!
//! The formula is W.H. Douma's for Dutch (1960): 206.84 − 0.77 × syllables per 100 words − 0.93 × words per
//! sentence. It was looked up in the journal Tijdschrift voor Taalbeheersing of 1977 at dbnl.org, which also prints his table
//! (60-70 "normaal", seventh class of the primary school of then; 70-80 "tamelijk gemakkelijk"), and in the
//! language list of YoastSEO.js, issue 267. Nobody fixed what score B1 is: a formula sees length, not sense.
//! So the standard of an adult also asks short sentences, as guides to B1 do (about fifteen words at most on the
//! average, bureauvoortekst.nl), and hardly any above twenty; hard words have to be explained by who writes.

use hypher::{Lang, hyphenate_bounded};

/// What a text has to meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standard {
    /// Least score of Flesch-Douma.
    pub ease: f64,
    /// Most words of a sentence on the average.
    pub mean: f64,
    /// Greatest share of sentences above twenty words.
    pub long_share: f64,
    /// Most words of any sentence.
    pub longest: u32,
}

/// For an adult reader: B1, as far as it can be measured.
pub const ADULT: Standard = Standard { ease: 60.0, mean: 15.0, long_share: 0.05, longest: 30 };
/// For a child of twelve and up: simpler still, the last classes of primary school in Douma's table.
pub const CHILD: Standard = Standard { ease: 70.0, mean: 12.0, long_share: 0.0, longest: 20 };

/// From this many words a sentence is long.
const LONG: u32 = 20;
/// Abbreviations whose full stop ends no sentence.
const SHORT_FORMS: [&str; 12] =
    ["mr.", "mrs.", "dr.", "art.", "nr.", "bijv.", "enz.", "o.a.", "d.w.z.", "p.", "blz.", "ca."];

/// A measured text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// Sentences.
    pub sentences: u32,
    /// Words.
    pub words: u32,
    /// Syllables.
    pub syllables: u32,
    /// Sentences of more than twenty words.
    pub long: u32,
    /// The longest sentence, with its number of words.
    pub longest: Option<(String, u32)>,
}

/// Measures the text of lines; no sentence goes on over the end of a line.
pub fn measure<'t>(lines: impl IntoIterator<Item = &'t str>) -> Measured {
    let mut measured = Measured::default();
    for sentence in lines.into_iter().flat_map(sentences) {
        let words: Vec<&str> = sentence.split_whitespace().filter(|word| has_sound(word)).collect();
        let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
        if count == 0 {
            continue;
        }
        measured.sentences = measured.sentences.saturating_add(1);
        measured.words = measured.words.saturating_add(count);
        measured.syllables = words.iter().map(|word| syllables(word)).fold(measured.syllables, u32::saturating_add);
        measured.long = measured.long.saturating_add(u32::from(count > LONG));
        if measured.longest.as_ref().is_none_or(|(_, most)| count > *most) {
            measured.longest = Some((sentence, count));
        }
    }
    measured
}

impl Measured {
    /// Score of Flesch-Douma; higher is easier. A text without words is easy.
    #[must_use]
    pub fn ease(&self) -> f64 {
        let (words, sentences) = (f64::from(self.words.max(1)), f64::from(self.sentences.max(1)));
        206.84 - 0.77 * (f64::from(self.syllables) * 100.0 / words) - 0.93 * (f64::from(self.words) / sentences)
    }

    /// Words of a sentence on the average.
    #[must_use]
    pub fn mean(&self) -> f64 {
        f64::from(self.words) / f64::from(self.sentences.max(1))
    }

    /// In what the text falls short, in Dutch; empty when it meets the standard.
    #[must_use]
    pub fn shortcomings(&self, standard: &Standard) -> Vec<String> {
        let mut found = Vec::new();
        if self.ease() < standard.ease {
            found.push("de woorden en zinnen zijn samen te moeilijk".to_owned());
        }
        if self.mean() > standard.mean {
            found.push("de zinnen zijn gemiddeld te lang".to_owned());
        }
        if f64::from(self.long) > standard.long_share * f64::from(self.sentences) {
            found.push(format!("te veel zinnen hebben meer dan {LONG} woorden"));
        }
        if let Some((sentence, count)) = self.longest.as_ref().filter(|(_, count)| *count > standard.longest) {
            found.push(format!("deze zin heeft {count} woorden: “{sentence}”"));
        }
        found
    }
}

/// The sentences of a line. A full stop between digits or after an abbreviation ends none.
fn sentences(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        current.push(word);
        let bare = word.trim_end_matches(['”', '"', '’', ')', ']']);
        let short = SHORT_FORMS.contains(&bare.to_lowercase().trim_start_matches(['(', '“', '"']));
        if bare.ends_with(['.', '!', '?', '…']) && !short {
            found.push(current.join(" "));
            current.clear();
        }
    }
    if !current.is_empty() {
        found.push(current.join(" "));
    }
    found
}

fn has_sound(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

/// Syllables of a word: where Dutch divides it. A number or a word of consonants alone counts as one.
fn syllables(word: &str) -> u32 {
    let parts = word.split(|sign: char| !sign.is_alphabetic()).filter(|part| !part.is_empty());
    let count: usize = parts.map(of_part).sum();
    u32::try_from(count.max(1)).unwrap_or(u32::MAX)
}

fn of_part(part: &str) -> usize {
    let vowels =
        |syllable: &&str| syllable.to_lowercase().chars().any(|sign| "aeiouyàáâäèéêëìíîïòóôöùúûüý".contains(sign));
    // Division for print leaves no single letter on a line; counting does not mind ("a-dem").
    hyphenate_bounded(part, Lang::Dutch, 1, 1).filter(vowels).count().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_syllables_that_one_hears() {
        for (word, count) in
            [("kind", 1), ("rechter", 2), ("moeder", 2), ("beslissing", 3), ("2026", 1), ("huisverbod,", 3), ("u", 1)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn a_full_stop_in_a_time_or_after_an_abbreviation_ends_no_sentence() {
        for (line, count) in [
            ("Dit duurt tot 8 december om 21.35 uur. Daarna niet meer.", 2),
            ("Bel mr. Jansen. Dat mag.", 2),
            ("Wanneer: elke week", 1),
            ("Bent u het niet eens? Bel dan!", 2),
            ("", 0),
        ] {
            assert_eq!(sentences(line).len(), count, "{line}");
        }
    }

    #[test]
    fn the_formula_gives_what_its_sources_give() {
        // 100 words in 10 sentences with 150 syllables: 206.84 − 115.5 − 9.3.
        let measured = Measured { sentences: 10, words: 100, syllables: 150, long: 0, longest: None };
        assert!((measured.ease() - 82.04).abs() < 0.001, "{}", measured.ease());
    }

    #[test]
    fn an_easy_text_meets_both_standards_and_a_hard_one_neither() {
        let easy = measure(["De rechter heeft iets beslist. Dat gaat over jou. Je mag er iets van vinden."]);
        assert!(easy.shortcomings(&CHILD).is_empty(), "{:?}", easy.shortcomings(&CHILD));
        let hard =
            measure(["De rechtbank verklaart de onderhavige beschikking uitvoerbaar bij voorraad, onverminderd het \
             bepaalde in de voorafgaande rechtsoverwegingen betreffende de bevoegdheidsverdeling tussen de \
             belanghebbenden en de gecertificeerde instelling gedurende de schorsingstermijn."]);
        assert!(hard.shortcomings(&ADULT).len() >= 2, "{:?}", hard.shortcomings(&ADULT));
        assert!(hard.ease() < 30.0, "{}", hard.ease());
    }

    #[test]
    fn a_text_between_the_two_is_for_adults_only() {
        let text = "De rechter heeft besloten dat de vader drie maanden geen gezag over de kinderen heeft.";
        let measured = measure([text]);
        assert!(measured.shortcomings(&ADULT).is_empty(), "{:?} {}", measured.shortcomings(&ADULT), measured.ease());
        assert!(!measured.shortcomings(&CHILD).is_empty());
    }
}
