//! The scenarios that are built in, as their files' texts.

use std::collections::BTreeMap;

type File = (&'static str, &'static str);

/// Each scenario's folder with its files.
const SCENARIOS: &[(&str, &[File])] = &[(
    "image-gallery",
    &[
        ("compose.yaml", include_str!("../../../scenarios/image-gallery/compose.yaml")),
        ("prometheus.yml", include_str!("../../../scenarios/image-gallery/prometheus.yml")),
        ("scenario.yaml", include_str!("../../../scenarios/image-gallery/scenario.yaml")),
    ],
)];

/// The files of a scenario by name.
#[must_use]
pub fn files(name: &str) -> Option<BTreeMap<String, String>> {
    let (_, files) = SCENARIOS.iter().find(|(known, _)| *known == name)?;
    Some(files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_scenario_is_built_in_with_all_its_files() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
        let mut there = 0;
        for scenario in std::fs::read_dir(folder).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
            let name = scenario.file_name().to_string_lossy().into_owned();
            let built_in = files(&name).unwrap_or_else(|| panic!("{name} is not built in"));
            let mut on_disk = BTreeMap::new();
            for file in std::fs::read_dir(scenario.path()).unwrap().flatten() {
                let text = std::fs::read_to_string(file.path()).unwrap();
                on_disk.insert(file.file_name().to_string_lossy().into_owned(), text);
            }
            assert_eq!(built_in, on_disk, "{name}");
            there += 1;
        }
        assert_eq!(there, SCENARIOS.len());
    }
}
