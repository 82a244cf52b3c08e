//! A line of the feed: a message or a system line, below the day or the unread line that it begins.

use leptos::prelude::*;
use leptos::web_sys::Element;
use sapa_model::message::{Correction, Post};
use sapa_model::schedule::Schedule;
use sapa_model::{
    AttachmentId, Dialog, MessageBody, MessageId, Relation, RoomKind, StoryRef, Timestamp, UserCard,
};

use super::bubble::Bubble;
use super::carried::Carried;
use super::deleting::Deleting;
use super::feed::Opened;
use super::layout::Line;
use super::long_press::LongPress;
use super::message_menu::MessageMenu;
use super::reactions::{ReactButton, Reacted, Reacting, ReactionChips, open_picker};
use super::system;
use super::ticks::Station;
use crate::i18n::use_t;
use crate::live::log::{Row, RowKey, ticks};
use crate::live::{RoomLog, live};
use crate::reactive::{derive, memo};
use crate::ui::calls::CallRow;
use crate::ui::channels::CommentButton;
use crate::ui::composer::Editing;
use crate::ui::kit::{Avatar, AvatarSize, Face, If, Time, TimeStyle};

/// What all lines of a feed share.
#[derive(Clone, Copy)]
pub struct FeedContext {
    /// The room's log.
    pub log: StoredValue<RoomLog>,
    /// The room as the reader sees it.
    pub dialog: Memo<Dialog>,
    /// Who reads.
    pub me: StoredValue<UserCard>,
    /// How the chat stood when it was opened.
    pub opened: Opened,
    /// The message that the address names.
    pub target: Memo<Option<MessageId>>,
    /// The line that is pointed at or has the focus: it alone shows its menu.
    pub active: RwSignal<Option<RowKey>>,
    /// The number of the message whose readers are shown.
    pub readers_of: RwSignal<Option<u64>>,
    /// What others have made of a message.
    pub echoes: StoredValue<Echoes>,
    /// The message whose earlier versions are shown.
    pub versions_of: RwSignal<Option<MessageId>>,
    /// The picture that is seen large.
    pub picture: RwSignal<Option<AttachmentId>>,
    /// The message that is about to be deleted.
    pub deleting: RwSignal<Option<Deleting>>,
    /// The message that the composer is changing.
    pub editing: RwSignal<Option<Editing>>,
}

/// What is shown over the page of what others have made of a message.
#[derive(Clone, Copy)]
pub struct Echoes {
    /// The message to which the reader is about to react.
    pub reacting: RwSignal<Option<Reacting>>,
    /// The message whose reactions are listed.
    pub reactors_of: RwSignal<Option<MessageId>>,
    /// The post whose comments are shown.
    pub comments_of: RwSignal<Option<MessageId>>,
}

impl Echoes {
    /// Nothing of it.
    pub fn new() -> Self {
        Self {
            reacting: RwSignal::new(None),
            reactors_of: RwSignal::new(None),
            comments_of: RwSignal::new(None),
        }
    }
}

/// What has become of a text since it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Kept,
    /// It says something else now.
    Edited,
    /// It was deleted for everyone.
    Deleted,
}

/// One line.
#[component]
pub fn FeedRow(context: FeedContext, line: Line<RowKey>) -> impl IntoView {
    let t = use_t();
    let row = context.log.with_value(|log| log.row(&line.key));
    let at = Memo::new({
        let row = row.clone();
        move |before| row.read().as_ref().map(time_of).or(before.copied()).unwrap_or_default()
    });
    let call = row.with_untracked(|row| match sent(row.as_ref()).map(|message| &message.body) {
        Some(MessageBody::Call(line)) => Some(*line),
        _ => None,
    });
    let is_text = matches!(line.key, RowKey::Text(..));
    let body = match call {
        Some(call) => view! { <CallRow context=context row=row told=call /> }.into_any(),
        None if is_text => view! { <TextRow context=context line=line.clone() row=row at=at /> }.into_any(),
        None => view! { <SystemRow context=context row=row /> }.into_any(),
    };
    view! {
        {line
            .new_day
            .then(|| view! { <div class="feed-day"><Time at=at style=TimeStyle::Day /></div> }.into_any())}
        {line
            .unread_above
            .then(|| {
                view! { <div class="feed-unread">{move || (t.chat.new_messages)(context.opened.unread)}</div> }.into_any()
            })}
        {body}
    }
}

fn time_of(row: &Row) -> Timestamp {
    match row {
        Row::Sent(message) => message.created_at,
        Row::Pending(draft) | Row::Failed(draft, _) => draft.at,
    }
}

#[component]
fn SystemRow(context: FeedContext, row: ArcRwSignal<Option<Row>>) -> impl IntoView {
    let (t, live) = (use_t(), live());
    let id = row.with_untracked(|row| sent(row.as_ref()).map(|message| message.id.to_string()));
    let words = move || {
        let row = row.read();
        let Some(Row::Sent(message)) = row.as_ref() else { return String::new() };
        let MessageBody::System { line } = &message.body else { return String::new() };
        let dialog = context.dialog.read();
        system::in_words(t, live, line, &message.author, &dialog, context.me.with_value(|me| me.id))
    };
    view! {
        <p class="feed-system" role="article" tabindex="-1" data-message=id>
            {move || words()}
        </p>
    }
}

