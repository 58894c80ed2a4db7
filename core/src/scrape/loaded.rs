//! A configuration with the text it was read from. Only the text is written: reading it again gives the same.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::config::{Config, ConfigError};

/// A configuration in force.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The text.
    pub text: Arc<str>,
    /// What it says.
    pub config: Arc<Config>,
}

impl Loaded {
    /// Reads a configuration.
    ///
    /// # Errors
    /// When it is none, or there is no room for what it asks for.
    pub fn new(text: &str) -> Result<Self, ConfigError> {
        Ok(Self { text: text.into(), config: Arc::new(Config::parse_within_room(text)?) })
    }
}

impl Serialize for Loaded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Loaded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}
