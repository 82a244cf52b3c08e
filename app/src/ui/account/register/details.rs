//! What people may tell of themselves when they join, and need not.

use leptos::{html, prelude::*};
use sapa_model::limits::EMAIL_MAX;

use super::form::RegisterForm;
use crate::i18n::use_t;
use crate::ui::kit::{Faults, Field, Glyph, Icon};
use crate::ui::profile::OptionalFields;

const FIELDS: &[&str] =
    &["email", "firstName", "lastName", "birthday", "phoneNumber", "country", "timeZone", "languages"];

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
                <span>{t.account().details}</span>
            </summary>
            <div>
                <Field
                    label=t.account().email
                    hint=t.account().email_hint
                    name="email"
                    kind="email"
                    value=form.email
                    fault=faults.on("email")
                    autocomplete="email"
                    maxlength=EMAIL_MAX
                />
                <OptionalFields form=form.profile faults=faults />
            </div>
        </details>
    }
}
