//! The discoveries that ask a cloud for its machines: their fields, and what they may not be together. Asks nobody.

use super::azure_login::is_uuid;
use super::http_client::TLS;
use super::rule::{Rule, Section, fill};
use super::schema::{Kind, Schema};
use super::unsimulated_discovery::{client, is_zero};
use super::web_address;
use crate::base::number::quote;
use crate::yaml::Node;

/// The clouds by the name in front of `_sd_configs`.
pub(super) static CLOUDS: &[(&str, Schema)] = &[
    (
        "aws",
        client(
            "aws.SDConfig",
            "text: region endpoint access_key secret_key profile role_arn external_id; texts: clusters; int: port \
             request_concurrency; duration: refresh_interval",
        )
        .with(&[
            ("role", Kind::Word("ec2 ecs elasticache lightsail msk rds", "unknown AWS SD role %q")),
            ("filters", Kind::Many(&AWS_FILTER)),
        ])
        .ruled(&[Rule::Filled("role", "unknown AWS SD role \"\""), AWS_FILTERS, Rule::Client]),
    ),
    (
        "azure",
        client(
            "azure.SDConfig",
            "text: environment subscription_id tenant_id client_id client_secret authentication_method \
             resource_group; int: port; duration: refresh_interval",
        )
        .ruled(&[
            Rule::Filled("subscription_id", "azure SD configuration requires a subscription_id"),
            Rule::Check("tenant_id client_id client_secret", check_azure_login),
            Rule::Check("authentication_method", check_azure_method),
            Rule::Client,
        ]),
    ),
    (
        "digitalocean",
        client("digitalocean.SDConfig", "int: port; duration: refresh_interval")
            .with(&[("role", Kind::Word("droplets databases", "unknown DigitalOcean SD role %q"))]),
    ),
    (
        "ec2",
        client(
            "aws.EC2SDConfig",
            "text: endpoint region access_key secret_key profile role_arn external_id; int: port \
             request_concurrency; duration: refresh_interval",
        )
        .with(&[("filters", Kind::Many(&AWS_FILTER))])
        .ruled(&[Rule::Client, AWS_FILTERS, Rule::Filled("region", "EC2 SD configuration requires a region")]),
    ),
    (
        "gce",
        Schema::new("gce.SDConfig", "text: project zone filter tag_separator; int: port; duration: refresh_interval")
            .ruled(&[
                Rule::Filled("project", "GCE SD configuration requires a project"),
                Rule::Filled("zone", "GCE SD configuration requires a zone"),
            ]),
    ),
    (
        "hetzner",
        client("hetzner.SDConfig", "text: label_selector; int: port; duration: refresh_interval")
            .with(&[("role", Kind::Word("robot hcloud", "unknown role %q"))])
            .ruled(&[Rule::Filled("role", "role missing (one of: robot, hcloud)"), Rule::Client]),
    ),
    (
        "ionos",
        client("ionos.SDConfig", "text: datacenter_id; int: port; duration: refresh_interval")
            .ruled(&[Rule::Filled("datacenter_id", "datacenter id can't be empty"), Rule::Client]),
    ),
    (
        "lightsail",
        client(
            "aws.LightsailSDConfig",
            "text: endpoint region access_key secret_key profile role_arn external_id; int: port; \
             duration: refresh_interval",
        )
        .ruled(&[Rule::Client, Rule::Filled("region", "Lightsail SD configuration requires a region")]),
    ),
    ("linode", client("linode.SDConfig", "text: tag_separator region; int: port; duration: refresh_interval")),
    (
        "oci",
        client(
            "oci.SDConfig",
            "text: auth tenancy user fingerprint key_file key_passphrase key_passphrase_file region; \
             texts: compartments; int: port; duration: refresh_interval",
        )
        .ruled(&[
            Rule::Filled("region", "oci_sd: region is required"),
            Rule::Check("auth tenancy user fingerprint key_file", check_oci_login),
            Rule::Check("compartments", check_compartments),
            Rule::Check("refresh_interval", |section| match is_zero(section, "refresh_interval") {
                true => Err("oci_sd: refresh_interval must be positive, got 0s".to_owned()),
                false => Ok(()),
            }),
            Rule::Client,
        ]),
    ),
    (
        "openstack",
        Schema::new(
            "openstack.SDConfig",
            "text: identity_endpoint username userid password project_name project_id domain_name domain_id \
             application_credential_name application_credential_id application_credential_secret region availability; \
             flag: all_tenants; int: port; duration: refresh_interval",
        )
        .with(&[
            ("role", Kind::Word("hypervisor instance loadbalancer", "unknown OpenStack SD role %q")),
            ("tls_config", Kind::One(&TLS)),
        ])
        .ruled(&[
            Rule::Check("availability", |section| match section.text("availability") {
                "public" | "internal" | "admin" => Ok(()),
                "" if !section.has("availability") => Ok(()),
                other => {
                    Err(fill("unknown availability %s, must be one of admin, internal or public", other))
                }
            }),
            Rule::Filled("role", "role missing (one of: instance, hypervisor, loadbalancer)"),
        ]),
    ),
    (
        "outscale",
        client(
            "outscale.SDConfig",
            "text: endpoint region access_key secret_key secret_key_file; int: port; duration: refresh_interval",
        )
        .ruled(&[
            Rule::NotEmptied("region", "outscale SD configuration requires a region"),
            Rule::Filled("access_key", "outscale SD configuration requires access_key"),
            SECRETS[0],
            SECRETS[1],
            Rule::Client,
        ]),
    ),
    (
        "ovhcloud",
        Schema::new(
            "ovhcloud.SDConfig",
            "text: endpoint application_key application_secret consumer_key service; duration: refresh_interval",
        )
        .ruled(&[
            Rule::NotEmptied("endpoint", "endpoint can not be empty"),
            Rule::Filled("application_key", "application key can not be empty"),
            Rule::Filled("application_secret", "application secret can not be empty"),
            Rule::Filled("consumer_key", "consumer key can not be empty"),
            Rule::Check("service", |section| match section.text("service") {
                "dedicated_server" | "vps" => Ok(()),
                other => Err(fill("unknown service: %s", other)),
            }),
        ]),
    ),
    (
        "scaleway",
        client(
            "scaleway.SDConfig",
            "text: project_id api_url zone access_key secret_key secret_key_file name_filter; texts: tags_filter; \
             int: port; duration: refresh_interval",
        )
        .with(&[("role", Kind::Word("instance baremetal", "unknown role %q"))])
        .ruled(&[
            Rule::Filled("role", "role missing (one of: instance, baremetal)"),
            Rule::Filled("project_id", "project_id is mandatory"),
            SECRETS[0],
            SECRETS[1],
            Rule::Filled("access_key", "access_key is mandatory"),
            Rule::Check("access_key secret_key project_id", check_scaleway_keys),
            Rule::Client,
        ]),
    ),
    (
        "stackit",
        client(
            "stackit.SDConfig",
            "text: project region endpoint service_account_key service_account_key_path private_key \
             private_key_path credentials_file_path; int: port; duration: refresh_interval",
        )
        .ruled(&[
            Rule::Check("endpoint region", |section| {
                // The region has a default, which it loses where it is written and empty.
                match section.text("endpoint").is_empty() && section.at("region").is_some() && !section.is_filled("region") {
                    true => Err("endpoint or region missing".to_owned()),
                    false => Ok(()),
                }
            }),
            Rule::Check("endpoint", |section| {
                let endpoint = section.text("endpoint");
                let problem = web_address::parse(endpoint).err();
                problem.map_or(Ok(()), |error| Err(format!("invalid endpoint {}: {error}", quote(endpoint))))
            }),
            Rule::Client,
        ]),
    ),
    ("vultr", client("vultr.SDConfig", "int: port; duration: refresh_interval")),
];

