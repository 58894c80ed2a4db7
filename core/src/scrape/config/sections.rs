//! The sections of a configuration that a lab does nothing with: remote write and read, tracing, OTLP,
//! alerting. Read field by field, so that what Prometheus does not know is refused.

use super::alerting::read_alerting;
use super::check_paths;
use super::global::Global;
use super::http_client::{HttpClient, TLS};
use super::remote::{REMOTE_READ, REMOTE_WRITE, check_headers};
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

const TRACING: Schema = Schema::new(
    "config.plain",
    &[
        (
            "client_type",
            Kind::OneOf("expected tracing client type to be to be http or grpc, but got ", &["http", "grpc"]),
        ),
        ("endpoint", Kind::Text),
        ("sampling_fraction", Kind::Float),
        ("insecure", Kind::Flag),
        ("tls_config", Kind::One(&TLS)),
        ("headers", Kind::TextMap),
        (
            "compression",
            Kind::OneOf("invalid compression type provided, valid options: gzip: ", &["", "gzip"]),
        ),
        ("timeout", Kind::Duration),
    ],
)
.checked(check_tracing);

const OTLP: Schema = Schema::new(
    "config.plain",
    &[
        ("promote_all_resource_attributes", Kind::Flag),
        ("promote_resource_attributes", Kind::Texts),
        ("ignore_resource_attributes", Kind::Texts),
        ("translation_strategy", Kind::Text),
        ("keep_identifying_resource_attributes", Kind::Flag),
        ("convert_histograms_to_nhcb", Kind::Flag),
        ("promote_scope_metadata", Kind::Flag),
        ("label_name_underscore_sanitization", Kind::Flag),
        ("label_name_preserve_multiple_underscores", Kind::Flag),
    ],
)
.checked(check_otlp);

const RUNTIME: Schema = Schema::new("config.RuntimeConfig", &[("gogc", Kind::Integer)]);

impl Sections {
    /// Reads a top-level field, where the name is one of these sections.
    pub fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        match name {
            "runtime" => schema::check(reader, value, &Kind::One(&RUNTIME))?,
            "scrape_config_files" => {
                schema::check(reader, value, &Kind::Texts)?;
                check_paths(value, "scrape")?;
            }
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

fn check_tracing(node: &Node, _: &HttpClient) -> Result<(), String> {
    check_headers(node, "custom authorization header configuration is not yet supported")?;
    if node.get("endpoint").and_then(Node::text).unwrap_or("").is_empty() {
        return Err("tracing endpoint must be set".to_owned());
    }
    Ok(())
}

fn check_otlp(node: &Node, _: &HttpClient) -> Result<(), String> {
    let all = node.get("promote_all_resource_attributes").and_then(crate::yaml::resolve);
    let list = |name: &str| node.get(name).map_or(&[][..], Node::items);
    if all == Some(crate::yaml::Resolved::Bool(true)) {
        if !list("promote_resource_attributes").is_empty() {
            return Err(
                "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured \
                 simultaneously"
                    .to_owned(),
            );
        }
        return check_attributes(list("ignore_resource_attributes"), "ignored")
            .map_err(|error| format!("invalid 'ignore_resource_attributes': {error}"));
    }
    if !list("ignore_resource_attributes").is_empty() {
        return Err(
            "'ignore_resource_attributes' cannot be configured unless 'promote_all_resource_attributes' is true"
                .to_owned(),
        );
    }
    check_attributes(list("promote_resource_attributes"), "promoted")
        .map_err(|error| format!("invalid 'promote_resource_attributes': {error}"))
}

fn check_attributes(items: &[Node], what: &str) -> Result<(), String> {
    let mut seen: Vec<&str> = Vec::new();
    for item in items {
        let attribute = item.text().unwrap_or("").trim();
        if attribute.is_empty() {
            return Err(format!("empty {what} OTel resource attribute"));
        }
        if seen.contains(&attribute) {
            return Err(format!("duplicated {what} OTel resource attribute {}", quote(attribute)));
        }
        seen.push(attribute);
    }
    Ok(())
}
