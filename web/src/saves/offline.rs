//! The page without a network: a service worker keeps the site's files (`web/boot/service-worker.js`). A newer page is
//! offered when it is there, and never taken by itself. The one-file lab has no use for any of this.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, window};
use yew::Callback;

const SCRIPT: &str = "./service-worker.js";
/// The files are kept when a first chart stands: they must not be in its way.
const AFTER_MS: u32 = 6000;
/// How often a page that stays open looks for a newer one.
const LOOK_AGAIN_MS: u32 = 3_600_000;

/// What the service worker is told when the reader takes the newer page.
const TAKE: &str = "take";

/// Begins to keep the site's files, as soon as nobody waits for anything else; `on_update` is called when a newer page waits.
pub fn watch_for_updates(on_update: Callback<()>) {
    if container().is_some() {
        Timeout::new(AFTER_MS, move || {
            spawn_local(async move {
                // A browser that keeps nothing (a private window) just has no page without a network.
                let _ = watch(on_update).await;
            });
        })
        .forget();
    }
}

/// The browser's service workers, for a page that is a site and may have one.
fn container() -> Option<ServiceWorkerContainer> {
    let window = window().filter(web_sys::Window::is_secure_context)?;
    // Only the site names its files; the one-file lab holds them.
    window.document()?.get_element_by_id("places")?;
    let container = window.navigator().service_worker();
    (!container.is_undefined()).then_some(container)
}

async fn watch(on_update: Callback<()>) -> Result<(), JsValue> {
    let Some(container) = container() else { return Ok(()) };
    let registered = JsFuture::from(container.register(SCRIPT)).await?;
    let registration: ServiceWorkerRegistration = registered.unchecked_into();
    tell(&registration, &on_update);
    let found = registration.clone();
    let listener = EventListener::new(&registration, "updatefound", move |_| {
        let Some(worker) = found.installing() else { return };
        let (found, on_update) = (found.clone(), on_update.clone());
        EventListener::new(&worker, "statechange", move |_| tell(&found, &on_update)).forget();
    });
    listener.forget();
    look_again(registration);
    Ok(())
}

fn look_again(registration: ServiceWorkerRegistration) {
    Timeout::new(LOOK_AGAIN_MS, move || {
        if let Ok(updated) = registration.update() {
            spawn_local(async move {
                // Without a network there is nothing newer.
                let _ = JsFuture::from(updated).await;
            });
        }
        look_again(registration);
    })
    .forget();
}

/// Tells of a page that waits; the first one ever waits for nobody.
fn tell(registration: &ServiceWorkerRegistration, on_update: &Callback<()>) {
    let is_update = container().is_some_and(|container| container.controller().is_some());
    if is_update && registration.waiting().is_some() {
        on_update.emit(());
    }
}

/// Takes the newer page; `then` is called once it is in charge.
pub fn take_update(then: fn()) {
    let Some(container) = container() else { return };
    let taken = Rc::new(Cell::new(false));
    EventListener::new(&container, "controllerchange", move |_| {
        if !taken.replace(true) {
            then();
        }
    })
    .forget();
    spawn_local(async move {
        let Ok(registration) = JsFuture::from(container.get_registration()).await else { return };
        let waiting: Option<ServiceWorker> =
            registration.dyn_ref::<ServiceWorkerRegistration>().and_then(ServiceWorkerRegistration::waiting);
        match waiting {
            Some(worker) => drop(worker.post_message(&JsValue::from(TAKE))),
            // Another tab has taken it meanwhile.
            None => then(),
        }
    });
}
