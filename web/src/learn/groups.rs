//! A question whose names are to be sorted into groups: a field with the groups behind each name.

use std::collections::BTreeMap;

use scrapeyard_core::lab::course::{Given, Text};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, Properties, TargetCast, component, html, use_state};

use super::prose::prose;
use crate::shapes::{StateGlyph, state_glyph};
use crate::texts::use_texts;

/// See [`Groups`].
#[derive(PartialEq, Properties)]
pub struct GroupsProps {
    /// The groups.
    pub groups: Vec<String>,
    /// What is to be sorted.
    pub members: Vec<String>,
    /// The words.
    pub words: Text,
    /// The last answer, unless the question is to be answered anew.
    pub given: Option<Given>,
    /// `member=group` for each, once an answer was given.
    pub right: Vec<String>,
    /// Called with `member=group` for each, with commas between.
    pub on_answer: Callback<String>,
}

/// The table.
#[component]
pub fn Groups(props: &GroupsProps) -> Html {
    let texts = use_texts();
    let sorted = use_state(BTreeMap::<String, String>::new);
    let given: BTreeMap<String, String> = match &props.given {
        Some(given) => {
            let pairs = given.text.split(',').filter_map(|pair| pair.split_once('='));
            pairs.map(|(member, group)| (member.trim().to_owned(), group.trim().to_owned())).collect()
        }
        None => (*sorted).clone(),
    };
    let title = |group: &str| {
        let words = props.words.parts.get(group);
        words.map_or_else(|| group.to_owned(), |words| words.title.clone())
    };
    let row = |member: &String| {
        let chosen = given.get(member).cloned().unwrap_or_default();
        let is_right = props.right.contains(&format!("{member}={chosen}"));
        let right = props.right.iter().find_map(|pair| pair.strip_prefix(member.as_str())?.strip_prefix('='));
        let on_change = {
            let (sorted, member) = (sorted.clone(), member.clone());
            move |event: Event| {
                let Some(select) = event.target_dyn_into::<HtmlSelectElement>() else { return };
                let mut now = (*sorted).clone();
                now.insert(member.clone(), select.value());
                sorted.set(now);
            }
        };
        html! {
            <li class="sort-row">
                <code>{ member }</code>
                if props.given.is_none() {
                    <label class="field">
                        <select aria-label={member.clone()} onchange={on_change} data-testid="sort">
                            <option value="" selected={chosen.is_empty()} disabled=true>{ texts.say("choose-group") }</option>
                            { for props.groups.iter().map(|group| html! {
                                <option value={group.clone()} selected={*group == chosen}>{ title(group) }</option>
                            }) }
                        </select>
                    </label>
                } else {
                    <span class="sort-said">
                        { state_glyph(if is_right { StateGlyph::Good } else { StateGlyph::Bad }) }
                        { title(&chosen) }
                        if !is_right { <span class="dim">{ "→ " }{ right.map(title).unwrap_or_default() }</span> }
                    </span>
                }
            </li>
        }
    };
    let on_send = {
        let (sorted, answer) = (sorted.clone(), props.on_answer.clone());
        move |_| {
            let pairs = sorted.iter().map(|(member, group)| format!("{member}={group}"));
            answer.emit(pairs.collect::<Vec<_>>().join(","));
        }
    };
    html! {
        <>
            <ul class="sort">{ for props.members.iter().map(row) }</ul>
            if props.given.is_none() {
                <button type="button" class="btn primary" disabled={sorted.len() < props.members.len()} onclick={on_send}
                    data-testid="answer">{ texts.say("give-answer") }</button>
            }
            if props.given.is_some() {
                <div class="prose">{ prose(&props.words.parts.get("explanation").cloned().unwrap_or_default().body) }</div>
            }
        </>
    }
}
