//! What a page asks the server for once it is in the browser.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::AppResult;

/// The last answer to a question; nothing before the first.
pub struct Fetched<T: Send + Sync + 'static> {
    /// The answer. It stays while a newer one is on its way.
    pub answer: RwSignal<Option<AppResult<T>>>,
    turn: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: Send + Sync + 'static> Fetched<T> {
    /// Asks at once, and again whenever a signal changes that `ask` reads before its first `await`.
    /// Call in a component's body.
    pub fn new<F>(ask: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = AppResult<T>> + 'static,
    {
        let fetched = Self { answer: RwSignal::new(None), turn: RwSignal::new(0) };
        let asked = StoredValue::new(0_u32);
        Effect::new(move |_| {
            fetched.turn.track();
            asked.update_value(|asked| *asked += 1);
            let (number, answer) = (asked.get_value(), ask());
            spawn_local(async move {
                let answer = answer.await;
                // The answer to a question that is no longer the last one asked is dropped.
                if asked.try_get_value() == Some(number) {
                    fetched.answer.try_set(Some(answer));
                }
            });
        });
        fetched
    }

    /// Asks again.
    pub fn again(self) {
        self.turn.try_update(|turn| *turn += 1);
    }
}
