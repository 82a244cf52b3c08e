//! One of a few: a row of radio buttons.

use leptos::prelude::*;

/// A choice of one among `options`; takes effect at once.
#[component]
pub fn Choice<T>(
    legend: &'static str,
    /// Of the radio buttons; unique on the page.
    name: &'static str,
    options: Vec<(T, &'static str)>,
    #[prop(into)] chosen: Signal<T>,
    on_choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let radio = move |(value, label): (T, &'static str)| {
        view! {
            <label>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == value
                    checked=chosen.get_untracked() == value
                    on:change=move |_| on_choose.run(value)
                />
                <span>{label}</span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="choice">
            <legend>{legend}</legend>
            <div>{options.into_iter().map(radio).collect_view()}</div>
        </fieldset>
    }
}
