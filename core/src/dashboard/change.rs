//! One thing that is set of a panel, and what has to be set to make one panel of another.

use serde::{Deserialize, Serialize};

use super::panel::{Drawing, Panel, PanelKind, Stacking, Target, Thresholds};

/// One thing that is set of a panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Setting {
    /// What it draws.
    Kind(PanelKind),
    /// What it is called.
    Title(String),
    /// The unit of its values.
    Unit(String),
    /// Digits behind the point.
    Decimals(Option<u8>),
    /// The lower end of the axis.
    Min(Option<f64>),
    /// The upper end of the axis.
    Max(Option<f64>),
    /// Whether series lie upon one another.
    Stacking(Stacking),
    /// How series are drawn over time.
    Drawing(Drawing),
    /// The thresholds with their colours.
    Thresholds(Thresholds),
    /// The expression of a query; the query is added where the panel has none of that name.
    Query(String, String),
    /// What a query's series are called.
    Legend(String, String),
    /// Which store a query asks.
    Store(String, String),
    /// Whether a query asks for one instant.
    Instant(String, bool),
    /// Takes a query away.
    Drop(String),
}

impl Setting {
    /// Sets it. A query that is not there and is not to be added is left alone: `false`.
    #[must_use]
    pub fn apply(&self, panel: &mut Panel) -> bool {
        match self {
            Self::Kind(kind) => panel.kind = *kind,
            Self::Title(title) => panel.title.clone_from(title),
            Self::Unit(unit) => panel.unit.clone_from(unit),
            Self::Decimals(decimals) => panel.decimals = *decimals,
            Self::Min(min) => panel.min = *min,
            Self::Max(max) => panel.max = *max,
            Self::Stacking(stacking) => panel.stacking = *stacking,
            Self::Drawing(drawing) => panel.drawing = *drawing,
            Self::Thresholds(thresholds) => panel.thresholds.clone_from(thresholds),
            Self::Query(ref_id, expr) => match target(panel, ref_id) {
                Some(target) => target.expr.clone_from(expr),
                None => {
                    let new = Target { expr: expr.clone(), ..Target::new(ref_id, panel.kind) };
                    panel.targets.push(new);
                }
            },
            Self::Legend(ref_id, legend) => {
                return target(panel, ref_id).map(|target| target.legend.clone_from(legend)).is_some();
            }
            Self::Store(ref_id, store) => {
                return target(panel, ref_id).map(|target| target.datasource.clone_from(store)).is_some();
            }
            Self::Instant(ref_id, instant) => {
                return target(panel, ref_id).map(|target| target.instant = *instant).is_some();
            }
            Self::Drop(ref_id) => {
                let before = panel.targets.len();
                panel.targets.retain(|target| target.ref_id != *ref_id);
                return panel.targets.len() < before;
            }
        }
        true
    }

    /// The query that it is about, if it is about one.
    #[must_use]
    pub fn ref_id(&self) -> Option<&str> {
        match self {
            Self::Query(ref_id, _)
            | Self::Legend(ref_id, _)
            | Self::Store(ref_id, _)
            | Self::Instant(ref_id, _)
            | Self::Drop(ref_id) => Some(ref_id),
            _ => None,
        }
    }
}

fn target<'p>(panel: &'p mut Panel, ref_id: &str) -> Option<&'p mut Target> {
    panel.targets.iter_mut().find(|target| target.ref_id == ref_id)
}

/// What has to be set, in this order, to make `after` of `before`. Number and place in the grid are left alone.
#[must_use]
pub fn changes(before: &Panel, after: &Panel) -> Vec<Setting> {
    let mut changes = Vec::new();
    let mut set = |differs: bool, setting: Setting| {
        if differs {
            changes.push(setting);
        }
    };
    set(before.kind != after.kind, Setting::Kind(after.kind));
    set(before.title != after.title, Setting::Title(after.title.clone()));
    set(before.unit != after.unit, Setting::Unit(after.unit.clone()));
    set(before.decimals != after.decimals, Setting::Decimals(after.decimals));
    set(before.min != after.min, Setting::Min(after.min));
    set(before.max != after.max, Setting::Max(after.max));
    set(before.stacking != after.stacking, Setting::Stacking(after.stacking));
    set(before.drawing != after.drawing, Setting::Drawing(after.drawing));
    set(before.thresholds != after.thresholds, Setting::Thresholds(after.thresholds.clone()));
    changes.extend(query_changes(&before.targets, &after.targets, after.kind));
    changes
}

/// The queries that stay keep their order only where nothing before them goes: the rest is dropped and added anew.
fn query_changes(before: &[Target], after: &[Target], kind: PanelKind) -> Vec<Setting> {
    let names = |targets: &[Target]| targets.iter().map(|target| target.ref_id.clone()).collect::<Vec<_>>();
    let (old, new) = (names(before), names(after));
    let mut stays: Vec<&String> = old.iter().filter(|name| new.contains(name)).collect();
    let agree = stays.iter().zip(&new).take_while(|(stays, new)| **stays == *new).count();
    stays.truncate(agree);
    let mut changes: Vec<Setting> =
        old.iter().filter(|name| !stays.contains(name)).map(|name| Setting::Drop(name.clone())).collect();
    for target in after {
        let known =
            before.iter().find(|known| known.ref_id == target.ref_id && stays.contains(&&known.ref_id));
        let fresh = Target::new(&target.ref_id, kind);
        let from = known.unwrap_or(&fresh);
        let name = || target.ref_id.clone();
        if known.is_none() || from.expr != target.expr {
            changes.push(Setting::Query(name(), target.expr.clone()));
        }
        if from.legend != target.legend {
            changes.push(Setting::Legend(name(), target.legend.clone()));
        }
        if from.datasource != target.datasource {
            changes.push(Setting::Store(name(), target.datasource.clone()));
        }
        if from.instant != target.instant {
            changes.push(Setting::Instant(name(), target.instant));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::ThresholdStep;

    fn panel(kind: PanelKind, refs: &[&str]) -> Panel {
        let targets = refs.iter().map(|name| Target { expr: format!("up{name}"), ..Target::new(name, kind) });
        Panel { targets: targets.collect(), ..Panel::new(kind) }
    }

    #[test]
    fn what_differs_makes_the_one_of_the_other() {
        let steps = vec![ThresholdStep { value: 0.5, color: "red".to_owned() }];
        let mut rich = panel(PanelKind::Gauge, &["B", "C", "A"]);
        rich.thresholds = Thresholds { steps, ..Thresholds::default() };
        (rich.title, rich.unit, rich.decimals) = ("t".to_owned(), "s".to_owned(), Some(2));
        (rich.min, rich.max) = (Some(0.0), Some(1.0));
        (rich.stacking, rich.drawing) = (Stacking::Percent, Drawing::Bars);
        rich.targets[1].legend = "{{job}}".to_owned();
        rich.targets[2].datasource = "truth".to_owned();
        rich.targets[0].instant = false;
        let panels = [
            Panel::new(PanelKind::Timeseries),
            panel(PanelKind::Timeseries, &["A", "B"]),
            panel(PanelKind::Timeseries, &["B"]),
            panel(PanelKind::Table, &["B", "A", "C"]),
            rich,
        ];
        for before in &panels {
            for after in &panels {
                let mut made = before.clone();
                let all_done = changes(before, after).iter().all(|setting| setting.apply(&mut made));
                made.grid = after.grid;
                assert!(all_done);
                assert_eq!(made, *after);
            }
            assert!(changes(before, before).is_empty());
        }
    }
}
