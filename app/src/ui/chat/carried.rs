//! What a message carries: pictures, films, sound, files, on their way or there.

mod card;
mod local;
mod picture;
mod voice;

use leptos::prelude::*;
use sapa_model::attachment::Media;
use sapa_model::{Attachment, AttachmentId, ClientId};

use crate::i18n::Messages;
use crate::live::{Live, LocalFile};
use crate::ui::kit::Rows;

pub use card::FileCard;
use card::Player;
pub use card::download_path;
use local::LocalTile;
use picture::PictureTile;
pub use picture::fit;
use voice::VoicePlayer;

/// What is shown of a message's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Carried {
    /// None.
    #[default]
    Nothing,
    /// On their way.
    Local(Vec<LocalFile>),
    /// On the server.
    Stored(Vec<Attachment>),
}

impl Carried {
    /// What it is, in words; empty for nothing.
    pub fn words(&self, words: &Messages) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Local(files) => (words.files.files)(files.len() as u64),
            Self::Stored(attachments) => carried_words(words, attachments),
        }
    }
}

/// The files of one message.
#[component]
pub fn CarriedFiles(
    live: Live,
    client_id: StoredValue<ClientId>,
    carried: Memo<Carried>,
    /// A picture was chosen, to be seen large.
    on_picture: Callback<AttachmentId>,
) -> impl IntoView {
    move || match carried.get() {
        Carried::Nothing => None,
        Carried::Local(files) => {
            let is_album = files.len() > 1;
            let tiles = view! {
                <Rows each=move || files.clone() key=|file| file.id let:file>
                    <LocalTile live=live client_id=client_id file=file album=is_album />
                </Rows>
            };
            Some(view! { <div class="carried" class:is-album=is_album>{tiles}</div> }.into_any())
        }
        Carried::Stored(attachments) => {
            let is_picture = |attachment: &&Attachment| matches!(attachment.media, Media::Picture { .. });
            let is_album = attachments.iter().filter(is_picture).count() > 1;
            let tiles = attachments.into_iter().map(|attachment| match &attachment.media {
                Media::Picture { .. } => view! {
                    <PictureTile attachment=attachment album=is_album on_open=on_picture />
                }
                .into_any(),
                Media::Voice(voice) => {
                    let voice = voice.clone();
                    view! { <VoicePlayer attachment=attachment voice=voice /> }.into_any()
                }
                Media::Video | Media::Audio => view! { <Player attachment=attachment /> }.into_any(),
                Media::File => view! { <FileCard attachment=attachment /> }.into_any(),
            });
            Some(
                view! { <div class="carried" class:is-album=is_album>{tiles.collect_view()}</div> }
                    .into_any(),
            )
        }
    }
}

/// What a message carries that has no words of its own.
pub fn carried_words(words: &Messages, attachments: &[Attachment]) -> String {
    let count = attachments.len() as u64;
    let all = |such: fn(&Media) -> bool| attachments.iter().all(|attachment| such(&attachment.media));
    match attachments {
        [one] => match &one.media {
            Media::Picture { .. } => words.files.picture.to_owned(),
            Media::Video => words.files.video.to_owned(),
            Media::Audio => words.files.audio.to_owned(),
            Media::Voice(_) => words.files.voice.to_owned(),
            Media::File => one.name.to_string(),
        },
        _ if all(|media| matches!(media, Media::Picture { .. })) => (words.files.pictures)(count),
        _ => (words.files.files)(count),
    }
}
