//! Stories: what somebody shows their friends for a day.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::attachment::{Attachment, Media};
use crate::ids::{AttachmentId, ClientId, StoryId, UserId};
use crate::people::UserCard;
use crate::time::Timestamp;

/// A story as the asker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Story {
    /// Which.
    pub id: StoryId,
    /// Whose.
    pub author: UserCard,
    /// What it shows.
    pub content: StoryContent,
    /// When it was posted.
    pub created_at: Timestamp,
    /// When it is gone, for everyone: [`crate::limits::STORY_LIFE_MS`] later.
    pub expires_at: Timestamp,
    /// The asker has seen it; one's own counts as seen.
    pub seen: bool,
    /// How far it reaches; for its author alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<StoryReach>,
}

/// What a story shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum StoryContent {
    /// A text on a colour.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Text {
        /// See [`crate::text::StoryText`].
        text: String,
        /// The colour, as a hue of 0 to 359 degrees.
        hue: u16,
    },
    /// A picture or a film.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Media {
        /// The file.
        attachment: Attachment,
        /// A few words with it; may be empty.
        caption: String,
    },
}

impl StoryContent {
    /// What kind of story it is.
    pub fn kind(&self) -> StoryKind {
        match self {
            Self::Text { .. } => StoryKind::Text,
            Self::Media { attachment, .. } => match attachment.media {
                Media::Picture { .. } => StoryKind::Picture,
                _ => StoryKind::Video,
            },
        }
    }

    /// What it says in words; empty where it says nothing.
    pub fn words(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            Self::Media { caption, .. } => caption,
        }
    }
}

/// What a story is, without what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StoryKind {
    /// A text on a colour.
    Text,
    /// A picture.
    Picture,
    /// A film.
    Video,
}

/// How far a story reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoryReach {
    /// Whom it was posted for.
    pub audience: AudienceKind,
    /// How many have seen it.
    pub viewers: u32,
}

/// Which of the author's friends may see a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AudienceKind {
    /// All.
    #[default]
    Friends,
    /// Those who are named.
    Only,
    /// All but those who are named.
    Except,
}

/// Which of the author's friends may see a story, by name. Whoever is no friend never may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StoryAudience {
    /// All.
    #[default]
    Friends,
    /// These; from one to [`crate::limits::STORY_AUDIENCE_MAX`].
    Only(Vec<UserId>),
    /// All but these; at most as many.
    Except(Vec<UserId>),
}

impl StoryAudience {
    /// Of this kind, with these people.
    pub fn of(kind: AudienceKind, people: Vec<UserId>) -> Self {
        match kind {
            AudienceKind::Friends => Self::Friends,
            AudienceKind::Only => Self::Only(people),
            AudienceKind::Except => Self::Except(people),
        }
    }

    /// Of which kind it is.
    pub fn kind(&self) -> AudienceKind {
        match self {
            Self::Friends => AudienceKind::Friends,
            Self::Only(_) => AudienceKind::Only,
            Self::Except(_) => AudienceKind::Except,
        }
    }

    /// Who is named.
    pub fn people(&self) -> &[UserId] {
        match self {
            Self::Friends => &[],
            Self::Only(people) | Self::Except(people) => people,
        }
    }
}

/// A story about to be posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewStory {
    /// The author's own name for it; the same again posts nothing new.
    pub client_id: ClientId,
    /// What it shows.
    pub content: NewStoryContent,
    /// Who may see it; from then on also the setting. None for what the setting says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<StoryAudience>,
}

/// What a story shall show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum NewStoryContent {
    /// A text on a colour.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Text {
        /// At most [`crate::limits::STORY_TEXT_MAX`] characters.
        text: String,
        /// 0 to 359.
        hue: u16,
    },
    /// A picture or a film.
    #[cfg_attr(feature = "schema", schema(rename_all = "camelCase"))]
    Media {
        /// Uploaded before, and not sent.
        attachment_id: AttachmentId,
        /// At most [`crate::limits::STORY_CAPTION_MAX`] characters; may be empty.
        #[serde(default)]
        caption: String,
    },
}

/// All stories of one author that the asker may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoryReel {
    /// Whose.
    pub author: UserCard,
    /// The oldest first; never empty.
    pub stories: Vec<Story>,
    /// The asker does not care for them: no ring, and the last place.
    pub muted: bool,
}

impl StoryReel {
    /// Whether there is something new in it.
    pub fn has_new(&self) -> bool {
        self.stories.iter().any(|story| !story.seen)
    }

    /// Where to begin: at the first story that is new, else at the start.
    pub fn start(&self) -> usize {
        self.stories.iter().position(|story| !story.seen).unwrap_or(0)
    }

    fn place(&self, me: UserId) -> impl Ord + use<> {
        let newest = self.stories.last().map(|story| (story.created_at, story.id));
        (self.author.id != me, self.muted, !self.has_new(), Reverse(newest))
    }
}

/// Puts reels in the order to show them: one's own, then those with something new, the muted ones last; of
/// equals the newest first.
pub fn arrange(reels: &mut [StoryReel], me: UserId) {
    reels.sort_by_cached_key(|reel| reel.place(me));
}

/// Somebody who has seen a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoryViewer {
    /// Who.
    pub user: UserCard,
    /// When, for the first time.
    pub seen_at: Timestamp,
}

/// A page of those who have seen a story.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoryViewers {
    /// At most [`crate::limits::STORY_VIEWERS_PAGE`], the latest first.
    pub viewers: Vec<StoryViewer>,
    /// Whether more follow; ask for them with the last one's id.
    pub more: bool,
}

/// What somebody has settled about stories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StorySettings {
    /// Who may see the next one.
    pub audience: StoryAudience,
    /// Whose stories they do not care for.
    pub muted: Vec<UserCard>,
}

/// The story that a message answers: what it was, and nothing of what it showed. It outlives the story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StoryRef {
    /// Which; once it is gone nothing is found under it.
    pub story_id: StoryId,
    /// Whose.
    pub author_id: UserId,
    /// What it was.
    pub kind: StoryKind,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reel(author: i64, muted: bool, stories: &[(i64, bool)]) -> StoryReel {
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
            created_at: Timestamp(*id),
            expires_at: Timestamp(*id + 1),
            seen: *seen,
            reach: None,
        };
        StoryReel { stories: stories.iter().map(story).collect(), author, muted }
    }

    #[test]
    fn reels_stand_in_the_order_of_their_news() {
        let mut reels = vec![
            reel(2, true, &[(9, false)]),
            reel(3, false, &[(8, true)]),
            reel(4, false, &[(1, true), (2, false)]),
            reel(5, false, &[(3, false), (4, false)]),
            reel(1, false, &[(1, true)]),
        ];
        arrange(&mut reels, UserId(1));
        let authors: Vec<i64> = reels.iter().map(|reel| reel.author.id.0).collect();
        assert_eq!(authors, [1, 5, 4, 3, 2]);
        assert_eq!(reels.iter().map(StoryReel::start).collect::<Vec<_>>(), [0, 0, 1, 0, 0]);
    }

    #[test]
    fn audiences_are_spelled_as_documented() {
        for (audience, json) in [
            (StoryAudience::Friends, r#""friends""#),
            (StoryAudience::Only(vec![UserId(3)]), r#"{"only":[3]}"#),
            (StoryAudience::Except(vec![]), r#"{"except":[]}"#),
        ] {
            assert_eq!(serde_json::to_string(&audience).unwrap(), json);
            assert_eq!(StoryAudience::of(audience.kind(), audience.people().to_vec()), audience);
        }
    }
}
