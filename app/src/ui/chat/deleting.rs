//! Deleting a message: for whom, and the way back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::{DeleteFor, MessageId, RoomId};

use crate::api::messages::{delete_message, restore_message};
use crate::i18n::use_t;
use crate::ui::kit::{Button, If, Modal, Variant, follow, use_toasts};

/// What the question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deleting {
    /// Which message.
    pub id: MessageId,
    /// Whether the reader may delete it for everyone.
    pub for_everyone: bool,
}

/// Asks for whom, while `of` names a message, and deletes it. For five seconds it can be undone.
#[component]
pub fn DeleteQuestion(room: RoomId, of: RwSignal<Option<Deleting>>) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let open = follow(of);
    let delete = move |whom: DeleteFor| {
        let Some(Deleting { id, .. }) = of.get_untracked() else { return };
        open.set(false);
        let undo = move || {
            spawn_local(async move {
                if let Err(error) = restore_message(room, id).await {
                    toasts.fault(&error);
                }
            });
        };
        spawn_local(async move {
            match delete_message(room, id, whom).await {
                Ok(()) => toasts.undo(t.message.deleted, undo),
                Err(error) => toasts.fault(&error),
            }
        });
    };
    let for_everyone = move || of.get().is_some_and(|deleting| deleting.for_everyone);
    view! {
        <Modal open=open title=t.message.delete_question>
            <p>{move || if for_everyone() { t.message.delete_text } else { t.message.delete_for_me_text }}</p>
            <div class="modal-actions">
                <Button variant=Variant::Plain on_press=move |()| open.set(false)>
                    {t.common.cancel}
                </Button>
                <Button
                    variant=Variant::Soft
                    attr:autofocus=true
                    on_press=move |()| delete(DeleteFor::Me)
                >
                    {t.message.delete_for_me}
                </Button>
                <If when=for_everyone>
                    <Button variant=Variant::Danger on_press=move |()| delete(DeleteFor::Everyone)>
                        {t.message.delete_for_everyone}
                    </Button>
                </If>
            </div>
        </Modal>
    }
    .into_any()
}
