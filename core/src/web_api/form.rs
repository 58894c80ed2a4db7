//! The parameters of a request, from the URL and from a form in the body, as Go's `net/url` reads them.

use crate::base::bytes::text_of;
use crate::base::number::quote;

/// The longest body that is read, in bytes: Go's own limit for forms.
pub const MAX_FORM_BYTES: usize = 10 << 20;

/// Parameters in the order in which they came: those of the body before those of the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pairs: Vec<(String, String)>,
    fault: Option<String>,
}

impl Form {
    /// The parameters of a URL's query and of a form's body; `None` where the body is no form.
    #[must_use]
    pub fn read(url_query: &str, body: Option<&str>) -> Self {
        let mut form = Self::default();
        form.add(body.unwrap_or_default());
        form.add(url_query);
        form
    }

    /// The parameters of these pairs.
    pub fn of(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { pairs: pairs.into_iter().collect(), fault: None }
    }

    /// Adds what is encoded in `text`. What cannot be read is left out and the first such fault kept.
    fn add(&mut self, text: &str) {
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            if pair.contains(';') {
                self.fault.get_or_insert_with(|| "invalid semicolon separator in query".to_owned());
                continue;
            }
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            match decoded(name, true).and_then(|name| Ok((name, decoded(value, true)?))) {
                Ok(pair) => self.pairs.push(pair),
                Err(fault) => {
                    self.fault.get_or_insert(fault);
                }
            }
        }
    }

    /// The first value of a parameter; empty where there is none.
    #[must_use]
    pub fn first(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What could not be read.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }
}

/// Takes the percent encoding off; `plus_is_blank` in queries and forms, not in paths.
///
/// # Errors
/// When a `%` is not followed by two hexadecimal digits.
pub(super) fn decoded(text: &str, plus_is_blank: bool) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match first {
            b'%' => {
                let digit = |at: usize| char::from(*rest.get(at)?).to_digit(16);
                let Some((high, low)) = digit(0).zip(digit(1)) else {
                    let end = rest.len().min(2);
                    let escape = format!("%{}", text_of(&rest[..end]));
                    return Err(format!("invalid URL escape {}", quote(&escape)));
                };
                bytes.push((high * 16 + low) as u8);
                rest = &rest[2..];
            }
            b'+' if plus_is_blank => bytes.push(b' '),
            other => bytes.push(*other),
        }
    }
    Ok(text_of(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_comes_before_the_url_and_faults_are_passed_over() {
        let form = Form::read("query=b&x=%2&match[]=1%2B1", Some("query=a+b%20%C3%A9&match[]=c;d&empty"));
        assert_eq!(form.first("query"), "a b é");
        assert_eq!(form.all("match[]").collect::<Vec<_>>(), ["1+1"]);
        assert_eq!((form.first("x"), form.first("empty")), ("", ""));
        assert_eq!(form.fault(), Some("invalid semicolon separator in query"));
        assert_eq!(Form::read("x=%zz", None).fault(), Some("invalid URL escape \"%zz\""));
        assert_eq!(decoded("a+b%2f", false), Ok("a+b/".to_owned()));
    }
}
