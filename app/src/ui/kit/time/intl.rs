//! Times in the reader's zone and language, by the browser's own `Intl`.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::js_sys::{Array, Date, Function, Intl, Object, Reflect};
use sapa_model::Timestamp;

use crate::i18n::Language;

/// Which parts to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    Clock,
    Weekday,
    Date,
    DateWithYear,
    LongDay,
    LongDayWithYear,
    Full,
}

impl Shape {
    fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Clock => &[("hour", "2-digit"), ("minute", "2-digit")],
            Self::Weekday => &[("weekday", "short")],
            Self::Date => &[("day", "numeric"), ("month", "short")],
            Self::DateWithYear => &[("day", "numeric"), ("month", "short"), ("year", "numeric")],
            Self::LongDay => &[("weekday", "long"), ("day", "numeric"), ("month", "long")],
            Self::LongDayWithYear => &[("day", "numeric"), ("month", "long"), ("year", "numeric")],
            Self::Full => &[("dateStyle", "long"), ("timeStyle", "short")],
        }
    }
}

thread_local! {
    // Making a formatter takes far longer than using it.
    static FORMATS: RefCell<HashMap<(Language, Shape), Function>> = RefCell::default();
}

/// Writes a time. Empty where the browser's `Intl` refuses.
pub fn format(language: Language, shape: Shape, at: Timestamp) -> String {
    let format = FORMATS.with_borrow_mut(|formats| {
        formats.entry((language, shape)).or_insert_with(|| make(language, shape)).clone()
    });
    format.call1(&JsValue::UNDEFINED, &date(at)).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// The browser's own form of a time.
#[allow(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 are exact in an f64 for 285,000 years"
)]
pub fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

fn make(language: Language, shape: Shape) -> Function {
    // A reader in Britain keeps the British hours and dates: theirs is the same language.
    let own = window().navigator().language();
    let locale = own
        .filter(|tag| Language::from_tag(tag) == Some(language))
        .unwrap_or_else(|| language.code().to_owned());
    let options = Object::new();
    for (key, value) in shape.options() {
        Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value)).ok();
    }
    Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(&locale)), &options).format()
}
