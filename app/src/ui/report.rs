//! Telling the host of somebody, from wherever they are shown.

use leptos::prelude::*;
use sapa_model::UserCard;
use sapa_model::limits::REPORT_NOTE_MAX;
use sapa_model::report::{Evidence, NewReport, ReportReason};

use crate::api::people::report;
use crate::i18n::use_t;
use crate::lazy::Lazy;
use crate::parts::PanePiece;
use crate::reactive::derive;
use crate::ui::kit::{
    Area, Button, Choice, FaultLine, Modal, Submission, Switch, Variant, follow, use_toasts,
};

/// What is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Whom.
    pub user: UserCard,
    /// What of theirs, if something.
    pub evidence: Option<Evidence>,
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
    pub fn open(self, user: UserCard, evidence: Option<Evidence>) {
        self.0.set(Some(Reported { user, evidence }));
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
            reported
                .as_ref()
                .map(|reported| (t.common.report_who)(&reported.user.nickname))
                .unwrap_or_default()
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
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let (user_id, evidence) = (reported.user.id, reported.evidence);
    let about = match evidence {
        None => t.report().about_person,
        Some(Evidence::Message { .. }) => t.report().about_message,
        Some(Evidence::Comment { .. } | Evidence::Story { .. }) => t.report().about_copy,
    };
    let send = sending.sends(
        move || {
            Ok(report(NewReport {
                user_id,
                evidence,
                reason: reason.get_untracked(),
                note: note.get_untracked(),
                block: block.get_untracked(),
            }))
        },
        move |()| {
            open.set(false);
            toasts.say(t.report().sent);
        },
    );
    let words = |reason| match reason {
        ReportReason::Spam => t.report().spam,
        ReportReason::Abuse => t.report().abuse,
        ReportReason::Harassment => t.report().harassment,
        ReportReason::Impersonation => t.report().impersonation,
        ReportReason::Other => t.report().other,
    };
    view! {
        <form class="group-form report-form" on:submit=send>
            <p class="settings-hint">{about}</p>
            <Choice
                legend=t.report().what
                name="report-reason"
                options=ReportReason::ALL.map(|reason| (reason, words(reason))).to_vec()
                chosen=reason
                on_choose=Callback::new(move |chosen| reason.set(chosen))
            />
            <Area label=t.report().note name="note" value=note fault=faults.on("note") max=REPORT_NOTE_MAX />
            <Switch
                label=t.report().block_too
                hint=t.report().block_hint
                on=block
                on_change=Callback::new(move |on| block.set(on))
            />
            <FaultLine fault=faults.rest(&["note"]) />
            <div class="modal-actions">
                <Button variant=Variant::Danger submit=true busy=busy>
                    {t.report().send}
                </Button>
            </div>
        </form>
    }
    .into_any()
}
