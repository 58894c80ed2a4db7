//! The grid's rules, on single boards and on boards of chance.

use proptest::prelude::*;

use super::*;

fn board(places: &[(u32, u32, u32, u32)]) -> Vec<Panel> {
    let panel = |(index, (x, y, w, h)): (usize, &(u32, u32, u32, u32))| Panel {
        id: index as u32 + 1,
        grid: GridPos { x: *x, y: *y, w: *w, h: *h },
        ..Panel::new(PanelKind::Timeseries)
    };
    let mut panels: Vec<Panel> = places.iter().enumerate().map(panel).collect();
    settle(&mut panels);
    panels
}

/// Number, column and row of each panel.
fn places(panels: &[Panel]) -> Vec<(u32, u32, u32)> {
    panels.iter().map(|panel| (panel.id, panel.grid.x, panel.grid.y)).collect()
}

#[test]
fn a_panel_that_passes_another_by_half_changes_places_with_it() {
    let panels = board(&[(0, 0, 12, 8), (0, 8, 12, 8)]);
    assert_eq!(places(&moved(&panels, 1, 0, 3)), [(1, 0, 0), (2, 0, 8)]);
    assert_eq!(places(&moved(&panels, 1, 0, 4)), [(2, 0, 0), (1, 0, 8)]);
    assert_eq!(places(&moved(&panels, 2, 0, 5)), [(1, 0, 0), (2, 0, 8)]);
    assert_eq!(places(&moved(&panels, 2, 0, 3)), [(2, 0, 0), (1, 0, 8)]);
}

#[test]
fn what_a_panel_hits_goes_beneath_it() {
    let panels = board(&[(0, 0, 12, 8), (12, 0, 12, 8), (0, 8, 24, 4)]);
    assert_eq!(places(&moved(&panels, 1, 12, 0)), [(1, 12, 0), (2, 12, 8), (3, 0, 16)]);
    assert_eq!(places(&resized(&panels, 1, 20, 8)), [(1, 0, 0), (2, 12, 8), (3, 0, 16)]);
    assert_eq!(places(&resized(&panels, 1, 99, 2))[0], (1, 0, 0));
}

#[test]
fn keys_lead_around_what_is_in_the_way() {
    let panels = board(&[(0, 0, 12, 8), (0, 8, 12, 4), (12, 0, 12, 8)]);
    let step =
        |id, direction| neighbour(&panels, id, direction).map(|(x, y)| places(&moved(&panels, id, x, y)));
    assert_eq!(step(1, Direction::Down), Some(vec![(2, 0, 0), (3, 12, 0), (1, 0, 4)]));
    assert_eq!(step(2, Direction::Up), Some(vec![(2, 0, 0), (3, 12, 0), (1, 0, 4)]));
    assert_eq!(step(1, Direction::Up), None);
    assert_eq!(step(3, Direction::Down), None);
    assert_eq!(step(3, Direction::Right), None);
    assert_eq!(neighbour(&panels, 1, Direction::Right), Some((1, 0)));
}

#[test]
fn a_new_panel_stands_where_there_is_room() {
    let mut board = Dashboard::default();
    for kind in ["stat", "timeseries", "stat", "timeseries"] {
        let kind = PanelKind::named(kind).unwrap();
        board.add(&[Setting::Kind(kind)]).unwrap();
    }
    assert_eq!(places(&board.panels), [(1, 0, 0), (2, 6, 0), (3, 18, 0), (4, 0, 8)]);
}

#[test]
fn two_panels_change_places_with_their_sizes() {
    let mut board = Dashboard { panels: board(&[(0, 0, 12, 8), (12, 0, 6, 4)]), ..Dashboard::default() };
    board.swap(1, 2).unwrap();
    assert_eq!(board.panel(1).unwrap().grid, GridPos { x: 12, y: 0, w: 6, h: 4 });
    assert_eq!(board.panel(2).unwrap().grid, GridPos { x: 0, y: 0, w: 12, h: 8 });
    assert_eq!(board.swap(1, 9).unwrap_err().code, "no-such-panel");
}

/// Nothing overlaps or sticks out, everything stands on something, and the panels are in order.
fn assert_settled(panels: &[Panel]) {
    for (index, panel) in panels.iter().enumerate() {
        let own = panel.grid;
        assert!(own.w >= 1 && own.h >= 1 && own.x + own.w <= COLUMNS, "{own:?}");
        assert!(panels[index + 1..].iter().all(|other| !own.overlaps(other.grid)), "{:?}", places(panels));
        let floor = |y: u32| GridPos { y, h: 1, ..own };
        let stands = own.y == 0 || panels.iter().any(|other| other.grid.overlaps(floor(own.y - 1)));
        assert!(stands, "panel {} hangs in the air: {:?}", panel.id, places(panels));
    }
    assert!(panels.is_sorted_by_key(|panel| (panel.grid.y, panel.grid.x)));
    let mut again = panels.to_vec();
    settle(&mut again);
    assert_eq!(again, panels, "a settled board stays as it is");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_nothing_overlaps_and_nothing_is_lost(
        first in proptest::collection::vec((0_u32..40, 0_u32..60, 0_u32..40, 0_u32..20), 0..14),
        deeds in proptest::collection::vec((0_u8..5, 0_u32..16, 0_u32..40, any::<u32>()), 0..24),
    ) {
        let mut board = Dashboard { panels: board(&first), ..Dashboard::default() };
        assert_settled(&board.panels);
        for (deed, id, one, other) in deeds {
            let before: Vec<u32> = sorted_ids(&board.panels);
            let small = other % 70;
            let outcome = match deed {
                0 => board.move_to(id, one, other),
                1 => board.resize(id, one, small),
                2 => board.swap(id, one),
                3 => board.duplicate(id).map(drop),
                _ => board.remove(id),
            };
            assert_settled(&board.panels);
            let after = sorted_ids(&board.panels);
            match (outcome.is_ok(), deed) {
                (true, 3) => prop_assert_eq!(after.len(), before.len() + 1),
                (true, 4) => prop_assert_eq!(after.len(), before.len() - 1),
                _ => prop_assert_eq!(after, before),
            }
        }
    }

    #[test]
    fn a_panel_put_where_it_stands_changes_nothing(
        first in proptest::collection::vec((0_u32..24, 0_u32..30, 1_u32..24, 1_u32..12), 1..12),
    ) {
        let panels = board(&first);
        for panel in &panels {
            prop_assert_eq!(&moved(&panels, panel.id, panel.grid.x, panel.grid.y), &panels);
            prop_assert_eq!(&resized(&panels, panel.id, panel.grid.w, panel.grid.h), &panels);
        }
    }
}

fn sorted_ids(panels: &[Panel]) -> Vec<u32> {
    let mut ids: Vec<u32> = panels.iter().map(|panel| panel.id).collect();
    ids.sort();
    ids
}
