//! The page of one's own profile.

use leptos::prelude::*;
use sapa_model::Profile;
use sapa_model::limits::NAME_MAX;

use super::form::{BioField, FIELDS, OptionalFields, ProfileForm};
use super::{AvatarEditor, Whose};
use crate::api::{account::update_profile, people::profile};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::derive;
use crate::ui::kit::{
    Art, Avatar, AvatarSize, Button, Empty, Face, FaultLine, Fetched, Field, Glyph, Modal, PaneHead,
    Skeleton, SkeletonShape, Submission, Variant, use_toasts,
};

/// What others see of the user, to change it.
#[component]
pub fn ProfilePage() -> impl IntoView {
    let t = use_t();
    let me = live().my_id();
    let found = Fetched::new(move || profile(me));
    view! {
        <section class="page" aria-label=t.places.profile>
            <PaneHead title=t.places.profile sub=t.profile().own_sub />
            <div class="pane-body settings">
                <OwnAvatar />
                {move || match found.answer.get() {
                    None => view! { <Skeleton rows=4 shape=SkeletonShape::Line /> }.into_any(),
                    Some(Ok(profile)) => view! { <Form profile /> }.into_any(),
                    Some(Err(error)) => view! { <Empty art=Art::Lost title=t.error(&error) /> }.into_any(),
                }}
            </div>
        </section>
    }
}

#[component]
fn OwnAvatar() -> impl IntoView {
    let t = use_t();
    let me = live().me;
    let open = RwSignal::new(false);
    let face = derive(move || me.with(|me| Face::from(&me.user)));
    view! {
        <div class="settings-who">
            <Avatar face=face size=AvatarSize::Xl />
            <div>
                <p class="settings-name" dir="auto">{move || me.with(|me| me.user.nickname.clone())}</p>
                <Button variant=Variant::Soft glyph=Glyph::Camera on_press=move |()| open.set(true)>
                    {t.profile().change_picture}
                </Button>
            </div>
        </div>
        <Modal open=open title=t.profile().picture>
            <AvatarEditor whose=Whose::Me face=face />
        </Modal>
    }
}

#[component]
fn Form(profile: Profile) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let live = live();
    let form = ProfileForm::from(&profile);
    let sending = Submission::new();
    let Submission { faults, busy } = sending;
    let save = sending.sends(
        move || Ok(update_profile(form.profile())),
        move |profile| {
            live.take_card(&profile.person.user);
            live.me.try_update(|me| me.languages = profile.person.languages);
            toasts.say(t.settings().saved);
        },
    );
    view! {
        <form class="account-form settings-group" method="post" novalidate on:submit=save>
            <Field
                label=t.account().nickname
                name="nickname"
                value=form.nickname
                fault=faults.on("nickname")
                autocomplete="nickname"
                maxlength=NAME_MAX * 2
                required=true
            />
            <BioField form faults />
            <OptionalFields form faults />
            <p class="settings-hint">{t.profile().languages_hint}</p>
            <FaultLine fault=faults.rest(FIELDS) />
            <Button submit=true variant=Variant::Main busy=busy>
                {t.common.save}
            </Button>
        </form>
    }
    .into_any()
}
