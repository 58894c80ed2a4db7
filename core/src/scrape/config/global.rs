//! The `global` section: what holds where a job says nothing else.

use super::limits::Limits;
use super::names::NameScheme;
use super::protocol::{ProtocolNames, ScrapeProtocol};
use crate::base::number::quote;
use crate::base::time::Millis;
use crate::model::labels::Labels;
use crate::yaml::{Content, FromNode, Node, Problem, Read, Reader};

/// The global section, defaults filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Global {
    /// The time between two scrapes of a target.
    pub scrape_interval: Millis,
    /// The time a scrape may take.
    pub scrape_timeout: Millis,
    /// The time between two evaluations of a rule group.
    pub evaluation_interval: Millis,
    /// Labels that leave with alerts and remote samples; scraped series do not get them.
    pub external_labels: Labels,
    /// The formats to ask for, where they are said.
    pub(super) scrape_protocols: Option<Vec<ScrapeProtocol>>,
    pub(super) limits: Limits,
    pub(super) names: NameScheme,
    pub(super) scrape_native_histograms: bool,
    pub(super) convert_classic_histograms: bool,
    pub(super) always_scrape_classic_histograms: bool,
    pub(super) extra_scrape_metrics: bool,
}

impl Default for Global {
    fn default() -> Self {
        Self {
            scrape_interval: Millis::from_minutes(1),
            scrape_timeout: Millis::from_secs(10),
            evaluation_interval: Millis::from_minutes(1),
            external_labels: Labels::default(),
            scrape_protocols: None,
            limits: Limits::default(),
            names: NameScheme::default(),
            scrape_native_histograms: false,
            convert_classic_histograms: false,
            always_scrape_classic_histograms: false,
            extra_scrape_metrics: false,
        }
    }
}

impl FromNode for Global {
    fn go_type() -> String {
        "config.plain".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        if node.is_null() {
            return Ok(None);
        }
        let mut global =
            Self { scrape_interval: Millis::ZERO, scrape_timeout: Millis::ZERO, ..Self::default() };
        let mut protocols = ProtocolNames::default();
        let mut ignored = String::new();
        let mut offset = Millis::ZERO;
        let clean = reader.structure(node, "config.plain", |reader, name, value| {
            match name {
                "scrape_interval" => reader.put(&mut global.scrape_interval, value)?,
                "scrape_timeout" => reader.put(&mut global.scrape_timeout, value)?,
                "evaluation_interval" => reader.put(&mut global.evaluation_interval, value)?,
                "rule_query_offset" => reader.put(&mut offset, value)?,
                "external_labels" => global.external_labels = read_external_labels(reader, value)?,
                "scrape_protocols" => reader.put(&mut protocols, value)?,
                "query_log_file" | "scrape_failure_log_file" => {
                    reader.put(&mut ignored, value)?;
                    reader.remark(Problem::at(value.place, name));
                }
                "scrape_native_histograms" => reader.put(&mut global.scrape_native_histograms, value)?,
                "convert_classic_histograms_to_nhcb" => {
                    reader.put(&mut global.convert_classic_histograms, value)?;
                }
                "always_scrape_classic_histograms" => {
                    reader.put(&mut global.always_scrape_classic_histograms, value)?;
                }
                "extra_scrape_metrics" => reader.put(&mut global.extra_scrape_metrics, value)?,
                _ => {
                    return Ok(global.limits.field(reader, name, value)?
                        || global.names.field(reader, name, value)?);
                }
            }
            Ok(true)
        })?;
        if clean {
            global.settle(&protocols, node)?;
        }
        Ok(Some(global))
    }
}

impl Global {
    /// Fills defaults and checks what the fields mean together.
    fn settle(&mut self, protocols: &ProtocolNames, node: &Node) -> Read<()> {
        let defaults = Self::default();
        if let Some(label) = self.external_labels.iter().find(|label| !self.names.allows_label(&label.name)) {
            let text = format!("{} is not a valid label name", quote(&label.name));
            return Err(Problem::at(
                node.get("external_labels").map_or(node.place, |labels| labels.place),
                text,
            ));
        }
        if self.scrape_interval == Millis::ZERO {
            self.scrape_interval = defaults.scrape_interval;
        }
        if self.scrape_timeout > self.scrape_interval {
            let place = node.get("scrape_timeout").map_or(node.place, |timeout| timeout.place);
            return Err(Problem::at(place, "global scrape timeout greater than scrape interval"));
        }
        if self.scrape_timeout == Millis::ZERO {
            self.scrape_timeout = defaults.scrape_timeout.min(self.scrape_interval);
        }
        if self.evaluation_interval == Millis::ZERO {
            self.evaluation_interval = defaults.evaluation_interval;
        }
        self.scrape_protocols = protocols
            .check()
            .map_err(|error| Problem::at(node.place, format!("{error} for global config")))?;
        Ok(())
    }
}

/// Label names and values must be texts: `!!binary` can bring in what is none.
fn read_external_labels(reader: &mut Reader, node: &Node) -> Read<Labels> {
    if !node.is_null() && !matches!(node.content, Content::Mapping(_)) {
        reader.mismatch(node, "map[string]string");
    }
    let mut pairs: Vec<(String, String)> = Vec::new();
    for (key, value) in node.pairs() {
        let name = reader.bytes(key)?.unwrap_or_default();
        let value_bytes = reader.bytes(value)?.unwrap_or_default();
        let name = String::from_utf8(name).map_err(|error| {
            let name = quote_bytes(error.as_bytes());
            Problem::at(key.place, format!("{name} is not a valid label name"))
        })?;
        if name.is_empty() {
            return Err(Problem::at(key.place, "\"\" is not a valid label name"));
        }
        let text = String::from_utf8(value_bytes).map_err(|error| {
            let text = quote_bytes(error.as_bytes());
            Problem::at(value.place, format!("{text} is not a valid label value"))
        })?;
        if pairs.iter().any(|(known, _)| *known == name) {
            reader.note(Problem::at(key.place, format!("key {} already set in map", quote(&name))));
        }
        pairs.push((name, text));
    }
    Ok(Labels::from_pairs(pairs))
}

/// Quotes as Go's `%q` quotes what is not UTF-8: each such byte as `\xff`.
fn quote_bytes(bytes: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        let text = quote(chunk.valid());
        quoted.push_str(&text[1..text.len() - 1]);
        for byte in chunk.invalid() {
            quoted.push_str(&format!("\\x{byte:02x}"));
        }
    }
    quoted.push('"');
    quoted
}
