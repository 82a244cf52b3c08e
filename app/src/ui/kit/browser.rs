//! What the kit asks of the browser. Only effects and handlers call these: they never run on the
//! server.

use leptos::prelude::document;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::js_sys::Reflect;

/// The cookies that scripts may see, as one header line.
#[cfg(not(feature = "ssr"))]
pub fn cookies() -> String {
    Reflect::get(&document(), &JsValue::from_str("cookie"))
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Keeps a choice for a year, for the server to see with each page.
pub fn set_cookie(name: &str, value: &str) {
    let line = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    // Where cookies are refused the choice lasts for this page only.
    Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&line)).ok();
}

/// An attribute of `<html>`.
#[cfg(not(feature = "ssr"))]
pub fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

/// Sets an attribute of `<html>`.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        root.set_attribute(name, value).ok();
    }
}
