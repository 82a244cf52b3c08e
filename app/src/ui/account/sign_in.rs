//! Signing in.

use leptos::{ev, prelude::*, task::spawn_local};
use sapa_model::text::Password;
use sapa_model::{AppError, ErrorCode};

use super::card::AccountCard;
use super::mailbox::SendAgain;
use crate::api::account::sign_in;
use crate::browser::leave_for;
use crate::i18n::use_t;
use crate::place::{self, Place};
use crate::reactive::derive;
use crate::ui::kit::{Button, FaultLine, Faults, Field, If, PasswordField, use_mounted};
use crate::way::use_way;

const FIELDS: &[&str] = &["login", "password"];

/// The page to sign in on.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = use_t();
    let query = use_way().query();
    let mounted = use_mounted();
    let login = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let faults = Faults::new();
    let busy = RwSignal::new(false);
    let unverified = RwSignal::new(false);

    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let missing = missing(&login.read_untracked(), &password.read_untracked());
        faults.set_all(missing);
        if busy.get_untracked() || !faults.is_empty() {
            faults.focus_first();
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match sign_in(login.get_untracked(), Password::unchecked(password.get_untracked())).await {
                // A full load: everything that the page holds was a stranger's.
                Ok(()) => leave_for(&place::wanted(&query.read_untracked())),
                Err(error) => {
                    unverified.set(error.code == ErrorCode::EmailUnverified);
                    let error = if error.field.is_none() { blame_password(error) } else { error };
                    faults.set(error);
                    busy.try_set(false);
                    faults.focus_first();
                }
            }
        });
    };
    view! {
        <AccountCard
            title=t.account.sign_in
            sub=t.account.welcome_back
        >
            <form class="account-form" method="post" novalidate on:submit=submit>
                <Field
                    label=t.account.login
                    name="login"
                    value=login
                    fault=faults.on("login")
                    autocomplete="username"
                    required=true
                />
                <PasswordField
                    label=t.account.password
                    name="password"
                    value=password
                    fault=faults.on("password")
                    autocomplete="current-password"
                />
                <FaultLine fault=faults.rest(FIELDS) />
                <If when=move || unverified.get()>
                    <SendAgain login=login password=password />
                </If>
                <Button submit=true busy=busy disabled=derive(move || !mounted.get())>
                    {t.account.sign_in}
                </Button>
                <p>
                    <a href="/forgot">{t.email.forgot}</a>
                </p>
                <p>
                    {t.account.new_here} " "
                    <a href=move || place::with_wish(&Place::Register, &place::wanted(&query.read()))>{t.account.register}</a>
                </p>
            </form>
        </AccountCard>
    }
}

fn missing(login: &str, password: &str) -> Vec<AppError> {
    let mut errors = Vec::new();
    if login.trim().is_empty() {
        errors.push(AppError::required("login"));
    }
    if password.is_empty() {
        errors.push(AppError::required("password"));
    }
    errors
}

/// A wrong pair is told under the password, without saying which of the two is wrong.
fn blame_password(error: AppError) -> AppError {
    if error.code == ErrorCode::WrongCredentials { error.on("password") } else { error }
}
