//! Telling the host of somebody, from wherever they are shown.

use leptos::{ev, prelude::*, task::spawn_local};
use sapa_model::limits::REPORT_NOTE_MAX;
use sapa_model::report::{NewReport, ReportReason};
use sapa_model::{MessageId, RoomId, UserCard};

use crate::api::people::report;
use crate::i18n::use_t;
use crate::lazy::Lazy;
use crate::parts::PanePiece;
use crate::reactive::derive;
use crate::ui::kit::{Area, Button, Choice, FaultLine, Faults, Modal, Switch, Variant, follow, use_toasts};

/// What is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Whom.
    pub user: UserCard,
    /// Which message of theirs, if one.
    pub message: Option<(RoomId, MessageId)>,
}

/// What is about to be reported; set it, and the form opens.
#[derive(Clone, Copy)]
pub struct Reporting(pub RwSignal<Option<Reported>>);

impl Reporting {
    /// From the context; without one, as outside the messenger, it goes nowhere.
    pub fn get() -> Self {
        use_context().unwrap_or_else(|| Self(RwSignal::new(None)))
    }

    /// Opens the form.
    pub fn open(self, user: UserCard, message: Option<(RoomId, MessageId)>) {
        self.0.set(Some(Reported { user, message }));
    }
}

/// The form, over the page while something is about to be reported.
#[component]
pub fn ReportModal(
    /// What is about to be reported.
    reporting: Reporting,
) -> impl IntoView {
    let t = use_t();
    let open = follow(reporting.0);
    let title = derive(move || {
        reporting.0.with(|reported| {
            reported.as_ref().map(|reported| (t.report.title)(&reported.user.nickname)).unwrap_or_default()
        })
    });
    view! {
        <Modal open=open title=title>
            {move || reporting.0.get().map(|reported| view! { <Lazy piece=PanePiece::Report(reported, open) /> })}
        </Modal>
    }
    .into_any()
}

/// The form.
#[component]
pub fn ReportForm(
    /// About whom.
    reported: Reported,
    /// The modal that it is in.
    open: RwSignal<bool>,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let reason = RwSignal::new(ReportReason::Spam);
    let note = RwSignal::new(String::new());
    let block = RwSignal::new(false);
    let faults = Faults::new();
    let busy = RwSignal::new(false);
    let about = if reported.message.is_some() { t.report.about_message } else { t.report.about_person };
    let (user_id, message) = (reported.user.id, reported.message);
    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        faults.clear();
        busy.set(true);
        let new = NewReport {
            user_id,
            message,
            reason: reason.get_untracked(),
            note: note.get_untracked(),
            block: block.get_untracked(),
        };
        spawn_local(async move {
            match report(new).await {
                Ok(()) => {
                    open.set(false);
                    toasts.say(t.report.sent);
                }
                Err(error) => faults.set(error),
            }
            busy.try_set(false);
        });
    };
    let words = |reason| match reason {
        ReportReason::Spam => t.report.spam,
        ReportReason::Abuse => t.report.abuse,
        ReportReason::Harassment => t.report.harassment,
        ReportReason::Impersonation => t.report.impersonation,
        ReportReason::Other => t.report.other,
    };
    view! {
        <form class="group-form report-form" on:submit=send>
            <p class="settings-hint">{about}</p>
            <Choice
                legend=t.report.what
                name="report-reason"
                options=ReportReason::ALL.map(|reason| (reason, words(reason))).to_vec()
                chosen=reason
                on_choose=Callback::new(move |chosen| reason.set(chosen))
            />
            <Area label=t.report.note name="note" value=note fault=faults.on("note") max=REPORT_NOTE_MAX />
            <Switch
                label=t.report.block_too
                hint=t.report.block_hint
                on=block
                on_change=Callback::new(move |on| block.set(on))
            />
            <FaultLine fault=faults.rest(&["note"]) />
            <div class="modal-actions">
                <Button variant=Variant::Danger submit=true busy=busy>
                    {t.report.send}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
