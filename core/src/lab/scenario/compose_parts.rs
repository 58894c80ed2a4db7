//! The values of a Compose service that come in more than one form: ports, mounts, lists that may be maps.

use super::compose::{Mount, Port, Restart};
use crate::yaml::{FromNode, Node, Problem, Read, Reader};

/// A number of containers.
pub fn replicas(reader: &mut Reader, node: &Node) -> Read<Option<u32>> {
    let Some(number) = u64::from_node(reader, node)? else { return Ok(None) };
    u32::try_from(number).map(Some).map_err(|_| Problem::at(node.place, "too many replicas"))
}

/// `"8010:80"`, `"80"`, `80` or `{published: 8010, target: 80}`; TCP only.
pub fn ports(node: &Node) -> Read<Vec<Port>> {
    node.items().iter().map(port).collect()
}

fn port(node: &Node) -> Read<Port> {
    let field = |name: &str| node.get(name).and_then(Node::text);
    let written = match node.text() {
        Some(text) => text.to_owned(),
        None => match (field("published"), field("target")) {
            (Some(host), Some(container)) => format!("{host}:{container}"),
            (None, Some(container)) => container.to_owned(),
            _ => return Err(Problem::at(node.place, "a port without target")),
        },
    };
    let text = written.strip_suffix("/tcp").unwrap_or(&written);
    let number = |text: &str| match text.parse::<u16>() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(Problem::at(node.place, format!("invalid containerPort: {written}"))),
    };
    match text.rsplit_once(':') {
        // An address of the machine may stand before its port; the yard's machine has one only.
        Some((host, container)) => {
            let host = host.rsplit_once(':').map_or(host, |(_, port)| port);
            Ok(Port { host: Some(number(host)?), container: number(container)? })
        }
        None => Ok(Port { host: None, container: number(text)? }),
    }
}

/// `./file:/path` or `./file:/path:ro`. A mount that is no file of the scenario (a named volume, a path of the
/// machine) is read over.
pub fn mounts(node: &Node) -> Read<Vec<Mount>> {
    let mut mounts = Vec::new();
    for item in node.items() {
        let field = |name: &str| item.get(name).and_then(Node::text);
        let (source, target) = match item.text() {
            Some(text) => {
                let mut pieces = text.split(':');
                (pieces.next(), pieces.next())
            }
            None => (field("source"), field("target")),
        };
        let (Some(source), Some(target)) = (source, target) else {
            return Err(Problem::at(item.place, "a volume without source and target"));
        };
        if let Some(file) = source.strip_prefix("./") {
            mounts.push(Mount { source: file.to_owned(), target: target.to_owned() });
        }
    }
    Ok(mounts)
}

/// A list of `name=value`, or a map.
pub fn pairs(reader: &mut Reader, node: &Node, separator: char) -> Read<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for item in node.items() {
        let text = String::from_node(reader, item)?.unwrap_or_default();
        let (name, value) = text.split_once(separator).unwrap_or((&text, ""));
        pairs.push((name.to_owned(), value.to_owned()));
    }
    for (key, value) in node.pairs() {
        let name = String::from_node(reader, key)?.unwrap_or_default();
        pairs.push((name, String::from_node(reader, value)?.unwrap_or_default()));
    }
    Ok(pairs)
}

/// A list of names, or a map whose keys they are.
pub fn names(node: &Node) -> Vec<String> {
    let keys = node.pairs().iter().map(|(key, _)| key);
    node.items().iter().chain(keys).filter_map(Node::text).map(str::to_owned).collect()
}

/// `no`, `always`, `unless-stopped`, `on-failure` with or without a number of attempts.
pub fn restart(node: &Node) -> Read<Restart> {
    match node.text() {
        Some("no" | "") => Ok(Restart::No),
        Some("always") => Ok(Restart::Always),
        Some("unless-stopped") => Ok(Restart::UnlessStopped),
        Some(text) if text.split(':').next() == Some("on-failure") => Ok(Restart::OnFailure),
        _ => Err(Problem::at(node.place, "invalid restart policy")),
    }
}
