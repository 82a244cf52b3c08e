//! For those who are kept out until their address is confirmed.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::text::Password;

use crate::api::account::send_verification_to;
use crate::i18n::use_t;
use crate::ui::kit::{Button, Glyph, Variant, use_toasts};

/// Has the letter sent once more, to whoever knows the password.
#[component]
pub fn SendAgain(login: RwSignal<String>, password: RwSignal<String>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let send = move |()| {
        busy.set(true);
        let password = Password::unchecked(password.get_untracked());
        spawn_local(async move {
            match send_verification_to(login.get_untracked(), password).await {
                Ok(()) => toasts.say(t.email().sent_again),
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button variant=Variant::Soft glyph=Glyph::Mail busy=busy on_press=send>
            {t.email().send_again}
        </Button>
    }
}
