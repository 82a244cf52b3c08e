//! Changing a message that is already sent, or correcting somebody else's.

use leptos::prelude::*;
use sapa_model::{Message, MessageBody, MessageId};

use crate::i18n::use_t;
use crate::ui::kit::{Glyph, Icon, IconButton};

/// What becomes of the new text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It takes the place of an own one.
    Edit,
    /// It is shown to whoever wrote the old one.
    Correct,
}

/// A message that is being changed or corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    /// What for.
    pub purpose: Purpose,
    /// Which.
    pub id: MessageId,
    /// What it says so far.
    pub text: String,
}

impl Editing {
    /// Of this message, if it is a text.
    pub fn of(message: &Message) -> Option<Self> {
        match &message.body {
            MessageBody::Text { text, .. } => {
                Some(Self { purpose: Purpose::Edit, id: message.id, text: text.clone() })
            }
            MessageBody::Deleted { .. } | MessageBody::System { .. } | MessageBody::Call(_) => None,
        }
    }
}

/// Above the field: what is being changed, and the way out.
#[component]
pub fn EditingBar(editing: RwSignal<Option<Editing>>) -> impl IntoView {
    let t = use_t();
    move || {
        let Editing { purpose, text: before, .. } = editing.get()?;
        let title = if purpose == Purpose::Edit { t.message.editing } else { t.message.correcting };
        let bar = view! {
            <div class="composer-editing">
                <Icon glyph=Glyph::Edit />
                <p class="cut">
                    <b>{title}</b>
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
