//! The scenarios that are built in, as their files' texts.

use std::collections::BTreeMap;

type File = (&'static str, &'static str);

/// Each scenario's folder with its files.
const SCENARIOS: &[(&str, &[File])] = &[(
    "image-gallery",
    &[
        ("board.en.json", include_str!("../../../scenarios/image-gallery/board.en.json")),
        ("board.ko.json", include_str!("../../../scenarios/image-gallery/board.ko.json")),
        ("compose.yaml", include_str!("../../../scenarios/image-gallery/compose.yaml")),
        ("lessons/observed.yaml", include_str!("../../../scenarios/image-gallery/lessons/observed.yaml")),
        (
            "lessons/three-addresses.yaml",
            include_str!("../../../scenarios/image-gallery/lessons/three-addresses.yaml"),
        ),
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
            for (folder, before) in [(scenario.path(), ""), (scenario.path().join("lessons"), "lessons/")] {
                for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                    let name = format!("{before}{}", file.file_name().to_string_lossy());
                    // The words of a lesson are the page's, its solution is for tests.
                    if before.is_empty() && file.path().is_file() || name.ends_with(".yaml") {
                        on_disk.insert(name, std::fs::read_to_string(file.path()).unwrap());
                    }
                }
            }
            assert_eq!(built_in, on_disk, "{name}");
            there += 1;
        }
        assert_eq!(there, SCENARIOS.len());
    }
}
