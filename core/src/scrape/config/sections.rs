//! The sections of a configuration that a lab does nothing with: remote write and read, storage, tracing, OTLP,
//! alerting. Read field by field, so that what Prometheus does not know is refused.

use super::check_paths;
use super::global::Global;
use super::http_client::{HttpClient, TLS};
use super::schema::{self, Kind, Schema};
use super::unsimulated_discovery;
use crate::base::number::quote;
use crate::yaml::{Content, Node, Problem, Read, Reader};

/// What must be looked at once everything is read.
#[derive(Default)]
pub(super) struct Sections {
    remote_write: Option<Node>,
    remote_read: Option<Node>,
    translation: Option<Node>,
}

const QUEUE: Schema = Schema::new(
    "config.QueueConfig",
    &[
        ("capacity", Kind::Integer),
        ("max_shards", Kind::Integer),
        ("min_shards", Kind::Integer),
        ("max_samples_per_send", Kind::Integer),
        ("batch_send_deadline", Kind::Duration),
        ("min_backoff", Kind::Duration),
        ("max_backoff", Kind::Duration),
        ("retry_on_http_429", Kind::Flag),
        ("sample_age_limit", Kind::Duration),
    ],
);

const REMOTE_WRITE: Schema = Schema::new(
    "config.plain",
    &[
        ("url", Kind::Text),
        ("remote_timeout", Kind::Duration),
        ("headers", Kind::TextMap),
        ("write_relabel_configs", Kind::Rules("empty or null relabeling rule in remote write config")),
        ("name", Kind::Text),
        ("send_exemplars", Kind::Flag),
        ("send_native_histograms", Kind::Flag),
        ("round_robin_dns", Kind::Flag),
        ("protobuf_message", Kind::Text),
        ("queue_config", Kind::One(&QUEUE)),
        ("metadata_config", Kind::One(&METADATA)),
        ("sigv4", Kind::Any),
        ("azuread", Kind::Any),
        ("google_iam", Kind::Any),
    ],
)
.with_http()
.checked(check_remote_write);

const METADATA: Schema = Schema::new(
    "config.MetadataConfig",
    &[("send", Kind::Flag), ("send_interval", Kind::Duration), ("max_samples_per_send", Kind::Integer)],
);

const REMOTE_READ: Schema = Schema::new(
    "config.plain",
    &[
        ("url", Kind::Text),
        ("remote_timeout", Kind::Duration),
        ("chunked_read_limit", Kind::Count),
        ("headers", Kind::TextMap),
        ("read_recent", Kind::Flag),
        ("name", Kind::Text),
        ("required_matchers", Kind::TextMap),
        ("filter_external_labels", Kind::Flag),
    ],
)
.with_http()
.checked(|node, _| check_remote(node, "remote_read"));

const STORAGE: Schema =
    Schema::new("config.StorageConfig", &[("tsdb", Kind::One(&TSDB)), ("exemplars", Kind::One(&EXEMPLARS))]);

const EXEMPLARS: Schema = Schema::new("config.ExemplarsConfig", &[("max_exemplars", Kind::Integer)]);

const TSDB: Schema = Schema::new(
    "config.plain",
    &[
        ("out_of_order_time_window", Kind::Duration),
        ("retention", Kind::One(&RETENTION)),
        ("stale_series_compaction_threshold", Kind::Float),
        ("chunk_encoding", Kind::One(&CHUNK_ENCODING)),
    ],
);

const CHUNK_ENCODING: Schema = Schema::new("config.plain", &[("floats", Kind::Text)]).checked(|node, _| {
    match node.get("floats").and_then(Node::text) {
        None | Some("xor" | "xor2") => Ok(()),
        Some(other) => Err(format!(
            "'storage.tsdb.chunk_encoding.floats' must be 'xor' or 'xor2', or the field must be omitted entirely, got {}",
            quote(other)
        )),
    }
});

const RETENTION: Schema = Schema::new(
    "config.plain",
    &[("time", Kind::Duration), ("size", Kind::Size), ("percentage", Kind::Float)],
)
.checked(|node, _| {
    let percentage = node.get("percentage").and_then(Node::text).and_then(|text| text.parse::<f64>().ok());
    match percentage {
        Some(percentage) if !(0.0..=100.0).contains(&percentage) => {
            Err("'storage.tsdb.retention.percentage' must be in the range [0, 100]".to_owned())
        }
        _ => Ok(()),
    }
});

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
            "storage" => schema::check(reader, value, &Kind::One(&STORAGE))?,
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

const RESERVED_HEADERS: [&str; 16] = [
    "host",
    "content-encoding",
    "content-length",
    "content-type",
    "user-agent",
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "www-authenticate",
    "accept-encoding",
    "x-prometheus-remote-write-version",
    "x-prometheus-remote-read-version",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-content-sha256",
];

