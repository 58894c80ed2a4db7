//! The discoveries that ask a service at an address (a registry, a file, a cluster) for targets: their fields, and
//! what they may not be together. Asks nobody.

use super::http_client::TLS;
use super::kubernetes::KUBERNETES;
use super::rule::{Rule, Section, fill};
use super::schema::{Kind, Schema};
use super::unsimulated_discovery::{client, is_zero};
use super::web_address;

/// The registries by the name in front of `_sd_configs`.
pub(super) static REGISTRIES: &[(&str, Schema)] = &[
    (
        "file",
        Schema::new("file.SDConfig", "texts: files; duration: refresh_interval").ruled(&[
            Rule::Filled("files", "file service discovery config must contain at least one path name"),
            Rule::Check("files", check_file_names),
        ]),
    ),
    ("http", client("http.SDConfig", "text: url; duration: refresh_interval").ruled(&[URL[0], URL[1], Rule::Client])),
    (
        "docker",
        client(
            "moby.DockerSDConfig",
            "text: host host_networking_host; int: port; flag: match_first_network; duration: refresh_interval",
        )
        .with(&[("filters", Kind::Many(&MOBY_FILTER))])
        .ruled(&[HOST, HOST_URL, Rule::Client]),
    ),
    (
        "dockerswarm",
        client("moby.DockerSwarmSDConfig", "text: host role; int: port; duration: refresh_interval")
            .with(&[("filters", Kind::Many(&MOBY_FILTER))])
            .ruled(&[HOST, HOST_URL, Rule::Check("role", check_swarm_role), Rule::Client]),
    ),
    ("kubernetes", KUBERNETES),
    (
        "consul",
        client(
            "consul.SDConfig",
            "text: server path_prefix token datacenter namespace partition tag_separator scheme username password \
             filter health_filter; texts: services tags; map: node_meta; flag: allow_stale; \
             duration: refresh_interval",
        )
        .ruled(&[
            Rule::Check("server", |section| not_blank(section, "consul SD configuration requires a server address")),
            Rule::Excludes(
                "username password",
                "basic_auth",
                "at most one of consul SD configuration username and password and basic auth can be configured",
            ),
            Rule::Excludes(
                "token",
                "authorization oauth2",
                "at most one of consul SD token, authorization, or oauth2 can be configured",
            ),
            Rule::Client,
        ]),
    ),
    (
        "eureka",
        client("eureka.SDConfig", "text: server; int: port; duration: refresh_interval").ruled(&[
            Rule::Filled("server", "eureka_sd: empty or null eureka server"),
            Rule::Check("server", |section| {
                let address = web_address::parse(section.text("server"))?;
                match address.scheme.is_empty() || address.host.is_empty() {
                    true => Err("eureka_sd: invalid eureka server URL".to_owned()),
                    false => Ok(()),
                }
            }),
            Rule::Client,
        ]),
    ),
    (
        "kuma",
        client("xds.KumaSDConfig", "text: server client_id; duration: refresh_interval fetch_timeout")
            .ruled(&[Rule::Check("server", check_kuma_server), Rule::Client]),
    ),
    (
        "marathon",
        client("marathon.SDConfig", "text: auth_token auth_token_file; texts: servers; duration: refresh_interval")
            .ruled(MARATHON_RULES),
    ),
    ("nerve", Schema::new("zookeeper.NerveSDConfig", ZOOKEEPER_FIELDS).ruled(&[Rule::Check("servers paths", |section| check_zookeeper(section, "nerve"))])),
    (
        "nomad",
        client(
            "nomad.SDConfig",
            "text: namespace region server tag_separator; flag: allow_stale; duration: refresh_interval",
        )
        .ruled(&[
            Rule::Check("server", |section| not_blank(section, "nomad SD configuration requires a server address")),
            Rule::Client,
        ]),
    ),
    (
        "puppetdb",
        client("puppetdb.SDConfig", "text: url query; flag: include_parameters; int: port; duration: refresh_interval")
            .ruled(&[URL[0], URL[1], Rule::Filled("query", "query missing"), Rule::Client]),
    ),
    ("serverset", Schema::new("zookeeper.ServersetSDConfig", ZOOKEEPER_FIELDS).ruled(&[Rule::Check("servers paths", |section| check_zookeeper(section, "serverset"))])),
    (
        "triton",
        Schema::new(
            "triton.SDConfig",
            "text: account role dns_suffix endpoint; texts: groups; int: port version; duration: refresh_interval",
        )
        .with(&[("tls_config", Kind::One(&TLS))])
        .ruled(&[
            Rule::Check("role", |section| match section.text("role") {
                "container" | "cn" => Ok(()),
                "" if section.at("role").is_none() => Ok(()),
                _ => Err("triton SD configuration requires role to be 'container' or 'cn'".to_owned()),
            }),
            Rule::Filled("account", "triton SD configuration requires an account"),
            Rule::Filled("dns_suffix", "triton SD configuration requires a dns_suffix"),
            Rule::Filled("endpoint", "triton SD configuration requires an endpoint"),
            Rule::Check("refresh_interval", |section| match is_zero(section, "refresh_interval") {
                true => Err("triton SD configuration requires RefreshInterval to be a positive integer".to_owned()),
                false => Ok(()),
            }),
        ]),
    ),
    (
        "uyuni",
        client(
            "uyuni.SDConfig",
            "text: server username password entitlement separator; int: port; duration: refresh_interval",
        )
        .ruled(&[
            Rule::Filled("server", "Uyuni SD configuration requires server host"),
            Rule::Check("server", |section| {
                web_address::parse(section.text("server"))
                    .map(drop)
                    .map_err(|error| format!("Uyuni Server URL is not valid: {error}"))
            }),
            Rule::Filled("username", "Uyuni SD configuration requires a username"),
            Rule::Filled("password", "Uyuni SD configuration requires a password"),
            Rule::Client,
        ]),
    ),
];

