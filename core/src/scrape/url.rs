//! The URL of a target: put together from its labels, taken apart for a request. Percent-encodes as Go's `net/url`.

use std::fmt::Write as _;

use super::need::Scheme;
use crate::base::number::quote;

/// A URL of a target with its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetUrl {
    /// The whole.
    pub text: String,
    /// `http` or `https`.
    pub scheme: Scheme,
    /// The host, without brackets.
    pub host: String,
    /// The port, or the scheme's own.
    pub port: u16,
    /// Path and query, from the leading `/` on.
    pub path: String,
    /// Why it cannot be fetched, in Go's words.
    pub problem: Option<String>,
}

impl TargetUrl {
    /// Puts a URL together. `parameters` are query parameters in any order. One that cannot be fetched is put together
    /// too: it is shown with its problem.
    pub fn new(scheme: &str, address: &str, path: &str, parameters: &[(String, Vec<String>)]) -> Self {
        let scheme = if scheme.is_empty() { "http" } else { scheme };
        let slash = if path.starts_with('/') || path.is_empty() { "" } else { "/" };
        let mut target = format!("{slash}{}", escape(path, is_path_byte));
        let query = encode(parameters);
        if !query.is_empty() {
            let _ = write!(target, "?{query}");
        }
        let text = format!("{scheme}://{address}{target}");
        if !target.starts_with('/') {
            target.insert(0, '/');
        }
        let (kind, default_port) = if scheme == "https" { (Scheme::Https, 443) } else { (Scheme::Http, 80) };
        let split = split_address(address);
        let problem = match &split {
            Err(error) => Some(format!("parse {}: {error}", quote(&text))),
            Ok(_) if !matches!(scheme, "http" | "https") => {
                Some(format!("Get {}: unsupported protocol scheme {}", quote(&text), quote(scheme)))
            }
            Ok(_) => None,
        };
        let (host, port) = split.unwrap_or_default();
        Self { text, scheme: kind, host, port: port.unwrap_or(default_port), path: target, problem }
    }

    /// The URL that a redirect from the URL `from` leads to.
    pub fn redirected(from: &str, location: &str) -> Self {
        let absolute = match location.split_once("://") {
            Some(_) => location.to_owned(),
            None if location.starts_with('/') => {
                let authority = from.find("://").map_or(0, |at| at + 3);
                let end = from[authority..].find('/').map_or(from.len(), |at| authority + at);
                format!("{}{location}", &from[..end])
            }
            None => {
                let directory_end = from.rfind('/').map_or(from.len(), |at| at + 1);
                format!("{}{location}", &from[..directory_end])
            }
        };
        let (scheme, rest) = absolute.split_once("://").unwrap_or(("", &absolute));
        let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(authority_end);
        let mut url = Self::new(scheme, authority, "/", &[]);
        url.path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        url.text = absolute;
        url
    }
}

/// Host and port of `host`, `host:port`, `[v6]` or `[v6]:port`; what is wrong in the words of Go's `net/url`.
fn split_address(address: &str) -> Result<(String, Option<u16>), String> {
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, after) = rest.split_once(']').ok_or("missing ']' in host")?;
            (host, after.strip_prefix(':'))
        }
        None => match address.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (address, None),
        },
    };
    if host.contains(':') && !address.starts_with('[') {
        let port = quote(&format!(":{}", port.unwrap_or("")));
        return Err(format!("invalid port {port} after host: address {address}: too many colons in address"));
    }
    let number = match port {
        None | Some("") => None,
        Some(port) => Some(
            port.parse().map_err(|_| format!("invalid port {} after host", quote(&format!(":{port}"))))?,
        ),
    };
    Ok((host.to_owned(), number))
}

/// Whether an address has no port and would be a good one with it.
pub fn lacks_port(address: &str) -> bool {
    match address.strip_prefix('[') {
        Some(rest) => rest.ends_with(']'),
        None => !address.contains(':'),
    }
}

/// Query parameters by name, percent-encoded.
fn encode(parameters: &[(String, Vec<String>)]) -> String {
    let mut sorted: Vec<&(String, Vec<String>)> = parameters.iter().collect();
    sorted.sort_by(|left, right| left.0.cmp(&right.0));
    let pairs: Vec<String> = sorted
        .into_iter()
        .flat_map(|(name, values)| values.iter().map(move |value| (name, value)))
        .map(|(name, value)| format!("{}={}", escape_query(name), escape_query(value)))
        .collect();
    pairs.join("&")
}

fn escape_query(text: &str) -> String {
    escape(text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b' '))
        .replace(' ', "+")
}

fn is_path_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@!'()*[]".contains(&byte)
}

fn escape(text: &str, is_plain: impl Fn(u8) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_plain(byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_and_whole_agree() {
        let parameters =
            vec![("b".to_owned(), vec!["x y&".to_owned()]), ("a".to_owned(), vec!["1".to_owned()])];
        let url = TargetUrl::new("https", "[::1]:8443", "probe it", &parameters);
        assert_eq!(url.text, "https://[::1]:8443/probe%20it?a=1&b=x+y%26");
        assert_eq!((url.host.as_str(), url.port, url.problem), ("::1", 8443, None));
        assert_eq!(url.path, "/probe%20it?a=1&b=x+y%26");
    }

    #[test]
    fn what_cannot_be_fetched_says_why() {
        let problem = |scheme, address| TargetUrl::new(scheme, address, "/m", &[]).problem.unwrap();
        assert_eq!(problem("ftp", "a"), "Get \"ftp://a/m\": unsupported protocol scheme \"ftp\"");
        assert_eq!(problem("http", "a:x"), "parse \"http://a:x/m\": invalid port \":x\" after host");
        assert_eq!(problem("http", "[::1"), "parse \"http://[::1/m\": missing ']' in host");
        assert_eq!(
            problem("http", "a:b:1"),
            "parse \"http://a:b:1/m\": invalid port \":1\" after host: address a:b:1: too many colons in address"
        );
    }

    #[test]
    fn redirects_are_absolute_or_relative() {
        let redirected = |location| TargetUrl::redirected("http://app:3000/a/metrics", location);
        assert_eq!(redirected("/b").text, "http://app:3000/b");
        assert_eq!(redirected("c?d=1").path, "/a/c?d=1");
        let other = redirected("https://other/m");
        assert_eq!((other.host.as_str(), other.port, other.path.as_str()), ("other", 443, "/m"));
    }

    #[test]
    fn ports_are_missed_only_where_they_would_fit() {
        assert!(lacks_port("app") && lacks_port("[::1]"));
        assert!(!lacks_port("app:80") && !lacks_port("::1"));
    }
}
