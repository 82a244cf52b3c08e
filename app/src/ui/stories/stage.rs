//! What is open of stories, and the way from one to the next.

use leptos::prelude::*;
use sapa_model::{Story, StoryId, StoryReel, UserId};

use crate::live::Live;

/// What is open of stories; a handle that can be copied anywhere below the messenger.
#[derive(Clone, Copy, Default)]
pub struct Stage {
    /// The story that is seen now.
    pub showing: RwSignal<Option<Showing>>,
    /// Whether a new one is being made.
    pub composing: RwSignal<bool>,
    /// Whether films are shown without their sound, until the page is left.
    pub silent: RwSignal<bool>,
}

/// A story on the stage, and whose stories come after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Showing {
    /// Whose.
    pub author: UserId,
    /// Which.
    pub story: StoryId,
    /// Authors in the order in which they stood when the first one was opened: seeing them changes that.
    queue: Vec<UserId>,
}

/// A story with its place among those of its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// What is shown.
    pub story: Story,
    /// Its place, from 0.
    pub at: usize,
    /// How many there are.
    pub of: usize,
    /// The user does not care for this author.
    pub muted: bool,
}

/// The stage, from the context.
///
/// # Panics
/// Outside the messenger.
#[allow(clippy::expect_used)]
pub fn use_stage() -> Stage {
    use_context().expect("the messenger provides the stage")
}

impl Stage {
    /// Shows somebody's stories, and after them those that stand beside them in the row.
    pub fn open(self, live: Live, author: UserId) {
        let me = live.my_id();
        let showing = live.reels.with_untracked(|reels| {
            let reel = reels.iter().find(|reel| reel.author.id == author)?;
            let beside = |other: &&StoryReel| {
                other.author.id != me && author != me && !other.muted && !reel.muted
                    || other.author.id == author
            };
            let queue = reels.iter().filter(beside).map(|reel| reel.author.id).collect();
            Some(Showing { author, story: reel.stories.get(reel.start())?.id, queue })
        });
        self.showing.set(showing);
    }

    /// Shows one story, and after it what else its author shows.
    pub fn open_at(self, author: UserId, story: StoryId) {
        self.showing.set(Some(Showing { author, story, queue: vec![author] }));
    }

    /// Puts the stage away.
    pub fn close(self) {
        self.showing.set(None);
    }

    /// What is seen now; none where there is nothing, or no longer. Reactive.
    pub fn scene(self, live: Live) -> Option<Scene> {
        let (author, story) = self.showing.with(|showing| showing.as_ref().map(|s| (s.author, s.story)))?;
        live.reels.with(|reels| {
            let reel = reels.iter().find(|reel| reel.author.id == author)?;
            let at = reel.stories.iter().position(|held| held.id == story)?;
            let story = reel.stories.get(at)?.clone();
            Some(Scene { story, at, of: reel.stories.len(), muted: reel.muted })
        })
    }

    /// Goes to the next story, or puts the stage away after the last; or goes back, as far as there is one.
    pub fn turn(self, live: Live, forward: bool) {
        let Some(showing) = self.showing.get_untracked() else { return };
        let next = live.reels.with_untracked(|reels| next(reels, &showing, forward));
        match next {
            Some((author, story)) => self.showing.set(Some(Showing { author, story, ..showing })),
            None if forward => self.close(),
            None => {}
        }
    }
}

/// The story after this one, or before it; also where it is there no longer.
fn next(reels: &[StoryReel], showing: &Showing, forward: bool) -> Option<(UserId, StoryId)> {
    let reel = |author: UserId| reels.iter().find(|reel| reel.author.id == author);
    // Ids grow with time.
    let mut same = reel(showing.author).into_iter().flat_map(|reel| &reel.stories);
    let beside = if forward {
        same.find(|story| story.id > showing.story)
    } else {
        same.rfind(|story| story.id < showing.story)
    };
    if let Some(story) = beside {
        return Some((showing.author, story.id));
    }
    let at = showing.queue.iter().position(|author| *author == showing.author)?;
    let (before, after) = (showing.queue.get(..at)?, showing.queue.get(at + 1..)?);
    let mut others: Box<dyn Iterator<Item = &UserId>> =
        if forward { Box::new(after.iter()) } else { Box::new(before.iter().rev()) };
    others.find_map(|author| {
        let reel = reel(*author)?;
        Some((*author, reel.stories.get(reel.start())?.id))
    })
}

#[cfg(test)]
mod tests {
    use sapa_model::{StoryContent, Timestamp, UserCard};

    use super::*;

    fn reel(author: i64, stories: &[(i64, bool)]) -> StoryReel {
        let author = UserCard {
            id: UserId(author),
            username: String::new(),
            nickname: String::new(),
            avatar: None,
            revision: 0,
        };
        let story = |(id, seen): &(i64, bool)| Story {
            id: StoryId(*id),
            author: author.clone(),
            content: StoryContent::Text { text: "halo".to_owned(), hue: 0 },
            created_at: Timestamp(0),
            expires_at: Timestamp(1),
            seen: *seen,
            reach: None,
        };
        StoryReel { stories: stories.iter().map(story).collect(), author, muted: false }
    }

    #[test]
    fn one_story_leads_to_the_next_and_one_author_to_another() {
        let reels = [reel(3, &[(5, true), (8, false)]), reel(2, &[(1, false), (4, false)])];
        let from = |author: i64, story: i64, forward: bool| {
            let queue = vec![UserId(2), UserId(9), UserId(3)];
            let showing = Showing { author: UserId(author), story: StoryId(story), queue };
            next(&reels, &showing, forward).map(|(author, story)| (author.0, story.0))
        };
        assert_eq!(from(2, 1, true), Some((2, 4)));
        assert_eq!(from(2, 4, true), Some((3, 8)), "past somebody who shows nothing, to what is new");
        assert_eq!(from(3, 8, true), None);
        assert_eq!(from(3, 8, false), Some((3, 5)));
        assert_eq!(from(3, 5, false), Some((2, 1)));
        assert_eq!(from(2, 1, false), None);
        assert_eq!(from(2, 2, true), Some((2, 4)), "from one that is gone");
    }
}
