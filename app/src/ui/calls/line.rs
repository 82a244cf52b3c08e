//! What is left of a call in a chat.

use leptos::prelude::*;
use sapa_model::call::{CallLine, CallMedia, CallOutcome};
use sapa_model::{MessageBody, RoomKind};

use super::buttons::may_call;
use crate::i18n::{Messages, use_t};
use crate::live::live;
use crate::live::log::Row;
use crate::reactive::memo;
use crate::ui::chat::FeedContext;
use crate::ui::kit::{Glyph, Icon, If, Time, TimeStyle, use_time_text};

/// A call in words, for who has rung (`mine`) or was rung.
pub fn call_words(words: &Messages, line: CallLine, mine: bool) -> String {
    let t = &words.calls;
    let (kind, missed) = match line.media {
        CallMedia::Audio => (t.call_audio, t.missed_audio),
        CallMedia::Video => (t.call_video, t.missed_video),
    };
    let ended = match line.outcome {
        CallOutcome::Answered => {
            return length(words, line.seconds).map_or_else(|| kind.to_owned(), |l| format!("{kind} · {l}"));
        }
        CallOutcome::Missed | CallOutcome::Busy if !mine => return missed.to_owned(),
        CallOutcome::Missed => t.no_answer,
        CallOutcome::Busy => t.was_busy,
        CallOutcome::Declined => t.was_declined,
    };
    format!("{kind} · {ended}")
}

/// How long people spoke.
fn length(words: &Messages, seconds: Option<u32>) -> Option<String> {
    let seconds = seconds?;
    if seconds < 60 {
        return Some((words.calls.seconds)(seconds.into()));
    }
    Some(clock(seconds.into()))
}

/// `3:07`, `1:02:09`.
pub fn clock(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A call's line in the feed.
#[component]
pub fn CallRow(context: FeedContext, row: ArcRwSignal<Option<Row>>, told: CallLine) -> impl IntoView {
    let t = use_t();
    let live = live();
    let Some((id, author, at)) = row.with_untracked(|row| match row {
        Some(Row::Sent(message)) => Some((message.id, message.author.id, message.created_at)),
        _ => None,
    }) else {
        return ().into_any();
    };
    let mine = context.me.with_value(|me| me.id == author);
    let missed = !mine && told.outcome.is_missed();
    let hidden = move || {
        !row.with(
            |row| matches!(row, Some(Row::Sent(message)) if matches!(message.body, MessageBody::Call(_))),
        )
    };
    // Who can be called back is who can be called.
    let may_call = memo(move || {
        let dialog = context.dialog.read();
        let idle = live.calls().mine.with(Option::is_none);
        idle && dialog.room.kind == RoomKind::Direct && may_call(live, &dialog)
    });
    let again = move |_| {
        let room = context.dialog.with_untracked(|dialog| dialog.room.id);
        live.call(room, told.media);
    };
    let time = use_time_text();
    let glyph = if told.media == CallMedia::Video { Glyph::Video } else { Glyph::Phone };
    view! {
        <div
            class="feed-call"
            class:is-missed=missed
            role="article"
            tabindex="-1"
            aria-label=move || format!("{}, {}", call_words(t, told, mine), time(at, TimeStyle::Clock))
            data-message=id.to_string()
            hidden=hidden
        >
            <Icon glyph=glyph />
            <span>{call_words(t, told, mine)}</span>
            <Time at=at style=TimeStyle::Clock />
            <If when=move || may_call.get()>
                <button type="button" class="word-button" on:click=again>
                    {t.calls.back}
                </button>
            </If>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn a_call_is_told_to_each_in_their_way() {
        let words = Language::English.messages();
        let line = |outcome, seconds| CallLine { media: CallMedia::Video, outcome, seconds };
        let said = |line, mine| call_words(words, line, mine);
        assert_eq!(said(line(CallOutcome::Answered, Some(187)), true), "Video call · 3:07");
        assert_eq!(said(line(CallOutcome::Answered, Some(1)), true), "Video call · 1 second");
        assert_eq!(said(line(CallOutcome::Answered, None), false), "Video call");
        assert_eq!(said(line(CallOutcome::Missed, None), false), "Missed video call");
        assert_eq!(said(line(CallOutcome::Missed, None), true), "Video call · No answer");
        assert_eq!(said(line(CallOutcome::Declined, None), false), "Video call · Declined");
        assert_eq!(clock(3_729), "1:02:09");
    }
}
