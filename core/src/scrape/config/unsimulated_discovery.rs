//! Discoveries that a lab in a page cannot have (clouds, orchestrators) or does not have yet. Their fields are
//! checked, so that a typing error is told; they find no targets.

use super::schema::{self, Kind, Schema};
use crate::yaml::{Node, Problem, Read, Reader};

/// Reads a field of a job or an Alertmanager, where the name is one of these discoveries.
pub(super) fn field(reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
    let is_known = check(reader, name, value)?;
    if is_known {
        reader.remark(Problem::at(value.place, name));
    }
    Ok(is_known)
}

/// Checks the fields of a discovery that is known; gives whether it is.
pub(super) fn check(reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
    let Some((_, schema)) = DISCOVERIES.iter().find(|(known, _)| *known == name) else {
        return Ok(false);
    };
    schema::check(reader, value, &Kind::Many(schema))?;
    Ok(true)
}

/// Name and address of what is asked, a filter and the like: what most of them share.
const FILTER: Schema = Schema::new("ec2.Filter", &[("name", Kind::Text), ("values", Kind::Texts)]);

const NAMESPACES: Schema =
    Schema::new("kubernetes.plain", &[("own_namespace", Kind::Flag), ("names", Kind::Texts)]);

const SELECTOR: Schema = Schema::new(
    "kubernetes.SelectorConfig",
    &[("role", Kind::Text), ("label", Kind::Text), ("field", Kind::Text)],
);

const METADATA: Schema =
    Schema::new("kubernetes.AttachMetadataConfig", &[("node", Kind::Flag), ("namespace", Kind::Flag)]);

const FILE: Schema =
    Schema::new("file.plain", &[("files", Kind::Texts), ("refresh_interval", Kind::Duration)]).checked(
        |node, _| match node.get("files").is_none_or(|files| files.items().is_empty()) {
            true => Err("file service discovery config must contain at least one path name".to_owned()),
            false => Ok(()),
        },
    );

const HTTP: Schema = Schema::new("http.plain", &[("url", Kind::Text), ("refresh_interval", Kind::Duration)])
    .with_http()
    .checked(|node, _| {
        let url = node.get("url").and_then(Node::text).unwrap_or("");
        match url.split_once("://") {
            _ if url.is_empty() => Err("URL is missing".to_owned()),
            Some(("http" | "https", rest)) if !rest.is_empty() => Ok(()),
            Some(("http" | "https", _)) => Err("host is missing in URL".to_owned()),
            _ => Err("URL scheme must be 'http' or 'https'".to_owned()),
        }
    });

const DOCKER: Schema = Schema::new(
    "moby.plain",
    &[
        ("host", Kind::Text),
        ("port", Kind::Integer),
        ("filters", Kind::Many(&FILTER)),
        ("host_networking_host", Kind::Text),
        ("match_first_network", Kind::Flag),
        ("refresh_interval", Kind::Duration),
    ],
)
.with_http()
.checked(|node, _| match node.get("host").is_none_or(Node::is_null) {
    true => Err("host missing".to_owned()),
    false => Ok(()),
});

const DOCKERSWARM: Schema = Schema::new(
    "moby.plain",
    &[
        ("host", Kind::Text),
        (
            "role",
            Kind::OneOf(
                "invalid role, expected tasks, services, or nodes: ",
                &["tasks", "services", "nodes"],
            ),
        ),
        ("port", Kind::Integer),
        ("filters", Kind::Many(&FILTER)),
        ("refresh_interval", Kind::Duration),
    ],
)
.with_http();

const KUBERNETES: Schema = Schema::new(
    "kubernetes.plain",
    &[
        ("api_server", Kind::Text),
        (
            "role",
            Kind::OneOf(
                "unknown Kubernetes SD role ",
                &["endpoints", "endpointslice", "service", "pod", "node", "ingress"],
            ),
        ),
        ("kubeconfig_file", Kind::Text),
        ("namespaces", Kind::One(&NAMESPACES)),
        ("selectors", Kind::Many(&SELECTOR)),
        ("attach_metadata", Kind::One(&METADATA)),
    ],
)
.with_http();

macro_rules! plain {
    ($go_type:literal, [$($text:literal),*] $(, $name:literal => $kind:expr)*) => {
        Schema::new(
            $go_type,
            &[
                $(($text, Kind::Text),)*
                $(($name, $kind),)*
                ("port", Kind::Integer),
                ("refresh_interval", Kind::Duration),
            ],
        )
        .with_http()
    };
}

