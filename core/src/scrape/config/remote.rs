//! `remote_write` and `remote_read`: their fields, and what they may not be together. Nothing is sent.

use super::azure_login::AZUREAD;
use super::http_client::is_reserved_header;
use super::rule::{Rule, Section, fill};
use super::schema::{Kind, Schema};
use crate::yaml::Node;

/// An entry of `remote_write`.
pub(super) static REMOTE_WRITE: Schema = Schema::new(
    "config.RemoteWriteConfig",
    "url: url; duration: remote_timeout; map: headers; text: name protobuf_message; \
     flag: send_exemplars send_native_histograms round_robin_dns",
)
.with(&[
    ("write_relabel_configs", Kind::Rules("empty or null relabeling rule in remote write config")),
    ("queue_config", Kind::One(&QUEUE)),
    ("metadata_config", Kind::One(&METADATA)),
    ("sigv4", Kind::One(&SIGV4)),
    ("azuread", Kind::One(&AZUREAD)),
    ("google_iam", Kind::One(&GOOGLE_IAM)),
])
.with_client()
.ruled(&[
    Rule::Given("url", "url for remote_write is empty"),
    HEADERS,
    Rule::Check("protobuf_message", check_message),
    Rule::Check("queue_config", check_queue),
    Rule::Client,
    Rule::Check("basic_auth authorization oauth2 sigv4 azuread google_iam", check_authorization),
]);

static QUEUE: Schema = Schema::bare(
    "config.QueueConfig",
    "int: capacity max_shards min_shards max_samples_per_send; \
     duration: batch_send_deadline min_backoff max_backoff sample_age_limit; flag: retry_on_http_429",
);

static METADATA: Schema =
    Schema::bare("config.MetadataConfig", "flag: send; duration: send_interval; int: max_samples_per_send");

/// AWS's signature of requests.
pub(super) static SIGV4: Schema = Schema::new(
    "sigv4.SigV4Config",
    "text: region access_key secret_key profile role_arn external_id service_name; flag: use_fips_sts_endpoint",
)
.ruled(&[Rule::Check("access_key secret_key", |section| {
    match section.is_filled("access_key") == section.is_filled("secret_key") {
        true => Ok(()),
        false => Err("must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the \
                      SigV4 config"
            .to_owned()),
    }
})]);

static GOOGLE_IAM: Schema = Schema::bare("googleiam.Config", "text: credentials_file");

/// An entry of `remote_read`.
pub(super) static REMOTE_READ: Schema = Schema::new(
    "config.RemoteReadConfig",
    "url: url; duration: remote_timeout; uint: chunked_read_limit; map: headers required_matchers; \
     flag: read_recent filter_external_labels; text: name",
)
.with_client()
.ruled(&[Rule::Given("url", "url for remote_read is empty"), HEADERS, Rule::Client]);

const HEADERS: Rule = Rule::Check("headers", |section| {
    check_headers(
        section,
        "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4, azuread or \
         google_iam parameter",
    )
});

/// Headers that are set by the sender itself may not be set; `authorization` is what is said of that one.
pub(super) fn check_headers(section: &Section<'_>, authorization: &str) -> Result<(), String> {
    for (key, _) in section.at("headers").map_or(&[][..], Node::pairs) {
        let header = key.text().unwrap_or("");
        let lower = header.to_ascii_lowercase();
        if lower == "authorization" {
            return Err(authorization.to_owned());
        }
        if is_reserved_header(&lower) {
            return Err(fill("%s is a reserved header. It must not be changed", header));
        }
    }
    Ok(())
}

fn check_message(section: &Section<'_>) -> Result<(), String> {
    match section.text("protobuf_message") {
        "" if section.at("protobuf_message").is_none() => Ok(()),
        "prometheus.WriteRequest" | "io.prometheus.write.v2.Request" => Ok(()),
        other => Err(fill(
            "invalid protobuf_message value: unknown type for remote write protobuf message %s, supported: \
             prometheus.WriteRequest, io.prometheus.write.v2.Request",
            other,
        )),
    }
}

/// At most one way of authorization. A bearer token counts as the one that it is short for.
fn check_authorization(section: &Section<'_>) -> Result<(), String> {
    let has_bearer = section.is_filled("bearer_token") || section.is_filled("bearer_token_file");
    let is_configured = |name: &&str| section.is_filled(name) || (*name == "authorization" && has_bearer);
    let ways = ["basic_auth", "authorization", "oauth2", "sigv4", "azuread", "google_iam"];
    let configured: Vec<&str> = ways.into_iter().filter(is_configured).collect();
    match configured.len() {
        0 | 1 => Ok(()),
        _ => Err(fill(
            "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be configured. \
             Currently configured: [%s]",
            &configured.join(" "),
        )),
    }
}

fn check_queue(section: &Section<'_>) -> Result<(), String> {
    let text =
        |name: &str| section.at("queue_config").and_then(|queue| queue.get(name)).map(|node| node.text());
    let number = |name: &str, default: i64| match text(name) {
        Some(written) => written.and_then(|text| text.parse().ok()).unwrap_or(0),
        None => default,
    };
    let numbers =
        [("max_samples_per_send", 2000), ("max_shards", 50), ("min_shards", 1), ("capacity", 10_000)];
    if let Some((name, _)) = numbers.into_iter().find(|(name, default)| number(name, *default) <= 0) {
        return Err(fill("remote write queue %s must be positive", name));
    }
    if number("min_shards", 1) > number("max_shards", 50) {
        return Err("remote write queue min_shards must not be greater than max_shards".to_owned());
    }
    let length = |name: &str, default: i64| {
        let written = text(name).flatten().and_then(|text| crate::base::duration::parse(text).ok());
        written.map_or(default, |length| length.0)
    };
    if length("max_backoff", 5000) < length("min_backoff", 30) {
        return Err("remote write queue max_backoff must not be less than min_backoff".to_owned());
    }
    Ok(())
}
