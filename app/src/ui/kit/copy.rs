//! The clipboard.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Function, Reflect};
use leptos::web_sys::{HtmlElement, HtmlTextAreaElement};

/// Puts a text into the clipboard. Call it from a press of a button: browsers want one.
///
/// The clipboard's own interface exists in secure contexts only, and a host on a home network is
/// none; there the old way through a selection still works.
pub fn copy_text(text: &str) {
    let clipboard = window().navigator().clipboard();
    if window().is_secure_context() && !AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        drop(clipboard.write_text(text));
    } else {
        // Nothing more can be tried: a browser that refuses both leaves the clipboard as it was.
        copy_by_selection(text).ok();
    }
}

fn copy_by_selection(text: &str) -> Result<(), JsValue> {
    let document = document();
    let focused = document.active_element();
    let Some(body) = document.body() else { return Ok(()) };
    let field: HtmlTextAreaElement = document.create_element("textarea")?.unchecked_into();
    field.set_value(text);
    field.set_class_name("unseen");
    body.append_child(&field)?;
    field.select();
    let copy: Function = Reflect::get(&document, &"execCommand".into())?.unchecked_into();
    copy.call1(&document, &"copy".into())?;
    field.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focused.focus()?;
    }
    Ok(())
}
