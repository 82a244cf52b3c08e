//! Says so when a session is about to begin to which the user comes.

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
    Effect::new(move || {
        if let Some(Message { body: MessageBody::Text { text, schedule: Some(schedule), .. }, .. }) =
            reminder.get()
        {
            let begins = untrack(|| time(schedule.starts_at, TimeStyle::Clock));
            toasts.say((t.schedule.soon)(&text, &begins));
        }
    });
}
