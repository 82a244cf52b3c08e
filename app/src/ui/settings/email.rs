//! The account's e-mail address.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::AppError;
use sapa_model::limits::EMAIL_MAX;
use sapa_model::text::Password;

use crate::api::account::{change_email, send_verification};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::memo;
use crate::ui::kit::{
    Button, FaultLine, Field, Glyph, Icon, If, PasswordField, Submission, Variant, use_toasts,
};

const FIELDS: &[&str] = &["email", "password"];

/// The address as it stands, and a form to change it.
#[component]
pub fn EmailSettings() -> impl IntoView {
    let t = use_t();
    let me = live().me;
    let confirmed = memo(move || me.with(|me| me.email.clone()));
    let waiting = memo(move || me.with(|me| me.pending_email.clone()));
    let line = |address: String, glyph: Glyph, words: &'static str| {
        view! {
            <p class="email-line">
                <Icon glyph=glyph />
                <bdi class="cut">{address}</bdi>
                <small>{words}</small>
            </p>
        }
    };
    view! {
        <If when=move || confirmed.read().is_none() && waiting.read().is_none()>
            <p class="settings-hint">{t.email().none}</p>
        </If>
        {move || confirmed.get().map(|address| line(address, Glyph::Check, t.email().confirmed))}
        {move || waiting.get().map(|address| line(address, Glyph::Clock, t.email().waiting))}
        <If when=move || waiting.read().is_some()>
            <SendAgain />
        </If>
        <ChangeForm />
    }
    .into_any()
}

#[component]
fn SendAgain() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let send = move |()| {
        spawn_local(async move {
            match send_verification().await {
                Ok(()) => toasts.say(t.email().sent_again),
                Err(error) => toasts.fault(&error),
            }
        });
    };
    view! {
        <div class="settings-row">
            <Button variant=Variant::Soft glyph=Glyph::Mail on_press=send>
                {t.email().send_again}
            </Button>
        </div>
    }
}

#[component]
fn ChangeForm() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let submit = sending.sends(
        move || {
            if password.read_untracked().is_empty() {
                return Err(vec![AppError::required("password")]);
            }
            let (address, password) = (email.get_untracked(), Password::unchecked(password.get_untracked()));
            Ok(async move { change_email(address.clone(), password).await.map(|()| address) })
        },
        move |address| {
            let address = address.trim();
            let words = if address.is_empty() {
                t.settings().saved.to_owned()
            } else {
                (t.email().letter_sent)(address)
            };
            toasts.say(words);
            email.try_set(String::new());
            password.try_set(String::new());
        },
    );
    view! {
        <form class="account-form" method="post" novalidate on:submit=submit>
            <Field
                label=t.email().new_address
                hint=t.email().new_address_hint
                name="email"
                kind="email"
                value=email
                fault=faults.on("email")
                autocomplete="email"
                maxlength=EMAIL_MAX
            />
            <PasswordField
                label=t.account().password
                name="emailPassword"
                value=password
                fault=faults.on("password")
                autocomplete="current-password"
            />
            <FaultLine fault=faults.rest(FIELDS) />
            <Button submit=true variant=Variant::Soft busy=busy>
                {t.email().change}
            </Button>
        </form>
    }
    .into_any()
}
