//! The choice of who may see a story.

use std::collections::BTreeSet;

use leptos::prelude::*;
use sapa_model::story::AudienceKind;
use sapa_model::{StoryAudience, UserId};

use crate::i18n::use_t;
use crate::ui::groups::FriendPicker;
use crate::ui::kit::{Choice, If};

/// What is chosen so far.
#[derive(Clone, Copy)]
pub struct AudienceChoice {
    kind: RwSignal<AudienceKind>,
    people: RwSignal<BTreeSet<UserId>>,
}

impl AudienceChoice {
    /// All friends.
    pub fn new() -> Self {
        Self { kind: RwSignal::new(AudienceKind::default()), people: RwSignal::new(BTreeSet::new()) }
    }

    /// Takes over what was chosen before.
    pub fn take(self, audience: &StoryAudience) {
        self.kind.try_set(audience.kind());
        self.people.try_set(audience.people().iter().copied().collect());
    }

    /// The audience; none while nobody at all is chosen. Reactive.
    pub fn audience(self) -> Option<StoryAudience> {
        let people: Vec<_> = self.people.get().into_iter().collect();
        let audience = StoryAudience::of(self.kind.get(), people);
        (audience.kind() != AudienceKind::Only || !audience.people().is_empty()).then_some(audience)
    }
}

/// All friends, some, or all but some, who are then picked.
#[component]
pub fn AudienceFields(
    choice: AudienceChoice,
    legend: &'static str,
    /// Of the radio buttons; unique on the page.
    name: &'static str,
) -> impl IntoView {
    let t = use_t();
    let AudienceChoice { kind, people } = choice;
    let count = move || (t.stories.chosen)(people.read().len() as u64);
    view! {
        <Choice
            legend=legend
            name=name
            options=vec![
                (AudienceKind::Friends, t.stories.all_friends),
                (AudienceKind::Only, t.stories.only_some),
                (AudienceKind::Except, t.stories.all_but),
            ]
            chosen=kind
            on_choose=Callback::new(move |chosen| kind.set(chosen))
        />
        <If when=move || kind.get() != AudienceKind::Friends>
            <div class="story-people">
                <FriendPicker chosen=people />
                <p class="settings-hint" role="status">
                    {move || if choice.audience().is_none() { t.stories.choose_somebody.to_owned() } else { count() }}
                </p>
            </div>
        </If>
    }
    .into_any()
}
