//! An error: the system's own words with the place, and a plain sentence about it.

use scrapeyard_core::lab::Problem;
use yew::prelude::{AttrValue, Children, Html, Properties, component, html};

use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::use_texts;

/// See [`ProblemBox`].
#[derive(PartialEq, Properties)]
pub struct ProblemBoxProps {
    /// The problems; the first one is the one to mend first.
    pub problems: Vec<Problem>,
    /// Whether it comes up while somebody writes, so that it must not interrupt.
    #[prop_or_default]
    pub quiet: bool,
    /// Actions beside it.
    #[prop_or_default]
    pub children: Children,
    /// For tests.
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// How many problems are shown at once.
const MOST_SHOWN: usize = 4;

/// The error box.
#[component]
pub fn ProblemBox(props: &ProblemBoxProps) -> Html {
    let texts = use_texts();
    let more = props.problems.len().saturating_sub(MOST_SHOWN);
    let sentence =
        props.problems.first().and_then(|first| texts.find_one(&format!("problem-{}", first.code)));
    html! {
        <div class="note err" role={if props.quiet { "status" } else { "alert" }} data-testid={props.test_id.clone()}>
            { state_glyph(StateGlyph::Bad) }
            <div class="note-body">
                { for props.problems.iter().take(MOST_SHOWN).map(|problem| html! { <p class="mono">{ problem.to_string() }</p> }) }
                if more > 0 {
                    <p class="mid">{ texts.with("problems-more", &[("count", more.into())]) }</p>
                }
                if let Some(sentence) = sentence {
                    <p class="mid">{ sentence }</p>
                }
            </div>
            { for props.children.iter() }
        </div>
    }
}
