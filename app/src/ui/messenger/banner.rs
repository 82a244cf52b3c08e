//! Says so when the connection is lost or the server takes nothing: after a moment, since most of it passes by
//! itself. One line says one thing, the truest.

use leptos::prelude::*;

use crate::browser;
use crate::i18n::use_t;
use crate::live::{Hold, Link, live};
use crate::reactive::memo;
use crate::ui::kit::If;

/// How long it may last before anybody is told, in milliseconds.
const GRACE_MS: i32 = 1_200;

/// The line above the pane; nothing while all is well.
#[component]
pub fn Banner() -> impl IntoView {
    let t = use_t();
    let live = live();
    let (link, hold) = (live.link, live.hold);
    let is_ill = memo(move || link.get() != Link::Online || hold.get().is_some());
    let shown = RwSignal::new(false);
    Effect::new(move || {
        if !is_ill.get() {
            shown.set(false);
        } else if browser::home_elsewhere().is_none() {
            // Else it is not the network, and the page says what it is.
            browser::after(GRACE_MS, move || {
                shown.try_set(is_ill.try_get_untracked() == Some(true));
            });
        }
    });
    let said = memo(move || {
        let words = match (hold.get(), link.get()) {
            // Whoever is told so by the server is not offline.
            (Some(Hold::DiskFull), _) => t.common.disk_is_full,
            (Some(Hold::TooFast), _) => t.common.too_fast,
            (None, Link::Connecting) => t.common.reconnecting,
            (None, Link::Offline) => t.common.you_are_offline,
            // It is over, and goes: it says nothing else on its way.
            (None, Link::Online) => return None,
        };
        shown.get().then_some(words)
    });
    view! {
        <div class="banner-place" role="status">
            <If when=move || said.read().is_some()>
                <p class="banner">{move || said.get()}</p>
            </If>
        </div>
    }
}
