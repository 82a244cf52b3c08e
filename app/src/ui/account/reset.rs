//! The way back for a forgotten password: asking for a link, and following it.

use leptos::prelude::*;
use sapa_model::ErrorCode;
use sapa_model::limits::EMAIL_MAX;
use sapa_model::text::{Email, Password};

use super::card::AccountCard;
use crate::api::account::{check_reset, request_reset, reset_password};
use crate::i18n::use_t;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::kit::{
    Button, FaultLine, Fetched, Field, Glyph, Icon, PasswordField, Submission, Variant, use_mounted,
};

/// Asks for a letter.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let t = use_t();
    let mounted = use_mounted();
    let email = RwSignal::new(String::new());
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let sent = RwSignal::new(false);
    let submit = sending.sends(
        move || {
            Email::parse(&email.read_untracked()).map_err(|error| vec![error])?;
            Ok(request_reset(email.get_untracked()))
        },
        move |()| sent.set(true),
    );
    let form = move || {
        view! {
            <form class="account-form" method="post" novalidate on:submit=submit>
                <Field
                    label=t.account().email
                    name="email"
                    kind="email"
                    value=email
                    fault=faults.on("email")
                    autocomplete="email"
                    maxlength=EMAIL_MAX
                    required=true
                />
                <FaultLine fault=faults.rest(&["email"]) />
                <Button submit=true busy=busy disabled=derive(move || !mounted.get())>
                    {t.email().send_link}
                </Button>
            </form>
        }
    };
    view! {
        <AccountCard title=t.places.forgot sub=t.email().forgot_sub>
            {move || {
                if sent.get() {
                    view! {
                        <div class="account-form">
                            <Done words=t.email().link_sent />
                            <p>{t.email().link_sent_more}</p>
                        </div>
                    }
                    .into_any()
                } else {
                    form().into_any()
                }
            }}
            <p>
                <a href="/sign-in">{t.places.sign_in}</a>
            </p>
        </AccountCard>
    }
}

/// Sets the new password.
#[component]
pub fn ResetPage(token: String) -> impl IntoView {
    let t = use_t();
    let mounted = use_mounted();
    let token = StoredValue::new(token);
    let password = RwSignal::new(String::new());
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let set = RwSignal::new(false);
    let asked = Fetched::new(move || check_reset(token.get_value()));
    // Before anything is typed, or while it was.
    let is_gone = memo(move || asked.answer.get() == Some(Ok(false)) || faults.has(ErrorCode::LinkGone));
    let submit = sending.sends(
        move || {
            let new = Password::unchecked(password.get_untracked());
            new.check_new().map_err(|error| vec![error.on("newPassword")])?;
            Ok(reset_password(token.get_value(), new))
        },
        move |()| set.set(true),
    );
    let form = move || {
        view! {
            <form class="account-form" method="post" novalidate on:submit=submit>
                <PasswordField
                    label=t.settings().new_password
                    hint=t.account().password_hint
                    name="newPassword"
                    value=password
                    fault=faults.on("newPassword")
                    autocomplete="new-password"
                />
                <FaultLine fault=faults.rest(&["newPassword"]) />
                <Button submit=true busy=busy disabled=derive(move || !mounted.get())>
                    {t.email().set_password}
                </Button>
                <p>
                    <a href="/forgot">{t.email().forgot}</a>
                </p>
            </form>
        }
    };
    view! {
        <AccountCard
            title=t.places.forgot
            sub=derive(move || if is_gone.get() { "" } else { t.email().reset_sub })
        >
            {move || {
                if is_gone.get() {
                    view! {
                        <div class="account-form">
                            <p role="alert">{t.email().expired}</p>
                            <a href=Place::Forgot.to_string() class=Variant::Main.class()>{t.email().another_link}</a>
                        </div>
                    }
                    .into_any()
                } else if set.get() {
                    view! {
                        <Done words=t.email().password_set />
                        <a href="/sign-in" class=Variant::Main.class()>{t.places.sign_in}</a>
                    }
                    .into_any()
                } else {
                    form().into_any()
                }
            }}
        </AccountCard>
    }
}

#[component]
fn Done(words: &'static str) -> impl IntoView {
    view! {
        <p class="account-done" role="status">
            <Icon glyph=Glyph::Check />
            <span>{words}</span>
        </p>
    }
}
