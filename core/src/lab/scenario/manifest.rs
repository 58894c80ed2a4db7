//! Reads `scenario.yaml`: seed, start, version, past, machine, traffic and the names of its lessons.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::date;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::scrape::Compatibility;
use crate::yaml::{self, Budget, Dialect, FromNode, Node, Read, Reader};

/// The longest past that a scenario may begin with: it is simulated while the learner waits.
const MAX_RUNNING_FOR: Millis = Millis::from_minutes(24 * 60);

/// How a lab begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// What all randomness starts from, unless another seed is asked for.
    pub seed: Seed,
    /// When the yard is switched on.
    pub start: Timestamp,
    /// Whose behaviour Prometheus follows.
    pub compatibility: Compatibility,
    /// How long the yard has been running when the learner comes.
    pub running_for: Millis,
    /// The machine's address, as containers reach it.
    pub machine_address: String,
    /// What runs on the machine outside of containers, by service name.
    pub machine_services: BTreeMap<String, HostService>,
    /// Who asks for pages.
    pub traffic: Option<Traffic>,
    /// The names of its lessons, in their order.
    pub lessons: Vec<String>,
}

/// A program on the machine itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostService {
    /// The image whose program it runs.
    pub image: String,
}

/// Visitors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traffic {
    /// The service they ask, through the port that it publishes.
    pub service: String,
    /// The path they ask for.
    pub path: String,
    /// How many a second, on average.
    pub per_second: f64,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            seed: Seed(1),
            start: Timestamp(0),
            compatibility: Compatibility::default(),
            running_for: Millis::ZERO,
            machine_address: "192.168.65.2".to_owned(),
            machine_services: BTreeMap::new(),
            traffic: None,
            lessons: Vec::new(),
        }
    }
}

impl Manifest {
    /// Reads a `scenario.yaml`.
    ///
    /// # Errors
    /// When it is not YAML, has fields that are unknown, or values that make no sense.
    pub fn read(text: &str) -> Result<Self, yaml::Error> {
        yaml::read(text, Budget::default(), Dialect::V3, |reader, node| {
            let mut manifest = Self::default();
            let mut has_start = false;
            reader.structure(node, "scenario", |reader, field, value| {
                match field {
                    "seed" => reader.put(&mut manifest.seed.0, value)?,
                    "start" => {
                        manifest.start = instant(value)?;
                        has_start = true;
                    }
                    "compatibility" => manifest.compatibility = compatibility(value)?,
                    "running_for" => reader.put(&mut manifest.running_for, value)?,
                    "machine" => manifest.read_machine(reader, value)?,
                    "traffic" => reader.put(&mut manifest.traffic, value)?,
                    "lessons" => reader.put(&mut manifest.lessons, value)?,
                    _ => return Ok(false),
                }
                Ok(true)
            })?;
            if !has_start {
                return Err(yaml::Problem::at(node.place, "field start is missing"));
            }
            if manifest.running_for > MAX_RUNNING_FOR {
                return Err(yaml::Problem::anywhere(format!("running_for is longer than {MAX_RUNNING_FOR}")));
            }
            Ok(manifest)
        })
    }

    fn read_machine(&mut self, reader: &mut Reader, node: &Node) -> Read<()> {
        reader.structure(node, "machine", |reader, field, value| {
            match field {
                "address" => reader.put(&mut self.machine_address, value)?,
                "services" => reader.put(&mut self.machine_services, value)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(())
    }
}

fn instant(node: &Node) -> Read<Timestamp> {
    node.text()
        .and_then(date::parse)
        .ok_or_else(|| yaml::Problem::at(node.place, "expected an instant such as 2026-03-02T09:00:00Z"))
}

fn compatibility(node: &Node) -> Read<Compatibility> {
    match node.text() {
        Some("2.13") => Ok(Compatibility::V2_13),
        Some("3") => Ok(Compatibility::V3),
        _ => Err(yaml::Problem::at(node.place, "expected \"2.13\" or \"3\"")),
    }
}

impl FromNode for HostService {
    fn go_type() -> String {
        "machine.service".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut service = Self::default();
        reader.structure(node, "machine.service", |reader, field, value| {
            if field == "image" {
                reader.put(&mut service.image, value)?;
            }
            Ok(field == "image")
        })?;
        Ok(Some(service))
    }
}

impl FromNode for Traffic {
    fn go_type() -> String {
        "traffic".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut traffic = Self { service: String::new(), path: "/".to_owned(), per_second: 1.0 };
        reader.structure(node, "traffic", |reader, field, value| {
            match field {
                "service" => reader.put(&mut traffic.service, value)?,
                "path" => reader.put(&mut traffic.path, value)?,
                "per_second" => reader.put(&mut traffic.per_second, value)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if !traffic.per_second.is_finite() || traffic.per_second < 0.0 {
            return Err(yaml::Problem::at(node.place, "per_second is not a rate"));
        }
        Ok(Some(traffic))
    }
}
