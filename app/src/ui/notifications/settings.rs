//! The settings of notifications, for this device.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::wishes::Wish;
use crate::browser;
use crate::i18n::use_t;
use crate::reactive::derive;
use crate::ui::kit::{If, Switch};

/// Of what one is told here, and how.
#[component]
pub fn NotificationSettings() -> impl IntoView {
    let t = use_t();
    let words = t.notifications();
    let on = RwSignal::new(false);
    let blocked = RwSignal::new(false);
    let look = move || {
        blocked.try_set(browser::may_notify() == Some(false));
        on.try_set(Wish::On.holds() && browser::may_notify() == Some(true));
    };
    Effect::new(look);
    let turn = Callback::new(move |wanted: bool| {
        Wish::Offered.set(true);
        Wish::On.set(wanted);
        spawn_local(async move {
            if wanted {
                browser::ask_to_notify().await;
            }
            look();
        });
    });
    let hint = derive(move || if blocked.get() { words.blocked } else { words.on_hint });
    view! {
        <Switch label=words.on hint=hint on=on on_change=turn />
        <If when=move || on.get()>
            <One wish=Wish::Messages label=words.messages />
            <One wish=Wish::Calls label=words.calls />
            <One wish=Wish::Requests label=words.requests />
            <One wish=Wish::Sessions label=words.sessions />
            <One wish=Wish::Sound label=words.sound />
        </If>
    }
}

#[component]
fn One(wish: Wish, label: &'static str) -> impl IntoView {
    let on = RwSignal::new(wish.holds());
    let turn = Callback::new(move |wanted| {
        wish.set(wanted);
        on.set(wanted);
    });
    view! { <Switch label=label on=on on_change=turn /> }
}
