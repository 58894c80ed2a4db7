//! IPv4 addresses of the yard, alone and with a port. No names: those are the network's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An IPv4 address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ip(pub u32);

/// An IPv4 address with a TCP port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The host.
    pub ip: Ip,
    /// The TCP port.
    pub port: u16,
}

/// The text is not an IPv4 address in dotted form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnIp;

impl Ip {
    /// The address of the reader itself.
    pub const LOCALHOST: Self = Self::new(127, 0, 0, 1);

    /// The address `a.b.c.d`.
    #[must_use]
    pub const fn new(a: u8, b: u8, c: u8, d: u8) -> Self {
        Self(u32::from_be_bytes([a, b, c, d]))
    }

    /// Whether the address never leaves the machine (`127.0.0.0/8`).
    #[must_use]
    pub const fn is_loopback(self) -> bool {
        self.0 >> 24 == 127
    }
}

impl fmt::Display for Ip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0.to_be_bytes();
        write!(f, "{a}.{b}.{c}.{d}")
    }
}

impl FromStr for Ip {
    type Err = NotAnIp;

    fn from_str(text: &str) -> Result<Self, NotAnIp> {
        if !text.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(NotAnIp); // the usual case: a name; do not go through it
        }
        text.parse::<std::net::Ipv4Addr>().map(|ip| Self(u32::from(ip))).map_err(|_| NotAnIp)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.ip, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_what_it_prints() {
        let ip = Ip::new(172, 18, 0, 5);
        assert_eq!(ip.to_string().parse(), Ok(ip));
        assert_eq!(Address { ip, port: 80 }.to_string(), "172.18.0.5:80");
        for text in ["accesslog", "1.2.3", "1.2.3.256", "1.2.3.4.5", ""] {
            assert_eq!(text.parse::<Ip>(), Err(NotAnIp), "{text}");
        }
    }
}
