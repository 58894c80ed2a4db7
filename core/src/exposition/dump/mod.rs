//! Samples with their times as a page, in the shape that `promtool tsdb dump-openmetrics` prints, and back.
//! Knows no store: the writer is handed columns, the reader hands out samples.
//!
//! The shape is nearly OpenMetrics: label values are quoted as Go quotes (`\t`, `\u200b`), braces stand even where
//! they are empty, and the real promtool prints names bare that its own parser then refuses (`a.b{c.d="e"}`). The
//! reader takes all of that, and any OpenMetrics or text page whose samples carry timestamps.

mod escape;
mod raw_names;
mod read;
mod write;

pub(in crate::exposition) use escape::unescape_go;
pub use read::{TimedEntry, read_timed_page};
pub use write::{DUMP_END, write_dump_series};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::number::NORMAL_NAN_BITS;
    use crate::exposition::{Format, Limits};
    use crate::model::labels::{Labels, METRIC_NAME};

    type Samples = Vec<(Labels, i64, u64)>;

    fn read(page: &str) -> Result<Samples, String> {
        let mut found = Vec::new();
        let outcome = read_timed_page(page.as_bytes(), Format::OpenMetrics, Limits::default(), |entry| {
            if let TimedEntry::Sample(labels, at, value) = entry {
                found.push((labels.clone(), at.0, value.to_bits()));
            }
        });
        outcome.map(|()| found).map_err(|error| format!("{} {error}", error.place))
    }

    #[test]
    fn budgets_hold_for_lines_that_only_a_dump_has() {
        let line = "a.b{c.d=\"e\"} 1 1.500\n";
        let limits = Limits { page_bytes: 10_000, line_bytes: 40, labels: 2, samples: 3 };
        let outcome = |page: &str| {
            let mut count = 0;
            let outcome = read_timed_page(page.as_bytes(), Format::Text, limits, |_| count += 1);
            outcome.map(|()| count).map_err(|error| error.to_string())
        };
        // The parser gives up the first at its value, the second within its labels.
        for line in [line, "a{c.d=\"e\"} 1 1.500\n"] {
            assert_eq!(outcome(&line.repeat(3)), Ok(3));
            assert!(outcome(&line.repeat(4)).unwrap_err().starts_with("sample limit exceeded"));
        }
        assert_eq!(outcome(&line.repeat(500)), Err("body size limit exceeded".to_owned()));
        assert!(
            outcome(&format!("{line}a.b{{c.d=\"{}\"}} 1 1.500\n", "e".repeat(40))).is_err(),
            "a long line"
        );
        assert!(outcome("a.b{c.d=\"e\",f.g=\"h\",i.j=\"k\"} 1 1.5\n").is_err(), "many labels");
        // Hundreds of thousands of such lines are read in time that grows with their number alone.
        let many = read_timed_page(line.repeat(400_000).as_bytes(), Format::Text, Limits::default(), |_| {});
        assert_eq!(many, Ok(()));
    }

    proptest! {
        #[test]
        fn a_dump_comes_back_as_it_was(
            name in "[^\\x00]{1,8}",
            pairs in proptest::collection::vec(("[^\\x00]{1,6}", any::<String>()), 0..4),
            samples in proptest::collection::vec((-4_000_000_000_000_i64..4_000_000_000_000, any::<u64>()), 1..5),
        ) {
            let mut labels = Labels::from_pairs(pairs).to_builder();
            labels.set(METRIC_NAME, name);
            let labels = labels.build();
            let times: Vec<i64> = samples.iter().map(|(time, _)| *time).collect();
            // The stale marker is printed as an ordinary NaN.
            let printed = |value: f64| if value.is_nan() { f64::from_bits(NORMAL_NAN_BITS) } else { value };
            let values: Vec<f64> = samples.iter().map(|(_, bits)| printed(f64::from_bits(*bits))).collect();
            let mut page = String::new();
            write_dump_series(&mut page, &labels, &times, &values);
            page.push_str(DUMP_END);
            let wanted: Samples =
                times.iter().zip(&values).map(|(time, value)| (labels.clone(), *time, value.to_bits())).collect();
            prop_assert_eq!(read(&page), Ok(wanted));
        }
    }

    #[test]
    fn the_shape_is_promtools() {
        let labels = Labels::from_pairs([(METRIC_NAME, "up"), ("a", "x\t\u{200b}"), ("b", "한")]);
        let mut page = String::new();
        write_dump_series(&mut page, &labels, &[1_700_000_000_005, -1], &[1e6, 0.5]);
        write_dump_series(&mut page, &Labels::from_pairs([(METRIC_NAME, "up")]), &[0], &[f64::NAN]);
        assert_eq!(
            page,
            "up{a=\"x\\t\\u200b\",b=\"한\"} 1e+06 1700000000.005\nup{a=\"x\\t\\u200b\",b=\"한\"} 0.5 -0.001\n\
             up{} NaN 0.000\n"
        );
    }

    #[test]
    fn names_that_promtool_prints_bare_are_read() {
        let page = "utf.8 name{lab.el=\"한\"} 5 1.500\nwe ird{} 2 1.500\n9{\"a{b\"=\"\\t\\\"}\",c=\"\"} 3 2.001\nup 1 1\n# EOF\n";
        let series: Vec<String> =
            read(page).unwrap().iter().map(|(labels, at, _)| format!("{labels} {at}")).collect();
        assert_eq!(
            series,
            [
                r#"{__name__="utf.8 name", "lab.el"="한"} 1500"#,
                r#"{__name__="we ird"} 1500"#,
                r#"{__name__="9", "a{b"="\t\"}"} 2001"#,
                r#"{__name__="up"} 1000"#
            ]
        );
    }

    #[test]
    fn samples_without_times_and_broken_lines_are_refused_with_their_place() {
        assert_eq!(
            read("up 1 1\nup 1\n# EOF\n"),
            Err("2:1 expected timestamp for series got none".to_owned())
        );
        assert!(read("a.b{c=\"d\" 5 1\n# EOF\n").is_err_and(|error| error.starts_with("1:2 expected value")));
        assert!(read("up 1 1\n").is_err_and(|error| error == "2:1 data does not end with # EOF"));
    }
}
