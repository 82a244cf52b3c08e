//! Sending a form: once at a time, and what is wrong beside its field.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::AppError;

use super::Faults;

/// How the sending of one form stands.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    /// What is wrong with what was typed.
    pub faults: Faults,
    /// It is on its way.
    pub busy: RwSignal<bool>,
}

impl Default for Submission {
    fn default() -> Self {
        Self::new()
    }
}

impl Submission {
    /// Nothing has been sent yet.
    pub fn new() -> Self {
        Self { faults: Faults::new(), busy: RwSignal::new(false) }
    }

    /// For the form's `on:submit`. `fill` gives what is to be sent, or what is wrong with it before it goes;
    /// `then` gets the answer. What is wrong is shown, and the focus goes there.
    pub fn sends<Answer, Sent>(
        self,
        fill: impl Fn() -> Result<Sent, Vec<AppError>> + Copy + 'static,
        then: impl Fn(Answer) + Copy + 'static,
    ) -> impl Fn(SubmitEvent) + Copy + 'static
    where
        Sent: Future<Output = Result<Answer, AppError>> + 'static,
        Answer: 'static,
    {
        move |event| {
            event.prevent_default();
            if self.busy.get_untracked() {
                return;
            }
            self.faults.clear();
            let sent = match fill() {
                Ok(sent) => sent,
                Err(wrong) => return self.refuse(wrong),
            };
            self.busy.set(true);
            spawn_local(async move {
                match sent.await {
                    Ok(answer) => then(answer),
                    Err(error) => self.refuse(vec![error]),
                }
                self.busy.try_set(false);
            });
        }
    }

    fn refuse(self, wrong: Vec<AppError>) {
        self.faults.set_all(wrong);
        self.faults.focus_first();
    }
}