const SECRETS: [Rule; 2] = [
    Rule::Check("secret_key", |section| {
        match section.is_filled("secret_key") || section.is_filled("secret_key_file") {
            true => Ok(()),
            false => Err("one of secret_key & secret_key_file must be configured".to_owned()),
        }
    }),
    Rule::AtMostOne(
        "secret_key secret_key_file",
        "at most one of secret_key & secret_key_file must be configured",
    ),
];

static AWS_FILTER: Schema = Schema::bare("aws.EC2Filter", "text: name; texts: values");

const AWS_FILTERS: Rule = Rule::Check("filters", |section| {
    let is_empty = |filter: &Node| filter.get("values").is_none_or(|values| values.items().is_empty());
    match section.items("filters").iter().any(is_empty) {
        true => Err("EC2 SD configuration filter values cannot be empty".to_owned()),
        false => Ok(()),
    }
});

/// What logging in with OAuth, which is the default, needs.
fn check_azure_login(section: &Section<'_>) -> Result<(), String> {
    if !matches!(section.text("authentication_method"), "" | "OAuth") {
        return Ok(());
    }
    match ["tenant_id", "client_id", "client_secret"].iter().find(|name| !section.is_filled(name)) {
        Some(name) => Err(fill("azure SD configuration requires a %s", name)),
        None => Ok(()),
    }
}

