//! `kubernetes_sd_configs`: its fields, and what they may not be together. Asks no cluster.

use super::rule::{Rule, Section, fill};
use super::schema::{Kind, Schema};
use super::selector;
use crate::yaml::Node;

const PARTS: &[(&str, Kind)] = &[
    ("role", ROLE),
    ("namespaces", Kind::One(&NAMESPACES)),
    ("selectors", Kind::Many(&SELECTOR)),
    ("attach_metadata", Kind::One(&METADATA)),
];

/// An entry.
pub(super) const KUBERNETES: Schema =
    Schema::new("kubernetes.SDConfig", "url: api_server; text: kubeconfig_file")
        .with(PARTS)
        .with_client()
        .ruled(&[
            Rule::Filled(
                "role",
                "role missing (one of: pod, service, endpoints, endpointslice, node, ingress)",
            ),
            Rule::Client,
            Rule::AtMostOne(
                "kubeconfig_file api_server",
                "cannot use 'kubeconfig_file' and 'api_server' simultaneously",
            ),
            Rule::Check("kubeconfig_file api_server", check_client),
            Rule::Check("namespaces", |section| {
                let own = section.is_set("namespaces.own_namespace");
                match ["api_server", "kubeconfig_file"].iter().find(|name| own && section.is_filled(name)) {
                    Some(name) => {
                        Err(fill("cannot use '%s' and 'namespaces.own_namespace' simultaneously", name))
                    }
                    None => Ok(()),
                }
            }),
            Rule::Check("selectors", check_selectors),
        ]);

const ROLES: &str = "node pod service endpoints endpointslice ingress";

const ROLE: Kind = Kind::Word(ROLES, "unknown Kubernetes SD role %q");

static NAMESPACES: Schema = Schema::new("kubernetes.NamespaceDiscovery", "flag: own_namespace; texts: names");

static SELECTOR: Schema =
    Schema::bare("kubernetes.SelectorConfig", "text: label field").by_value().with(&[("role", ROLE)]);

static METADATA: Schema = Schema::bare("kubernetes.AttachMetadataConfig", "flag: node namespace");

/// Settings of the client make sense only for a server that is named.
fn check_client(section: &Section<'_>) -> Result<(), String> {
    const SETTINGS: [&str; 9] = [
        "basic_auth",
        "authorization",
        "oauth2",
        "bearer_token",
        "bearer_token_file",
        "proxy_url",
        "proxy_from_environment",
        "proxy_connect_header",
        "http_headers",
    ];
    let is_off = |name: &str| section.has(name) && !section.is_set(name);
    let tls = section.at("tls_config").map_or(&[][..], Node::pairs);
    let has_tls =
        tls.iter().any(|(_, value)| value.text().is_some_and(|text| !text.is_empty() && text != "false"));
    let is_custom = SETTINGS.iter().any(|name| section.is_filled(name))
        || is_off("follow_redirects")
        || is_off("enable_http2")
        || has_tls;
    if is_custom && section.is_filled("kubeconfig_file") {
        return Err(
            "cannot use a custom HTTP client configuration together with 'kubeconfig_file'".to_owned()
        );
    }
    if is_custom && !section.has("api_server") {
        return Err("to use custom HTTP client configuration please provide the 'api_server' URL explicitly"
            .to_owned());
    }
    Ok(())
}

/// Which objects may be selected in each role.
const SELECTABLE: [(&str, &[&str]); 6] = [
    ("pod", &["pod", "node"]),
    ("service", &["service"]),
    ("endpointslice", &["pod", "service", "endpointslice"]),
    ("endpoints", &["pod", "service", "endpoints"]),
    ("node", &["node"]),
    ("ingress", &["ingress"]),
];

fn check_selectors(section: &Section<'_>) -> Result<(), String> {
    let role = section.text("role");
    let allowed =
        SELECTABLE.iter().find(|(known, _)| *known == role).map_or(&[][..], |(_, allowed)| *allowed);
    let mut seen: Vec<&str> = Vec::new();
    for item in section.items("selectors") {
        let item = Section::new(item);
        let selected = item.text("role");
        if seen.contains(&selected) {
            return Err(fill("duplicated selector role: %s", selected));
        }
        seen.push(selected);
        if !allowed.contains(&selected) {
            return Err(format!("{role} role supports only {} selectors", allowed.join(", ")));
        }
        selector::check_fields(item.text("field"))?;
        selector::check_labels(item.text("label"))?;
    }
    Ok(())
}
