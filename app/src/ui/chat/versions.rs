//! What an edited message said before.

use leptos::prelude::*;
use sapa_model::{MessageId, RoomId};

use super::bubble_text::BubbleText;
use crate::api::messages::message_versions;
use crate::i18n::use_t;
use crate::ui::kit::{Fetched, Modal, Skeleton, SkeletonShape, Time, TimeStyle, follow};

/// The versions, over the page while `of` names a message.
#[component]
pub fn Versions(room: RoomId, of: RwSignal<Option<MessageId>>) -> impl IntoView {
    let t = use_t();
    let open = follow(of);
    view! {
        <Modal open=open title=t.message.versions>
            {move || of.get().map(|message| view! { <List room=room message=message /> })}
        </Modal>
    }
    .into_any()
}

#[component]
fn List(room: RoomId, message: MessageId) -> impl IntoView {
    let t = use_t();
    let versions = Fetched::new(move || message_versions(room, message));
    move || {
        versions.answer.with(|answer| match answer {
            None => view! { <Skeleton rows=2 shape=SkeletonShape::Line /> }.into_any(),
            Some(Err(error)) => view! { <p role="alert">{t.error(error)}</p> }.into_any(),
            Some(Ok(versions)) => {
                let version = |version: &sapa_model::MessageVersion| {
                    view! {
                        <li>
                            <BubbleText text=version.text.clone() />
                            <Time at=Signal::stored(version.written_at) style=TimeStyle::Full />
                        </li>
                    }
                };
                let newest_first = versions.iter().rev().map(version).collect_view();
                view! { <ol class="versions">{newest_first}</ol> }.into_any()
            }
        })
    }
}
