//! The parts of the interface that the first page does without. Each is a module of its own
//! (`lazy`), loaded when it is first wanted, or once the page is idle.

#![allow(clippy::unnecessary_wraps, reason = "a door can fail to open, never to draw")]

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::RoomId;
use wasm_split_helpers::wasm_split;

use crate::browser;
use crate::lazy::{Piece, Unloaded};
use crate::place::{Guests, Place};
use crate::ui::account::{ForgotPage, RegisterPage, ResetPage, SignInPage, VerifyPage};
use crate::ui::calls::CallStage;
use crate::ui::channels::{ChannelPage, ChannelsPage, NewChannelPage};
use crate::ui::chat::{FeedContext, FeedOver};
use crate::ui::composer::SessionForm;
use crate::ui::details::DetailsBody;
use crate::ui::groups::{JoinPage, NewGroupPage};
use crate::ui::keys::KeyList;
use crate::ui::notifications::Notifier;
use crate::ui::people::{BlockedPage, ExplorerPage, RequestsPage};
use crate::ui::profile::{PersonPage, ProfilePage};
use crate::ui::report::{ReportForm, Reported};
use crate::ui::settings::SettingsPage;
use crate::ui::stories::{StoryComposer, StoryViewer};
use crate::ui::switcher::Search;

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The pages for strangers, and those of the links in letters.
    Account,
    /// What the messenger shows but for its chats: other pages, and what opens beside and over a chat.
    Panes,
    /// Looking at stories and making them.
    Stories,
    /// Being in a call.
    Calls,
}

impl Part {
    /// What somebody who is signed in may come to want, the likeliest first.
    const OF_MESSENGER: [Self; 3] = [Self::Panes, Self::Stories, Self::Calls];

    /// The part that draws a place, if the first page does not.
    pub fn of(place: &Place) -> Option<Self> {
        match place {
            Place::Chats | Place::Chat(..) => None,
            place if place.guests() == Guests::SignedIn => Some(Self::Panes),
            _ => Some(Self::Account),
        }
    }

    /// Its name, as its door has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Panes => "panes",
            Self::Stories => "stories",
            Self::Calls => "calls",
        }
    }

    /// Loads it, if it is not there. Tries anew after a failure.
    ///
    /// # Errors
    /// Where it cannot be had.
    pub async fn load(self) -> Result<(), Unloaded> {
        match self {
            Self::Account => load_account().await?,
            Self::Panes => load_panes().await?,
            Self::Stories => load_stories().await?,
            Self::Calls => load_calls().await?,
        }
        Ok(())
    }

    /// Loads all of the messenger's, one after another, once the browser has nothing better to do;
    /// not for those who pay for each byte. Whoever wants one that is missing hears of it then.
    pub fn load_when_idle() {
        if browser::saves_data() {
            return;
        }
        browser::when_idle(|| {
            spawn_local(async {
                for part in Self::OF_MESSENGER {
                    if !browser::is_online() || part.load().await.is_err() {
                        return;
                    }
                }
            });
        });
    }
}

/// Declares what a part draws: its door, and the ways there.
macro_rules! piece {
    ($piece:ident, $part:ident, $draw:ident) => {
        impl Piece for $piece {
            const PART: Part = Part::$part;

            async fn draw(self) -> Result<AnyView, Unloaded> {
                $draw(self).await
            }
        }
    };
}

/// A page for strangers.
#[derive(Clone, Debug)]
pub struct AccountPiece(pub Place);
piece!(AccountPiece, Account, draw_account);

#[wasm_split(account, preload(load_account), fallible)]
fn draw_account(AccountPiece(place): AccountPiece) -> Result<AnyView, Unloaded> {
    Ok(match place {
        Place::Register => view! { <RegisterPage /> }.into_any(),
        Place::Verify(token) => view! { <VerifyPage token /> }.into_any(),
        Place::Forgot => view! { <ForgotPage /> }.into_any(),
        Place::Reset(token) => view! { <ResetPage token /> }.into_any(),
        // All others are the messenger's.
        _ => view! { <SignInPage /> }.into_any(),
    })
}

/// What the messenger shows but for its chats.
#[derive(Clone)]
pub enum PanePiece {
    /// A page.
    Page(Place),
    /// The details of a room, beside its chat.
    Details(RoomId),
    /// What lies over a feed.
    OverFeed(FeedContext),
    /// The search of the switcher, which closes what it is in.
    Switcher(RwSignal<bool>),
    /// The form to report somebody, which closes what it is in.
    Report(Reported, RwSignal<bool>),
    /// What the keys do.
    Keys,
    /// What tells of what happens while one looks elsewhere.
    Notifier,
    /// The form to propose a session, which closes what it is in.
    Session(RoomId, RwSignal<bool>),
}
piece!(PanePiece, Panes, draw_pane);

#[wasm_split(panes, preload(load_panes), fallible)]
fn draw_pane(piece: PanePiece) -> Result<AnyView, Unloaded> {
    Ok(match piece {
        PanePiece::Page(place) => page(place),
        PanePiece::Details(room) => view! { <DetailsBody room /> }.into_any(),
        PanePiece::OverFeed(context) => view! { <FeedOver context /> }.into_any(),
        PanePiece::Switcher(open) => view! { <Search open /> }.into_any(),
        PanePiece::Report(reported, open) => view! { <ReportForm reported open /> }.into_any(),
        PanePiece::Keys => view! { <KeyList /> }.into_any(),
        PanePiece::Notifier => view! { <Notifier /> }.into_any(),
        PanePiece::Session(room, open) => view! { <SessionForm room open /> }.into_any(),
    })
}

fn page(place: Place) -> AnyView {
    match place {
        Place::People => view! { <ExplorerPage /> }.into_any(),
        Place::Person(_) => view! { <PersonPage /> }.into_any(),
        Place::Requests => view! { <RequestsPage /> }.into_any(),
        Place::Blocked => view! { <BlockedPage /> }.into_any(),
        Place::Settings => view! { <SettingsPage /> }.into_any(),
        Place::Profile => view! { <ProfilePage /> }.into_any(),
        Place::NewGroup => view! { <NewGroupPage /> }.into_any(),
        Place::Channels => view! { <ChannelsPage /> }.into_any(),
        Place::Channel(handle) => view! { <ChannelPage handle /> }.into_any(),
        Place::NewChannel => view! { <NewChannelPage /> }.into_any(),
        Place::Join(token) => view! { <JoinPage token /> }.into_any(),
        // Drawn elsewhere.
        _ => ().into_any(),
    }
}

/// What is open of stories.
#[derive(Clone, Copy, Debug)]
pub enum StoryPiece {
    /// The viewer, over the whole page.
    Viewer,
    /// What a new one is made with, which closes what it is in.
    Composer(RwSignal<bool>),
}
piece!(StoryPiece, Stories, draw_stories);

#[wasm_split(stories, preload(load_stories), fallible)]
fn draw_stories(piece: StoryPiece) -> Result<AnyView, Unloaded> {
    Ok(match piece {
        StoryPiece::Viewer => view! { <StoryViewer /> }.into_any(),
        StoryPiece::Composer(open) => view! { <StoryComposer open /> }.into_any(),
    })
}

/// The call that this page is in.
#[derive(Clone, Copy, Debug)]
pub struct CallPiece;
piece!(CallPiece, Calls, draw_call);

#[wasm_split(calls, preload(load_calls), fallible)]
fn draw_call(CallPiece: CallPiece) -> Result<AnyView, Unloaded> {
    Ok(view! { <CallStage /> }.into_any())
}
