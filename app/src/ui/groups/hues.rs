//! The choice of a group's colour.

use leptos::prelude::*;

use crate::i18n::use_t;
use crate::reactive::derive;
use crate::ui::kit::{Avatar, AvatarSize, Face, Hue};

/// Degrees between two colours to choose from.
const STEP: u16 = 30;

/// The picture as it will be, and a row of colours.
#[component]
pub fn HueChoice(
    /// Name of the radio group, unique on the page.
    id: &'static str,
    #[prop(into)] name: Signal<String>,
    /// Degrees, 0 to 359.
    hue: RwSignal<u16>,
) -> impl IntoView {
    let t = use_t();
    view! {
        <div class="hue-choice">
            <Avatar
                face=derive(move || Face { name: name.get(), hue: Hue::degrees(hue.get()), avatar: None })
                size=AvatarSize::Xl
            />
            <Swatches id=id legend=t.groups().colour hue=hue />
        </div>
    }
}

/// A row of colours.
#[component]
pub fn Swatches(
    /// Name of the radio group, unique on the page.
    id: &'static str,
    legend: &'static str,
    /// Degrees, 0 to 359.
    hue: RwSignal<u16>,
) -> impl IntoView {
    let t = use_t();
    let swatch = move |degrees: u16| {
        view! {
            <label class=format!("swatch {}", Hue::degrees(degrees).class())>
                <input
                    type="radio"
                    name=id
                    aria-label=move || (t.groups().colour_of)(degrees / STEP + 1)
                    prop:checked=move || hue.get() / STEP == degrees / STEP
                    on:change=move |_| hue.set(degrees)
                />
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="swatches">{(0..360).step_by(STEP.into()).map(swatch).collect_view()}</div>
        </fieldset>
    }
}
