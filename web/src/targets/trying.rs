//! What the two views of relabeling share: a button that unfolds them, and the answer to the rules that are tried.

use std::cell::Cell;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::wire::PanelId;
use scrapeyard_core::lab::{Answer, Problem, Question};
use yew::prelude::{
    Children, Html, Properties, classes, component, hook, html, use_effect_with, use_memo, use_state,
};

use crate::controls::ProblemBox;
use crate::session::{Asked, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::use_texts;

/// See [`Unfolding`].
#[derive(PartialEq, Properties)]
pub struct UnfoldingProps {
    /// The key of the button's text; with `-open` its test id.
    pub name: &'static str,
    /// What is unfolded.
    pub children: Children,
}

/// A button, and below it, while it is pressed, what it unfolds.
#[component]
pub fn Unfolding(props: &UnfoldingProps) -> Html {
    let texts = use_texts();
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    html! {
        <div class="relabeling">
            <button type="button" class={classes!("btn", "quiet", open.then_some("turned"))} aria-expanded={open.to_string()}
                onclick={toggle} data-testid={format!("{}-open", props.name)}>
                { small_icon(Icon::Next) }{ texts.say(props.name) }
            </button>
            if *open { { props.children.clone() } }
        </div>
    }
}

/// What came of the last question: the newest view, and why a later question was refused.
#[derive(Debug, PartialEq)]
pub struct Told<V> {
    /// The view; it stays where a later question is refused.
    pub view: Option<Rc<V>>,
    /// Why the last question was refused.
    pub problems: Vec<Problem>,
}

impl<V> Clone for Told<V> {
    fn clone(&self) -> Self {
        Self { view: self.view.clone(), problems: self.problems.clone() }
    }
}

/// Places of views that can stand several times on the page are so far apart.
const APART: u32 = 1000;

/// A place for each view of `id`: one that is shown twice would else end its own question.
#[hook]
fn use_own_place(id: PanelId) -> PanelId {
    thread_local!(static NEXT: Cell<u32> = const { Cell::new(1) });
    *use_memo((), |()| PanelId(id.0 + APART * NEXT.replace(NEXT.get() % 1_000_000 + 1)))
}

/// Asks whenever the question, the lab or the target's `page` is another.
#[hook]
pub fn use_told<V: Clone + 'static>(
    id: PanelId,
    question: Question,
    page: Option<Timestamp>,
    view_of: fn(&Answer) -> Option<&V>,
) -> Told<V> {
    let (session, id) = (use_session(), use_own_place(id));
    let told = use_state(|| Told { view: None, problems: Vec::new() });
    let set = told.clone();
    use_effect_with((question, session.revision(), page), move |(question, ..)| {
        let before = set.view.clone();
        session.ask(id, question.clone(), move |asked| match asked {
            Asked::Answered(_, answer) => {
                if let Some(view) = view_of(&answer) {
                    set.set(Told { view: Some(Rc::new(view.clone())), problems: Vec::new() });
                }
            }
            Asked::Refused(problems) => set.set(Told { view: before, problems }),
            Asked::Ended => {}
        });
    });
    (*told).clone()
}

/// What stands where there is no view yet.
pub fn without_view<V>(told: &Told<V>, test_id: &'static str) -> Html {
    match told.problems.is_empty() {
        true => Html::default(),
        false => html! { <ProblemBox problems={told.problems.clone()} {test_id} /> },
    }
}