const DISCOVERIES: &[(&str, Schema)] = &[
    ("file_sd_configs", FILE),
    ("http_sd_configs", HTTP),
    ("docker_sd_configs", DOCKER),
    ("dockerswarm_sd_configs", DOCKERSWARM),
    ("kubernetes_sd_configs", KUBERNETES),
    (
        "aws_sd_configs",
        plain!("aws.plain", ["role", "region", "endpoint", "access_key", "secret_key", "profile", "role_arn", "external_id"],
            "filters" => Kind::Many(&FILTER), "clusters" => Kind::Texts),
    ),
    (
        "azure_sd_configs",
        plain!(
            "azure.plain",
            [
                "environment",
                "subscription_id",
                "tenant_id",
                "client_id",
                "client_secret",
                "authentication_method",
                "resource_group"
            ]
        ),
    ),
    (
        "consul_sd_configs",
        plain!("consul.plain", ["server", "path_prefix", "token", "datacenter", "namespace", "partition",
            "tag_separator", "scheme", "username", "password", "filter", "health_filter"],
            "services" => Kind::Texts, "tags" => Kind::Texts, "node_meta" => Kind::TextMap, "allow_stale" => Kind::Flag),
    ),
    ("digitalocean_sd_configs", plain!("digitalocean.plain", [])),
    (
        "ec2_sd_configs",
        plain!("ec2.plain", ["endpoint", "region", "access_key", "secret_key", "profile", "role_arn", "external_id"],
            "filters" => Kind::Many(&FILTER)),
    ),
    ("eureka_sd_configs", plain!("eureka.plain", ["server"])),
    ("gce_sd_configs", plain!("gce.plain", ["project", "zone", "filter", "tag_separator"])),
    (
        "hetzner_sd_configs",
        plain!("hetzner.plain", ["label_selector"], "role" => Kind::OneOf("unknown role ", &["hcloud", "robot"])),
    ),
    ("ionos_sd_configs", plain!("ionos.plain", ["datacenter_id"])),
    ("kuma_sd_configs", plain!("xds.plain", ["server", "client_id"], "fetch_timeout" => Kind::Duration)),
    (
        "lightsail_sd_configs",
        plain!(
            "lightsail.plain",
            ["endpoint", "region", "access_key", "secret_key", "profile", "role_arn", "external_id"]
        ),
    ),
    ("linode_sd_configs", plain!("linode.plain", ["tag_separator", "region"])),
    (
        "marathon_sd_configs",
        plain!("marathon.plain", ["auth_token", "auth_token_file"], "servers" => Kind::Texts),
    ),
    (
        "nerve_sd_configs",
        plain!("zookeeper.plain", [], "servers" => Kind::Texts, "paths" => Kind::Texts, "timeout" => Kind::Duration),
    ),
    (
        "nomad_sd_configs",
        plain!("nomad.plain", ["namespace", "region", "server", "tag_separator"], "allow_stale" => Kind::Flag),
    ),
    (
        "oci_sd_configs",
        plain!("oci.plain", ["auth_method", "authentication_method", "region", "tenancy", "user", "fingerprint", "key_file", "key_passphrase"],
            "compartments" => Kind::Texts),
    ),
    (
        "openstack_sd_configs",
        plain!("openstack.plain", ["identity_endpoint", "username", "userid", "password", "project_name", "project_id",
            "domain_name", "domain_id", "application_credential_name", "application_credential_id",
            "application_credential_secret", "region"],
            "role" => Kind::OneOf("unknown OpenStack SD role ", &["hypervisor", "instance", "loadbalancer"]),
            "all_tenants" => Kind::Flag,
            "availability" => Kind::OneOf(
                "unknown availability, must be one of admin, internal or public: ",
                &["public", "internal", "admin"])),
    ),
    (
        "outscale_sd_configs",
        plain!("outscale.plain", ["region", "endpoint", "access_key", "secret_key", "secret_key_file"]),
    ),
    (
        "ovhcloud_sd_configs",
        plain!(
            "ovhcloud.plain",
            ["endpoint", "application_key", "application_secret", "consumer_key", "service"]
        ),
    ),
    ("puppetdb_sd_configs", plain!("puppetdb.plain", ["url", "query"], "include_parameters" => Kind::Flag)),
    (
        "scaleway_sd_configs",
        plain!("scaleway.plain", ["project_id", "api_url", "zone", "access_key", "secret_key", "secret_key_file", "name_filter"],
            "role" => Kind::OneOf("unknown role ", &["instance", "baremetal"]), "tags_filter" => Kind::Texts),
    ),
    (
        "serverset_sd_configs",
        plain!("zookeeper.plain", [], "servers" => Kind::Texts, "paths" => Kind::Texts, "timeout" => Kind::Duration),
    ),
    (
        "stackit_sd_configs",
        plain!(
            "stackit.plain",
            [
                "project",
                "region",
                "endpoint",
                "service_account_key",
                "service_account_key_path",
                "private_key",
                "private_key_path",
                "credentials_file_path"
            ]
        ),
    ),
    (
        "triton_sd_configs",
        plain!("triton.plain", ["account", "role", "dns_suffix", "endpoint"],
            "groups" => Kind::Texts, "version" => Kind::Integer),
    ),
    (
        "uyuni_sd_configs",
        plain!("uyuni.plain", ["server", "username", "password", "entitlement", "separator"]),
    ),
    ("vultr_sd_configs", plain!("vultr.plain", [])),
];
