//! The tokens of a page as promtool cuts them: names, label values, words, the rest of a line. Knows no order of them.

use super::page::{PageReader, Stop, stop};
use crate::base::number::quote;
use crate::exposition::parse::quote_bytes;

impl PageReader<'_> {
    pub(super) fn byte(&self) -> Result<u8, Stop> {
        self.page.get(self.at).copied().ok_or(None)
    }

    pub(super) fn skip_blanks(&mut self) -> Result<u8, Stop> {
        while matches!(self.byte()?, b' ' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// A metric's name, quoted or not.
    pub(super) fn metric_name(&mut self) -> Result<String, Stop> {
        self.quotable(true)
    }

    /// A name that may stand in quotes; a metric's may hold a colon.
    pub(super) fn quotable(&mut self, is_metric: bool) -> Result<String, Stop> {
        let mut token = Vec::new();
        let starts = |byte: u8| {
            byte.is_ascii_alphabetic() || byte == b'_' || byte == b'"' || (is_metric && byte == b':')
        };
        if !starts(self.byte()?) {
            return Ok(String::new());
        }
        let what = if is_metric { "metric" } else { "label" };
        let mut is_quoted = false;
        loop {
            match self.byte()? {
                b'"' if is_quoted => {
                    self.at += 1;
                    self.byte()?;
                    return Ok(String::from_utf8_lossy(&token).into_owned());
                }
                b'"' => is_quoted = true,
                b'\n' => {
                    let text = "contains unescaped new-line";
                    return stop(format!("{what} name {} {text}", quote_bytes(&token)));
                }
                b'\\' => {
                    self.at += 1;
                    token.push(self.escaped()?);
                }
                byte => token.push(byte),
            }
            self.at += 1;
            let byte = self.byte()?;
            let continues = is_quoted || starts(byte) || byte.is_ascii_digit();
            if !continues {
                return Ok(String::from_utf8_lossy(&token).into_owned());
            }
        }
    }

    fn escaped(&self) -> Result<u8, Stop> {
        match self.byte()? {
            byte @ (b'"' | b'\\') => Ok(byte),
            b'n' => Ok(b'\n'),
            other => stop(format!("invalid escape sequence '\\{}'", char::from(other))),
        }
    }

    pub(super) fn label_value(&mut self) -> Result<String, Stop> {
        let mut token = Vec::new();
        loop {
            self.at += 1;
            match self.byte()? {
                b'"' => break,
                b'\n' => {
                    return stop(format!("label value {} contains unescaped new-line", quote_bytes(&token)));
                }
                b'\\' => {
                    self.at += 1;
                    token.push(self.escaped()?);
                }
                byte => token.push(byte),
            }
        }
        self.at += 1;
        match String::from_utf8(token) {
            Ok(value) => Ok(value),
            Err(error) => stop(format!("invalid label value {}", quote_bytes(error.as_bytes()))),
        }
    }

    pub(super) fn until_blank(&mut self) -> Result<Vec<u8>, Stop> {
        let start = self.at;
        while !matches!(self.byte()?, b' ' | b'\t' | b'\n') {
            self.at += 1;
        }
        Ok(self.page[start..self.at].to_vec())
    }

    /// Up to the newline, which stays. Backslashes that nobody resolves are lost, as promtool loses them.
    pub(super) fn rest_of_line(&mut self, resolves: bool) -> Result<Vec<u8>, Stop> {
        let mut token = Vec::new();
        loop {
            match self.byte()? {
                b'\n' => return Ok(token),
                b'\\' if resolves => {
                    self.at += 1;
                    token.push(self.escaped()?);
                }
                b'\\' => {}
                byte => token.push(byte),
            }
            self.at += 1;
        }
    }
}

/// A byte as Go's `%q` shows it.
pub(super) fn quote_char(byte: u8) -> String {
    match byte {
        b'\'' => "'\\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        _ => {
            let quoted = quote(&char::from(byte).to_string());
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    }
}
