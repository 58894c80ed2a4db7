//! How targets and discoveries are connected to: authorization, TLS, proxies, redirects. Read and checked; only
//! redirects have an effect in a lab.

use super::rule::{Rule, Section, fill};
use super::schema::{Kind, Schema};
use crate::yaml::{Content, Node, Problem, Read, Reader};

/// The client's settings that stand inline in a job or a discovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpClient {
    /// Whether redirects are followed.
    pub follow_redirects: bool,
    /// The others by their dotted names, without places: a section that only moved is the same section.
    settings: Vec<(String, String)>,
}

impl Default for HttpClient {
    fn default() -> Self {
        Self { follow_redirects: true, settings: Vec::new() }
    }
}

/// The fields of the client, wherever they stand.
pub(super) static CLIENT: Schema = Schema::new(
    "config.HTTPClientConfig",
    "flag: follow_redirects enable_http2 proxy_from_environment; text: bearer_token bearer_token_file no_proxy; \
     url: proxy_url",
)
.with(&[
    ("basic_auth", Kind::One(&BASIC_AUTH)),
    ("authorization", Kind::One(&AUTHORIZATION)),
    ("oauth2", Kind::One(&OAUTH2)),
    ("tls_config", Kind::One(&TLS)),
    ("http_headers", Kind::MapOf("config.Headers", &HEADER)),
    ("proxy_connect_header", Kind::Lists("config.ProxyHeader")),
]);

static BASIC_AUTH: Schema = Schema::new(
    "config.BasicAuth",
    "text: username username_file username_ref password password_file password_ref",
);

static AUTHORIZATION: Schema =
    Schema::bare("config.Authorization", "text: type credentials credentials_file credentials_ref");

/// Settings of TLS, wherever they stand.
pub(super) static TLS: Schema = Schema::new(
    "config.TLSConfig",
    "text: ca cert key ca_file cert_file key_file ca_ref cert_ref key_ref server_name; flag: insecure_skip_verify",
)
.with(&[("min_version", TLS_VERSION), ("max_version", TLS_VERSION)])
.ruled(&[
    Rule::AtMostOne("ca ca_file ca_ref", "at most one of ca, ca_file & ca_ref must be configured"),
    Rule::AtMostOne("cert cert_file cert_ref", "at most one of cert, cert_file & cert_ref must be configured"),
    Rule::AtMostOne("key key_file key_ref", "at most one of key and key_file must be configured"),
    Rule::Check("key key_file key_ref", |section| pair(section, "key", "cert")),
    Rule::Check("cert cert_file cert_ref", |section| pair(section, "cert", "key")),
]);

const TLS_VERSION: Kind = Kind::Word("TLS10 TLS11 TLS12 TLS13", "unknown TLS version: %s");

/// A certificate needs its key, and the other way round.
fn pair(section: &Section<'_>, one: &str, other: &str) -> Result<(), String> {
    let has =
        |name: &str| ["", "_file", "_ref"].iter().any(|ending| section.is_filled(&format!("{name}{ending}")));
    if !has(one) || has(other) {
        return Ok(());
    }
    let given = if one == "key" { "key" } else { "certificate" };
    Err(format!(
        "exactly one of {other} or {other}_file must be configured when a client {given} is configured"
    ))
}

static OAUTH2: Schema = Schema::new(
    "config.OAuth2",
    "text: client_id client_secret client_secret_file client_secret_ref client_certificate_key_id \
     client_certificate_key client_certificate_key_file client_certificate_key_ref signature_algorithm grant_type iss \
     audience token_url no_proxy; any: claims; texts: scopes; map: endpoint_params; url: proxy_url; \
     flag: proxy_from_environment",
)
.with(&[
    ("tls_config", Kind::One(&TLS)),
    ("proxy_connect_header", Kind::Lists("config.ProxyHeader")),
])
.ruled(&[PROXY]);

static HEADER: Schema = Schema::bare("config.Header", "texts: values secrets files");

const PROXY: Rule =
    Rule::Check("proxy_url no_proxy proxy_from_environment proxy_connect_header", check_proxy);

