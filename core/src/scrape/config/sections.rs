//! The sections of a configuration that a lab does nothing with: remote write and read, tracing, OTLP,
//! alerting. Read field by field, so that what Prometheus does not know is refused.

use super::alerting::read_alerting;
use super::global::Global;
use super::http_client::TLS;
use super::remote::{REMOTE_READ, REMOTE_WRITE, check_headers};
use super::rule::{Rule, Section, fill};
use super::schema::{self, Kind, Schema};
use crate::base::number::quote;
use crate::yaml::{Node, Problem, Read, Reader};

/// What must be looked at once everything is read.
#[derive(Default)]
pub(super) struct Sections {
    remote_write: Option<Node>,
    remote_read: Option<Node>,
    translation: Option<Node>,
}

static TRACING: Schema = Schema::new(
    "config.TracingConfig",
    "text: endpoint compression; float: sampling_fraction; flag: insecure; map: headers; duration: timeout",
)
.with(&[
    (
        "client_type",
        Kind::Word("http grpc", "expected tracing client type to be to be http or grpc, but got %s"),
    ),
    ("tls_config", Kind::One(&TLS)),
])
.ruled(&[
    Rule::Check("headers", |section| {
        check_headers(section, "custom authorization header configuration is not yet supported")
    }),
    Rule::Filled("endpoint", "tracing endpoint must be set"),
    Rule::Check("compression", |section| match section.text("compression") {
        "" | "gzip" => Ok(()),
        other => Err(fill("invalid compression type %s provided, valid options: gzip", other)),
    }),
]);

static OTLP: Schema = Schema::new(
    "config.OTLPConfig",
    "flag: promote_all_resource_attributes keep_identifying_resource_attributes convert_histograms_to_nhcb \
     promote_scope_metadata label_name_underscore_sanitization label_name_preserve_multiple_underscores; \
     texts: promote_resource_attributes ignore_resource_attributes; text: translation_strategy",
)
.ruled(&[Rule::Check("promote_resource_attributes ignore_resource_attributes", check_otlp)]);

static RUNTIME: Schema = Schema::bare("config.RuntimeConfig", "int: gogc");

impl Sections {
    /// Reads a top-level field, where the name is one of these sections.
    pub fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        match name {
            "runtime" => schema::check(reader, value, &Kind::One(&RUNTIME))?,
            "tracing" => schema::check(reader, value, &Kind::One(&TRACING))?,
            "otlp" => {
                schema::check(reader, value, &Kind::One(&OTLP))?;
                self.translation = value.get("translation_strategy").cloned();
            }
            "remote_write" => {
                no_nulls(value, "empty or null remote write config section")?;
                schema::check(reader, value, &Kind::Many(&REMOTE_WRITE))?;
                self.remote_write = Some(value.clone());
            }
            "remote_read" => {
                no_nulls(value, "empty or null remote read config section")?;
                schema::check(reader, value, &Kind::Many(&REMOTE_READ))?;
                self.remote_read = Some(value.clone());
            }
            "alerting" => read_alerting(reader, value)?,
            _ => return Ok(false),
        }
        reader.remark(Problem::at(value.place, name));
        Ok(true)
    }

    /// Checks what spans several entries.
    pub fn check(&self, global: &Global) -> Read<()> {
        for (section, what) in [(&self.remote_write, "remote write"), (&self.remote_read, "remote read")] {
            let mut names: Vec<&str> = Vec::new();
            for item in section.iter().flat_map(|section| section.items()) {
                let Some(name) = item.get("name").and_then(Node::text).filter(|name| !name.is_empty()) else {
                    continue;
                };
                if names.contains(&name) {
                    let text = format!("found multiple {what} configs with job name {}", quote(name));
                    return Err(Problem::at(item.place, text));
                }
                names.push(name);
            }
        }
        self.check_translation(global)
    }

    fn check_translation(&self, global: &Global) -> Read<()> {
        let Some(node) = &self.translation else {
            return Ok(());
        };
        let strategy = node.text().unwrap_or("");
        match strategy {
            "" | "UnderscoreEscapingWithSuffixes" | "UnderscoreEscapingWithoutSuffixes" => Ok(()),
            "NoTranslation" | "NoUTF8EscapingWithSuffixes" if global.names.is_legacy() => {
                let text = format!(
                    "OTLP translation strategy {} is not allowed when UTF8 is disabled",
                    quote(strategy)
                );
                Err(Problem::at(node.place, text))
            }
            "NoTranslation" | "NoUTF8EscapingWithSuffixes" => Ok(()),
            _ => {
                let text = format!("unsupported OTLP translation strategy {}", quote(strategy));
                Err(Problem::at(node.place, text))
            }
        }
    }
}

fn no_nulls(node: &Node, text: &str) -> Read<()> {
    match node.items().iter().find(|item| item.is_null()) {
        Some(item) => Err(Problem::at(item.place, text)),
        None => Ok(()),
    }
}

fn check_otlp(section: &Section<'_>) -> Result<(), String> {
    let all = section.is_set("promote_all_resource_attributes");
    if all && section.is_filled("promote_resource_attributes") {
        return Err(
            "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured \
                    simultaneously"
                .to_owned(),
        );
    }
    if !all && section.is_filled("ignore_resource_attributes") {
        return Err(
            "'ignore_resource_attributes' cannot be configured unless 'promote_all_resource_attributes' is \
                    true"
                .to_owned(),
        );
    }
    let (name, what) = if all { ("ignore", "ignored") } else { ("promote", "promoted") };
    let name = format!("{name}_resource_attributes");
    let wrong = wrong_attributes(section.items(&name), what);
    if wrong.is_empty() { Ok(()) } else { Err(format!("invalid '{name}': {}", wrong.join("\n"))) }
}

/// What is wrong with a list of attributes, all of it.
fn wrong_attributes(items: &[Node], what: &str) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    let mut wrong = Vec::new();
    for item in items {
        let attribute = item.text().unwrap_or("").trim();
        if attribute.is_empty() {
            wrong.push(format!("empty {what} OTel resource attribute"));
        } else if seen.contains(&attribute) {
            wrong.push(format!("duplicated {what} OTel resource attribute {}", quote(attribute)));
        }
        seen.push(attribute);
    }
    wrong
}
