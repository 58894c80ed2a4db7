//! A board comes back from its file as it was, and a file from elsewhere says what is lost.

use super::{read, write};
use crate::base::time::Millis;
use crate::dashboard::{Dashboard, Drawing, PanelKind, Setting, Stacking, ThresholdStep, Thresholds};

fn rich() -> Dashboard {
    let mut board = Dashboard { title: "한 \"판\"\n".to_owned(), refresh: None, ..Dashboard::default() };
    board.set_range(Millis::from_minutes(90)).unwrap();
    let steps = vec![
        ThresholdStep { value: -0.1, color: "orange".to_owned() },
        ThresholdStep { value: 0.1 + 0.2, color: "#ff0000".to_owned() },
    ];
    let query = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let (a, b) = (query("A", "sum(rate(x{a=\"\\\\d\"}[1m]))"), query("B", "up"));
    let legend = query("A", "{{code}} <b>");
    let shown = [
        Setting::Title("a".to_owned()),
        Setting::Unit("percentunit".to_owned()),
        Setting::Decimals(Some(3)),
        Setting::Min(Some(1e-300)),
        Setting::Max(Some(0.1)),
        Setting::Stacking(Stacking::Percent),
        Setting::Drawing(Drawing::Bars),
        Setting::Thresholds(Thresholds { steps, are_drawn: true, ..Thresholds::default() }),
        Setting::Query(a.0, a.1),
        Setting::Legend(legend.0, legend.1),
        Setting::Query(b.0, b.1),
        Setting::Store("B".to_owned(), "truth".to_owned()),
        Setting::Instant("B".to_owned(), true),
    ];
    for kind in PanelKind::ALL {
        let id = board.add(&[Setting::Kind(kind)]).unwrap();
        board.set(id, &shown).unwrap();
        board.add(&[Setting::Kind(kind), Setting::Query("A".to_owned(), "up".to_owned())]).unwrap();
    }
    board
}

#[test]
fn a_board_comes_back_as_it_was() {
    for board in [Dashboard::default(), rich()] {
        let text = write(&board);
        let back = read(&text).unwrap();
        assert_eq!(back.remarks, [], "{text}");
        assert_eq!(back.board, board, "{text}");
        assert_eq!(write(&back.board), text);
    }
}

#[test]
fn a_broken_file_says_where() {
    let fault = |text: &str| {
        let fault = read(text).unwrap_err();
        let place = fault.place.map(|place| place.to_string()).unwrap_or_default();
        format!("{place} {}: {}", fault.code, fault.text)
    };
    assert_eq!(fault("{\n  \"title\": \"a\",\n}"), "3:1 board-unreadable: trailing comma");
    assert_eq!(fault("{\"panels\": [{\"title\": \"a\"}"), "1:26 board-unreadable: EOF while parsing a list");
    assert_eq!(fault("[]"), "1:1 no-board: a board is an object, { … }");
    assert_eq!(fault("{}"), "1:1 no-board: a board has a list of panels");
    assert_eq!(
        fault("{\"panels\": [\n{\"title\": 5}]}"),
        "2:11 board-unreadable: invalid type: integer `5`, expected a string"
    );
    assert!(fault("{\"elements\": {}}").contains("board-too-new"));
    assert!(fault(&"[".repeat(100_000)).contains("recursion limit exceeded"));
    assert!(fault(&" ".repeat(300 << 10)).contains("board-too-long"));
    let query = |id: &str| {
        format!("{{\"panels\": [{{\"type\": \"stat\", \"targets\": [{{\"refId\": \"{id}\"}}]}}]}}")
    };
    assert!(fault(&query("<b>")).contains("query-name-refused"));
    let many = vec!["{\"type\": \"stat\"}"; 41].join(",");
    assert!(fault(&format!("{{\"panels\": [{many}]}}")).contains("too-many"));
}

#[test]
fn what_a_board_cannot_do_is_said_and_the_rest_is_read() {
    let text = r#"{
        "title": "Node", "schemaVersion": "41", "refresh": false, "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [{"name": "job"}]}, "annotations": {"list": []},
        "panels": [
            {"type": "row", "title": "Row", "collapsed": true},
            {"type": "timeseries", "title": "CPU", "gridPos": {"x": 20, "y": 7, "w": 12, "h": 8},
             "datasource": "Prometheus", "repeat": "job", "description": "…",
             "fieldConfig": {"defaults": {"custom": {"drawStyle": "points", "stacking": {"mode": "normal", "group": "A"}}},
                             "overrides": [{"matcher": {}}]},
             "targets": [{"expr": "up", "refId": ""}, {"expr": "vector(1)", "refId": "B", "instant": true, "hide": true}]},
            {"type": "stat", "id": 7, "options": {"reduceOptions": {"calcs": ["mean"]}}},
            {"type": "stat", "id": 7}
        ]
    }"#;
    let read = read(text).unwrap();
    let said: Vec<String> =
        read.remarks.iter().map(|remark| format!("{}: {}", remark.code, remark.text)).collect();
    assert_eq!(
        said,
        [
            "panel-kind: panel \"Row\" is left out: no panel of type \"row\" can be drawn",
            "panel-style: panel \"CPU\": the drawStyle \"points\" is not drawn",
            "panel-calculation: panel \"\" shows the newest value instead of \"mean\"",
            "board-fields: these fields have no effect here: panels.fieldConfig.overrides, panels.repeat, \
             panels.targets.hide, templating",
        ]
    );
    let board = read.board;
    assert_eq!((board.range, board.refresh), (Millis::from_minutes(360), None));
    let ids: Vec<u32> = board.panels.iter().map(|panel| panel.id).collect();
    // Nothing stands above the chart, so it floats up beside the first number; the other goes beneath that.
    assert_eq!(ids, [7, 8, 9]);
    let cpu = &board.panels[1];
    assert_eq!((cpu.grid.x, cpu.stacking), (12, Stacking::Normal));
    let queries: Vec<_> =
        cpu.targets.iter().map(|one| (&*one.ref_id, &*one.datasource, one.instant)).collect();
    assert_eq!(queries, [("A", "Prometheus", false), ("B", "Prometheus", true)]);
}

#[test]
fn a_newer_version_is_said() {
    let read = read("{\"schemaVersion\": 43, \"panels\": []}").unwrap();
    assert_eq!(read.remarks[0].code, "board-newer");
}
