//! Reads a Compose file as far as a yard can have it: what is known to Compose but not simulated is read over, what
//! Compose does not know is refused by name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::compose_parts as parts;
use crate::yaml::{self, Budget, Dialect, FromNode, Node, Read, Reader};

/// The most containers one service may have.
pub const MAX_REPLICAS: u32 = 50;

/// A Compose file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposeFile {
    /// The project's name.
    pub project: String,
    /// The services, in the order of the file.
    pub services: Vec<ComposeService>,
    /// The networks' names, in the order of the file.
    pub networks: Vec<String>,
}

/// A service of a Compose file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComposeService {
    /// Its name.
    pub name: String,
    /// The image that its containers run.
    pub image: String,
    /// How many containers it begins with.
    pub replicas: u32,
    /// Published ports.
    pub ports: Vec<Port>,
    /// Environment variables.
    pub environment: BTreeMap<String, String>,
    /// Labels of its containers.
    pub labels: BTreeMap<String, String>,
    /// Files that are put into its containers.
    pub mounts: Vec<Mount>,
    /// Names with addresses for `/etc/hosts`; the address may be `host-gateway`, the machine itself.
    pub extra_hosts: Vec<(String, String)>,
    /// Services that are started before it.
    pub depends_on: Vec<String>,
    /// What happens when its process ends by itself.
    pub restart: Restart,
}

/// A published port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// The machine's; `None` leaves the choice to Docker.
    pub host: Option<u16>,
    /// The container's.
    pub container: u16,
}

/// A file of the scenario that appears in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// The scenario's file, without a leading `./`.
    pub source: String,
    /// The path in the container.
    pub target: String,
}

/// What happens when a process ends by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Restart {
    /// Nothing.
    #[default]
    No,
    /// It is started again.
    Always,
    /// It is started again, unless it was stopped by hand.
    UnlessStopped,
    /// It is started again when its exit code is not 0.
    OnFailure,
}

/// What Compose knows of a service and the yard does not simulate.
const NOT_SIMULATED: &str = "annotations attach blkio_config build cap_add cap_drop cgroup_parent command configs \
    container_name cpu_count cpu_percent cpu_period cpu_quota cpu_shares cpus cpuset credential_spec develop \
    device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file expose extends external_links \
    group_add healthcheck hostname init ipc isolation links logging mac_address mem_limit mem_reservation \
    mem_swappiness memswap_limit network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform \
    privileged profiles pull_policy read_only runtime secrets security_opt shm_size stdin_open stop_grace_period \
    stop_signal storage_opt sysctls tmpfs tty ulimits user userns_mode uts volumes_from working_dir";

impl ComposeFile {
    /// Reads a Compose file.
    ///
    /// # Errors
    /// When it is not YAML, has fields that Compose does not know, or values that make no sense.
    pub fn read(text: &str) -> Result<Self, yaml::Error> {
        yaml::read(text, Budget::default(), Dialect::V3, |reader, node| {
            let mut file = Self { project: "yard".to_owned(), ..Self::default() };
            let is_well_typed = reader.structure(node, "compose", |reader, field, value| {
                match field {
                    "name" => reader.put(&mut file.project, value)?,
                    "services" => file.read_services(reader, value)?,
                    "networks" => {
                        file.networks = value
                            .pairs()
                            .iter()
                            .filter_map(|(name, _)| name.text())
                            .map(str::to_owned)
                            .collect();
                    }
                    "version" | "volumes" | "configs" | "secrets" => {}
                    _ => return Ok(field.starts_with("x-")),
                }
                Ok(true)
            })?;
            if is_well_typed {
                file.check(node)?;
            }
            Ok(file)
        })
    }

    fn read_services(&mut self, reader: &mut Reader, node: &Node) -> Read<()> {
        for (key, value) in node.pairs() {
            let Some(name) = key.text() else { continue };
            if let Some(mut service) = ComposeService::from_node(reader, value)? {
                service.name = name.to_owned();
                self.services.push(service);
            }
        }
        Ok(())
    }

    fn check(&self, root: &Node) -> Read<()> {
        let names: Vec<&str> = self.services.iter().map(|service| service.name.as_str()).collect();
        for service in &self.services {
            let refuse = |text: String| {
                let place = root
                    .get("services")
                    .and_then(|services| services.get(&service.name))
                    .unwrap_or(root)
                    .place;
                Err(yaml::Problem::at(place, format!("service {:?} {text}", service.name)))
            };
            if service.image.is_empty() {
                return refuse(
                    "has neither an image nor a build context specified: invalid compose project".to_owned(),
                );
            }
            if service.replicas > MAX_REPLICAS {
                return refuse(format!("has more than {MAX_REPLICAS} replicas"));
            }
            if let Some(other) = service.depends_on.iter().find(|other| !names.contains(&other.as_str())) {
                return refuse(format!("depends on undefined service {other:?}: invalid compose project"));
            }
        }
        Ok(())
    }
}

impl FromNode for ComposeService {
    fn go_type() -> String {
        "service".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut service = Self { replicas: 1, ..Self::default() };
        reader.structure(node, "service", |reader, field, value| {
            match field {
                "image" => reader.put(&mut service.image, value)?,
                "scale" => service.replicas = parts::replicas(reader, value)?.unwrap_or(service.replicas),
                "ports" => service.ports = parts::ports(value)?,
                "environment" => {
                    service.environment = parts::pairs(reader, value, '=')?.into_iter().collect()
                }
                "labels" => service.labels = parts::pairs(reader, value, '=')?.into_iter().collect(),
                "volumes" => service.mounts = parts::mounts(value)?,
                "extra_hosts" => service.extra_hosts = parts::pairs(reader, value, ':')?,
                "depends_on" => service.depends_on = parts::names(value),
                "restart" => service.restart = parts::restart(value)?,
                "deploy" => {
                    if let Some(replicas) = value.get("replicas") {
                        service.replicas = parts::replicas(reader, replicas)?.unwrap_or(service.replicas);
                    }
                }
                _ => {
                    let is_known = NOT_SIMULATED.split(' ').any(|known| known == field);
                    return Ok(is_known || field.starts_with("x-"));
                }
            }
            Ok(true)
        })?;
        Ok(Some(service))
    }
}
