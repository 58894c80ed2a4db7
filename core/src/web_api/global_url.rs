//! A target's URL as others on the network would write it: `localhost` means another machine there.

/// How a Prometheus is reached.
#[derive(Clone, Copy, Debug)]
pub struct GlobalUrl<'a> {
    /// Where it listens, `address:port`.
    pub listen_address: &'a str,
    /// Its host seen from outside, with or without a port.
    pub host: &'a str,
    /// Its scheme seen from outside.
    pub scheme: &'a str,
}

const OWN_MACHINE: [&str; 3] = ["127.0.0.1", "localhost", "::1"];

/// The URL `url` of a target of the Prometheus `own`, reachable from outside where that can be known.
#[must_use]
pub fn global_url(url: &str, own: &GlobalUrl<'_>) -> String {
    let Some((scheme, behind)) = url.split_once("://") else { return url.to_owned() };
    let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
    let (authority, path) = behind.split_at(end);
    let (host, port) = split(authority);
    if !OWN_MACHINE.contains(&host) {
        return url.to_owned();
    }
    // At its own port it scrapes itself: then all of its address outside is known.
    if port.is_some() && port == split(own.listen_address).1 {
        return format!("{}://{}{path}", own.scheme, own.host);
    }
    let (outside, _) = split(own.host);
    let outside = if outside.contains(':') { format!("[{outside}]") } else { outside.to_owned() };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{outside}{port}{path}")
}

/// Host, without brackets, and port of an authority.
fn split(authority: &str) -> (&str, Option<&str>) {
    if let Some((host, behind)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, behind.strip_prefix(':'));
    }
    match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_machine_is_renamed() {
        let own = GlobalUrl { listen_address: "127.0.0.1:9090", host: "[2001::1]:80", scheme: "https" };
        for (url, global) in [
            ("http://iotd:80/metrics", "http://iotd:80/metrics"),
            ("http://localhost:9090/metrics", "https://[2001::1]:80/metrics"),
            ("http://[::1]:9091/a?b", "http://[2001::1]:9091/a?b"),
            ("http://127.0.0.1", "http://[2001::1]"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(global_url(url, &own), global);
        }
    }
}
