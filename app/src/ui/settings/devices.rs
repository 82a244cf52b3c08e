//! Where the user is signed in.

use std::iter;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::account::SignedInDevice;
use sapa_model::device;
use sapa_model::ids::SessionId;

use crate::api::account::{devices, revoke_device};
use crate::i18n::use_t;
use crate::reactive::derive;
use crate::ui::kit::{
    Button, Dotted, Fetched, Glyph, Icon, Rows, Skeleton, SkeletonShape, Variant, use_ago, use_toasts,
};

/// The list, each with a way to sign it out.
#[component]
pub fn Devices(
    /// Something has happened to them.
    changed: Trigger,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let fetched = Fetched::new(move || {
        changed.track();
        devices()
    });
    let list = derive(move || {
        fetched.answer.with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().ok().cloned()))
    });
    let waiting = move || fetched.answer.with(Option::is_none);
    let fault = move || {
        fetched
            .answer
            .with(|answer| answer.as_ref().and_then(|answer| answer.as_ref().err().map(|e| t.error(e))))
    };
    let revoke = Callback::new(move |device: Option<SessionId>| {
        spawn_local(async move {
            match revoke_device(device).await {
                Ok(()) => {
                    toasts.say(t.settings().signed_out);
                    fetched.again();
                }
                Err(error) => toasts.fault(&error),
            }
        });
    });
    let any_other = move || list.with(|list| list.as_ref().is_some_and(|list| list.len() > 1));
    view! {
        {move || waiting().then(|| view! { <Skeleton rows=2 shape=SkeletonShape::Line /> })}
        {move || fault().map(|fault| view! { <p role="alert">{fault}</p> })}
        <ul class="devices" aria-label=t.settings().devices>
            <Rows each=move || list.get().unwrap_or_default() key=|device| device.id let:device>
                <DeviceRow device=device on_revoke=revoke />
            </Rows>
        </ul>
        {move || {
            any_other()
                .then(|| {
                    view! {
                        <Button variant=Variant::Plain glyph=Glyph::Leave on_press=move |()| revoke.run(None)>
                            {t.settings().sign_out_others}
                        </Button>
                    }
                })
        }}
    }
}

#[component]
fn DeviceRow(device: SignedInDevice, on_revoke: Callback<Option<SessionId>>) -> impl IntoView {
    let t = use_t();
    let ago = use_ago();
    let (id, seen_at, current) = (device.id, device.seen_at, device.current);
    let name = device::name(&device.user_agent).unwrap_or_else(|| t.settings().unknown_device.to_owned());
    let end = if current {
        view! { <span class="devices-here">{t.settings().this_device}</span> }.into_any()
    } else {
        view! {
            <Button variant=Variant::Plain on_press=move |()| on_revoke.run(Some(id))>
                {t.common.sign_out}
            </Button>
        }
        .into_any()
    };
    let facts = derive(move || iter::once(ago(seen_at)).chain(device.address.clone()).collect::<Vec<_>>());
    view! {
        <li>
            <Icon glyph=Glyph::Globe />
            <span class="devices-words">
                <b class="cut" title=device.user_agent>{name}</b>
                <small>
                    <Dotted facts=facts />
                </small>
            </span>
            {end}
        </li>
    }
    .into_any()
}
