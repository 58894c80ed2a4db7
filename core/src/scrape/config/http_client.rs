//! How targets and discoveries are connected to: authorization, TLS, proxies, redirects. Read and checked; only
//! redirects have an effect in a lab.

use super::schema::{self, Kind, Schema};
use crate::base::number::quote;
use crate::yaml::{Content, Node, Problem, Read, Reader};

/// The client's settings that stand inline in a job or a discovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpClient {
    /// Whether redirects are followed.
    pub follow_redirects: bool,
    basic_auth: Option<Settings>,
    authorization: Option<Settings>,
    oauth2: Option<Settings>,
    bearer_token: String,
    bearer_token_file: String,
    proxy: Proxy,
    other: Vec<Settings>,
}

/// Settings by their dotted names, without places: a section that only moved is the same section.
type Settings = Vec<(String, String)>;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Proxy {
    url: String,
    exceptions: String,
    from_environment: bool,
    has_connect_header: bool,
}

impl Default for HttpClient {
    fn default() -> Self {
        Self {
            follow_redirects: true,
            basic_auth: None,
            authorization: None,
            oauth2: None,
            bearer_token: String::new(),
            bearer_token_file: String::new(),
            proxy: Proxy::default(),
            other: Vec::new(),
        }
    }
}

const BASIC_AUTH: Schema = Schema::new(
    "config.plain",
    &[
        ("username", Kind::Text),
        ("username_file", Kind::Text),
        ("username_ref", Kind::Text),
        ("password", Kind::Text),
        ("password_file", Kind::Text),
        ("password_ref", Kind::Text),
    ],
);

const AUTHORIZATION: Schema = Schema::new(
    "config.Authorization",
    &[
        ("type", Kind::Text),
        ("credentials", Kind::Text),
        ("credentials_file", Kind::Text),
        ("credentials_ref", Kind::Text),
    ],
);

/// Settings of TLS, wherever they stand.
pub(super) const TLS: Schema = Schema::new(
    "config.plain",
    &[
        ("ca", Kind::Text),
        ("cert", Kind::Text),
        ("key", Kind::Text),
        ("ca_file", Kind::Text),
        ("cert_file", Kind::Text),
        ("key_file", Kind::Text),
        ("ca_ref", Kind::Text),
        ("cert_ref", Kind::Text),
        ("key_ref", Kind::Text),
        ("server_name", Kind::Text),
        ("insecure_skip_verify", Kind::Flag),
        ("min_version", Kind::OneOf("unknown TLS version: ", &["TLS10", "TLS11", "TLS12", "TLS13"])),
        ("max_version", Kind::OneOf("unknown TLS version: ", &["TLS10", "TLS11", "TLS12", "TLS13"])),
    ],
);

const OAUTH2: Schema = Schema::new(
    "config.plain",
    &[
        ("client_id", Kind::Text),
        ("client_secret", Kind::Text),
        ("client_secret_file", Kind::Text),
        ("client_secret_ref", Kind::Text),
        ("client_certificate_key_id", Kind::Text),
        ("client_certificate_key", Kind::Text),
        ("client_certificate_key_file", Kind::Text),
        ("client_certificate_key_ref", Kind::Text),
        ("signature_algorithm", Kind::Text),
        ("grant_type", Kind::Text),
        ("iss", Kind::Text),
        ("audience", Kind::Text),
        ("claims", Kind::Any),
        ("scopes", Kind::Texts),
        ("token_url", Kind::Text),
        ("endpoint_params", Kind::TextMap),
        ("tls_config", Kind::One(&TLS)),
        ("proxy_url", Kind::Text),
        ("no_proxy", Kind::Text),
        ("proxy_from_environment", Kind::Flag),
        ("proxy_connect_header", Kind::Any),
    ],
);

const HEADER: Schema = Schema::new(
    "config.Header",
    &[("values", Kind::Texts), ("secrets", Kind::Texts), ("files", Kind::Texts)],
);

impl HttpClient {
    /// Reads a field, where the name is one of the client's.
    pub(super) fn field(&mut self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        let given = || (!value.is_null()).then(|| settings(value));
        match name {
            "follow_redirects" => reader.put(&mut self.follow_redirects, value)?,
            "enable_http2" => reader.put(&mut false, value)?,
            "basic_auth" => {
                schema::check(reader, value, &Kind::One(&BASIC_AUTH))?;
                self.basic_auth = given();
            }
            "authorization" => {
                schema::check(reader, value, &Kind::One(&AUTHORIZATION))?;
                self.authorization = given();
            }
            "oauth2" => {
                schema::check(reader, value, &Kind::One(&OAUTH2))?;
                self.oauth2 = given();
            }
            "bearer_token" => reader.put(&mut self.bearer_token, value)?,
            "bearer_token_file" => reader.put(&mut self.bearer_token_file, value)?,
            "tls_config" => {
                schema::check(reader, value, &Kind::One(&TLS))?;
                self.other.extend(given());
            }
            "http_headers" => {
                schema::check(reader, value, &Kind::MapOf(&HEADER))?;
                check_headers(value)?;
                self.other.extend(given());
            }
            "proxy_url" => reader.put(&mut self.proxy.url, value)?,
            "no_proxy" => reader.put(&mut self.proxy.exceptions, value)?,
            "proxy_from_environment" => reader.put(&mut self.proxy.from_environment, value)?,
            "proxy_connect_header" => self.proxy.has_connect_header = !value.pairs().is_empty(),
            _ => return Ok(false),
        }
        if !matches!(name, "follow_redirects" | "enable_http2") {
            reader.remark(Problem::at(value.place, name));
        }
        Ok(true)
    }

