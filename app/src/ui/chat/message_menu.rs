//! What can be done with a message.

use leptos::prelude::*;
use sapa_model::report::Evidence;
use sapa_model::{ChannelHandle, Dialog, MessageId, RoomKind, UserCard};

use super::deleting::Deleting;
use super::reactions::open_picker;
use super::reading::Fate;
use super::row::FeedContext;
use crate::i18n::use_t;
use crate::ui::composer::{Editing, Purpose};
use crate::ui::kit::{Glyph, If, Menu, MenuItem, copy_text, use_toasts};
use crate::ui::report::Reporting;

/// The menu of the line that is pointed at or has the focus.
#[component]
pub fn MessageMenu(
    context: FeedContext,
    text: Memo<String>,
    /// None while it is not sent: it has no address yet.
    id: Memo<Option<MessageId>>,
    number: Memo<Option<u64>>,
    author: Memo<UserCard>,
    /// Written by the reader.
    mine: bool,
    /// What has become of it.
    fate: Memo<Fate>,
    /// Somebody has reacted.
    #[prop(into)]
    has_reactions: Signal<bool>,
    may_react: Memo<bool>,
    /// Notes that a reaction to this message is to be chosen.
    on_react: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let (room, kind) = context.dialog.with_untracked(|dialog| (dialog.room.id, dialog.room.kind));
    let copy = move |copied: String| {
        copy_text(&copied);
        toasts.say(t.common.copied);
    };
    let copy_words = Callback::new(move |()| copy(text.get_untracked()));
    let copy_link = Callback::new(move |()| {
        if let Some(link) = id.get_untracked().and_then(|id| link_to(context, id)) {
            copy(link);
        }
    });
    let show_readers = Callback::new(move |()| context.readers_of.set(number.get_untracked()));
    let purpose = if mine { Purpose::Edit } else { Purpose::Correct };
    let edit = Callback::new(move |()| {
        if let Some(id) = id.get_untracked() {
            context.editing.set(Some(Editing { purpose, id, text: text.get_untracked() }));
        }
    });
    let show_versions = Callback::new(move |()| context.versions_of.set(id.get_untracked()));
    let may_bury =
        mine || kind.has_admins() && context.dialog.with_untracked(|d| d.role.may_delete_messages());
    let delete = Callback::new(move |()| {
        let for_everyone = may_bury && !fate.get_untracked().is_deleted();
        context.deleting.set(id.get_untracked().map(|id| Deleting { id, for_everyone }));
    });
    let reporting = Reporting::get();
    let report = Callback::new(move |()| {
        if let Some(id) = id.get_untracked() {
            let evidence = Evidence::Message { room_id: room, message_id: id };
            reporting.open(author.get_untracked(), Some(evidence));
        }
    });
    let has_readers = mine && kind == RoomKind::Group;
    let show_reactors =
        Callback::new(move |()| context.echoes.get_value().reactors_of.set(id.get_untracked()));
    // Followers of a channel do not learn of each other.
    let sees_who = kind.members_meet() || context.dialog.with_untracked(|d| d.role.may_delete_messages());
    let may_edit = mine && context.dialog.with_untracked(Dialog::may_post);
    let may_correct = !mine && kind.members_meet();
    let is_text = move || !fate.get().is_deleted();
    let react = Callback::new(move |()| {
        on_react.run(());
        open_picker(id.get_untracked());
    });
    view! {
        <Menu id="message-menu" label=t.chat.message_menu>
            <If when=move || is_text() && !text.read().is_empty()>
                <MenuItem glyph=Glyph::Copy on_select=copy_words>
                    {t.chat.copy_text}
                </MenuItem>
            </If>
            <If when=move || may_react.get()>
                <MenuItem glyph=Glyph::Emoji on_select=react>
                    {t.chat.react}
                </MenuItem>
            </If>
            <If when=move || may_edit && is_text() && id.get().is_some()>
                <MenuItem glyph=Glyph::Edit on_select=edit>
                    {t.message.edit}
                </MenuItem>
            </If>
            <If when=move || may_correct && is_text() && !text.read().is_empty() && id.get().is_some()>
                <MenuItem glyph=Glyph::Check on_select=edit>
                    {t.message.correct}
                </MenuItem>
            </If>
            <If when=move || fate.get() == Fate::Edited>
                <MenuItem glyph=Glyph::Clock on_select=show_versions>
                    {t.message.versions}
                </MenuItem>
            </If>
            <If when=move || id.get().is_some()>
                <MenuItem glyph=Glyph::Link on_select=copy_link>
                    {t.chat.copy_link}
                </MenuItem>
            </If>
            <If when=move || has_readers && id.get().is_some()>
                <MenuItem glyph=Glyph::Eye on_select=show_readers>
                    {t.chat.read_by}
                </MenuItem>
            </If>
            <If when=move || sees_who && has_reactions.get()>
                <MenuItem glyph=Glyph::Emoji on_select=show_reactors>
                    {t.chat.reactions}
                </MenuItem>
            </If>
            <If when=move || !mine && is_text() && id.get().is_some()>
                <MenuItem glyph=Glyph::Flag on_select=report>
                    {t.common.report}
                </MenuItem>
            </If>
            <If when=move || id.get().is_some()>
                <MenuItem glyph=Glyph::Trash danger=true on_select=delete>
                    {t.message.delete}
                </MenuItem>
            </If>
        </Menu>
    }
    .into_any()
}

/// The address of a message, of a public channel's the one that everybody can read.
fn link_to(context: FeedContext, id: MessageId) -> Option<String> {
    let origin = window().location().origin().ok()?;
    let path = context.dialog.with_untracked(|Dialog { room, .. }| {
        let handle = room.channel.as_ref().and_then(|own| own.handle.as_ref());
        handle.map_or_else(|| format!("/chats/{}", room.id), ChannelHandle::public_path)
    });
    Some(format!("{origin}{path}/{id}"))
}
