//! Times in the reader's zone and language, by the browser's own `Intl`.

use std::cell::RefCell;
use std::collections::HashMap;

use leptos::prelude::window;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::{Array, Date, Function, Intl, Object, Reflect, global};
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

/// A calendar day `YYYY-MM-DD`, the same in every zone.
pub fn day(language: Language, day: &str) -> String {
    // Without a zone it is the reader's own, in which it is written too.
    let noon = Date::new(&JsValue::from_str(&format!("{day}T12:00:00")));
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
    let at = Timestamp(noon.get_time() as i64);
    format(language, Shape::LongDayWithYear, at)
}

/// The moment that a `datetime-local` value means in the reader's zone.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64")]
pub fn local_moment(text: &str) -> Option<Timestamp> {
    let at = Date::new(&JsValue::from_str(text)).get_time();
    at.is_finite().then_some(Timestamp(at as i64))
}

/// The hour in another zone.
pub fn clock_in(language: Language, zone: &str, at: Timestamp) -> Option<String> {
    let options = options(Shape::Clock.options());
    Reflect::set(&options, &JsValue::from_str("timeZone"), &JsValue::from_str(zone)).ok()?;
    // Refuses a zone that it does not know, which js-sys would not hear.
    let intl = Reflect::get(&global(), &JsValue::from_str("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str("DateTimeFormat")).ok()?.dyn_into().ok()?;
    let format =
        Reflect::construct(&class, &Array::of2(&JsValue::from_str(&locale(language)), &options)).ok()?;
    let format: Function = Reflect::get(&format, &JsValue::from_str("format")).ok()?.dyn_into().ok()?;
    format.call1(&JsValue::UNDEFINED, &date(at)).ok()?.as_string()
}

/// `Intl.supportedValuesOf("timeZone")`.
pub fn zones() -> Vec<String> {
    let zones = || {
        let intl = Reflect::get(&global(), &JsValue::from_str("Intl")).ok()?;
        let all: Function =
            Reflect::get(&intl, &JsValue::from_str("supportedValuesOf")).ok()?.dyn_into().ok()?;
        let zones = all.call1(&intl, &JsValue::from_str("timeZone")).ok()?;
        Some(Array::from(&zones).iter().filter_map(|zone| zone.as_string()).collect())
    };
    zones().unwrap_or_default()
}

/// The reader's own zone.
pub fn own_zone() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone")).ok()?.as_string()
}

fn make(language: Language, shape: Shape) -> Function {
    let locales = Array::of1(&JsValue::from_str(&locale(language)));
    Intl::DateTimeFormat::new(&locales, &options(shape.options())).format()
}

/// A reader in Britain keeps the British hours and dates: theirs is the same language.
fn locale(language: Language) -> String {
    let own = window().navigator().language();
    own.filter(|tag| Language::from_tag(tag) == Some(language)).unwrap_or_else(|| language.code().to_owned())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value)).ok();
    }
    options
}
