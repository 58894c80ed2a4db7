//! The button that pins what was run in a panel of the Query page to the board.

use std::rc::Rc;

use scrapeyard_core::lab::board::{Panel, PanelKind, Target, changes};
use scrapeyard_core::lab::{BoardDeed, Command, StoreId};
use yew::prelude::{Html, MouseEvent, Properties, component, html};

use crate::route::Route;
use crate::session::{Acted, Notice, Session, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::{Texts, use_texts};

/// The longest title that is made of an expression, in characters.
const MOST_CHARACTERS: usize = 80;

/// See [`Pin`].
#[derive(Clone, PartialEq, Properties)]
pub struct PinProps {
    /// What was run.
    pub expression: String,
    /// What the panel is called; the expression is its title where it has no name.
    pub name: String,
    /// Which store was asked.
    pub store: StoreId,
    /// Whether it is shown as a table.
    pub is_table: bool,
    /// Whether the truth lies beneath.
    pub truth: bool,
}

/// The button.
#[component]
pub fn Pin(props: &PinProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let on_press = {
        let (pressed, texts) = (props.clone(), Rc::clone(&texts));
        // All of it is made when it is wanted: the first chart does without.
        move |_: MouseEvent| pin(&session, &texts, &pinned(&pressed))
    };
    html! {
        <button type="button" class="btn quiet" onclick={on_press} disabled={props.expression.trim().is_empty()}
            aria-label={texts.say("pin")} title={texts.say("pin")} data-testid="query-pin">
            { small_icon(Icon::Pin) }<span class="no-phone">{ texts.say("pin") }</span>
        </button>
    }
}

fn pin(session: &Session, texts: &Rc<Texts>, panel: &Panel) {
    let deed = BoardDeed::Add(changes(&Panel::new(PanelKind::default()), panel));
    let (told, texts) = (session.clone(), Rc::clone(texts));
    session.act(&Command::Board(deed), move |acted| {
        told.notify(match acted {
            Acted::Done(_) => {
                Notice { way: Some((Route::Board, "pin-look")), ..Notice::done(texts.say("pin-done")) }
            }
            Acted::Refused(problems) => Notice::failed(texts.say("pin-refused"))
                .with_detail(problems.first().map(|problem| problem.text.clone())),
        });
    });
}

/// The panel that is put on the board.
fn pinned(props: &PinProps) -> Panel {
    let kind = if props.is_table { PanelKind::Table } else { PanelKind::Timeseries };
    let query = |name: &str, store: &StoreId| Target {
        expr: props.expression.clone(),
        datasource: store.to_string(),
        ..Target::new(name, kind)
    };
    let mut targets = vec![query("A", &props.store)];
    if props.truth && props.store == StoreId::Pulled {
        targets.push(query("B", &StoreId::Truth));
    }
    let title = if props.name.trim().is_empty() { one_line(&props.expression) } else { props.name.clone() };
    Panel { title, targets, ..Panel::new(kind) }
}

/// An expression on one line, cut where it is long.
fn one_line(expression: &str) -> String {
    let words: Vec<&str> = expression.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pinned_asks_what_was_run() {
        let props = PinProps {
            expression: "sum(\n  up)".to_owned(),
            name: String::new(),
            store: StoreId::Pulled,
            is_table: false,
            truth: true,
        };
        let panel = pinned(&props);
        let queries: Vec<_> =
            panel.targets.iter().map(|one| (&*one.ref_id, &*one.datasource, &*one.expr)).collect();
        assert_eq!(queries, [("A", "pulled", "sum(\n  up)"), ("B", "truth", "sum(\n  up)")]);
        assert_eq!(panel.title, "sum( up)");
        let named = pinned(&PinProps { name: "mine".to_owned(), is_table: true, ..props });
        assert_eq!(
            (named.title.as_str(), named.kind, named.targets[0].instant),
            ("mine", PanelKind::Table, true)
        );
        assert_eq!(one_line(&"가".repeat(90)).chars().count(), MOST_CHARACTERS + 1);
    }
}
