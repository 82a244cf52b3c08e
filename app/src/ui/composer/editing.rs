//! Changing a message that is already sent.

use leptos::prelude::*;
use sapa_model::{Message, MessageBody, MessageId};

use crate::i18n::use_t;
use crate::ui::kit::{Glyph, Icon, IconButton};

/// A message that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    /// Which.
    pub id: MessageId,
    /// What it says so far.
    pub text: String,
}

impl Editing {
    /// Of this message, if it is a text.
    pub fn of(message: &Message) -> Option<Self> {
        match &message.body {
            MessageBody::Text { text, .. } => Some(Self { id: message.id, text: text.clone() }),
            MessageBody::Deleted { .. } | MessageBody::System { .. } => None,
        }
    }
}

/// Above the field: what is being changed, and the way out.
#[component]
pub fn EditingBar(editing: RwSignal<Option<Editing>>) -> impl IntoView {
    let t = use_t();
    move || {
        let before = editing.get()?.text;
        let bar = view! {
            <div class="composer-editing">
                <Icon glyph=Glyph::Edit />
                <p class="cut">
                    <b>{t.message.editing}</b>
                    <bdi>{before}</bdi>
                </p>
                <IconButton
                    glyph=Glyph::Close
                    label=t.common.cancel
                    on_press=move |()| editing.set(None)
                />
            </div>
        };
        Some(bar.into_any())
    }
}