fn check_azure_method(section: &Section<'_>) -> Result<(), String> {
    match section.text("authentication_method") {
        "OAuth" | "ManagedIdentity" | "SDK" | "WorkloadIdentity" => Ok(()),
        "" if section.at("authentication_method").is_none() => Ok(()),
        other => Err(fill(
            "unknown authentication_type %q. Supported types are \"OAuth\", \"ManagedIdentity\", \"SDK\" or \
             \"WorkloadIdentity\"",
            other,
        )),
    }
}

fn check_oci_login(section: &Section<'_>) -> Result<(), String> {
    const SECRET: [&str; 2] = ["key_passphrase", "key_passphrase_file"];
    const NEEDED: [&str; 4] = ["tenancy", "user", "fingerprint", "key_file"];
    let is_filled = |name: &&str| section.is_filled(name);
    let method = if section.at("auth").is_some() { section.text("auth") } else { "api_key" };
    match method {
        "api_key" => match NEEDED.iter().find(|name| !section.is_filled(name)) {
            Some(name) => Err(fill("oci_sd: api_key auth requires %s", name)),
            None if SECRET.iter().all(is_filled) => {
                Err("oci_sd: at most one of key_passphrase and key_passphrase_file must be configured".to_owned())
            }
            None => Ok(()),
        },
        "instance_principal" if NEEDED.iter().chain(&SECRET).any(is_filled) => {
            Err("oci_sd: instance_principal auth must not have tenancy, user, fingerprint, key_file, key_passphrase, \
                 or key_passphrase_file set"
                .to_owned())
        }
        "instance_principal" => Ok(()),
        other => Err(fill(
            "oci_sd: unknown auth method %q, expected \"api_key\" or \"instance_principal\"",
            other,
        )),
    }
}

fn check_compartments(section: &Section<'_>) -> Result<(), String> {
    let empty = section.items("compartments").iter().position(|item| item.text().is_none_or(str::is_empty));
    match empty {
        Some(at) => Err(format!("oci_sd: compartments[{at}] must not be empty")),
        None => Ok(()),
    }
}

/// The forms that Scaleway's own library demands of keys and ids.
fn check_scaleway_keys(section: &Section<'_>) -> Result<(), String> {
    let access = section.text("access_key");
    let is_key = access.strip_prefix("SCW").is_some_and(|rest| {
        rest.len() == 17 && rest.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    });
    if !is_key {
        return Err(fill(
            "scaleway-sdk-go: invalid access key format '%s', expected SCWXXXXXXXXXXXXXXXXX format",
            access,
        ));
    }
    for (path, what) in [("secret_key", "secret key"), ("project_id", "project ID")] {
        let id = section.text(path);
        if !id.is_empty() && !is_uuid(id) {
            return Err(format!(
                "scaleway-sdk-go: invalid {what} format '{id}', expected a UUID: \
                 xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
            ));
        }
    }
    Ok(())
}