/// What the client's settings may not be together.
pub(super) static CLIENT_RULES: &[Rule] = &[
    Rule::AtMostOne(
        "bearer_token bearer_token_file",
        "at most one of bearer_token & bearer_token_file must be configured",
    ),
    Rule::Excludes(
        "basic_auth oauth2",
        "bearer_token bearer_token_file",
        "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured",
    ),
    Rule::AtMostOne(
        "basic_auth.username basic_auth.username_file basic_auth.username_ref",
        "at most one of basic_auth username, username_file & username_ref must be configured",
    ),
    Rule::AtMostOne(
        "basic_auth.password basic_auth.password_file basic_auth.password_ref",
        "at most one of basic_auth password, password_file & password_ref must be configured",
    ),
    Rule::Excludes(
        "authorization",
        "bearer_token bearer_token_file",
        "authorization is not compatible with bearer_token & bearer_token_file",
    ),
    Rule::AtMostOne(
        "authorization.credentials authorization.credentials_file authorization.credentials_ref",
        "at most one of authorization credentials & credentials_file must be configured",
    ),
    Rule::Check("authorization.type", |section| {
        match section.text("authorization.type").trim().eq_ignore_ascii_case("basic") {
            true => {
                Err("authorization type cannot be set to \"basic\", use \"basic_auth\" instead".to_owned())
            }
            false => Ok(()),
        }
    }),
    Rule::Excludes("authorization", "basic_auth oauth2", ONE_AUTHORIZATION),
    Rule::Excludes("oauth2", "basic_auth", ONE_AUTHORIZATION),
    Rule::Needs("oauth2", "oauth2.client_id", "oauth2 client_id must be configured"),
    Rule::Needs("oauth2", "oauth2.token_url", "oauth2 token_url must be configured"),
    Rule::AtMostOne(
        "oauth2.client_secret oauth2.client_secret_file oauth2.client_secret_ref",
        "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured using \
         grant-type=client_credentials",
    ),
    PROXY,
    Rule::Check("http_headers", check_headers),
];

const ONE_AUTHORIZATION: &str = "at most one of basic_auth, oauth2 & authorization must be configured";

fn check_proxy(section: &Section<'_>) -> Result<(), String> {
    let by_environment = section.is_set("proxy_from_environment");
    let by_url = section.is_filled("proxy_url");
    let has_header = section.at("proxy_connect_header").is_some_and(|header| !header.pairs().is_empty());
    let has_exceptions = section.is_filled("no_proxy");
    let refusal = match () {
        () if has_header && !by_environment && !by_url => {
            "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured"
        }
        () if by_environment && by_url => {
            "if proxy_from_environment is configured, proxy_url must not be configured"
        }
        () if by_environment && has_exceptions => {
            "if proxy_from_environment is configured, no_proxy must not be configured"
        }
        () if !by_url && has_exceptions => "if no_proxy is configured, proxy_url must also be configured",
        () => return Ok(()),
    };
    Err(refusal.to_owned())
}

/// Headers that are set by the sender itself may not be set.
fn check_headers(section: &Section<'_>) -> Result<(), String> {
    for (key, _) in section.at("http_headers").map_or(&[][..], Node::pairs) {
        let name = key.text().unwrap_or("").to_ascii_lowercase();
        if is_reserved_header(&name)
            || matches!(&*name, "authorization" | "x-prometheus-scrape-timeout-seconds")
        {
            let words = name.split('-').map(|word| {
                let (first, rest) = word.split_at(word.len().min(1));
                first.to_ascii_uppercase() + rest
            });
            let canonical = words.collect::<Vec<_>>().join("-");
            return Err(fill("setting header %q is not allowed", &canonical));
        }
    }
    Ok(())
}

/// Whether no section may set the header of this name, which is in lower case.
pub(super) fn is_reserved_header(name: &str) -> bool {
    const RESERVED: &str = "host content-encoding content-length content-type user-agent connection keep-alive \
                            proxy-authenticate proxy-authorization www-authenticate accept-encoding \
                            x-prometheus-remote-write-version x-prometheus-remote-read-version x-amz-date \
                            x-amz-security-token x-amz-content-sha256";
    RESERVED.split(' ').any(|reserved| reserved == name)
}

impl HttpClient {
    /// Reads a field, where the name is one of the client's.
    pub(super) fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        if name == "follow_redirects" {
            reader.put(&mut self.follow_redirects, value)?;
            return Ok(true);
        }
        if !CLIENT.field(reader, name, value)? {
            return Ok(false);
        }
        if name != "enable_http2" {
            reader.remark(Problem::at(value.place, name));
        }
        if !value.is_null() {
            flatten(value, name.to_owned(), &mut self.settings);
        }
        Ok(true)
    }

    /// Checks what the client's fields of a section mean together.
    pub(super) fn check(node: &Node) -> Read<()> {
        Section::new(node).hold(CLIENT_RULES)
    }
}

fn flatten(node: &Node, name: String, settings: &mut Vec<(String, String)>) {
    match &node.content {
        Content::Scalar { text, .. } => settings.push((name, text.clone())),
        Content::Sequence(items) => {
            items.iter().enumerate().for_each(|(at, item)| flatten(item, format!("{name}.{at}"), settings));
        }
        Content::Mapping(pairs) => {
            let below = |key: &Node| format!("{name}.{}", key.text().unwrap_or(""));
            pairs.iter().for_each(|(key, value)| flatten(value, below(key), settings));
            settings.push((name, String::new()));
        }
    }
}
