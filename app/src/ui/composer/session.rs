//! Proposing a session: when, how long, and what about.

use leptos::prelude::*;
use sapa_model::schedule::NewSchedule;
use sapa_model::{AppError, RoomId, limits};

use crate::api::schedules::propose_session;
use crate::browser;
use crate::i18n::use_t;
use crate::lazy::Lazy;
use crate::parts::PanePiece;
use crate::ui::kit::{Button, FaultLine, Field, Modal, Select, Submission, Variant, from_local, to_local};

const FIELDS: &[&str] = &["topic", "startsAt", "minutes"];
/// Lengths to choose from, in minutes.
const LENGTHS: [u32; 6] = [15, 30, 45, 60, 90, 120];
const HOUR_MS: i64 = 3_600_000;

/// Where a session is proposed.
#[component]
pub fn SessionModal(room: RoomId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_t();
    view! {
        <Modal open=open title=t.schedule.propose>
            <Lazy piece=PanePiece::Session(room, open) />
        </Modal>
    }
    .into_any()
}

/// The form.
#[component]
pub fn SessionForm(
    /// For whom.
    room: RoomId,
    /// The modal that it is in.
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_t();
    let topic = RwSignal::new(String::new());
    // The next full hour but one.
    let now = browser::now();
    let next = sapa_model::Timestamp((now.0.div_euclid(HOUR_MS) + 2) * HOUR_MS);
    let starts = RwSignal::new(to_local(next));
    let minutes = RwSignal::new("60".to_owned());
    let lengths = LENGTHS.map(|length| (length.to_string(), (t.schedule.minutes)(length.into()))).to_vec();
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let client_id = StoredValue::new(browser::new_client_id());
    let send = sending.sends(
        move || {
            let starts_at = starts.with_untracked(|starts| from_local(starts));
            let session = NewSchedule {
                client_id: client_id.get_value(),
                topic: topic.get_untracked(),
                starts_at: starts_at.ok_or_else(|| vec![AppError::invalid("startsAt", "")])?,
                minutes: minutes.with_untracked(|minutes| minutes.parse().unwrap_or_default()),
            };
            Ok(propose_session(room, session))
        },
        move |_| open.set(false),
    );
    view! {
        <form class="group-form" novalidate on:submit=send>
            <Field
                label=t.schedule.topic
                name="topic"
                value=topic
                fault=faults.on("topic")
                maxlength=limits::TOPIC_MAX * 2
                required=true
            />
            <Field
                label=t.schedule.starts
                name="startsAt"
                kind="datetime-local"
                value=starts
                fault=faults.on("startsAt")
                required=true
            />
            <Select
                label=t.schedule.length
                name="minutes"
                value=minutes
                options=Signal::stored(lengths)
                fault=faults.on("minutes")
            />
            <FaultLine fault=faults.rest(FIELDS) />
            <div class="modal-actions">
                <Button variant=Variant::Main submit=true busy=busy>
                    {t.schedule.send}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
