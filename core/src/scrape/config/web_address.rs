//! A URL in a configuration, taken apart as far as its checks need, in the words of Go's `net/url`. Resolves no
//! escapes and keeps no path.

use crate::base::number::quote;

/// The parts that checks look at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WebAddress<'a> {
    /// Before the first colon, in lower case; empty where there is none.
    pub scheme: String,
    /// With the port; empty where there is none.
    pub host: &'a str,
}

/// Takes a URL apart.
///
/// # Errors
/// When Go would not take it for one, in its words.
pub(super) fn parse(text: &str) -> Result<WebAddress<'_>, String> {
    let (whole, fragment) = text.split_once('#').unwrap_or((text, ""));
    let address = split(whole).map_err(|error| format!("parse {}: {error}", quote(whole)))?;
    escapes(fragment, |_| true).map_err(|error| format!("parse {}: {error}", quote(text)))?;
    Ok(address)
}

fn split(text: &str) -> Result<WebAddress<'_>, String> {
    if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    let (scheme, rest) = scheme(text)?;
    let none = WebAddress { scheme: scheme.to_ascii_lowercase(), host: "" };
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Ok(none);
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let has_authority = rest.starts_with("//") && (!scheme.is_empty() || !rest.starts_with("///"));
    let (authority, path) = match rest.strip_prefix("//").filter(|_| has_authority) {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", rest),
    };
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    check_host(host)?;
    escapes(path, |_| true)?;
    Ok(WebAddress { host, ..none })
}

/// The scheme and what follows its colon.
fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            b':' => return Ok((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Ok(("", text))
}

fn check_host(host: &str) -> Result<(), String> {
    let port = match host.strip_prefix('[') {
        Some(_) => &host[host.rfind(']').ok_or("missing ']' in host")? + 1..],
        None => host.rfind(':').map_or("", |at| &host[at..]),
    };
    let is_port = port.is_empty()
        || port.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !is_port {
        return Err(format!("invalid port {} after host", quote(port)));
    }
    // Only what is no letter of a name may be escaped in a host.
    escapes(host, |code| code == "25" || code >= "80")?;
    let is_host =
        |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() || "-_.~!$&'()*+,;=:[]<>\"%".contains(c);
    match host.chars().find(|c| !is_host(*c)) {
        Some(other) => Err(format!("invalid character {} in host name", quote(&other.to_string()))),
        None => Ok(()),
    }
}

fn escapes(text: &str, allowed: fn(&str) -> bool) -> Result<(), String> {
    for (at, _) in text.match_indices('%') {
        let code = text.get(at + 1..at + 3).unwrap_or("");
        if code.len() < 2 || !code.bytes().all(|byte| byte.is_ascii_hexdigit()) || !allowed(code) {
            let shown: String = text[at..].chars().take(3).collect();
            return Err(format!("invalid URL escape {}", quote(&shown)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn takes_addresses_apart_and_refuses_in_gos_words() {
        let parts = |text: &str| parse(text).map(|address| (address.scheme, address.host.to_owned()));
        let good = |scheme: &str, host: &str| Ok((scheme.to_owned(), host.to_owned()));
        assert_eq!(parts("HTTP://u:p@a:80/b?c#d"), good("http", "a:80"));
        assert_eq!(parts("http://[::1]:9/x"), good("http", "[::1]:9"));
        assert_eq!(parts("a"), good("", ""));
        assert_eq!(parts("http:"), good("http", ""));
        assert_eq!(parts("a:b:c"), good("a", ""));
        for (text, error) in [
            ("://x", r#"parse "://x": missing protocol scheme"#),
            ("http://[::1", r#"parse "http://[::1": missing ']' in host"#),
            ("http://a b", r#"parse "http://a b": invalid character " " in host name"#),
            ("http://a:b", r#"parse "http://a:b": invalid port ":b" after host"#),
            ("http://a/%zz", r#"parse "http://a/%zz": invalid URL escape "%zz""#),
            ("http://a%20b", r#"parse "http://a%20b": invalid URL escape "%20""#),
            ("http://a#%zz", r#"parse "http://a#%zz": invalid URL escape "%zz""#),
            ("1http://a", r#"parse "1http://a": first path segment in URL cannot contain colon"#),
            ("http://a\n", "parse \"http://a\\n\": net/url: invalid control character in URL"),
        ] {
            assert_eq!(parts(text), Err(error.to_owned()), "{text}");
        }
    }
}
