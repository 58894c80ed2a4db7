//! How the questions of service discovery are answered in a yard: names by its name server, files by the container's
//! own, containers by the Docker engine's list. Makes no targets.

use std::collections::BTreeMap;

use super::prometheus::CONFIG_FILE;
use crate::scrape::{
    ContainerLookup, DockerContainer, DockerNetwork, DockerPort, FileLookup, LookupOutcome, NameLookup,
    PageLookup, RecordType,
};
use crate::sim::{Call, Context, Endpoint, ListedContainer, Method, PoolId};

/// Where the Docker engine takes questions.
const SOCKET: &str = "unix:///var/run/docker.sock";

/// What tells the token of a discovery's call from that of a fetch.
pub const DISCOVERY: u64 = 1 << 63;

/// Asks the yard's name server.
pub fn names(lookup: &NameLookup, context: &mut Context<'_>) -> LookupOutcome {
    if lookup.record != RecordType::A {
        // Docker's server knows addresses of version 4 only; for anything else a name has no record.
        return LookupOutcome::NoSuchName;
    }
    match context.resolve(&lookup.name) {
        Ok(addresses) => LookupOutcome::Records(addresses.iter().map(ToString::to_string).collect()),
        Err(_) => LookupOutcome::NoSuchName,
    }
}

/// The container's files that the patterns name. A relative path begins where the configuration lies.
pub fn files(lookup: &FileLookup, context: &Context<'_>) -> LookupOutcome {
    let folder = CONFIG_FILE.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = BTreeMap::new();
    for pattern in &lookup.patterns {
        let pattern = if pattern.starts_with('/') { pattern.clone() } else { format!("{folder}/{pattern}") };
        let matching = context.files().filter(|(path, _)| matches(&pattern, path));
        found.extend(matching.map(|(path, text)| (path.to_string(), text.to_string())));
    }
    LookupOutcome::Files(found.into_iter().collect())
}

/// Whether a path fits a pattern: `*` stands for anything but a slash, `?` for one such character.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
    let (mut at, mut in_path) = (0, 0);
    // Where the last star stands, and how far it reaches so far.
    let mut star: Option<(usize, usize)> = None;
    while in_path < path.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, in_path));
                at += 1;
            }
            Some(byte) if *byte == path[in_path] || *byte == b'?' && path[in_path] != b'/' => {
                at += 1;
                in_path += 1;
            }
            _ => match star {
                Some((star_at, reach)) if path[reach] != b'/' => {
                    star = Some((star_at, reach + 1));
                    at = star_at + 1;
                    in_path = reach + 1;
                }
                _ => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// The running containers.
///
/// Differs: the engine's socket is there without being mounted, since nobody can mount one into a running yard.
pub fn containers(lookup: &ContainerLookup, context: &Context<'_>) -> LookupOutcome {
    if &*lookup.host != SOCKET {
        let host = &lookup.host;
        return LookupOutcome::Failed(format!(
            "error while listing containers: Cannot connect to the Docker daemon at {host}. Is the docker daemon running?"
        ));
    }
    LookupOutcome::Containers(context.list_containers().into_iter().map(container).collect())
}

fn container(listed: ListedContainer) -> DockerContainer {
    let (network, network_id) = listed.network;
    let port = |(private, public): (u16, Option<u16>)| DockerPort {
        private,
        public: public.map(|port| ("0.0.0.0".to_owned(), port)),
    };
    DockerContainer {
        id: listed.id,
        name: format!("/{}", listed.name),
        network_mode: network.to_string(),
        labels: listed.labels,
        networks: vec![DockerNetwork {
            id: network_id,
            name: network.to_string(),
            ip: listed.ip.to_string(),
        }],
        ports: listed.ports.into_iter().map(port).collect(),
    }
}

/// The call that fetches a list of targets.
pub fn call_for(lookup: &PageLookup, pool: PoolId) -> Call {
    Call {
        endpoint: Endpoint::new(lookup.host.clone(), lookup.port),
        pool: Some(pool),
        method: Method::Get,
        path: lookup.path.clone(),
        subject: None,
        timeout: Some(lookup.timeout),
        token: DISCOVERY | lookup.id.0,
        announced: false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_reaches_up_to_a_slash() {
        for (pattern, path) in [
            ("/a/*.yml", "/a/b.yml"),
            ("/a/*", "/a/b.yml"),
            ("/a/b*c.yml", "/a/bbcc.yml"),
            ("/a/?.yml", "/a/b.yml"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("/a/*.yml", "/a/b/c.yml"), ("/a/*.yml", "/a/b.yaml"), ("/a/b", "/a/bc"), ("/a/?", "/a/")]
        {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }
}
