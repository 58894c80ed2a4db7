//! The panels as text, so that they survive a reload of the tab: a line a panel, its fields between tabs. What cannot be
//! read is left out; nothing here is a deed, so a lost draft loses no work.

use scrapeyard_core::base::number::quote;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::StoreId;
use scrapeyard_core::promql::syntax::lexer::unquote;

use super::super::drawing::Drawing;
use super::super::settings::{End, Settings, Tab};
use super::state::{MOST_PANELS, PanelState, Panels, Submitted};

/// The first field of each line; another one is of another version and is left out.
const VERSION: &str = "1";
const TABS: [(Tab, &str); 3] = [(Tab::Table, "table"), (Tab::Graph, "graph"), (Tab::Explain, "explain")];

/// The panels as text.
pub fn write(panels: &Panels) -> String {
    panels.list.iter().map(line).collect()
}

fn line(panel: &PanelState) -> String {
    let settings = &panel.settings;
    let tab = TABS.iter().find(|(tab, _)| *tab == settings.tab).map_or("", |(_, name)| *name);
    let end = match settings.end {
        End::Live => "live".to_owned(),
        End::At(at) => at.0.to_string(),
    };
    let fields = [
        VERSION.to_owned(),
        panel.id.to_string(),
        tab.to_owned(),
        settings.length.0.to_string(),
        end,
        settings.step.map_or_else(String::new, |step| step.0.to_string()),
        u8::from(settings.truth).to_string(),
        quote(&settings.store.to_string()),
        quote(&panel.name),
        quote(&panel.text),
        quote(&panel.submitted.expression),
        settings.drawing.line(),
    ];
    fields.join("\t") + "\n"
}

/// The panels of a text; `None` where it holds none.
pub fn read(text: &str) -> Option<Panels> {
    let mut list: Vec<PanelState> = Vec::new();
    for panel in text.lines().take(MOST_PANELS).filter_map(panel) {
        if list.iter().all(|known| known.id != panel.id) {
            list.push(panel);
        }
    }
    let active = list.first()?.id;
    Some(Panels { list, active, removed: None })
}

fn panel(line: &str) -> Option<PanelState> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    if next()? != VERSION {
        return None;
    }
    let id: u32 = next()?.parse().ok().filter(|id| (*id as usize) < 2 * MOST_PANELS)?;
    let name = next()?;
    let tab = TABS.iter().find(|(_, known)| *known == name).map(|(tab, _)| *tab)?;
    let length = Millis(next()?.parse().ok().filter(|length| *length > 0)?);
    let end = match next()? {
        "live" => End::Live,
        at => End::At(Timestamp(at.parse().ok()?)),
    };
    let step = match next()? {
        "" => None,
        step => Some(Millis(step.parse().ok().filter(|step| *step > 0)?)),
    };
    let truth = next()? == "1";
    let store: StoreId = unquote(next()?).parse().ok()?;
    let (name, text, expression) = (unquote(next()?), unquote(next()?), unquote(next()?));
    // A line that was kept before charts could be chosen ends here.
    let drawing = next().map(Drawing::of_line).unwrap_or_default();
    let settings = Settings { tab, length, end, step, store, truth, drawing };
    Some(PanelState { id, name, text, submitted: Submitted { expression, number: 0 }, settings })
}

#[cfg(test)]
mod tests {
    use super::super::state::{Change, Deed};
    use super::*;
    use std::rc::Rc;
    use yew::prelude::Reducible;

    #[test]
    fn what_was_kept_is_read_back() {
        let settings = Settings {
            tab: Tab::Explain,
            end: End::At(Timestamp(-5)),
            step: Some(Millis(1000)),
            store: StoreId::Imported("측정 1".to_owned()),
            truth: true,
            drawing: Drawing::of_line("heatmap off bytes"),
            ..Settings::default()
        };
        let deeds = [
            Deed::Change(0, Change::Text("up{a=\"b\tc\"}\n# \u{202e}".to_owned())),
            Deed::Add,
            Deed::Change(1, Change::Name("이름\t\"x\"".to_owned())),
            Deed::Change(1, Change::Settings(Box::new(settings))),
            Deed::MoveTo(1, 0),
        ];
        let panels = deeds.into_iter().fold(Rc::new(Panels::first("up".to_owned())), Reducible::reduce);
        let back = read(&write(&panels)).unwrap();
        assert_eq!(back.list, panels.list);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(read(""), None);
        assert_eq!(read("0\t1\n\n1\tx"), None);
        let good = write(&Panels::first("up".to_owned()));
        assert_eq!(read(&format!("{good}{good}1\t99\n")).unwrap().list.len(), 1);
    }
}
