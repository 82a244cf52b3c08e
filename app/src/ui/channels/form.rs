//! What a channel is set up with: the fields that making and changing one have in common.

use leptos::prelude::*;
use sapa_model::channel::Channel;
use sapa_model::{ChannelSettings, Room, limits};

use crate::i18n::use_t;
use crate::ui::groups::HueChoice;
use crate::ui::kit::{Area, Choice, Faults, Field, If, Switch};

/// The fields that tell of their own faults.
pub const FIELDS: &[&str] = &["name", "handle", "description"];

/// What has been typed.
#[derive(Clone, Copy)]
pub struct Typed {
    name: RwSignal<String>,
    hue: RwSignal<u16>,
    public: RwSignal<bool>,
    handle: RwSignal<String>,
    description: RwSignal<String>,
    comments: RwSignal<bool>,
}

impl Typed {
    /// A new channel: everyone can find it, and comment.
    pub fn new() -> Self {
        Self {
            name: RwSignal::default(),
            hue: RwSignal::new(210),
            public: RwSignal::new(true),
            handle: RwSignal::default(),
            description: RwSignal::default(),
            comments: RwSignal::new(true),
        }
    }

    /// A channel as it is.
    pub fn of(room: &Room) -> Self {
        let private = Channel { handle: None, description: String::new(), comments: false };
        let own = room.channel.clone().unwrap_or(private);
        Self {
            name: RwSignal::new(room.name.clone()),
            hue: RwSignal::new(room.hue),
            public: RwSignal::new(own.handle.is_some()),
            handle: RwSignal::new(own.handle.map(String::from).unwrap_or_default()),
            description: RwSignal::new(own.description),
            comments: RwSignal::new(own.comments),
        }
    }

    /// As it is sent.
    pub fn settings(self) -> ChannelSettings {
        ChannelSettings {
            name: self.name.get_untracked(),
            hue: self.hue.get_untracked(),
            handle: self.public.get_untracked().then(|| self.handle.get_untracked()),
            description: self.description.get_untracked(),
            comments: self.comments.get_untracked(),
        }
    }
}

/// The fields.
#[component]
pub fn ChannelFields(
    typed: Typed,
    faults: Faults,
    /// Of the radio group of colours, unique on the page.
    hue_id: &'static str,
    /// Of the radio group of who finds it, unique on the page.
    public_id: &'static str,
) -> impl IntoView {
    let t = use_t();
    let Typed { name, hue, public, handle, description, comments } = typed;
    view! {
        <HueChoice id=hue_id name hue />
        <Field
            label=t.channels().name
            name="name"
            value=name
            fault=faults.on("name")
            maxlength=limits::GROUP_NAME_MAX
            required=true
        />
        <Area
            label=t.channels().about
            name="description"
            value=description
            fault=faults.on("description")
            max=limits::DESCRIPTION_MAX
        />
        <Choice
            legend=t.channels().who_finds
            name=public_id
            options=vec![(true, t.channels().public), (false, t.channels().private)]
            chosen=public
            on_choose=Callback::new(move |is| public.set(is))
        />
        <If when=move || public.get()>
            <Field
                label=t.channels().handle
                name="handle"
                value=handle
                fault=faults.on("handle")
                hint=t.channels().handle_hint
                autocomplete="username"
                maxlength=limits::HANDLE_MAX + 1
                required=true
            />
        </If>
        <If when=move || !public.get()>
            <p class="channel-hint">{t.channels().private_hint}</p>
        </If>
        <Switch
            label=t.channels().let_comment
            hint=t.channels().let_comment_hint
            on=comments
            on_change=Callback::new(move |on| comments.set(on))
        />
    }
    .into_any()
}
