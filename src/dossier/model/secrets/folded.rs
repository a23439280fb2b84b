//! A text as addresses are looked for in it: without case, accents, spaces, hyphens and signs, full-width
//! digits as ordinary ones, and with the place in the text of every letter.

use super::Needle;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that stand between a street and its number.
const FILLERS: [&str; 4] = ["nr", "nummer", "huisnummer", "huisnr"];

/// A word in the folded text: where it begins there, and where each of its letters stands in the text.
struct Word {
    folded: String,
    /// Per folded byte: begin and end of its sign in the text.
    places: Vec<(usize, usize)>,
    capital: bool,
}

/// A folded text with the places of its letters.
pub(super) struct Folded {
    text: String,
    places: Vec<(usize, usize)>,
    /// Where a word begins, and whether with a capital.
    starts: Vec<(usize, bool)>,
    ends: Vec<usize>,
}

/// A text without case, accents, spaces and signs.
pub(super) fn fold(text: &str) -> String {
    let (mut folded, mut begin) = (String::with_capacity(text.len()), 0);
    for sign in text.chars().filter(|sign| !is_inside(*sign)) {
        if sign.is_alphanumeric() {
            letters(sign, |letter| folded.push(letter));
            continue;
        }
        if folded.get(begin..).is_some_and(|word| FILLERS.contains(&word)) {
            folded.truncate(begin);
        }
        begin = folded.len();
    }
    folded
}

/// The words of a text, one by one folded.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded).collect()
}

impl Folded {
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self { text: String::new(), places: Vec::new(), starts: Vec::new(), ends: Vec::new() };
        for word in words(text) {
            out.starts.push((out.text.len(), word.capital));
            out.text.push_str(&word.folded);
            out.places.extend(word.places);
            out.ends.push(out.text.len());
        }
        out
    }

    /// Bytes of the text where the needle stands, from the begin of a word.
    pub(super) fn find(&self, needle: &Needle, with_capital: bool) -> Option<(usize, usize)> {
        self.text.match_indices(&needle.folded).find_map(|(at, found)| {
            let end = at + found.len();
            let starts = self.starts.iter().any(|(start, capital)| *start == at && (*capital || !with_capital));
            let ends = !needle.whole || self.ends.contains(&end);
            let place = (self.places.get(at)?.0, self.places.get(end.checked_sub(1)?)?.1);
            // A line that is glued to what stands before it is still that line.
            ((starts || !needle.whole) && ends).then_some(place)
        })
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word { folded: String::new(), places: Vec::new(), capital: false };
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        if is_inside(sign) {
            continue;
        }
        if !sign.is_alphanumeric() {
            close(&mut words, &mut word);
            continue;
        }
        word.capital |= word.folded.is_empty() && sign.is_uppercase();
        letters(sign, |letter| {
            word.folded.push(letter);
            word.places.extend(std::iter::repeat_n((at, end), letter.len_utf8()));
        });
    }
    close(&mut words, &mut word);
    words
}

fn close(words: &mut Vec<Word>, word: &mut Word) {
    let done = std::mem::replace(word, Word { folded: String::new(), places: Vec::new(), capital: false });
    if !done.folded.is_empty() && !FILLERS.contains(&done.folded.as_str()) {
        words.push(done);
    }
}

/// The letters of one sign, without case and accent.
fn letters(sign: char, mut push: impl FnMut(char)) {
    if sign.is_ascii() {
        push(sign.to_ascii_lowercase());
    } else {
        let plain = sign.nfkd().filter(|part| part.is_alphanumeric() && !is_combining_mark(*part));
        plain.flat_map(char::to_lowercase).for_each(push);
    }
}

/// Signs inside a word that do not end it: an accent that stands apart, a soft hyphen, a joiner, a mark of direction.
fn is_inside(sign: char) -> bool {
    let invisible = matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    !sign.is_ascii() && (invisible || is_combining_mark(sign))
}
