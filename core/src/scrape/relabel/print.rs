//! Rules as YAML: what is written, without what stands there anyway. Reads none.

use std::fmt::Write as _;

use super::rule::{Action, DEFAULT_REGEX, DEFAULT_REPLACEMENT, DEFAULT_SEPARATOR, Rule};
use crate::base::number::quote;

impl Rule {
    /// The rule as one entry of a list, a field a line.
    #[must_use]
    pub fn block(&self) -> String {
        let mut text = String::new();
        for (at, (name, value)) in self.fields().iter().enumerate() {
            let _ = writeln!(text, "{} {name}: {value}", if at == 0 { '-' } else { ' ' });
        }
        text
    }

    /// The rule in one line.
    #[must_use]
    pub fn line(&self) -> String {
        let fields: Vec<String> =
            self.fields().iter().map(|(name, value)| format!("{name}: {value}")).collect();
        fields.join(", ")
    }

    /// The fields that differ from what holds without them; never none.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        if !self.source_labels.is_empty() {
            let labels: Vec<String> = self.source_labels.iter().map(|label| scalar(label)).collect();
            fields.push(("source_labels", format!("[{}]", labels.join(", "))));
        }
        if self.separator != DEFAULT_SEPARATOR {
            fields.push(("separator", quote(&self.separator)));
        }
        if self.pattern != DEFAULT_REGEX {
            fields.push(("regex", scalar(&self.pattern)));
        }
        if self.modulus != 0 {
            fields.push(("modulus", self.modulus.to_string()));
        }
        if !self.target_label.is_empty() {
            fields.push(("target_label", scalar(&self.target_label)));
        }
        if self.replacement != DEFAULT_REPLACEMENT {
            fields.push(("replacement", scalar(&self.replacement)));
        }
        if self.action != Action::Replace || fields.is_empty() {
            fields.push(("action", self.action.name().to_owned()));
        }
        fields
    }
}

/// A text as YAML reads it back: in quotes, unless it is a plain word that cannot be taken for anything else.
fn scalar(text: &str) -> String {
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_./-".contains(&byte))
        && text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let means_other = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    if is_word && !means_other.contains(&text.to_ascii_lowercase().as_str()) {
        text.to_owned()
    } else if text.contains(['\n', '\t', '\r']) || text.chars().any(char::is_control) {
        quote(text)
    } else {
        // Single quotes leave backslashes alone, which patterns are full of.
        format!("'{}'", text.replace('\'', "''"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_rules;

    #[test]
    fn what_is_printed_is_read_back() {
        for written in [
            "- source_labels: [__meta_dns_name, job]\n  separator: \"@\"\n  regex: '(.+)\\.it''s'\n  target_label: name\n  replacement: 'x$1'\n",
            "- action: labeldrop\n  regex: \"a\\tb\"\n",
            "- source_labels: [a]\n  modulus: 8\n  target_label: shard\n  action: hashmod\n",
            "- target_label: truth\n  replacement: 'yes'\n- action: keep\n  source_labels: ['with space']\n  regex: ''\n",
        ] {
            let rules = parse_rules(written).unwrap();
            let printed: String = rules.iter().map(super::Rule::block).collect();
            assert_eq!(parse_rules(&printed).unwrap(), rules, "{printed}");
            let flow: String = rules.iter().map(|rule| format!("- {{ {} }}\n", rule.line())).collect();
            assert_eq!(parse_rules(&flow).unwrap(), rules, "{flow}");
        }
    }
}
