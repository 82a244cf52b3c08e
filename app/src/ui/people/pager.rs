//! Previous and next.

use leptos::prelude::*;
use sapa_model::limits::PEOPLE_PAGE;

use crate::i18n::use_t;
use crate::reactive::derive;
use crate::ui::kit::{Button, If, Variant};

/// Turns pages; nothing where one page holds all.
#[component]
pub fn Pager(
    /// From 0.
    page: RwSignal<u32>,
    /// How many people there are in all.
    #[prop(into)]
    total: Signal<u32>,
) -> impl IntoView {
    let t = use_t();
    let size = u32::try_from(PEOPLE_PAGE).unwrap_or(u32::MAX);
    let first = move || page.get().saturating_mul(size).saturating_add(1);
    let last = move || page.get().saturating_add(1).saturating_mul(size).min(total.get());
    let at_start = derive(move || page.get() == 0);
    let at_end = derive(move || last() >= total.get());
    let turn = move |by: i32| page.update(|page| *page = page.saturating_add_signed(by));
    view! {
        <If when=move || { total.get() > size || page.get() > 0 }>
            <nav class="pager" aria-label=t.people().pages>
                <Button variant=Variant::Plain disabled=at_start on_press=move |()| turn(-1)>
                    {t.common.previous}
                </Button>
                <span aria-live="polite">{move || (t.people().range)(first(), last(), total.get())}</span>
                <Button variant=Variant::Soft disabled=at_end on_press=move |()| turn(1)>
                    {t.common.next}
                </Button>
            </nav>
        </If>
    }
}
