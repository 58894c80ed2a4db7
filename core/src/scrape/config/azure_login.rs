//! `azuread` of `remote_write`: how a sender would log in at Azure. Read and checked; nobody logs in.

use super::rule::{Rule, Section, fill};
use super::schema::{Kind, Schema};

/// The section.
pub(super) static AZUREAD: Schema = Schema::new("azuread.AzureADConfig", "text: cloud scope")
    .with(&[
        ("managed_identity", Kind::One(&MANAGED_IDENTITY)),
        ("workload_identity", Kind::One(&WORKLOAD_IDENTITY)),
        ("oauth", Kind::One(&OAUTH)),
        ("sdk", Kind::One(&SDK)),
    ])
    .ruled(&[
        Rule::Check("cloud", |section| match section.text("cloud") {
            "" | "AzureChina" | "AzureGovernment" | "AzurePublic" => Ok(()),
            _ => Err("must provide a cloud in the Azure AD config".to_owned()),
        }),
        Rule::Check("managed_identity workload_identity oauth sdk", |section| {
            match ["managed_identity", "workload_identity", "oauth", "sdk"].iter().any(|way| section.has(way))
            {
                true => Ok(()),
                false => Err(
                    "must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth or Azure \
                              SDK in the Azure AD config"
                        .to_owned(),
                ),
            }
        }),
        Rule::AtMostOne(
            "managed_identity workload_identity oauth sdk",
            "cannot provide multiple authentication methods in the Azure AD config",
        ),
        Rule::Check("managed_identity", |section| {
            match section.text("managed_identity.client_id") {
                // The identity that the system assigns has no id.
                "" => Ok(()),
                _ => valid(section, "managed_identity.client_id", "Managed Identity client_id", is_uuid),
            }
        }),
        Rule::Check("workload_identity", |section| {
            identity(section, "workload_identity", "Workload Identity", &["client_id", "tenant_id"])
        }),
        Rule::Check("oauth", |section| {
            identity(section, "oauth", "OAuth", &["client_id", "client_secret", "tenant_id"])
        }),
        Rule::Check("sdk", |section| match section.text("sdk.tenant_id") {
            "" => Ok(()),
            _ => valid(section, "sdk.tenant_id", "OAuth tenant_id", is_tenant),
        }),
        Rule::Check("scope", |section| {
            let fits = |c: char| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || "_:/.-".contains(c);
            match section.text("scope").chars().all(fits) {
                true => Ok(()),
                false => Err("the provided scope contains invalid characters".to_owned()),
            }
        }),
    ]);

static MANAGED_IDENTITY: Schema = Schema::bare("azuread.ManagedIdentityConfig", "text: client_id");
static WORKLOAD_IDENTITY: Schema =
    Schema::bare("azuread.WorkloadIdentityConfig", "text: client_id tenant_id token_file_path");
static OAUTH: Schema = Schema::bare("azuread.OAuthConfig", "text: client_id client_secret tenant_id");
static SDK: Schema = Schema::bare("azuread.SDKConfig", "text: tenant_id");

/// An identity with its ids: all are needed, and those of client and tenant have a form.
fn identity(section: &Section<'_>, way: &str, title: &str, needed: &[&str]) -> Result<(), String> {
    if !section.has(way) {
        return Ok(());
    }
    if let Some(name) = needed.iter().find(|name| section.text(&format!("{way}.{name}")).is_empty()) {
        return Err(format!("must provide an Azure {title} {name} in the Azure AD config"));
    }
    valid(section, &format!("{way}.client_id"), &format!("{title} client_id"), is_uuid)?;
    valid(section, &format!("{way}.tenant_id"), &format!("{title} tenant_id"), is_tenant)
}

fn valid(section: &Section<'_>, path: &str, title: &str, has_form: fn(&str) -> bool) -> Result<(), String> {
    match has_form(section.text(path)) {
        true => Ok(()),
        false => Err(fill("the provided Azure %s is invalid", title)),
    }
}

/// Whether a text is a UUID in its ordinary form.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_tenant(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}
