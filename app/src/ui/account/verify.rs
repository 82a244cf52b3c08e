//! Where the link to confirm an address leads.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::ErrorCode;

use super::card::AccountCard;
use crate::api::account::{send_verification, verify_email};
use crate::browser::leave_for;
use crate::i18n::use_t;
use crate::place::{self, Place};
use crate::ui::kit::{Button, Fetched, Glyph, Icon, Skeleton, SkeletonShape, Variant, use_toasts};

/// Confirms at once, and says how it went.
#[component]
pub fn VerifyPage(token: String) -> impl IntoView {
    let t = use_t();
    let token = StoredValue::new(token);
    let outcome = Fetched::new(move || verify_email(token.get_value()));
    let shown = move || match outcome.answer.get() {
        None => view! { <Skeleton rows=1 shape=SkeletonShape::Line /> }.into_any(),
        Some(Ok(address)) => view! {
            <p class="account-done">
                <Icon glyph=Glyph::Check />
                <bdi>{(t.email().verified)(&address)}</bdi>
            </p>
            <a href="/chats" class=Variant::Main.class()>{t.common.to_chats}</a>
        }
        .into_any(),
        Some(Err(error)) => {
            let words = match error.code {
                ErrorCode::LinkGone => t.email().expired.to_owned(),
                ErrorCode::EmailTaken => t.email().taken.to_owned(),
                _ => t.error(&error),
            };
            view! {
                <p role="alert">{words}</p>
                <Again />
                <a href="/chats" class=Variant::Plain.class()>{t.common.to_chats}</a>
            }
            .into_any()
        }
    };
    view! {
        <AccountCard title=t.places.verify sub="">
            <div class="account-form">{move || shown()}</div>
        </AccountCard>
    }
}

#[component]
fn Again() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let send = move |()| {
        spawn_local(async move {
            match send_verification().await {
                Ok(()) => toasts.say(t.email().sent_again),
                Err(error) if error.code == ErrorCode::SignedOut => {
                    leave_for(&place::with_wish(&Place::SignIn, &Place::Settings.to_string()));
                }
                Err(error) if error.code == ErrorCode::Conflict => toasts.say(t.email().nothing_waits),
                Err(error) => toasts.fault(&error),
            }
        });
    };
    view! {
        <Button variant=Variant::Soft glyph=Glyph::Mail on_press=send>
            {t.email().send_again}
        </Button>
    }
}
