//! A target in the address: the yard opens the metrics page of the container that it leads to.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use scrapeyard_core::lab::Answer;
use web_sys::window;
use yew::prelude::{AttrValue, UseStateHandle, hook, use_effect_with, use_state_eq};

use super::reach::{Addresses, container_of};
use crate::route::Route;
use crate::session::Targets;

/// How the fragment goes on behind the page.
const BEFORE_URL: &str = "?target=";

/// The address that shows what a target of this URL serves.
pub fn href_of_target(url: &str) -> String {
    format!("{}{BEFORE_URL}{}", Route::Yard.href(), js_sys::encode_uri_component(url))
}

fn target_in_address() -> Option<String> {
    let hash = window()?.location().hash().ok()?;
    let (_, url) = hash.split_once(BEFORE_URL)?;
    js_sys::decode_uri_component(url).ok().map(String::from)
}

/// Opens the container that the address asks for, once yard and targets are known.
#[hook]
pub fn use_asked_for(
    answer: Option<&Rc<Answer>>,
    targets: Option<&Rc<Targets>>,
    addresses: &Rc<RefCell<Addresses>>,
    opened: &UseStateHandle<Option<AttrValue>>,
) {
    let wanted = use_state_eq(target_in_address);
    let now = wanted.clone();
    use_effect_with((), move |()| {
        let changed = move |_: &web_sys::Event| now.set(target_in_address());
        let listener = window().map(|window| EventListener::new(&window, "hashchange", changed));
        move || drop(listener)
    });
    let (answer, targets) = (answer.cloned(), targets.cloned());
    let (addresses, opened, known) = (Rc::clone(addresses), opened.clone(), wanted.clone());
    let deps = ((*wanted).clone(), answer.is_some() && targets.is_some());
    use_effect_with(deps, move |(url, is_known)| {
        if let (Some(url), true) = (url, is_known)
            && let (Some(Answer::Yard(yard)), Some(targets)) = (answer.as_deref(), &targets)
        {
            let target = targets.all().find(|target| *target.url == **url);
            let name = target.and_then(|target| container_of(yard, &addresses.borrow(), target));
            opened.set(name.map(|name| AttrValue::from(name.to_owned())));
            known.set(None);
        }
    });
}
