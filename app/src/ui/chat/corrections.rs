//! What partners would have written, below what was written.

use std::future::Future;
use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};
use sapa_model::message::Correction;
use sapa_model::{AppResult, Message, MessageId, RoomId};

use crate::api::messages::{accept_correction, take_back_correction};
use crate::i18n::use_t;
use crate::live::live;
use crate::ui::kit::{Glyph, Icon, If, Rows, use_toasts};
use crate::ui::text::{Part, compare};

/// The corrections of a message, each as the difference to it.
#[component]
pub fn Corrections(
    room: RoomId,
    id: Memo<Option<MessageId>>,
    /// Written by the reader, who may accept them.
    mine: bool,
    corrections: Memo<Vec<Correction>>,
) -> impl IntoView {
    view! {
        <If when=move || !corrections.read().is_empty()>
            <ul class="corrections">
                <Rows each=move || corrections.get() key=Clone::clone let:correction>
                    <CorrectionRow room=room id=id mine=mine correction=correction />
                </Rows>
            </ul>
        </If>
    }
    .into_any()
}

#[component]
fn CorrectionRow(
    room: RoomId,
    id: Memo<Option<MessageId>>,
    mine: bool,
    correction: Correction,
) -> impl IntoView {
    let t = use_t();
    let live = live();
    let toasts = use_toasts();
    let by = correction.author.id;
    let is_own = by == live.my_id();
    let accepted = correction.accepted;
    let part = |part: Part| match part {
        Part::Same(text) => text.into_any(),
        Part::Removed(text) => view! { <del>{text}</del> }.into_any(),
        Part::Added(text) => view! { <ins>{text}</ins> }.into_any(),
    };
    let difference = compare(&correction.original, &correction.text).into_iter().map(part).collect_view();
    let author = correction.author;
    let heading = move || {
        let name = live.newest(&author).nickname;
        match (accepted, is_own) {
            (true, _) => (t.message.corrected_by)(&name),
            (false, true) => t.message.your_correction.to_owned(),
            (false, false) => (t.message.correction_of)(&name),
        }
    };
    let run = move |act: fn(RoomId, MessageId, sapa_model::UserId) -> Asking| {
        let Some(id) = id.get_untracked() else { return };
        spawn_local(async move {
            if let Err(error) = act(room, id, by).await {
                toasts.fault(&error);
            }
        });
    };
    let button = (!accepted && (mine || is_own)).then(|| {
        let (words, act): (_, fn(RoomId, MessageId, sapa_model::UserId) -> Asking) = if mine {
            (t.message.accept_correction, |room, id, by| Box::pin(accept_correction(room, id, by)))
        } else {
            (t.message.take_back, |room, id, _| Box::pin(take_back_correction(room, id)))
        };
        view! {
            <button type="button" on:click=move |_| run(act)>
                {words}
            </button>
        }
    });
    view! {
        <li class:is-accepted=accepted>
            <small>
                <Icon glyph=if accepted { Glyph::Check } else { Glyph::Edit } />
                <bdi>{move || heading()}</bdi>
            </small>
            <span class="correction-text" dir="auto">{difference}</span>
            {button}
        </li>
    }
    .into_any()
}

/// A question to the server that gives the message as it now is.
type Asking = Pin<Box<dyn Future<Output = AppResult<Message>>>>;
