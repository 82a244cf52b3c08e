//! The head of a chat: with whom, whether they are there, and what can be done.

use leptos::{prelude::*, task::spawn_local};
use sapa_model::people::Presence;
use sapa_model::{Dialog, Relation, RoomKind};

use super::bars::BlockQuestion;
use super::typing::typing_words;
use crate::api::{people, rooms};
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::calls::CallButtons;
use crate::ui::dialogs::{face, title};
use crate::ui::kit::{Glyph, Icon, IconButton, If, Menu, MenuItem, use_ago, use_toasts};
use crate::ui::messenger::DetailsOpen;
use crate::ui::report::Reporting;
use crate::ui::stories::StoryAvatar;

/// The head of the chat `dialog`.
#[component]
pub fn ChatHead(
    dialog: Memo<Dialog>,
    /// Of the other person, where it is known.
    presence: Signal<Option<Presence>>,
    /// Names of those who are typing.
    typing: Signal<Vec<String>>,
) -> impl IntoView {
    let t = use_t();
    let ago = use_ago();
    let details = expect_context::<DetailsOpen>().0;
    let toggle = move |()| details.update(|open| *open = !*open);
    let name = derive(move || title(&dialog.read()));
    let blocked =
        memo(move || dialog.read().peer.as_ref().is_some_and(|peer| peer.relation == Relation::Blocked));
    let online = derive(move || !blocked.get() && presence.get().is_some_and(|presence| presence.online));
    let peer = derive(move || dialog.read().peer.as_ref().map(|peer| peer.user.id));
    let status = move || {
        let dialog = dialog.read();
        if let Some(words) = typing_words(t, dialog.room.kind, &typing.read()) {
            return words;
        }
        match (&dialog.peer, presence.get()) {
            (None, _) if dialog.room.kind == RoomKind::Channel => {
                (t.chat.followers)(dialog.room.member_count.into())
            }
            (None, _) => (t.chat.members)(dialog.room.member_count.into()),
            (Some(_), Some(Presence { online: true, .. })) if !blocked.get() => t.common.online.to_owned(),
            (Some(_), Some(Presence { last_seen: Some(at), .. })) if !blocked.get() => {
                (t.common.last_seen)(&ago(at))
            }
            (Some(peer), _) => format!("@{}", peer.user.username),
        }
    };
    view! {
        <header class="chat-head">
            <a
                class="icon-button chat-back"
                href="/chats"
                title=t.chat.back_to_chats
                aria-label=t.chat.back_to_chats
            >
                <Icon glyph=Glyph::Back />
            </a>
            <div class="chat-who">
                <StoryAvatar user=peer face=derive(move || face(&dialog.read())) online=online />
                <div>
                    <h1 class="chat-name">
                        <button type="button" class="cut" on:click=move |_| toggle(())>
                            <bdi>{name}</bdi>
                        </button>
                    </h1>
                    <p class="chat-status cut" class:is-typing=move || !typing.read().is_empty()>
                        {move || status()}
                    </p>
                </div>
            </div>
            <CallButtons dialog=dialog />
            <div class="chat-details">
                <IconButton glyph=Glyph::Info label=t.chat.details on_press=toggle />
            </div>
            <ChatMenu dialog=dialog blocked=blocked name=name />
        </header>
    }
    .into_any()
}

#[component]
fn ChatMenu(dialog: Memo<Dialog>, blocked: Memo<bool>, name: Signal<String>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let reporting = Reporting::get();
    let asking = RwSignal::new(false);
    let shown_name = StoredValue::new(name.get_untracked());
    let mute = Callback::new(move |()| {
        let (room, muted) = dialog.with_untracked(|dialog| (dialog.room.id, dialog.muted));
        spawn_local(async move {
            if let Err(error) = rooms::set_muted(room, !muted).await {
                toasts.fault(&error);
            }
        });
    });
    let peer = move || dialog.with_untracked(|dialog| dialog.peer.as_ref().map(|peer| peer.user.id));
    let block = Callback::new(move |()| {
        let Some(peer) = peer() else { return };
        spawn_local(async move {
            if let Err(error) = people::block(peer).await {
                toasts.fault(&error);
            }
        });
    });
    let mute_words = move || if dialog.read().muted { t.chat.unmute } else { t.chat.mute };
    view! {
        <Menu id="chat-menu" label=t.chat.chat_menu>
            <MenuItem glyph=Glyph::BellOff on_select=mute>
                {move || mute_words()}
            </MenuItem>
            <If when=move || dialog.read().peer.is_some()>
                <MenuItem
                    glyph=Glyph::Flag
                    on_select=Callback::new(move |()| {
                        if let Some(peer) = dialog.with_untracked(|dialog| dialog.peer.clone()) {
                            reporting.open(peer.user, None);
                        }
                    })
                >
                    {t.common.report}
                </MenuItem>
            </If>
            <If when=move || dialog.read().peer.is_some() && !blocked.get()>
                <MenuItem
                    glyph=Glyph::Block
                    danger=true
                    on_select=Callback::new(move |()| asking.set(true))
                >
                    {t.chat.block}
                </MenuItem>
            </If>
        </Menu>
        <BlockQuestion open=asking name=shown_name on_confirm=block />
    }
    .into_any()
}
