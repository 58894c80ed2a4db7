//! The file `meta.json`: what a block is called, which time it covers and how much is in it.

use super::cursor::{BlockError, Read};
use super::json::{self, Json};
use super::ulid;

const FILE: &str = "meta.json";

/// What `meta.json` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockMeta {
    /// The block's name, also its folder's.
    pub ulid: String,
    /// No sample is older, in milliseconds since the Unix epoch.
    pub min_time: i64,
    /// All samples are older.
    pub max_time: i64,
    /// How many samples there are, deleted ones among them.
    pub samples: u64,
    /// How many series.
    pub series: u64,
    /// How many chunks.
    pub chunks: u64,
    /// How many deleted spans.
    pub tombstones: u64,
    /// How often blocks were merged into this one; 1 for what came from a head.
    pub level: u64,
}

impl BlockMeta {
    /// Reads the file.
    ///
    /// # Errors
    /// When it is no JSON, lacks what every block has, or is of another version.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let fault = |reason: String| BlockError { file: FILE.to_owned(), offset: None, reason };
        let text = std::str::from_utf8(bytes).map_err(|_| fault("no UTF-8".to_owned()))?;
        let root = json::read(FILE, text)?;
        let whole = |place: &Json, name: &str| match place.get(name) {
            Some(Json::Whole(number)) => Ok(*number),
            None => Ok(0),
            Some(_) => Err(fault(format!("{name:?} is not a whole number"))),
        };
        let version = whole(&root, "version")?;
        if version != 1 {
            return Err(fault(format!("unexpected meta file version {version}")));
        }
        let ulid = match root.get("ulid") {
            Some(Json::Text(name)) if ulid::is_ulid(name) => name.clone(),
            _ => return Err(fault("\"ulid\" is not the name of a block".to_owned())),
        };
        let nothing = Json::Other;
        let stats = root.get("stats").unwrap_or(&nothing);
        let count = |name: &str| whole(stats, name).map(|number| number.max(0) as u64);
        let meta = Self {
            ulid,
            min_time: whole(&root, "minTime")?,
            max_time: whole(&root, "maxTime")?,
            samples: count("numSamples")?,
            series: count("numSeries")?,
            chunks: count("numChunks")?,
            tombstones: count("numTombstones")?,
            level: whole(root.get("compaction").unwrap_or(&nothing), "level")?.max(0) as u64,
        };
        if meta.min_time > meta.max_time {
            return Err(fault(format!(
                "\"minTime\" {} is after \"maxTime\" {}",
                meta.min_time, meta.max_time
            )));
        }
        Ok(meta)
    }

    /// Writes the file as the real one lays it out.
    pub(super) fn write(&self) -> Vec<u8> {
        let stones = match self.tombstones {
            0 => String::new(),
            count => format!(",\n\t\t\"numTombstones\": {count}"),
        };
        format!(
            "{{\n\t\"ulid\": \"{0}\",\n\t\"minTime\": {1},\n\t\"maxTime\": {2},\n\t\"stats\": {{\n\t\t\"numSamples\": \
             {3},\n\t\t\"numSeries\": {4},\n\t\t\"numChunks\": {5}{stones}\n\t}},\n\t\"compaction\": {{\n\t\t\"level\": \
             {6},\n\t\t\"sources\": [\n\t\t\t\"{0}\"\n\t\t]\n\t}},\n\t\"version\": 1\n}}",
            self.ulid, self.min_time, self.max_time, self.samples, self.series, self.chunks, self.level
        )
        .into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let meta = BlockMeta {
            ulid: "01DXXFZDYD1MQW6079WK0K6EDQ".to_owned(),
            min_time: -5,
            max_time: 1_700_000_000_001,
            samples: 10,
            series: 3,
            chunks: 4,
            tombstones: 2,
            level: 1,
        };
        assert_eq!(BlockMeta::read(&meta.write()), Ok(meta.clone()));
        let wrong = |from: &str, to: &str| {
            let text = String::from_utf8(meta.write()).unwrap().replace(from, to);
            BlockMeta::read(text.as_bytes()).unwrap_err().to_string()
        };
        assert_eq!(wrong("\"version\": 1", "\"version\": 2"), "meta.json: unexpected meta file version 2");
        assert_eq!(wrong("\"version\"", "\"v\""), "meta.json: unexpected meta file version 0");
        assert_eq!(wrong("01DXX", "../"), "meta.json: \"ulid\" is not the name of a block");
        assert_eq!(wrong("-5", "1e3"), "meta.json: \"minTime\" is not a whole number");
        assert!(wrong("-5", "1800000000000").contains("is after"));
    }
}