#[component]
fn TextRow(
    context: FeedContext,
    line: Line<RowKey>,
    row: ArcRwSignal<Option<Row>>,
    at: Memo<Timestamp>,
) -> impl IntoView {
    let FeedContext { log, dialog, me, target, active, .. } = context;
    let live = live();
    let row = derive(move || row.get());
    let author = row.with_untracked(|row| match row {
        Some(Row::Sent(message)) => message.author.clone(),
        _ => me.get_value(),
    });
    let mine = me.with_value(|me| me.id == author.id);
    let kind = dialog.with_untracked(|dialog| dialog.room.kind);
    let (in_group, is_post) = (kind == RoomKind::Group, kind == RoomKind::Channel);
    let text = Memo::new(move |before: Option<&String>| {
        let shown = row.with(|row| row.as_ref().map(text_of));
        shown.or_else(|| before.cloned()).unwrap_or_default()
    });
    let fate = Memo::new(move |before: Option<&Fate>| {
        let now = row.with(|row| row.as_ref().map(fate_of));
        now.or(before.copied()).unwrap_or(Fate::Kept)
    });
    let carried = Memo::new(move |before: Option<&Carried>| {
        let now = row.with(|row| row.as_ref().map(carried_by));
        now.or(before.cloned()).unwrap_or(Carried::Nothing)
    });
    let corrections = Memo::new(move |before: Option<&Vec<Correction>>| {
        let now = row.with(|row| row.as_ref().map(corrections_of));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let schedule = Memo::new(move |before: Option<&Option<Schedule>>| {
        let now = row.with(|row| row.as_ref().map(schedule_of));
        now.or_else(|| before.cloned()).flatten()
    });
    let story = Memo::new(move |before: Option<&Option<StoryRef>>| {
        let now = row.with(|row| row.as_ref().map(story_of));
        now.or_else(|| before.copied()).flatten()
    });
    let reacted = Memo::new(move |before: Option<&Reacted>| {
        let now = row.with(|row| row.as_ref().map(reacted_of));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let post = memo(move || row.with(|row| row.as_ref().and_then(post_of)));
    let by_author = memo(move || {
        row.with(|row| {
            sent(row.as_ref()).is_some_and(|m| matches!(m.body, MessageBody::Deleted { by_author: true }))
        })
    });
    let id = memo(move || row.with(|row| sent(row.as_ref()).map(|message| message.id)));
    let number = memo(move || row.with(|row| sent(row.as_ref()).map(|message| message.number)));
    let members = log.with_value(|log| log.members.clone());
    let station = memo(move || {
        row.with(|row| match row {
            Some(Row::Sent(message)) => ticks(message, &members.read()).into(),
            Some(Row::Failed(..)) => Station::Failed,
            Some(Row::Pending(_)) | None => Station::Pending,
        })
    });
    let failure = derive(move || {
        row.with(|row| match row {
            Some(Row::Failed(_, error)) => Some(error.clone()),
            _ => None,
        })
    });
    let RowKey::Text(_, client_id) = line.key.clone() else { return None };
    let client_id = StoredValue::new(client_id);
    let room = dialog.with_untracked(|dialog| dialog.room.id);
    let retry = Callback::new(move |()| live.retry(&client_id.get_value()));
    let discard = Callback::new(move |()| live.discard(room, &client_id.get_value()));

    let key = StoredValue::new(line.key.clone());
    let is_active = memo(move || active.with(|active| key.with_value(|key| active.as_ref() == Some(key))));
    let author = {
        let known = author;
        memo(move || live.newest(&known))
    };
    let t = use_t();
    let tombstone =
        derive(move || if by_author.get() { t.message.was_deleted } else { t.message.was_removed });
    let label = derive(move || {
        let name = &author.read().nickname;
        match fate.get() {
            Fate::Deleted => format!("{name}: {}", tombstone.get()),
            Fate::Kept | Fate::Edited => {
                let said = [carried.with(|carried| carried.words(t)), text.get()];
                let said = said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>();
                format!("{name}: {}", said.join(", "))
            }
        }
    });
    let show_versions = Callback::new(move |()| context.versions_of.set(id.get_untracked()));
    let side = (in_group && !mine).then(|| {
        let picture = line.first.then(|| {
            view! { <Avatar face=derive(move || Face::from(&*author.read())) size=AvatarSize::S /> }
        });
        view! { <span class="message-side">{picture}</span> }.into_any()
    });
    let activate = move || context.activate(key.get_value());
    let may_react = memo(move || {
        let open = dialog.with(|dialog| {
            !dialog.request && dialog.peer.as_ref().is_none_or(|peer| peer.relation != Relation::Blocked)
        });
        open && id.get().is_some() && fate.get() != Fate::Deleted
    });
    let has_reactions = memo(move || reacted.with(|reacted| !reacted.counts.is_empty()));
    let begin_reaction = Callback::new(move |()| {
        let own = reacted.with_untracked(|reacted| reacted.own.clone());
        context.echoes.get_value().reacting.set(id.get_untracked().map(|id| Reacting { id, own }));
    });
    let held = LongPress::new(Callback::new(move |bubble: Element| {
        if may_react.get_untracked() {
            begin_reaction.run(());
            open_picker(&bubble);
        }
    }));
    let view = view! {
        <div
            class="message"
            class:is-own=mine && !is_post
            class:is-post=is_post
            class:is-first=line.first
            class:is-pending=move || station.get() == Station::Pending
            class:is-target=move || target.get().is_some() && id.get() == target.get()
            role="article"
            tabindex="-1"
            aria-label=label
            data-message=move || id.get().map(|id| id.to_string())
            data-number=move || number.get().map(|number| number.to_string())
            on:pointerenter=move |_| activate()
            on:focusin=move |_| activate()
            on:pointerdown=move |event| held.begin(&event)
            on:pointerup=move |event| held.release(&event)
            on:pointermove=move |event| held.slip(&event)
            on:pointercancel=move |_| held.end()
        >
            {side}
            <Bubble
                live=live
                room=room
                client_id=client_id
                text=text
                carried=carried
                on_picture=Callback::new(move |id| context.picture.set(Some(id)))
                corrections=corrections
                schedule=schedule
                story=story
                id=id
                fate=fate
                tombstone=tombstone
                at=at.into()
                author=(in_group && !mine && line.first).then_some(author)
                mine=mine
                station=(mine && !is_post).then_some(station.into())
                post=post
                foot=move || {
                    view! {
                        <CommentButton
                            post=post
                            dialog=dialog
                            active=is_active
                            on_press=Callback::new(move |()| {
                                context.echoes.get_value().comments_of.set(id.get_untracked());
                            })
                        />
                    }
                }
                failure=failure
                on_retry=retry
                on_discard=discard
                on_versions=show_versions
            >
                <ReactionChips room=room id=id reacted=reacted active=is_active />
            </Bubble>
            <span class="message-tools">
                <If when=move || is_active.get() && may_react.get()>
                    <ReactButton on_open=begin_reaction />
                </If>
                <If when=move || is_active.get()>
                    <MessageMenu context=context text=text id=id number=number author=author mine=mine fate=fate has_reactions=has_reactions />
                </If>
            </span>
        </div>
    };
    Some(view.into_any())
}

impl FeedContext {
    /// Shows the menu of a line, unless another line's is open just now.
    fn activate(self, key: RowKey) {
        let open = document()
            .query_selector(".message-tools :popover-open, .reaction-picker:popover-open")
            .ok()
            .flatten();
        if open.is_none() && self.active.with_untracked(|active| active.as_ref() != Some(&key)) {
            self.active.set(Some(key));
        }
    }
}

fn sent(row: Option<&Row>) -> Option<&sapa_model::Message> {
    match row {
        Some(Row::Sent(message)) => Some(message),
        _ => None,
    }
}

fn text_of(row: &Row) -> String {
    match row {
        Row::Sent(message) => match &message.body {
            MessageBody::Text { text, .. } => text.clone(),
            MessageBody::System { .. } | MessageBody::Deleted { .. } | MessageBody::Call(_) => String::new(),
        },
        Row::Pending(draft) | Row::Failed(draft, _) => draft.text.clone(),
    }
}

fn fate_of(row: &Row) -> Fate {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Deleted { .. }) => Fate::Deleted,
        Some(MessageBody::Text { edited_at: Some(_), .. }) => Fate::Edited,
        _ => Fate::Kept,
    }
}

fn corrections_of(row: &Row) -> Vec<Correction> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { corrections, .. }) => corrections.clone(),
        _ => Vec::new(),
    }
}

fn schedule_of(row: &Row) -> Option<Schedule> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { schedule, .. }) => schedule.clone(),
        _ => None,
    }
}

fn story_of(row: &Row) -> Option<StoryRef> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { story, .. }) => *story,
        _ => None,
    }
}

fn reacted_of(row: &Row) -> Reacted {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { reactions, reacted, .. }) => {
            Reacted { counts: reactions.clone(), own: reacted.clone() }
        }
        _ => Reacted::default(),
    }
}

fn post_of(row: &Row) -> Option<Post> {
    match sent(Some(row)).map(|message| &message.body) {
        Some(MessageBody::Text { post, .. }) => *post,
        _ => None,
    }
}

fn carried_by(row: &Row) -> Carried {
    let attachments = match row {
        Row::Sent(message) => match &message.body {
            MessageBody::Text { attachments, .. } => attachments,
            _ => return Carried::Nothing,
        },
        Row::Pending(draft) | Row::Failed(draft, _) if !draft.files.is_empty() => {
            return Carried::Local(draft.files.clone());
        }
        Row::Pending(draft) | Row::Failed(draft, _) => &draft.attachments,
    };
    if attachments.is_empty() { Carried::Nothing } else { Carried::Stored(attachments.clone()) }
}
