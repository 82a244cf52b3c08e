//! Points in time, as people read them.
//!
//! The server knows neither the reader's zone nor the hour on their clock, so it writes UTC, and so
//! does the browser's first render; once mounted, the clock runs and `Intl` takes over.

mod intl;
pub mod utc;

use std::time::Duration;

use leptos::prelude::*;
use leptos::web_sys::js_sys::Date;
use sapa_model::Timestamp;

use crate::i18n::{use_language, use_t};
use crate::reactive::{derive, memo};
use intl::Shape;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// How much of a time to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeStyle {
    /// For lists: the hour today, else "Yesterday", the weekday, the date.
    List,
    /// The hour alone, beside a message.
    Clock,
    /// The day, between messages: "Today", "Yesterday", "Monday, 3 November".
    Day,
    /// Everything.
    Full,
}

/// The reader's clock: nothing before the page is mounted.
#[derive(Clone, Copy)]
struct Clock {
    /// Now, to the minute.
    now: RwSignal<Option<Timestamp>>,
    /// Number of the reader's calendar day.
    today: Memo<Option<i64>>,
}

impl Clock {
    fn new() -> Self {
        let now = RwSignal::new(None);
        let today = memo(move || now.get().map(local_day));
        Self { now, today }
    }
}

/// Provides the clock and lets it run.
pub(super) fn provide_clock() {
    let clock = Clock::new();
    provide_context(clock);
    Effect::new(move |_| {
        clock.now.set(Some(browser_now()));
        let tick = move || {
            clock.now.try_set(Some(browser_now()));
        };
        if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_mins(1)) {
            on_cleanup(move || ticking.clear());
        }
    });
}

fn use_clock() -> Clock {
    use_context().unwrap_or_else(Clock::new)
}

/// Whether the page lives in a browser already: what only that knows may be shown. Reactive.
pub fn use_mounted() -> Signal<bool> {
    let Clock { today, .. } = use_clock();
    derive(move || today.get().is_some())
}

/// A point in time; the whole of it shows on pointing.
#[component]
pub fn Time(#[prop(into)] at: Signal<Timestamp>, style: TimeStyle) -> impl IntoView {
    let text = use_time_text();
    view! {
        <time datetime=move || utc::datetime(at.get()) title=move || text(at.get(), TimeStyle::Full)>
            {move || text(at.get(), style)}
        </time>
    }
}

/// Times as text, in the reader's zone and language. Reactive.
pub fn use_time_text() -> impl Fn(Timestamp, TimeStyle) -> String + Copy + Send + Sync + 'static {
    let Clock { today, .. } = use_clock();
    let language = use_language();
    let t = use_t();
    move |at, style| {
        let Some(today) = today.get() else { return utc::text(at, style) };
        let intl = |shape| intl::format(language, shape, at);
        let near = || match today - local_day(at) {
            0 => Some(t.common.today.to_owned()),
            1 => Some(t.common.yesterday.to_owned()),
            _ => None,
        };
        let days = today - local_day(at);
        match style {
            TimeStyle::Clock => intl(Shape::Clock),
            TimeStyle::Full => intl(Shape::Full),
            TimeStyle::List => match days {
                0 => intl(Shape::Clock),
                2..=6 => intl(Shape::Weekday),
                _ => near().unwrap_or_else(|| intl(date_shape(days, Shape::Date, Shape::DateWithYear))),
            },
            TimeStyle::Day => {
                near().unwrap_or_else(|| intl(date_shape(days, Shape::LongDay, Shape::LongDayWithYear)))
            }
        }
    }
}

/// The year goes without saying for half of one.
fn date_shape(days: i64, recent: Shape, older: Shape) -> Shape {
    if (-1..180).contains(&days) { recent } else { older }
}

/// "5 minutes ago", then as in a list. Reactive, by the minute.
pub fn use_ago() -> impl Fn(Timestamp) -> String + Copy + Send + Sync + 'static {
    let Clock { now, today } = use_clock();
    let t = use_t();
    let text = use_time_text();
    move |at| {
        let Some(now) = now.get() else { return utc::text(at, TimeStyle::Full) };
        let minutes = u64::try_from(now.since(at) / MINUTE).unwrap_or_default();
        match minutes {
            0 => t.common.just_now.to_owned(),
            1..60 => (t.common.minutes_ago)(minutes),
            _ if today.get() == Some(local_day(at)) => (t.common.hours_ago)(minutes / 60),
            _ => text(at, TimeStyle::List),
        }
    }
}

/// A calendar day, written `YYYY-MM-DD`, as people write it; as it is before the page is mounted. Reactive.
pub fn use_day_text() -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let mounted = use_mounted();
    let language = use_language();
    move |day| {
        if mounted.get() { intl::day(language, day) } else { day.to_owned() }
    }
}

/// Now, to the minute; nothing before the page is mounted.
pub fn use_now() -> Signal<Option<Timestamp>> {
    let Clock { now, .. } = use_clock();
    now.into()
}

/// A moment as the value of a `datetime-local` field, in the reader's zone. In the browser only.
pub fn to_local(at: Timestamp) -> String {
    let minutes = at.0.div_euclid(MINUTE) - offset(at);
    let text = utc::datetime(Timestamp(minutes * MINUTE));
    text.chars().take("2026-11-21T09:00".len()).collect()
}

/// The moment that such a value means.
pub fn from_local(text: &str) -> Option<Timestamp> {
    intl::local_moment(text)
}

/// The hour in a zone of the IANA database; nothing where the browser does not know it. Reactive, by the
/// minute.
pub fn use_zone_clock() -> impl Fn(&str) -> Option<String> + Copy + Send + Sync + 'static {
    let Clock { now, .. } = use_clock();
    let language = use_language();
    move |zone| intl::clock_in(language, zone, now.get()?)
}

/// The zones that the browser knows, and the reader's own; none before the page is mounted.
pub fn time_zones() -> (Vec<String>, Option<String>) {
    (intl::zones(), intl::own_zone())
}

/// Numbers calendar days, the reader's own once the page is mounted: messages of one day share a
/// number. Reactive.
pub fn use_day() -> impl Fn(Timestamp) -> i64 + Copy + Send + Sync + 'static {
    let Clock { today, .. } = use_clock();
    move |at| if today.get().is_some() { local_day(at) } else { at.0.div_euclid(DAY) }
}

#[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an f64 and an i64 alike")]
fn browser_now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Minutes that UTC is ahead of the reader's zone, at that time.
#[allow(clippy::cast_possible_truncation, reason = "an offset is a small whole number of minutes")]
fn offset(at: Timestamp) -> i64 {
    intl::date(at).get_timezone_offset() as i64
}

/// The calendar day in the reader's zone, as it was at that time.
fn local_day(at: Timestamp) -> i64 {
    (at.0 - offset(at) * MINUTE).div_euclid(DAY)
}
