//! Reads a whole `multipart/form-data` body (RFC 7578) that is already in memory and within
//! its limit: only what the upload form of this site needs, everything else refused.

/// A part of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// Field name.
    pub name: String,
    /// Whether a file was chosen for it (a file name is given and not empty).
    pub is_file: bool,
    /// Content.
    pub content: &'a [u8],
}

/// The boundary in a content type, when it is a usable one.
#[must_use]
pub fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_owned())
    })?;
    (!value.is_empty() && value.len() <= 70 && value.is_ascii()).then_some(value)
}

/// All parts, at most 20; `None` when the body is not well formed.
#[must_use]
pub fn parse<'a>(body: &'a [u8], boundary: &str) -> Option<Vec<Part<'a>>> {
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let mut rest = body.strip_prefix(first.as_bytes())?;
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        if parts.len() >= 20 {
            return None;
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let (head, after) = split_once(rest, b"\r\n\r\n")?;
        let (content, after) = split_once(after, next.as_bytes())?;
        parts.push(part(std::str::from_utf8(head).ok()?, content)?);
        rest = after;
    }
}

fn split_once<'a>(haystack: &'a [u8], needle: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let first = needle.first()?;
    let (mut at, mut rest) = (0_usize, haystack);
    // From one place where it could begin to the next: bodies can be large.
    loop {
        let skipped = rest.iter().position(|byte| byte == first)?;
        (at, rest) = (at.saturating_add(skipped), rest.get(skipped..)?);
        if rest.starts_with(needle) {
            break;
        }
        (at, rest) = (at.saturating_add(1), rest.get(1..)?);
    }
    Some((haystack.get(..at)?, haystack.get(at + needle.len()..)?))
}

fn part<'a>(head: &str, content: &'a [u8]) -> Option<Part<'a>> {
    let disposition = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let parameter = |wanted: &str| {
        disposition.split(';').find_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            (name.trim() == wanted).then(|| value.trim().trim_matches('"').to_owned())
        })
    };
    Some(Part {
        name: parameter("name")?,
        is_file: parameter("filename").is_some_and(|name| !name.is_empty()),
        content,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x\r\n\
        Content-Disposition: form-data; name=\"bestand\"; filename=\"d.json\"\r\nContent-Type: application/json\r\n\r\n\
        {\"a\":\r\n1}\r\n--x--\r\n";

    #[test]
    fn fields_and_files_are_told_apart() {
        let parts = parse(BODY, "x").unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0].name.as_str(), parts[0].is_file, parts[0].content), ("csrf", false, b"abc".as_slice()));
        assert_eq!((parts[1].is_file, parts[1].content), (true, b"{\"a\":\r\n1}".as_slice()));
    }

    #[test]
    fn a_cut_or_foreign_body_is_refused_whole() {
        for end in 0..BODY.len() - 4 {
            assert_eq!(parse(&BODY[..end], "x"), None, "cut at {end}");
        }
        assert_eq!(parse(b"geen formulier", "x"), None);
        assert_eq!(boundary("application/json; boundary=x"), None);
        assert_eq!(boundary("multipart/form-data; boundary=\"x y\"").as_deref(), Some("x y"));
    }
}
