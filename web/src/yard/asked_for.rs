//! A target in the address: the yard opens the metrics page of the container that it leads to.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use scrapeyard_core::lab::view::YardView;
use web_sys::window;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, use_effect_with, use_state_eq};

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

/// See [`AskedFor`].
#[derive(Properties)]
pub struct AskedForProps {
    /// The yard.
    pub yard: Rc<YardView>,
    /// The targets, as soon as they are known.
    pub targets: Option<Rc<Targets>>,
    /// Who has or had which address.
    pub addresses: Rc<RefCell<Addresses>>,
    /// Called with the container that leads there.
    pub on_open: Callback<AttrValue>,
}

impl PartialEq for AskedForProps {
    fn eq(&self, other: &Self) -> bool {
        // What is asked for is looked up once, when all is known.
        self.targets.is_some() == other.targets.is_some()
    }
}

/// Opens the container that the address asks for. Shows nothing.
#[component]
pub fn AskedFor(props: &AskedForProps) -> Html {
    let wanted = use_state_eq(target_in_address);
    let now = wanted.clone();
    use_effect_with((), move |()| {
        let changed = move |_: &web_sys::Event| now.set(target_in_address());
        let listener = window().map(|window| EventListener::new(&window, "hashchange", changed));
        move || drop(listener)
    });
    let (yard, targets, addresses) =
        (Rc::clone(&props.yard), props.targets.clone(), Rc::clone(&props.addresses));
    let on_open = props.on_open.clone();
    use_effect_with(((*wanted).clone(), targets.is_some()), move |(url, _)| {
        if let (Some(url), Some(targets)) = (url, &targets)
            && let Some(target) = targets.all().find(|target| *target.url == **url)
            && let Some(name) = container_of(&yard, &addresses.borrow(), target)
        {
            on_open.emit(AttrValue::from(name.to_owned()));
        }
    });
    Html::default()
}
