//! Says so when a session is about to begin to which the user comes.

use std::collections::HashSet;

use leptos::prelude::*;
use sapa_model::{Message, MessageBody};

use crate::i18n::use_t;
use crate::live::live;
use crate::ui::kit::{TimeStyle, use_time_text, use_toasts};

/// Shows nothing by itself.
#[component]
pub fn Reminders() -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let time = use_time_text();
    let reminder = live().reminder;
    // Told again at each new connection, said once.
    let said = StoredValue::new(HashSet::new());
    Effect::new(move || {
        let Some(Message { id, body, .. }) = reminder.get() else { return };
        if let MessageBody::Text { text, schedule: Some(schedule), .. } = body
            && said.try_update_value(|said| said.insert(id)) == Some(true)
        {
            let begins = untrack(|| time(schedule.starts_at, TimeStyle::Clock));
            toasts.say((t.schedule.soon)(&text, &begins));
        }
    });
}
