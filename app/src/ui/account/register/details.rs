//! What people may tell of themselves when they join, and need not.

use leptos::{html, prelude::*};
use sapa_model::limits::{EMAIL_MAX, NAME_MAX};

use super::form::RegisterForm;
use crate::i18n::use_t;
use crate::ui::kit::{Faults, Field, Glyph, Icon, use_countries};

const FIELDS: &[&str] = &["email", "firstName", "lastName", "birthday", "country"];

/// The optional fields, folded away until wanted or wrong.
#[component]
pub fn Details(form: RegisterForm, faults: Faults) -> impl IntoView {
    let t = use_t();
    let fold = NodeRef::<html::Details>::new();
    Effect::new(move |_| {
        if faults.any_on(FIELDS)
            && let Some(fold) = fold.get()
        {
            fold.set_open(true);
        }
    });
    view! {
        <details node_ref=fold class="account-details">
            <summary>
                <Icon glyph=Glyph::Next />
                <span>{t.account.details}</span>
            </summary>
            <div>
                <Field
                    label=t.account.email
                    hint=t.account.email_hint
                    name="email"
                    kind="email"
                    value=form.email
                    fault=faults.on("email")
                    autocomplete="email"
                    maxlength=EMAIL_MAX
                />
                <div class="account-pair">
                    <Field
                        label=t.account.first_name
                        name="firstName"
                        value=form.first_name
                        fault=faults.on("firstName")
                        autocomplete="given-name"
                        maxlength=NAME_MAX * 2
                    />
                    <Field
                        label=t.account.last_name
                        name="lastName"
                        value=form.last_name
                        fault=faults.on("lastName")
                        autocomplete="family-name"
                        maxlength=NAME_MAX * 2
                    />
                    <Field
                        label=t.account.birthday
                        name="birthday"
                        kind="date"
                        value=form.birthday
                        fault=faults.on("birthday")
                        autocomplete="bday"
                    />
                    <CountryField value=form.country />
                </div>
            </div>
        </details>
    }
}

#[component]
fn CountryField(value: RwSignal<String>) -> impl IntoView {
    let t = use_t();
    let countries = use_countries();
    view! {
        <div class="field">
            <label for="field-country">{t.account.country}</label>
            <select
                id="field-country"
                name="country"
                autocomplete="country"
                on:change=move |event| value.set(event_target_value(&event))
            >
                <option value="">{t.account.no_country}</option>
                {move || {
                    let option = |(code, name): (String, String)| {
                        let chosen = value.with_untracked(|value| *value == code);
                        view! { <option value=code selected=chosen>{name}</option> }
                    };
                    countries.get().into_iter().map(option).collect_view()
                }}
            </select>
        </div>
    }
}
