//! Choosing a picture of oneself or of a group: it is changed the moment it is chosen.

use leptos::web_sys::{Blob, File, Url};
use leptos::{ev, html, prelude::*, task::spawn_local};
use sapa_model::{AppError, AppResult, Room, RoomId, UserCard};
use serde::de::DeserializeOwned;

use super::crop::{Crop, Square};
use crate::api::account::remove_avatar;
use crate::api::groups::remove_group_avatar;
use crate::browser::{Upload, cut_out};
use crate::i18n::use_t;
use crate::live::{Live, live};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, AvatarSize, Button, Face, FaultLine, Glyph, If, Variant};

/// Side of what is cut out and sent, in pixels: the large variant on a dense screen.
const SIDE: u32 = 512;

/// Whose picture it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The user's own.
    Me,
    /// A group's.
    Group(RoomId),
}

impl Whose {
    fn address(self) -> String {
        match self {
            Self::Me => "/avatar".to_owned(),
            Self::Group(room) => format!("/avatar/{room}"),
        }
    }

    /// Takes what the server answers; the line will tell the same.
    fn take(self, live: Live, answer: &str) -> AppResult<()> {
        fn read<T: DeserializeOwned>(answer: &str) -> AppResult<T> {
            serde_json::from_slice(answer.as_bytes()).map_err(|_| AppError::internal())
        }
        match self {
            Self::Me => live.take_card(&read::<UserCard>(answer)?),
            Self::Group(_) => live.take_room(read::<Room>(answer)?),
        }
        Ok(())
    }
}

/// How far a change has come.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Still,
    Going(f64),
    Done,
    Failed(AppError),
}

/// What the body of the modal works with.
#[derive(Clone, Copy)]
struct Change {
    whose: Whose,
    live: Live,
    state: RwSignal<State>,
    upload: StoredValue<Option<Upload>>,
}

impl Change {
    fn send(self, file: &Blob) {
        self.state.set(State::Going(0.0));
        let progress = move |part| {
            self.state.try_set(State::Going(part));
        };
        let end = move |answer: AppResult<String>| {
            let state = match answer.and_then(|answer| self.whose.take(self.live, &answer)) {
                Ok(()) => State::Done,
                Err(error) => State::Failed(error),
            };
            self.state.try_set(state);
        };
        // One that is still on its way is overtaken.
        self.upload.set_value(None);
        self.upload.set_value(Upload::start(&self.whose.address(), file, progress, end));
    }

    fn remove(self) {
        self.upload.set_value(None);
        self.state.set(State::Going(1.0));
        spawn_local(async move {
            let removed = match self.whose {
                Whose::Me => remove_avatar().await.map(|card| self.live.take_card(&card)),
                Whose::Group(room) => remove_group_avatar(room).await.map(|room| self.live.take_room(room)),
            };
            self.state.try_set(match removed {
                Ok(()) => State::Done,
                Err(error) => State::Failed(error),
            });
        });
    }
}

/// The body of the modal: the picture as it is, choosing another, cutting it, taking it away.
#[component]
pub fn AvatarEditor(whose: Whose, face: Signal<Face>) -> impl IntoView {
    let t = use_t();
    let change =
        Change { whose, live: live(), state: RwSignal::new(State::Still), upload: StoredValue::new(None) };
    let chosen = RwSignal::new(None::<String>);
    let kind = StoredValue::new(String::new());
    let release = move || {
        if let Some(address) = chosen.try_get_untracked().flatten() {
            Url::revoke_object_url(&address).ok();
        }
    };
    on_cleanup(release);
    let input = NodeRef::<html::Input>::new();
    let picture = NodeRef::<html::Img>::new();
    let choose = move |_: ev::Event| {
        let Some(field) = input.get_untracked() else { return };
        let file: Option<File> = field.files().and_then(|files| files.get(0));
        field.set_value("");
        let Some(file) = file else { return };
        release();
        kind.set_value(file.type_());
        chosen.set(Url::create_object_url_with_blob(&file).ok());
        change.send(&file);
    };
    let cut = Callback::new(move |square: Square| {
        let Some(picture) = picture.get_untracked() else { return };
        // What may shine through stays so.
        let kind = if kind.with_value(|kind| kind == "image/jpeg") { "image/jpeg" } else { "image/png" };
        let then = move |cut: Option<Blob>| {
            if let Some(cut) = cut {
                change.send(&cut);
            }
        };
        cut_out(&picture, (square.x, square.y, square.side), SIDE, kind, then);
    });
    let state = change.state;
    let fault = derive(move || match state.get() {
        State::Failed(error) => Some(t.error(&error)),
        _ => None,
    });
    let busy = memo(move || matches!(state.get(), State::Going(_)));
    let status = move || match state.get() {
        State::Going(_) => t.profile().uploading,
        State::Done => t.profile().changed,
        State::Still | State::Failed(_) => "",
    };
    let part = move || match state.get() {
        State::Going(part) => Some(part.to_string()),
        _ => None,
    };
    let has_picture = memo(move || face.with(|face| face.avatar.is_some()));
    let open_files = move |()| {
        if let Some(field) = input.get_untracked() {
            field.click();
        }
    };
    let forget = move |()| {
        release();
        chosen.set(None);
        change.remove();
    };
    view! {
        <div class="avatar-editor">
            {move || match chosen.get() {
                Some(address) => view! { <Crop address picture on_change=cut /> }.into_any(),
                None => view! { <Avatar face=face size=AvatarSize::Xl /> }.into_any(),
            }}
            <div class="avatar-state">
                {move || part().map(|part| view! { <progress max="1" value=part aria-label=t.profile().uploading></progress> })}
                <p role="status">{move || status()}</p>
            </div>
            <FaultLine fault=fault />
            <input
                node_ref=input
                class="unseen"
                type="file"
                tabindex="-1"
                aria-label=t.profile().choose_picture
                accept="image/jpeg,image/png,image/gif,image/webp"
                on:change=choose
            />
            <p class="settings-hint">{t.profile().picture_hint}</p>
            <div class="modal-actions">
                <If when=move || has_picture.get()>
                    <Button variant=Variant::Danger glyph=Glyph::Trash busy=busy on_press=forget>
                        {t.profile().remove_picture}
                    </Button>
                </If>
                <Button variant=Variant::Main glyph=Glyph::Camera on_press=open_files>
                    {move || if has_picture.get() { t.profile().another_picture } else { t.profile().choose_picture }}
                </Button>
            </div>
        </div>
    }
    .into_any()
}
