//! Signing in.

use leptos::prelude::*;
use sapa_model::text::Password;
use sapa_model::{AppError, ErrorCode};

use super::card::AccountCard;
use super::door::use_kept_out;
use super::invited::arrive;
use super::mailbox::SendAgain;
use crate::api::account::sign_in;
use crate::i18n::use_t;
use crate::place::{self, Ended, Place};
use crate::reactive::derive;
use crate::refused::Refused;
use crate::ui::kit::{Button, FaultLine, Field, If, PasswordField, Submission};
use crate::way::use_way;

const FIELDS: &[&str] = &["login", "password"];

/// The page to sign in on.
#[component]
pub fn SignInPage() -> impl IntoView {
    let t = use_t();
    let query = use_way().query();
    let refused = Refused::take();
    let login = RwSignal::new(refused.as_ref().map(|refused| refused.field("login")).unwrap_or_default());
    let password = RwSignal::new(String::new());
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let unverified = RwSignal::new(false);
    if let Some(Refused { error, .. }) = refused {
        unverified.set(error.code == ErrorCode::EmailUnverified);
        faults.set(blamed(error));
    }
    let kept_out = use_kept_out();

    let submit = sending.sends(
        move || {
            let missing = missing(&login.read_untracked(), &password.read_untracked());
            if !missing.is_empty() {
                return Err(missing);
            }
            let (login, password) = (login.get_untracked(), Password::unchecked(password.get_untracked()));
            let query = query.get_untracked();
            Ok(async move {
                let answer = sign_in(login, password).await;
                let kept_out = answer.as_ref().is_err_and(|error| error.code == ErrorCode::EmailUnverified);
                unverified.try_set(kept_out);
                answer.map_err(blamed)?;
                arrive(&place::wanted(&query)).await;
                Ok(())
            })
        },
        |()| {},
    );
    view! {
        <AccountCard
            title=t.places.sign_in
            sub=derive(move || match place::ended(&query.read()) {
                Some(Ended::SignedOut) => t.account().signed_out_elsewhere,
                Some(Ended::Banned) => t.errors.banned,
                None => t.account().welcome_back,
            })
        >
            <form class="account-form" method="post" novalidate on:submit=submit>
                <Field
                    label=t.account().login
                    name="login"
                    value=login
                    fault=faults.on("login")
                    autocomplete="username"
                    required=true
                />
                <PasswordField
                    label=t.account().password
                    name="password"
                    value=password
                    fault=faults.on("password")
                    autocomplete="current-password"
                />
                <FaultLine fault=faults.rest(FIELDS) />
                <If when=move || unverified.get()>
                    <SendAgain login=login password=password />
                </If>
                <Button submit=true busy=busy>
                    {t.places.sign_in}
                </Button>
                <p>
                    <a href="/forgot">{t.email().forgot}</a>
                </p>
                {move || match kept_out.get() {
                    Some(ErrorCode::RegistrationClosed) => ().into_any(),
                    Some(ErrorCode::InvitationRequired) => {
                        view! { <p>{t.account().new_here} " " {t.errors.invitation_required}</p> }.into_any()
                    }
                    _ => view! {
                        <p>
                            {t.account().new_here} " "
                            <a href=move || place::with_wish(&Place::Register, &place::wanted(&query.read()))>
                                {t.places.register}
                            </a>
                        </p>
                    }
                    .into_any(),
                }}
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
fn blamed(error: AppError) -> AppError {
    let is_wrong_pair = error.code == ErrorCode::WrongCredentials && error.field.is_none();
    if is_wrong_pair { error.on("password") } else { error }
}
