//! How processor, memory and requests of each container went within the last minutes, as the Yard page draws them.

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};

/// The last minutes of all containers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VitalsView {
    /// The instant of the last point of each row.
    pub until: Timestamp,
    /// The distance of two points.
    pub step: Millis,
    /// The containers that are there, in order of creation.
    pub containers: Vec<ContainerVitals>,
}

/// The last minutes of a container: rows of equal length, the oldest point first. A point is missing where no process
/// ran, or had only just started.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ContainerVitals {
    /// Its name.
    pub name: String,
    /// Cores it kept busy since the point before.
    pub cpu_cores: Vec<Option<f32>>,
    /// Resident memory, in bytes.
    pub memory_bytes: Vec<Option<f32>>,
    /// Requests it finished since the point before, a second; scrapes are none.
    pub requests_per_second: Vec<Option<f32>>,
}
