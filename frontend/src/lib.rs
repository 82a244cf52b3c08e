//! Brings the page to life in the browser.

use leptos::prelude::document;
use sapa_app::parts::Part;
use sapa_app::place::Place;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

/// Called by the page's script once the module is loaded.
///
/// The body that the server wrote is there to be seen at once, also while the part of the interface
/// that draws the same is loaded. It is not taken over element by element
/// but replaced, between two frames, by the same body drawn here from the same data: a fifth less code
/// to load, and nothing that could disagree between the two.
#[wasm_bindgen]
pub async fn start() {
    console_error_panic_hook::set_once();
    let place = document().location().and_then(|at| Place::parse(&at.pathname().ok()?));
    if let Some(part) = place.as_ref().and_then(Part::of) {
        // What is not there, the page says itself.
        part.load().await.ok();
    }
    take_over();
}

fn take_over() {
    let Some(written) = document().body() else { return };
    let Some(body) =
        document().create_element("body").ok().and_then(|body| body.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    leptos::mount::mount_to(body.clone(), sapa_app::App).forget();
    let focused = document().active_element().and_then(|element| element.get_attribute("name"));
    written.replace_with_with_node_1(&body).ok();
    carry_over(&written, &body, focused.as_deref());
}

/// Gives the new fields what somebody who was quicker than the network has typed into the old ones.
fn carry_over(written: &Element, body: &Element, focused: Option<&str>) {
    let Ok(fields) = written.query_selector_all("input[name]:not([type=radio], [type=checkbox])") else {
        return;
    };
    for field in (0..fields.length()).filter_map(|at| fields.get(at)?.dyn_into::<HtmlInputElement>().ok()) {
        let Ok(Some(twin)) = body.query_selector(&format!("input[name=\"{}\"]", field.name())) else {
            continue;
        };
        let Ok(twin) = twin.dyn_into::<HtmlInputElement>() else { continue };
        if !field.value().is_empty() {
            twin.set_value(&field.value());
            let bubbling = EventInit::new();
            bubbling.set_bubbles(true);
            if let Ok(input) = Event::new_with_event_init_dict("input", &bubbling) {
                twin.dispatch_event(&input).ok();
            }
        }
        if focused == Some(field.name().as_str()) {
            twin.focus().ok();
        }
    }
}
