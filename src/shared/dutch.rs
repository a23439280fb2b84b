//! Small habits of Dutch writing that every room shares.

/// "a, b en c"; empty when there is nothing to name.
#[must_use]
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} en {last}", rest.join(", ")),
    }
}

/// The same text with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_a_row_with_one_en() {
        for (names, row) in [(&[][..], ""), (&["a"], "a"), (&["a", "b"], "a en b"), (&["a", "b", "c"], "a, b en c")] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(list(&names), row);
        }
    }

    #[test]
    fn a_capital_also_stands_on_a_letter_with_an_accent() {
        assert_eq!(capital("één van beiden"), "Één van beiden");
        assert_eq!(capital(""), "");
    }
}
