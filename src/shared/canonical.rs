//! Canonical JSON: object keys sorted, no insignificant space, so equal content has equal bytes.
//!
//! The value is written as JSON once and its objects are then put in order, which takes a
//! fraction of the time of building a tree of values first.

use serde::Serialize;
use std::ops::Range;

/// The canonical JSON of a value.
///
/// # Errors
/// When the value cannot be written as JSON.
pub fn canonical_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let plain = serde_json::to_vec(value)?;
    let mut sorter =
        Sorter { text: &plain, at: 0, out: Vec::with_capacity(plain.len()), members: Vec::new(), spare: Vec::new() };
    sorter.value();
    Ok(sorter.out)
}

/// A member of an object: its key (between the quotes) in the text, and the whole of it in the output.
struct Member {
    key: Range<usize>,
    whole: Range<usize>,
}

/// Copies JSON as serde_json writes it, without space, to the output with sorted objects.
struct Sorter<'t> {
    text: &'t [u8],
    at: usize,
    out: Vec<u8>,
    /// Members of the objects that are still open, those of the innermost last.
    members: Vec<Member>,
    /// Room for putting members in order, kept between objects.
    spare: Vec<u8>,
}

impl Sorter<'_> {
    fn next(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn copy_to(&mut self, end: usize) {
        self.out.extend_from_slice(self.text.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    fn value(&mut self) {
        match self.next() {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => self.copy_to(self.end_of_string()),
            _ => self.copy_to(self.end_of_word()),
        }
    }

    /// Where the string that begins here ends, after its quote.
    fn end_of_string(&self) -> usize {
        let mut at = self.at + 1;
        loop {
            match self.text.get(at) {
                Some(b'\\') => at += 2,
                Some(b'"') | None => return at + 1,
                Some(_) => at += 1,
            }
        }
    }

    /// Where the number, `true`, `false` or `null` that begins here ends.
    fn end_of_word(&self) -> usize {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at + rest.iter().position(|byte| matches!(byte, b',' | b']' | b'}')).unwrap_or(rest.len())
    }

    fn array(&mut self) {
        self.copy_to(self.at + 1);
        while self.next().is_some_and(|byte| byte != b']') {
            if self.next() == Some(b',') {
                self.copy_to(self.at + 1);
            }
            self.value();
        }
        self.copy_to(self.at + 1);
    }

    fn object(&mut self) {
        self.copy_to(self.at + 1);
        let begin = self.out.len();
        let outer = self.members.len();
        while self.next().is_some_and(|byte| byte != b'}') {
            if self.next() == Some(b',') {
                self.at += 1;
            }
            let start = self.out.len();
            let end = self.end_of_string();
            let key = self.at + 1..end - 1;
            // The key with its colon.
            self.copy_to(end + 1);
            self.value();
            self.members.push(Member { key, whole: start..self.out.len() });
        }
        self.put_in_order(begin, outer);
        self.copy_to(self.at + 1);
    }

    /// Rewrites the members at the end of the output in the order of their keys, with commas.
    fn put_in_order(&mut self, begin: usize, outer: usize) {
        let text = self.text;
        let raw = |member: &Member| text.get(member.key.clone()).unwrap_or_default();
        let members = self.members.get_mut(outer..).unwrap_or_default();
        if members.iter().any(|member| raw(member).contains(&b'\\')) {
            members.sort_by_cached_key(|member| plain_key(text, member));
        } else {
            members.sort_by(|one, other| raw(one).cmp(raw(other)));
        }
        self.spare.clear();
        self.spare.extend_from_slice(self.out.get(begin..).unwrap_or_default());
        self.out.truncate(begin);
        for (place, member) in self.members.drain(outer..).enumerate() {
            if place > 0 {
                self.out.push(b',');
            }
            let whole = member.whole.start - begin..member.whole.end - begin;
            self.out.extend_from_slice(self.spare.get(whole).unwrap_or_default());
        }
    }
}

/// A key without its escapes, which only an odd key has.
fn plain_key(text: &[u8], member: &Member) -> String {
    let quoted = text.get(member.key.start - 1..member.key.end + 1).unwrap_or_default();
    serde_json::from_slice(quoted).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::HashMap;

    fn through_a_tree<T: Serialize>(value: &T) -> String {
        serde_json::to_value(value).unwrap().to_string()
    }

    #[test]
    fn objects_are_sorted_at_every_depth_and_all_else_stays() {
        #[derive(Serialize)]
        struct Odd {
            zebra: Vec<Inner>,
            aap: Option<u8>,
            #[serde(rename = "een \"sleutel\"\\ met é\n")]
            odd: Inner,
            empty: HashMap<String, u8>,
        }
        #[derive(Serialize, Clone)]
        struct Inner {
            tekst: String,
            getal: i64,
            af: bool,
        }
        let inner = Inner { tekst: "{\"b\":[1,2],\\\"a\":\u{7}}, é ]".to_owned(), getal: -12, af: false };
        let odd = Odd { zebra: vec![inner.clone(), inner.clone()], aap: None, odd: inner, empty: HashMap::new() };
        assert_eq!(String::from_utf8(canonical_json(&odd).unwrap()).unwrap(), through_a_tree(&odd));
    }

    #[test]
    fn plain_values_and_empty_lists_are_left_as_they_are() {
        for value in [json!(null), json!([]), json!({}), json!("a\"b"), json!([1, [2, {}], -3.5e10]), json!(true)] {
            assert_eq!(String::from_utf8(canonical_json(&value).unwrap()).unwrap(), value.to_string());
        }
    }
}
