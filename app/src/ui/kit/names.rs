//! Countries and languages, named in the reader's language by the browser's own `Intl`.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Array, Function, JsString, Object, Reflect, global};
use sapa_model::LanguageCode;
use sapa_model::{country, language};

use super::time::use_mounted;
use crate::browser;
use crate::i18n::{Language, use_language};
use crate::reactive::memo;

/// What `Intl.DisplayNames` names.
#[derive(Clone, Copy)]
enum Kind {
    Country,
    Language,
}

/// A country's name; its code before the page is mounted and for unknown ones. Reactive.
pub fn use_country() -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    use_names(Kind::Country)
}

/// A language's name; its own name for itself before the page is mounted. Reactive.
pub fn use_language_name() -> impl Fn(LanguageCode) -> String + Copy + Send + Sync + 'static {
    let name = use_names(Kind::Language);
    move |code| {
        Some(name(code.as_str()))
            .filter(|name| name != code.as_str())
            .unwrap_or_else(|| code.own_name().to_owned())
    }
}

/// All countries as code and name, in the language's own order; none before the page is mounted.
pub fn use_countries() -> Memo<Vec<(String, String)>> {
    use_all(Kind::Country, || country::codes().map(|code| (code, "")).collect())
}

/// All languages as code and name, with what they call themselves, in the order of the names.
pub fn use_languages() -> Memo<Vec<(String, String)>> {
    use_all(Kind::Language, || language::all().collect())
}

fn use_names(kind: Kind) -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let mounted = use_mounted();
    let language = use_language();
    move |code| {
        let names = mounted.get().then(|| names(language, kind)).flatten();
        names.and_then(|names| name_of(&names, code)).unwrap_or_else(|| code.to_owned())
    }
}

/// Codes with their names; where one has a name for itself that is another, that stands beside.
fn use_all(kind: Kind, codes: fn() -> Vec<(&'static str, &'static str)>) -> Memo<Vec<(String, String)>> {
    let mounted = use_mounted();
    let language = use_language();
    memo(move || {
        let Some(intl) = mounted.get().then(|| names(language, kind)).flatten() else { return Vec::new() };
        let named = |(code, own): (&str, &str)| {
            let name = name_of(&intl, code).filter(|name| name != code);
            let name = match (name, own) {
                (Some(name), "") => name,
                (Some(name), own) if browser::fold(&name) == browser::fold(own) => name,
                (Some(name), own) => format!("{name} · {own}"),
                (None, own) => own.to_owned(),
            };
            (code.to_owned(), name)
        };
        let mut all: Vec<_> = codes().into_iter().map(named).collect();
        all.sort_by(|(_, a), (_, b)| compare(a, b, language));
        all
    })
}

fn compare(a: &str, b: &str, language: Language) -> std::cmp::Ordering {
    let locales = Array::of1(&JsValue::from_str(language.code()));
    JsString::from(a).locale_compare(b, &locales, &Object::new()).cmp(&0)
}

/// `new Intl.DisplayNames([language], { type })`, which js-sys does not know.
fn names(language: Language, kind: Kind) -> Option<JsValue> {
    let intl = Reflect::get(&global(), &JsValue::from_str("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str("DisplayNames")).ok()?.dyn_into().ok()?;
    let options = Object::new();
    let kind = match kind {
        Kind::Country => "region",
        Kind::Language => "language",
    };
    Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str(kind)).ok()?;
    Reflect::construct(&class, &Array::of2(&JsValue::from_str(language.code()), &options)).ok()
}

fn name_of(names: &JsValue, code: &str) -> Option<String> {
    let of: Function = Reflect::get(names, &JsValue::from_str("of")).ok()?.dyn_into().ok()?;
    of.call1(names, &JsValue::from_str(code)).ok()?.as_string()
}