const HOST: Rule = Rule::Filled("host", "host missing");

const HOST_URL: Rule = Rule::Check("host", |section| web_address::parse(section.text("host")).map(drop));

/// An address of the web that must be given, be of the web and have a host.
const URL: [Rule; 2] = [
    Rule::Filled("url", "URL is missing"),
    Rule::Check("url", |section| {
        let address = web_address::parse(section.text("url"))?;
        match (&*address.scheme, address.host) {
            ("http" | "https", "") => Err("host is missing in URL".to_owned()),
            ("http" | "https", _) => Ok(()),
            _ => Err("URL scheme must be 'http' or 'https'".to_owned()),
        }
    }),
];

static MOBY_FILTER: Schema = Schema::bare("moby.Filter", "text: name; texts: values").by_value();

const ZOOKEEPER_FIELDS: &str = "texts: servers paths; duration: timeout";

static MARATHON_RULES: &[Rule] = &[
    Rule::Filled("servers", "marathon_sd: must contain at least one Marathon server"),
    Rule::AtMostOne(
        "auth_token auth_token_file",
        "marathon_sd: at most one of auth_token & auth_token_file must be configured",
    ),
    Rule::Excludes(
        "auth_token auth_token_file",
        "basic_auth",
        "marathon_sd: at most one of basic_auth, auth_token & auth_token_file must be configured",
    ),
    Rule::Excludes(
        "auth_token auth_token_file",
        "bearer_token bearer_token_file",
        "marathon_sd: at most one of bearer_token, bearer_token_file, auth_token & auth_token_file must be configured",
    ),
    Rule::Excludes(
        "auth_token auth_token_file",
        "authorization",
        "marathon_sd: at most one of auth_token, auth_token_file & authorization must be configured",
    ),
    Rule::Client,
];

/// A name may have a star in its last part only, and ends as JSON and YAML files do.
fn check_file_names(section: &Section<'_>) -> Result<(), String> {
    const ENDINGS: [&str; 6] = [".json", ".yml", ".yaml", ".JSON", ".YML", ".YAML"];
    for item in section.items("files") {
        let name = item.text().unwrap_or("");
        let stem = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
        let fits = stem.is_some_and(|stem| stem.split_once('*').is_none_or(|(_, rest)| !rest.contains('/')));
        if !fits {
            return Err(fill("path name %q is not valid for file discovery", name));
        }
    }
    Ok(())
}

fn check_swarm_role(section: &Section<'_>) -> Result<(), String> {
    match section.text("role") {
        "tasks" | "services" | "nodes" => Ok(()),
        "" => Err("role missing (one of: tasks, services, nodes)".to_owned()),
        other => Err(fill("invalid role %s, expected tasks, services, or nodes", other)),
    }
}

/// A server that has a default may be left out, not be blank.
fn not_blank(section: &Section<'_>, text: &str) -> Result<(), String> {
    match section.at("server").is_some() && section.text("server").trim().is_empty() {
        true => Err(text.to_owned()),
        false => Ok(()),
    }
}

fn check_kuma_server(section: &Section<'_>) -> Result<(), String> {
    let server = section.text("server");
    if server.is_empty() {
        return Err("kuma SD server must not be empty: ".to_owned());
    }
    let address = web_address::parse(server)?;
    match address.scheme.is_empty() || address.host.is_empty() {
        true => Err(fill("kuma SD server must not be empty and have a scheme: %s", server)),
        false => Ok(()),
    }
}

fn check_zookeeper(section: &Section<'_>, what: &str) -> Result<(), String> {
    if !section.is_filled("servers") {
        return Err(fill("%s SD config must contain at least one Zookeeper server", what));
    }
    if !section.is_filled("paths") {
        return Err(fill("%s SD config must contain at least one path", what));
    }
    for path in section.items("paths") {
        let path = path.text().unwrap_or("");
        if !path.starts_with('/') {
            return Err(format!("{what} SD config paths must begin with '/': {path}"));
        }
    }
    Ok(())
}