    /// Checks what the fields mean together.
    pub(super) fn validate(&self) -> Result<(), &'static str> {
        let has_bearer = !self.bearer_token.is_empty() || !self.bearer_token_file.is_empty();
        if !self.bearer_token.is_empty() && !self.bearer_token_file.is_empty() {
            return Err("at most one of bearer_token & bearer_token_file must be configured");
        }
        if (self.basic_auth.is_some() || self.oauth2.is_some()) && has_bearer {
            return Err(
                "at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured",
            );
        }
        if let Some(basic) = &self.basic_auth {
            if count(basic, &["username", "username_file", "username_ref"]) > 1 {
                return Err(
                    "at most one of basic_auth username, username_file & username_ref must be configured",
                );
            }
            if count(basic, &["password", "password_file", "password_ref"]) > 1 {
                return Err(
                    "at most one of basic_auth password, password_file & password_ref must be configured",
                );
            }
        }
        self.validate_authorization(has_bearer)?;
        self.validate_oauth2()?;
        self.proxy.validate()
    }

    fn validate_authorization(&self, has_bearer: bool) -> Result<(), &'static str> {
        let Some(authorization) = &self.authorization else {
            return Ok(());
        };
        if has_bearer {
            return Err("authorization is not compatible with bearer_token & bearer_token_file");
        }
        if count(authorization, &["credentials", "credentials_file", "credentials_ref"]) > 1 {
            return Err("at most one of authorization credentials & credentials_file must be configured");
        }
        let kind =
            authorization.iter().find(|(name, _)| name == "type").map_or("", |(_, kind)| kind.as_str());
        if kind.trim().eq_ignore_ascii_case("basic") {
            return Err("authorization type cannot be set to \"basic\", use \"basic_auth\" instead");
        }
        if self.basic_auth.is_some() || self.oauth2.is_some() {
            return Err("at most one of basic_auth, oauth2 & authorization must be configured");
        }
        Ok(())
    }

    fn validate_oauth2(&self) -> Result<(), &'static str> {
        let Some(oauth2) = &self.oauth2 else {
            return Ok(());
        };
        if self.basic_auth.is_some() {
            return Err("at most one of basic_auth, oauth2 & authorization must be configured");
        }
        if count(oauth2, &["client_id"]) == 0 {
            return Err("oauth2 client_id must be configured");
        }
        if count(oauth2, &["token_url"]) == 0 {
            return Err("oauth2 token_url must be configured");
        }
        if count(oauth2, &["client_secret", "client_secret_file", "client_secret_ref"]) > 1 {
            return Err(
                "at most one of oauth2 client_secret, client_secret_file & client_secret_ref must be configured",
            );
        }
        Ok(())
    }

    /// Whether basic authentication, another authorization, OAuth 2 or a bearer token is asked for.
    pub(super) fn has_authorization(&self) -> bool {
        self.basic_auth.is_some() || self.authorization.is_some() || self.oauth2.is_some()
    }
}

impl Proxy {
    fn validate(&self) -> Result<(), &'static str> {
        if self.has_connect_header && !self.from_environment && self.url.is_empty() {
            return Err(
                "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be configured",
            );
        }
        if self.from_environment && !self.url.is_empty() {
            return Err("if proxy_from_environment is configured, proxy_url must not be configured");
        }
        if self.from_environment && !self.exceptions.is_empty() {
            return Err("if proxy_from_environment is configured, no_proxy must not be configured");
        }
        if self.url.is_empty() && !self.exceptions.is_empty() {
            return Err("if no_proxy is configured, proxy_url must also be configured");
        }
        Ok(())
    }
}

/// How many of these settings are not empty.
fn count(settings: &Settings, names: &[&str]) -> usize {
    settings.iter().filter(|(name, text)| names.contains(&name.as_str()) && !text.is_empty()).count()
}

fn settings(node: &Node) -> Settings {
    let mut settings = Settings::new();
    collect(node, "", &mut settings);
    settings
}

fn collect(node: &Node, name: &str, settings: &mut Settings) {
    let below = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") };
    match &node.content {
        Content::Scalar { text, .. } => settings.push((name.to_owned(), text.clone())),
        Content::Sequence(items) => {
            items.iter().enumerate().for_each(|(at, item)| collect(item, &below(&at.to_string()), settings));
        }
        Content::Mapping(pairs) => {
            pairs.iter().for_each(|(key, value)| collect(value, &below(key.text().unwrap_or("")), settings));
        }
    }
}

/// Headers that the client sets itself may not be set.
fn check_headers(node: &Node) -> Read<()> {
    const RESERVED: [&str; 14] = [
        "authorization",
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
    ];
    for (key, _) in node.pairs() {
        let name = key.text().unwrap_or("");
        if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(Problem::at(key.place, format!("setting header {} is not allowed", quote(name))));
        }
    }
    Ok(())
}
