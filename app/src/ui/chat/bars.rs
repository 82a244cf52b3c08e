//! What stands where the composer would: the answer to a stranger, or the way back from a block.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::{RoomId, UserCard};

use crate::api::{people, rooms};
use crate::i18n::use_t;
use crate::reactive::derive;
use crate::ui::kit::{Button, Confirm, Glyph, Variant, use_toasts};

/// A stranger has written: take it, put it away, or hear no more of them. `on_gone` is called once
/// the room has left the list.
#[component]
pub fn RequestBar(room: RoomId, peer: UserCard, on_gone: Callback<()>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let name = StoredValue::new(peer.nickname.clone());
    let answer = move |accept: bool| {
        busy.set(true);
        spawn_local(async move {
            match rooms::answer_request(room, accept).await {
                Ok(()) if !accept => on_gone.run(()),
                Ok(()) => {}
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    let block = Callback::new(move |()| {
        spawn_local(async move {
            if let Err(error) = people::block(peer.id).await {
                toasts.fault(&error);
            }
        });
    });
    view! {
        <section class="chat-bar" aria-label=t.chat.requests>
            <p>
                <b>{move || name.with_value(|name| (t.chat.request_title)(name))}</b>
                {t.chat.request_text}
            </p>
            <div>
                <Button variant=Variant::Main busy=busy on_press=move |()| answer(true)>
                    {t.chat.accept}
                </Button>
                <Button variant=Variant::Plain busy=busy on_press=move |()| answer(false)>
                    {t.chat.decline}
                </Button>
                <Button variant=Variant::Quiet glyph=Glyph::Block on_press=move |()| asking.set(true)>
                    {t.chat.block}
                </Button>
            </div>
        </section>
        <BlockQuestion open=asking name=name on_confirm=block />
    }
    .into_any()
}

/// Asks before a block.
#[component]
pub fn BlockQuestion(
    open: RwSignal<bool>,
    name: StoredValue<String>,
    on_confirm: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    view! {
        <Confirm
            open=open
            title=derive(move || name.with_value(|name| (t.chat.block_question)(name)))
            text=t.chat.block_text
            action=t.chat.block
            danger=true
            on_confirm=on_confirm
        />
    }
}

/// Somebody is blocked; one press lifts it.
#[component]
pub fn BlockedBar(peer: UserCard) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let name = StoredValue::new(peer.nickname.clone());
    let unblock = move |()| {
        busy.set(true);
        // The bar is gone by the time of the answer.
        let done = name.with_value(|name| (t.chat.unblocked)(name));
        spawn_local(async move {
            match people::unblock(peer.id).await {
                Ok(_) => toasts.say(done),
                Err(error) => toasts.fault(&error),
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="chat-bar" aria-label=t.chat.block>
            <p>
                <b>{move || name.with_value(|name| (t.chat.you_blocked)(name))}</b>
            </p>
            <div>
                <Button variant=Variant::Soft glyph=Glyph::Unblock busy=busy on_press=unblock>
                    {t.chat.unblock}
                </Button>
            </div>
        </section>
    }
    .into_any()
}
