//! Says so when the connection is lost: after a moment, since most losses mend themselves.

use leptos::prelude::*;

use crate::browser;
use crate::i18n::use_t;
use crate::live::{Link, live};
use crate::ui::kit::If;

/// How long a connection may be away before anybody is told, in milliseconds.
const GRACE_MS: i32 = 1_200;

/// The line above the pane; nothing while all is well.
#[component]
pub fn Banner() -> impl IntoView {
    let t = use_t();
    let link = live().link;
    let shown = RwSignal::new(false);
    Effect::new(move || {
        if link.get() == Link::Online {
            shown.set(false);
        } else if browser::home_elsewhere().is_none() {
            // Else it is not the network, and the page says what it is.
            browser::after(GRACE_MS, move || {
                let away = link.try_get_untracked().is_some_and(|link| link != Link::Online);
                shown.try_set(away);
            });
        }
    });
    let text = move || match link.get() {
        Link::Connecting => t.common.reconnecting,
        Link::Online | Link::Offline => t.common.you_are_offline,
    };
    view! {
        <div class="banner-place" role="status">
            <If when=move || shown.get()>
                <p class="banner">{move || text()}</p>
            </If>
        </div>
    }
}
