//! Joining.

mod details;
mod form;

use leptos::prelude::*;
use sapa_model::ErrorCode;
use sapa_model::limits::{NAME_MAX, USERNAME_MAX};

use super::card::AccountCard;
use super::door::use_kept_out;
use super::invited::arrive;
use super::mailbox::SendAgain;
use crate::api::account::register;
use crate::i18n::use_t;
use crate::place::{self, Place};
use crate::reactive::{derive, memo};
use crate::refused::Refused;
use crate::ui::kit::{Button, FaultLine, Field, PasswordField, Submission, Variant};
use crate::way::use_way;
use details::Details;
use form::{FIELDS, RegisterForm};

/// The page to make an account on.
#[component]
pub fn RegisterPage() -> impl IntoView {
    let t = use_t();
    let query = use_way().query();
    let form = RegisterForm::new();
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let waiting = RwSignal::new(false);
    if let Some(refused) = Refused::take() {
        form.refill(&refused);
        waiting.set(refused.error.code == ErrorCode::EmailUnverified);
        faults.set(refused.error);
    }

    let submit = sending.sends(
        move || {
            let faults = form.faults();
            if !faults.is_empty() {
                return Err(faults);
            }
            let query = query.get_untracked();
            let account = form.account(place::invitation(&query));
            Ok(async move {
                match register(account).await {
                    Ok(()) => {
                        arrive(&place::wanted_at_first(&query)).await;
                        Ok(())
                    }
                    // It is made, and kept out until the letter is read.
                    Err(error) if error.code == ErrorCode::EmailUnverified => {
                        waiting.try_set(true);
                        Ok(())
                    }
                    Err(error) => Err(error),
                }
            })
        },
        |()| {},
    );
    let fields = move || {
        view! {
            <form class="account-form" method="post" novalidate on:submit=submit>
                <Field
                    label=t.account().nickname
                    hint=t.account().nickname_hint
                    name="nickname"
                    value=form.profile.nickname
                    fault=faults.on("nickname")
                    autocomplete="nickname"
                    maxlength=NAME_MAX * 2
                    required=true
                />
                <Field
                    label=t.account().username
                    hint=t.account().username_hint
                    name="username"
                    value=form.username
                    fault=faults.on("username")
                    autocomplete="username"
                    maxlength=USERNAME_MAX * 2
                    required=true
                />
                <PasswordField
                    label=t.account().password
                    hint=t.account().password_hint
                    name="password"
                    value=form.password
                    fault=faults.on("password")
                    autocomplete="new-password"
                />
                <Details form=form faults=faults />
                <FaultLine fault=faults.rest(FIELDS) />
                <Button submit=true busy=busy>
                    {t.places.register}
                </Button>
                <p>
                    {t.account().have_account} " "
                    <a href=move || place::with_wish(&Place::SignIn, &place::wanted(&query.read()))>{t.places.sign_in}</a>
                </p>
            </form>
        }
    };
    let mailbox = move || {
        view! {
            <div class="account-form">
                <h2>{t.email().mailbox_title}</h2>
                <p role="status">{(t.email().letter_sent)(&form.email.get_untracked())}</p>
                <SendAgain login=form.username password=form.password />
                <a href=Place::SignIn.to_string() class=Variant::Main.class()>{t.places.sign_in}</a>
            </div>
        }
    };
    let kept_out = kept_out();
    let sub = derive(move || if kept_out.get().is_none() { t.account().welcome } else { "" });
    view! {
        <AccountCard title=t.places.register sub=sub>
            {move || match kept_out.get() {
                Some(why) => view! { <KeptOut why=why /> }.into_any(),
                None if waiting.get() => mailbox().into_any(),
                None => fields().into_any(),
            }}
        </AccountCard>
    }
}

/// Why the asker cannot join, where they cannot.
fn kept_out() -> Memo<Option<&'static str>> {
    let (t, why) = (use_t(), use_kept_out());
    memo(move || match why.get()? {
        ErrorCode::RegistrationClosed => Some(t.account().closed_sub),
        ErrorCode::InvitationRequired => Some(t.account().invite_sub),
        ErrorCode::InviteUsed => Some(t.account().invitation_used),
        ErrorCode::InviteGone => Some(t.account().invitation_gone),
        _ => None,
    })
}

#[component]
fn KeptOut(why: &'static str) -> impl IntoView {
    let t = use_t();
    view! {
        <div class="account-form">
            <p role="status">{why}</p>
            <a href=Place::SignIn.to_string() class=Variant::Main.class()>{t.places.sign_in}</a>
        </div>
    }
}
