//! The form of one's own profile: what is typed, and its fields.

use leptos::prelude::*;
use sapa_model::limits::{BIO_MAX, NAME_MAX};
use sapa_model::{NewProfile, Profile};

use super::languages::{Languages, LanguagesField};
use crate::i18n::use_t;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Area, Faults, Field, Select, time_zones, use_countries, use_mounted};

/// The fields that show their own mistakes.
pub const FIELDS: &[&str] = &[
    "nickname",
    "firstName",
    "lastName",
    "bio",
    "birthday",
    "phoneNumber",
    "country",
    "timeZone",
    "languages",
];

/// The form's values.
#[derive(Clone, Copy)]
pub struct ProfileForm {
    /// The name to show.
    pub nickname: RwSignal<String>,
    first_name: RwSignal<String>,
    last_name: RwSignal<String>,
    bio: RwSignal<String>,
    birthday: RwSignal<String>,
    phone_number: RwSignal<String>,
    country: RwSignal<String>,
    time_zone: RwSignal<String>,
    languages: Languages,
}

impl ProfileForm {
    /// With what is there already.
    pub fn new(profile: &NewProfile) -> Self {
        let field = |text: &String| RwSignal::new(text.clone());
        Self {
            nickname: field(&profile.nickname),
            first_name: field(&profile.first_name),
            last_name: field(&profile.last_name),
            bio: field(&profile.bio),
            birthday: field(&profile.birthday),
            phone_number: field(&profile.phone_number),
            country: field(&profile.country),
            time_zone: field(&profile.time_zone),
            languages: Languages::new(&profile.languages),
        }
    }

    /// As the server takes it.
    pub fn profile(self) -> NewProfile {
        NewProfile {
            nickname: self.nickname.get_untracked(),
            first_name: self.first_name.get_untracked(),
            last_name: self.last_name.get_untracked(),
            bio: self.bio.get_untracked(),
            birthday: self.birthday.get_untracked(),
            phone_number: self.phone_number.get_untracked(),
            country: self.country.get_untracked(),
            time_zone: self.time_zone.get_untracked(),
            languages: self.languages.get_untracked(),
        }
    }
}

impl From<&Profile> for ProfileForm {
    fn from(profile: &Profile) -> Self {
        Self::new(&profile.to_form())
    }
}

/// All that one need not tell: names, birthday, phone, country, zone and languages.
#[component]
pub fn OptionalFields(form: ProfileForm, faults: Faults) -> impl IntoView {
    let t = use_t();
    let countries = use_countries();
    let mounted = use_mounted();
    let zones = memo(move || {
        let (mut zones, own) = if mounted.get() { time_zones() } else { Default::default() };
        // The reader's own is most likely meant.
        zones.sort_by_key(|zone| own.as_ref() != Some(zone));
        // A browser may not list what it was given.
        let kept = form.time_zone.get_untracked();
        if !kept.is_empty() && !zones.contains(&kept) {
            zones.insert(0, kept);
        }
        zones.into_iter().map(|zone| (zone.clone(), zone.replace('_', " "))).collect::<Vec<_>>()
    });
    view! {
        <div class="account-pair">
            <Field
                label=t.account().first_name
                name="firstName"
                value=form.first_name
                fault=faults.on("firstName")
                autocomplete="given-name"
                maxlength=NAME_MAX * 2
            />
            <Field
                label=t.account().last_name
                name="lastName"
                value=form.last_name
                fault=faults.on("lastName")
                autocomplete="family-name"
                maxlength=NAME_MAX * 2
            />
            <Field
                label=t.account().birthday
                name="birthday"
                kind="date"
                value=form.birthday
                fault=faults.on("birthday")
                autocomplete="bday"
            />
            <Field
                label=t.profile().phone
                name="phoneNumber"
                kind="tel"
                value=form.phone_number
                fault=faults.on("phoneNumber")
                autocomplete="tel"
            />
            <Select
                label=t.account().country
                name="country"
                value=form.country
                options=derive(move || countries.get())
                empty=t.account().no_country
                fault=faults.on("country")
                autocomplete="country"
            />
            <Select
                label=t.profile().time_zone
                name="timeZone"
                value=form.time_zone
                options=derive(move || zones.get())
                empty=t.profile().no_time_zone
                fault=faults.on("timeZone")
            />
        </div>
        <LanguagesField languages=form.languages fault=faults.on("languages") />
    }
    .into_any()
}

/// A few words about oneself.
#[component]
pub fn BioField(form: ProfileForm, faults: Faults) -> impl IntoView {
    let t = use_t();
    view! { <Area label=t.profile().bio name="bio" value=form.bio fault=faults.on("bio") max=BIO_MAX /> }
}
