//! What there is to know of somebody, in the details of a chat and on their page.

use leptos::prelude::*;
use sapa_model::{Profile, UserId};

use super::LanguageChips;
use crate::api::people::profile;
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Fetched, If, Skeleton, SkeletonShape, use_country, use_day_text, use_zone_clock};

/// Words about themselves, languages, and the rest as pairs. It is loaded anew with each change.
#[component]
pub fn ProfileFacts(user: UserId) -> impl IntoView {
    let live = live();
    let revision = memo(move || live.revision(user));
    let fetched = Fetched::new(move || {
        // Read, not only tracked: a memo that nobody reads does not look.
        let _ = revision.get();
        profile(user)
    });
    let found = memo(move || fetched.answer.with(|answer| answer.as_ref()?.as_ref().ok().cloned()));
    let waiting = memo(move || fetched.answer.with(Option::is_none));
    let bio = memo(move || found.with(|found| found.as_ref().and_then(|found| found.person.bio.clone())));
    let languages = derive(move || {
        found.with(|found| found.as_ref().map(|found| found.person.languages.clone()).unwrap_or_default())
    });
    let facts = use_facts();
    let pairs = move || found.with(|found| found.as_ref().map(facts).unwrap_or_default());
    let pair = |(what, says): (&'static str, String)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd dir="auto">{says}</dd>
            </div>
        }
    };
    view! {
        <div class="facts">
            <If when=move || waiting.get()>
                <Skeleton rows=2 shape=SkeletonShape::Line />
            </If>
            {move || bio.get().map(|bio| view! { <p class="facts-bio" dir="auto">{bio}</p> })}
            <LanguageChips languages=languages />
            <dl>{move || pairs().into_iter().map(pair).collect_view()}</dl>
        </div>
    }
    .into_any()
}

/// A profile as pairs of words, those that are there.
fn use_facts() -> impl Fn(&Profile) -> Vec<(&'static str, String)> + Copy {
    let t = use_t();
    let country = use_country();
    let clock = use_zone_clock();
    let day = use_day_text();
    move |profile| {
        let names = [profile.first_name.as_deref(), profile.last_name.as_deref()];
        let full = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let zone = profile.person.time_zone.as_deref();
        let there = zone.map(|zone| {
            let place = zone.replace('_', " ");
            clock(zone).map_or(place.clone(), |clock| format!("{clock} · {place}"))
        });
        [
            (t.profile().full_name, Some(full).filter(|full| !full.is_empty())),
            (t.profile().local_time, there),
            (t.account().country, profile.person.country.as_deref().map(country)),
            (t.account().birthday, profile.birthday.as_deref().map(day)),
            (t.profile().phone, profile.phone_number.clone()),
        ]
        .into_iter()
        .filter_map(|(what, says)| Some((what, says?)))
        .collect()
    }
}
