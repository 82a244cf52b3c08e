//! Says so where the page is open under another address than the one from which the server takes what is sent.

use leptos::prelude::*;

use crate::browser;
use crate::i18n::use_t;

/// The line above everything, with the way there; nothing where all is well.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let t = use_t();
    let home = RwSignal::new(None::<String>);
    Effect::new(move || home.set(browser::home_elsewhere()));
    view! {
        <div class="elsewhere-place" role="alert">
            {move || {
                let home = home.get()?;
                let line = view! {
                    <p class="elsewhere">{t.common.elsewhere} " " <a href=home.clone()>{home.clone()}</a></p>
                };
                Some(line.into_any())
            }}
        </div>
    }
}
