//! `remote_write` and `remote_read`: their fields, and what they may not be together. Nothing is sent.

use super::http_client::HttpClient;
use super::schema::{Kind, Schema};
use crate::yaml::Node;

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

/// An entry of `remote_write`.
pub(super) const REMOTE_WRITE: Schema = Schema::new(
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

/// An entry of `remote_read`.
pub(super) const REMOTE_READ: Schema = Schema::new(
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

/// Headers that are set by the sender itself may not be set; `authorization` is what is said of that one.
pub(super) fn check_headers(node: &Node, authorization: &str) -> Result<(), String> {
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
