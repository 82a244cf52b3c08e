//! Stories: one's own and those of friends, kept true by what the line tells.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::story::{StoryReach, arrange};
use sapa_model::{Story, StoryId, StoryReel, UserId};

use super::Live;
use super::heard::{About, Moment};
use crate::api::stories;
use crate::browser;

/// How long to gather what was heard before asking for more, in milliseconds.
const GATHER_MS: i32 = 150;

/// What the ring round somebody's picture says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    /// They show something that the user has not seen.
    New,
    /// They show something.
    Seen,
}

impl Live {
    /// The ring round somebody's picture; none where they show nothing, or nothing that the user cares for.
    /// Reactive.
    pub fn ring(self, user: UserId) -> Option<Ring> {
        self.reels.with(|reels| {
            let reel = reels.iter().find(|reel| reel.author.id == user && !reel.muted)?;
            Some(if reel.has_new() { Ring::New } else { Ring::Seen })
        })
    }

    /// A story, while it is there. Reactive.
    pub fn story(self, author: UserId, id: StoryId) -> Option<Story> {
        self.reels.with(|reels| {
            let reel = reels.iter().find(|reel| reel.author.id == author)?;
            reel.stories.iter().find(|story| story.id == id).cloned()
        })
    }

    /// The user sees a story: shown so at once, and told to the server.
    pub fn see_story(self, author: UserId, id: StoryId) {
        self.change_story(author, id, |story| story.seen = true);
        spawn_local(async move {
            if let Err(error) = stories::view_story(id).await
                && error.code == sapa_model::ErrorCode::NotFound
            {
                self.drop_story(author, id);
            }
        });
    }

    /// Takes a story that is new or has changed.
    pub fn take_story(self, story: Story) {
        let me = self.my_id();
        let taken = self.reels.try_update(|reels| {
            let reel = reels.iter_mut().find(|reel| reel.author.id == story.author.id)?;
            match reel.stories.binary_search_by_key(&story.id, |held| held.id) {
                Ok(at) => reel.stories[at] = story,
                Err(at) => reel.stories.insert(at, story),
            }
            arrange(reels, me);
            Some(())
        });
        // Whether somebody who shows the first one is muted, only the server knows.
        if taken.flatten().is_none() {
            self.fetch_stories_soon();
        }
    }

    pub(super) fn drop_story(self, author: UserId, id: StoryId) {
        let me = self.my_id();
        self.reels.try_update(|reels| {
            for reel in reels.iter_mut().filter(|reel| reel.author.id == author) {
                reel.stories.retain(|story| story.id != id);
            }
            reels.retain(|reel| !reel.stories.is_empty());
            arrange(reels, me);
        });
    }

    pub(super) fn hear_viewer(self, id: StoryId, viewers: u32) {
        self.change_story(self.my_id(), id, |story| {
            story.reach = story.reach.map(|reach| StoryReach { viewers, ..reach });
        });
    }

    /// The user cares for somebody's stories no more, or again.
    pub fn mute_reel(self, author: UserId, muted: bool) {
        let me = self.my_id();
        self.reels.try_update(|reels| {
            for reel in reels.iter_mut().filter(|reel| reel.author.id == author) {
                reel.muted = muted;
            }
            arrange(reels, me);
        });
    }

    /// Takes all stories, as they were asked for at `since`. Where an event was about them in the meantime,
    /// they are asked for once more.
    pub(super) fn take_reels(self, reels: Vec<StoryReel>, since: Moment) {
        if self.heard_since(About::Stories, since) {
            self.fetch_stories_soon();
        } else {
            self.reels.try_set(reels);
        }
    }

    fn fetch_stories_soon(self) {
        let fetching = self.fetching_stories.try_update_value(|fetching| std::mem::replace(fetching, true));
        if fetching == Some(false) {
            browser::after(GATHER_MS, move || {
                self.fetching_stories.try_set_value(false);
                let since = self.moment();
                spawn_local(async move {
                    if let Ok(reels) = stories::stories().await {
                        self.take_reels(reels, since);
                    }
                });
            });
        }
    }

    fn change_story(self, author: UserId, id: StoryId, change: impl FnOnce(&mut Story)) {
        let me = self.my_id();
        self.reels.try_update(|reels| {
            let reel = reels.iter_mut().find(|reel| reel.author.id == author);
            if let Some(story) = reel.and_then(|reel| reel.stories.iter_mut().find(|story| story.id == id)) {
                change(story);
            }
            arrange(reels, me);
        });
    }
}
