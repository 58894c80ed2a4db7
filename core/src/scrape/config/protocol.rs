//! The formats that a target may be asked for, by the names that the configuration uses.

use crate::yaml::{FromNode, Node, Read, Reader};

/// A format with its version, as `scrape_protocols` and `fallback_scrape_protocol` name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScrapeProtocol {
    /// `OpenMetricsText0.0.1`
    OpenMetricsText0_0_1,
    /// `OpenMetricsText1.0.0`
    OpenMetricsText1_0_0,
    /// `PrometheusProto`
    PrometheusProto,
    /// `PrometheusText0.0.4`
    PrometheusText0_0_4,
    /// `PrometheusText1.0.0`
    PrometheusText1_0_0,
}

/// Names with their `Accept` values, in the order in which error texts list them.
const PROTOCOLS: [(ScrapeProtocol, &str, &str); 5] = [
    (
        ScrapeProtocol::OpenMetricsText0_0_1,
        "OpenMetricsText0.0.1",
        "application/openmetrics-text;version=0.0.1",
    ),
    (
        ScrapeProtocol::OpenMetricsText1_0_0,
        "OpenMetricsText1.0.0",
        "application/openmetrics-text;version=1.0.0",
    ),
    (
        ScrapeProtocol::PrometheusProto,
        "PrometheusProto",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
    ),
    (ScrapeProtocol::PrometheusText0_0_4, "PrometheusText0.0.4", "text/plain;version=0.0.4"),
    (ScrapeProtocol::PrometheusText1_0_0, "PrometheusText1.0.0", "text/plain;version=1.0.0"),
];

impl ScrapeProtocol {
    /// What is asked for where nothing else is said, most wanted first.
    pub const DEFAULT: [Self; 4] = [
        Self::OpenMetricsText1_0_0,
        Self::OpenMetricsText0_0_1,
        Self::PrometheusText1_0_0,
        Self::PrometheusText0_0_4,
    ];

    /// What is asked for where native histograms are scraped.
    pub const WITH_NATIVE_HISTOGRAMS: [Self; 5] = [
        Self::PrometheusProto,
        Self::OpenMetricsText1_0_0,
        Self::OpenMetricsText0_0_1,
        Self::PrometheusText1_0_0,
        Self::PrometheusText0_0_4,
    ];

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        PROTOCOLS.iter().find(|(protocol, ..)| *protocol == self).unwrap_or(&PROTOCOLS[0])
    }

    /// The media type with its parameters, as the `Accept` header names it.
    #[must_use]
    pub fn accept(self) -> &'static str {
        self.row().2
    }

    /// The media type alone.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.accept().split(';').next().unwrap_or("")
    }

    /// The protocol of this name.
    ///
    /// # Errors
    /// When there is none, in Prometheus's words.
    pub fn parse(name: &str) -> Result<Self, String> {
        let known = PROTOCOLS.iter().find(|(_, known, _)| *known == name).map(|(protocol, ..)| *protocol);
        known.ok_or_else(|| {
            let names: Vec<&str> = PROTOCOLS.iter().map(|(_, name, _)| *name).collect();
            format!("unknown scrape protocol {name}, supported: [{}]", names.join(" "))
        })
    }
}

/// `scrape_protocols` as written; checked when the job or the global section is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ProtocolNames(pub Option<Vec<String>>);

impl FromNode for ProtocolNames {
    fn go_type() -> String {
        "[]config.ScrapeProtocol".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        if !node.is_null() && !matches!(node.content, crate::yaml::Content::Sequence(_)) {
            reader.mismatch(node, &Self::go_type());
            return Ok(None);
        }
        Ok(Vec::from_node(reader, node)?.map(|names| Self(Some(names))))
    }
}

impl ProtocolNames {
    /// The protocols, once each.
    pub fn check(&self) -> Result<Option<Vec<ScrapeProtocol>>, String> {
        let Some(names) = &self.0 else {
            return Ok(None);
        };
        if names.is_empty() {
            return Err("scrape_protocols cannot be empty".to_owned());
        }
        let mut protocols = Vec::new();
        for (index, name) in names.iter().enumerate() {
            if names[..index].iter().any(|before| before.eq_ignore_ascii_case(name)) {
                return Err(format!("duplicated protocol in scrape_protocols, got [{}]", names.join(" ")));
            }
            protocols
                .push(ScrapeProtocol::parse(name).map_err(|error| format!("scrape_protocols: {error}"))?);
        }
        Ok(Some(protocols))
    }
}