fn check_headers(node: &Node, authorization: &str) -> Result<(), String> {
    for (key, _) in node.get("headers").map_or(&[][..], Node::pairs) {
        let header = key.text().unwrap_or("");
        let lower = header.to_ascii_lowercase();
        if lower == "authorization" {
            return Err(authorization.to_owned());
        }
        if RESERVED_HEADERS.contains(&lower.as_str()) {
            return Err(format!("{header} is a reserved header. It must not be changed"));
        }
    }
    Ok(())
}

fn check_remote(node: &Node, name: &str) -> Result<(), String> {
    if node.get("url").is_none_or(Node::is_null) {
        return Err(format!("url for {name} is empty"));
    }
    check_headers(
        node,
        "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4, azuread or google_iam \
         parameter",
    )
}

fn check_remote_write(node: &Node, client: &HttpClient) -> Result<(), String> {
    check_remote(node, "remote_write")?;
    const MESSAGES: [&str; 2] = ["prometheus.WriteRequest", "io.prometheus.write.v2.Request"];
    if let Some(message) = node.get("protobuf_message").and_then(Node::text)
        && !MESSAGES.contains(&message)
    {
        return Err(format!(
            "invalid protobuf_message value: unknown type for remote write protobuf message {message}, supported: {}",
            MESSAGES.join(", ")
        ));
    }
    let own = ["sigv4", "azuread", "google_iam"].iter().filter(|name| node.get(name).is_some()).count();
    if own + usize::from(client.has_authorization()) > 1 {
        return Err(
            "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured"
                .to_owned(),
        );
    }
    match node.get("queue_config") {
        Some(queue) => check_queue(queue),
        None => Ok(()),
    }
}

fn check_queue(queue: &Node) -> Result<(), String> {
    let number = |name: &str, default: i64| {
        queue.get(name).and_then(Node::text).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    for (name, default) in
        [("max_samples_per_send", 2000), ("max_shards", 50), ("min_shards", 1), ("capacity", 10_000)]
    {
        if number(name, default) <= 0 {
            return Err(format!("remote write queue {name} must be positive"));
        }
    }
    if number("min_shards", 1) > number("max_shards", 50) {
        return Err("remote write queue min_shards must not be greater than max_shards".to_owned());
    }
    let length = |name: &str, default: i64| {
        let text = queue.get(name).and_then(Node::text);
        text.and_then(|text| crate::base::duration::parse(text).ok()).map_or(default, |length| length.0)
    };
    if length("max_backoff", 5000) < length("min_backoff", 30) {
        return Err("remote write queue max_backoff must not be less than min_backoff".to_owned());
    }
    Ok(())
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

const ALERTMANAGER_FIELDS: &[(&str, Kind)] = &[
    ("scheme", Kind::Text),
    ("path_prefix", Kind::Text),
    ("timeout", Kind::Duration),
    ("sigv4", Kind::Any),
    ("api_version", Kind::OneOf("expected Alertmanager api version to be one of [v2] but got ", &["v2"])),
    ("relabel_configs", Kind::Rules("empty or null Alertmanager target relabeling rule")),
    ("alert_relabel_configs", Kind::Rules("empty or null Alertmanager alert relabeling rule")),
];

fn read_alerting(reader: &mut Reader, node: &Node) -> Read<()> {
    reader
        .structure(node, "config.plain", |reader, name, value| {
            match name {
                "alert_relabel_configs" => {
                    schema::check(reader, value, &Kind::Rules("empty or null alert relabeling rule"))?;
                }
                "alertmanagers" => {
                    if !value.is_null() && !matches!(value.content, Content::Sequence(_)) {
                        reader.mismatch(value, "config.AlertmanagerConfigs");
                    }
                    value.items().iter().try_for_each(|item| read_alertmanager(reader, item))?;
                }
                _ => return Ok(false),
            }
            Ok(true)
        })
        .map(drop)
}

fn read_alertmanager(reader: &mut Reader, node: &Node) -> Read<()> {
    let mut client = HttpClient::default();
    let mut discovery = Vec::new();
    let clean = reader.structure(node, "config.AlertmanagerConfig", |reader, name, value| {
        if let Some((_, kind)) = ALERTMANAGER_FIELDS.iter().find(|(known, _)| *known == name) {
            schema::check(reader, value, kind)?;
            return Ok(true);
        }
        Ok(super::discovery::field(reader, name, value, &mut discovery)?
            || unsimulated_discovery::field(reader, name, value)?
            || client.field(reader, name, value)?)
    })?;
    if !clean {
        return Ok(());
    }
    client.validate().map_err(|text| Problem::at(node.place, text))?;
    if client.has_authorization() && node.get("sigv4").is_some() {
        let text = "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured";
        return Err(Problem::at(node.place, text));
    }
    if node.get("relabel_configs").is_none_or(|rules| rules.items().is_empty()) {
        super::discovery::check_static_addresses(node)?;
    }
    Ok(())
}
