//! Which metric and label names are allowed, and how others are asked to be escaped.

use crate::base::number::quote;
use crate::model::labels::is_plain_label_name;
use crate::yaml::{Node, Problem, Read, Reader};

/// The rule for names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    /// Any UTF-8.
    #[default]
    Utf8,
    /// Letters, digits, `_` and, in metric names, `:`.
    Legacy,
}

/// `metric_name_validation_scheme` and `metric_name_escaping_scheme`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameScheme {
    validation: Option<Validation>,
    escaping: String,
}

const ESCAPINGS: [&str; 4] = ["allow-utf-8", "underscores", "dots", "values"];

impl NameScheme {
    /// Reads a field, where the name is one of the two.
    pub(super) fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        match name {
            "metric_name_validation_scheme" => {
                let mut scheme = String::new();
                reader.put(&mut scheme, value)?;
                self.validation = match scheme.as_str() {
                    "" => None,
                    "utf8" => Some(Validation::Utf8),
                    "legacy" => Some(Validation::Legacy),
                    other => {
                        let text = format!("unrecognized ValidationScheme: {}", quote(other));
                        return Err(Problem::at(value.place, text));
                    }
                };
            }
            "metric_name_escaping_scheme" => reader.put(&mut self.escaping, value)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether names must be of the old kind.
    #[must_use]
    pub fn is_legacy(&self) -> bool {
        self.validation == Some(Validation::Legacy)
    }

    /// The escaping that is asked for in the `Accept` header.
    #[must_use]
    pub fn escaping(&self) -> &str {
        &self.escaping
    }

    /// Whether a label name is allowed.
    #[must_use]
    pub fn allows_label(&self, name: &str) -> bool {
        if self.is_legacy() { is_plain_label_name(name) } else { !name.is_empty() }
    }

    /// Takes what is not said from `global`, and checks that both fit together.
    pub(super) fn inherit(&mut self, global: &Self) -> Result<(), String> {
        let escaping_of = |legacy: bool| if legacy { "underscores" } else { "allow-utf-8" };
        let global_escaping = match global.escaping.as_str() {
            "" => escaping_of(global.is_legacy()),
            known if ESCAPINGS.contains(&known) => known,
            other => return Err(unknown("global", other)),
        };
        let unset = self.validation.is_none();
        if unset {
            self.validation = Some(global.validation.unwrap_or_default());
        }
        if self.escaping.is_empty() {
            let own = if unset { global_escaping } else { escaping_of(self.is_legacy()) };
            self.escaping = own.to_owned();
        }
        if !ESCAPINGS.contains(&self.escaping.as_str()) {
            return Err(unknown("scrape config", &self.escaping));
        }
        if self.escaping == "allow-utf-8" && self.is_legacy() {
            return Err("utf8 metric names requested but validation scheme is not set to UTF8".to_owned());
        }
        Ok(())
    }
}

fn unknown(whose: &str, scheme: &str) -> String {
    format!(
        "unknown {whose} name escaping method specified, must be one of 'allow-utf-8', 'underscores', 'dots', or \
         'values', got {}",
        quote(scheme)
    )
}
