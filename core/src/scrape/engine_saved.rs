//! A scraper as it is written into checkpoints. What is read is checked, since a save may come from anywhere.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::engine::Engine;

impl Serialize for Engine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Engine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let engine = Self::deserialize(deserializer)?;
        if engine.is_sound() {
            Ok(engine)
        } else {
            Err(serde::de::Error::custom("the scraper remembers what its store does not have"))
        }
    }
}
