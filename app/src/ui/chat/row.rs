//! A line of the feed: a message or a system line, below the day or the unread line that it begins.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use leptos::{ev, prelude::*};
use sapa_model::{AttachmentId, Dialog, MessageBody, MessageId, Relation, RoomKind, Timestamp, UserCard};

use super::bubble::Bubble;
use super::deleting::Deleting;
use super::feed::Opened;
use super::layout::Line;
use super::long_press::LongPress;
use super::message_menu::MessageMenu;
use super::reactions::{ReactButton, Reacting, ReactionChips, hold_picker, let_go_of_picker};
use super::reading::{Fate, Reading, sent, tombstone};
use super::system;
use super::ticks::Station;
use crate::i18n::use_t;
use crate::live::log::{Row, RowKey};
use crate::live::{RoomLog, live};
use crate::reactive::{derive, memo};
use crate::ui::calls::CallRow;
use crate::ui::channels::CommentButton;
use crate::ui::composer::Editing;
use crate::ui::kit::{Avatar, AvatarSize, Face, If, Time, TimeStyle, use_time_text};

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
    let words = derive(move || {
        let row = row.read();
        let Some(Row::Sent(message)) = row.as_ref() else { return String::new() };
        let MessageBody::System { line } = &message.body else { return String::new() };
        let dialog = context.dialog.read();
        system::in_words(t, live, line, &message.author, &dialog, context.me.with_value(|me| me.id))
    });
    view! {
        <p class="feed-system" role="article" tabindex="-1" aria-label=words data-message=id>
            {words}
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
    let reading = Reading::of(row, log);
    let Reading { text, fate, carried, reacted, post, id, number, station, .. } = reading;
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
    let time = use_time_text();
    let shows_ticks = mine && !is_post;
    // Who, what, when, and what has become of it.
    let label = derive(move || {
        let fate = fate.get();
        let (files, words) = match fate {
            Fate::Deleted { by_author } => (String::new(), tombstone(t, by_author).to_owned()),
            Fate::Kept | Fate::Edited => (carried.with(|carried| carried.words(t)), text.get()),
        };
        let edited = if fate == Fate::Edited { t.message.edited } else { "" };
        let state = shows_ticks.then(|| station.get().words(t)).flatten().unwrap_or_default();
        let mut label = format!("{}: ", author.read().nickname);
        for part in [&files, &words, &time(at.get(), TimeStyle::Clock), edited, state] {
            if !part.is_empty() {
                if !label.ends_with(": ") {
                    label.push_str(", ");
                }
                label.push_str(part);
            }
        }
        label
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
        open && id.get().is_some() && !fate.get().is_deleted()
    });
    let has_reactions = memo(move || reacted.with(|reacted| !reacted.counts.is_empty()));
    let begin_reaction = Callback::new(move |()| {
        let own = reacted.with_untracked(|reacted| reacted.own.clone());
        context.echoes.get_value().reacting.set(id.get_untracked().map(|id| Reacting { id, own }));
    });
    let offer = Callback::new(move |bubble: Element| {
        if may_react.get_untracked() {
            begin_reaction.run(());
            hold_picker(&bubble);
        }
    });
    let held = LongPress::new(offer, Callback::new(|()| let_go_of_picker()));
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
            on:pointerenter=move |event| {
                // Under a finger they would come up where it is about to press.
                if event.pointer_type() != "touch" {
                    activate();
                }
            }
            on:focusin=move |event| {
                if target_of(&event).is_some_and(|on| on.matches(":focus-visible").unwrap_or(false)) {
                    activate();
                }
            }
            on:click=move |event| {
                if target_of(&event).is_some_and(|on| on.closest(".bubble").ok().flatten().is_some()) {
                    activate();
                }
            }
            on:pointerdown=move |event| held.begin(&event)
            on:pointerup=move |_| held.release()
            on:pointermove=move |event| held.slip(&event)
            on:pointercancel=move |_| held.release()
        >
            {side}
            <Bubble
                live=live
                room=room
                client_id=client_id
                reading=reading
                on_picture=Callback::new(move |id| context.picture.set(Some(id)))
                at=at.into()
                author=(in_group && !mine && line.first).then_some(author)
                mine=mine
                ticks=shows_ticks
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
                    <MessageMenu context=context text=text id=id number=number author=author mine=mine fate=fate has_reactions=has_reactions may_react=may_react on_react=begin_reaction />
                </If>
            </span>
        </div>
    };
    Some(view.into_any())
}

fn target_of(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
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
