//! A proposed session, below its topic: when, who comes, and the reader's answer.

use std::future::Future;
use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};
use sapa_model::schedule::Schedule;
use sapa_model::{AppResult, Message, ScheduleId};

use crate::api::schedules::{answer_session, cancel_session};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Glyph, Icon, If, TimeStyle, use_now, use_time_text, use_toasts};

/// A question to the server that gives the message as it now is.
type Asking = Pin<Box<dyn Future<Output = AppResult<Message>>>>;

/// The card of a session.
#[component]
pub fn SessionCard(
    schedule: Memo<Option<Schedule>>,
    /// The reader has proposed it.
    mine: bool,
) -> impl IntoView {
    move || {
        let id = schedule.with(|schedule| schedule.as_ref().map(|schedule| schedule.id))?;
        Some(view! { <Card id=id schedule=schedule mine=mine /> }.into_any())
    }
}

#[component]
fn Card(id: ScheduleId, schedule: Memo<Option<Schedule>>, mine: bool) -> impl IntoView {
    let t = use_t();
    let live = live();
    let me = live.my_id();
    let toasts = use_toasts();
    let time = use_time_text();
    let now = use_now();
    let when = move || {
        schedule.with(|schedule| {
            schedule.as_ref().map(|schedule| {
                let minutes = (t.schedule.minutes)(schedule.minutes.into());
                format!("{} · {minutes}", time(schedule.starts_at, TimeStyle::Full))
            })
        })
    };
    let state = memo(move || {
        schedule.with(|schedule| {
            let schedule = schedule.as_ref()?;
            let ends_at = schedule.starts_at.0 + i64::from(schedule.minutes) * 60_000;
            match now.get() {
                _ if schedule.cancelled => Some(t.schedule.cancelled),
                Some(now) if now.0 >= ends_at => Some(t.schedule.over),
                _ => None,
            }
        })
    });
    let own = memo(move || {
        schedule.with(|schedule| {
            let answers = &schedule.as_ref()?.answers;
            answers.iter().find(|answer| answer.user.id == me).map(|answer| answer.accepts)
        })
    });
    let who = move |accepts: bool| {
        schedule.with(|schedule| {
            let answers = schedule.as_ref().map(|schedule| schedule.answers.as_slice()).unwrap_or_default();
            let names = answers.iter().filter(|answer| answer.accepts == accepts);
            names.map(|answer| live.newest(&answer.user).nickname).collect::<Vec<_>>().join(", ")
        })
    };
    let line = move |accepts: bool, words: fn(&str) -> String| {
        let names = who(accepts);
        (!names.is_empty()).then(|| view! { <p dir="auto">{words(&names)}</p> })
    };
    let run = move |asking: Asking| {
        spawn_local(async move {
            if let Err(error) = asking.await {
                toasts.fault(&error);
            }
        });
    };
    let answer = move |accepts: bool, words: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (own.get() == Some(accepts)).to_string()
                on:click=move |_| run(Box::pin(answer_session(id, accepts)))
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="session" class:is-off=move || state.get().is_some()>
            <p class="session-when">
                <Icon glyph=Glyph::Calendar />
                <span>{move || when()}</span>
            </p>
            {move || state.get().map(|words| view! { <p class="session-state">{words}</p> })}
            {move || line(true, t.schedule.comes)}
            {move || line(false, t.schedule.stays)}
            <If when=move || state.get().is_none()>
                <div class="session-acts" role="group" aria-label=t.schedule.session>
                    {answer(true, t.schedule.accept)}
                    {answer(false, t.schedule.decline)}
                    <a href=format!("/schedules/{id}.ics") download rel="external">{t.schedule.calendar}</a>
                    <If when=derive(move || mine)>
                        <button type="button" on:click=move |_| run(Box::pin(cancel_session(id)))>
                            {t.schedule.cancel}
                        </button>
                    </If>
                </div>
            </If>
        </div>
    }
    .into_any()
}
