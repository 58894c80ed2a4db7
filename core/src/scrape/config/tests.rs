//! What the data in `tests/config` cannot say: equality over reloads, and hostile text.

use proptest::prelude::*;

use super::*;

const BOOK: &str = "global:
  scrape_interval: 10s
  external_labels: { a: b }
scrape_configs:
  - job_name: image-gallery
    metrics_path: /metrics
    params: { x: [\"1\"] }
    basic_auth: { username: u, password_file: p }
    static_configs:
      - targets: [image-gallery, 'b:80']
        labels: { zone: here }
    relabel_configs:
      - { source_labels: [__address__], regex: '(.*):80', target_label: host, replacement: $1 }
  - job_name: access-log
    scrape_interval: 3s
    dns_sd_configs:
      - { names: [accesslog], type: A, port: 80 }
remote_write: [{ url: http://x/y, queue_config: { capacity: 5 } }]
";

#[test]
fn a_job_that_only_moved_is_the_same_job() {
    let before = Config::parse(BOOK).unwrap();
    let moved = Config::parse(&BOOK.replace("global:", "# a comment\n\nglobal:")).unwrap();
    assert_eq!(before.scrape_configs, moved.scrape_configs);
    let changed = Config::parse(&BOOK.replace("password_file: p", "password_file: q")).unwrap();
    assert_ne!(before.scrape_configs[0], changed.scrape_configs[0]);
    assert_eq!(before.scrape_configs[1], changed.scrape_configs[1]);
}

#[test]
fn a_global_value_that_a_job_takes_makes_it_another_job() {
    let before = Config::parse(BOOK).unwrap();
    let slower = Config::parse(&BOOK.replace("scrape_interval: 10s", "scrape_interval: 20s")).unwrap();
    assert_ne!(before.scrape_configs[0], slower.scrape_configs[0]);
    assert_eq!(before.scrape_configs[1], slower.scrape_configs[1]);
}

#[test]
fn every_error_has_a_place_or_is_about_the_whole_file() {
    let error = Config::parse("scrape_configs:\n  - job_name: a\n    foo: 1\n    bar: 2\n").unwrap_err();
    let places: Vec<String> =
        error.problems.iter().filter_map(|problem| problem.place).map(|place| place.to_string()).collect();
    assert_eq!(places, ["3:5", "4:5"]);
    assert_eq!((error.line, error.column), (Some(3), Some(5)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn no_change_of_a_configuration_makes_it_panic(
        edits in proptest::collection::vec(
            (0_usize..BOOK.len(), 0_usize..12, "[-a1:\\[\\]{}&*!|>'\" \n\t~$.]{0,4}|null|!!binary /w==|1e9|&x|\\*x|<<"),
            0..6,
        )
    ) {
        let mut text = BOOK.to_owned();
        for (at, length, insert) in edits {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            if text.is_char_boundary(at) && text.is_char_boundary(end) {
                text.replace_range(at..end, &insert);
            }
        }
        if let Err(error) = Config::parse(&text) {
            prop_assert!(!error.message.is_empty());
            prop_assert!(error.line.is_none_or(|line| line as usize <= text.lines().count() + 1));
        }
    }
}
