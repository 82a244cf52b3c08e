//! Countries, named in the reader's language by the browser's own `Intl`.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Array, Function, JsString, Object, Reflect, global};
use sapa_model::country::codes;

use super::time::use_mounted;
use crate::i18n::{Language, use_language};
use crate::reactive::memo;

/// A country's name; its code before the page is mounted and for unknown ones. Reactive.
pub fn use_country() -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let mounted = use_mounted();
    let language = use_language();
    move |code| {
        let name = mounted.get().then(|| names(language)).flatten().and_then(|names| name_of(&names, code));
        name.unwrap_or_else(|| code.to_owned())
    }
}

/// All countries as code and name, in the language's own order; none before the page is mounted.
pub fn use_countries() -> Memo<Vec<(String, String)>> {
    let mounted = use_mounted();
    let language = use_language();
    memo(move || {
        let Some(names) = mounted.get().then(|| names(language)).flatten() else { return Vec::new() };
        let mut all: Vec<_> =
            codes().filter_map(|code| Some((code.to_owned(), name_of(&names, code)?))).collect();
        all.sort_by(|(_, a), (_, b)| compare(a, b, language));
        all
    })
}

fn compare(a: &str, b: &str, language: Language) -> std::cmp::Ordering {
    let locales = Array::of1(&JsValue::from_str(language.code()));
    JsString::from(a).locale_compare(b, &locales, &Object::new()).cmp(&0)
}

/// `new Intl.DisplayNames([language], { type: "region" })`, which js-sys does not know.
fn names(language: Language) -> Option<JsValue> {
    let intl = Reflect::get(&global(), &JsValue::from_str("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str("region")).ok()?;
    Reflect::construct(&class, &Array::of2(&JsValue::from_str(language.code()), &options)).ok()
}

fn name_of(names: &JsValue, code: &str) -> Option<String> {
    let of: Function = Reflect::get(names, &JsValue::from_str("of")).ok()?.dyn_into().ok()?;
    of.call1(names, &JsValue::from_str(code)).ok()?.as_string()
}
