//! Stories: who sees them, who has seen them, and that they are really gone after their day.

use image::ImageFormat;
use sapa_domain::{Chat, Scope, messages, stories};
use sapa_model::story::{AudienceKind, NewStory, NewStoryContent, StoryKind, StoryViewers};
use sapa_model::{
    AppResult, Attachment, ClientId, DeleteFor, ErrorCode, Event, Message, MessageBody, Story, StoryAudience,
    StoryContent, StoryId, StoryReel, StoryRef, TokenScope, UserId, Variant, limits,
};

use crate::attachments::{encoded, painting};
use crate::support::deeds::{code, refusal};
use crate::support::{House, Person, client_id, heard, run};

mod ends;
mod ties;

impl Person {
    async fn posts(&self, content: NewStoryContent, audience: Option<StoryAudience>) -> AppResult<Story> {
        let new = NewStory { client_id: client_id(), content, audience };
        stories::post(&self.chat, &self.scope, new).await
    }

    /// Posts a text for all friends.
    async fn tells(&self, words: &str) -> Story {
        self.posts(text(words, 200), Some(StoryAudience::Friends)).await.unwrap()
    }

    async fn shows_to(&self, audience: StoryAudience) -> StoryId {
        self.posts(text("halo", 200), Some(audience)).await.unwrap().id
    }

    async fn shows_picture(&self, caption: &str) -> (Story, Attachment) {
        let png = encoded(&painting(900, 600), ImageFormat::Png);
        let file = self.uploads("foto.png", &png).await.unwrap();
        let content = NewStoryContent::Media { attachment_id: file.id, caption: caption.to_owned() };
        (self.posts(content, Some(StoryAudience::Friends)).await.unwrap(), file)
    }

    async fn reels(&self) -> Vec<StoryReel> {
        stories::reels(&self.chat, &self.scope).await.unwrap()
    }

    /// What this person is shown, by whatever way: each of them must know the same.
    async fn is_shown(&self, id: StoryId) -> bool {
        let listed = self.reels().await.iter().any(|reel| reel.stories.iter().any(|story| story.id == id));
        let found = stories::find(&self.chat, &self.scope, id).await;
        assert_eq!(found.is_ok(), listed, "{id}");
        if let Err(error) = found {
            assert_eq!(error.code, ErrorCode::NotFound);
        }
        listed
    }

    async fn looks_at(&self, id: StoryId) -> AppResult<()> {
        stories::view(&self.chat, &self.scope, id).await
    }

    async fn viewers(&self, id: StoryId, before: Option<UserId>) -> AppResult<StoryViewers> {
        stories::viewers(&self.chat, &self.scope, id, before).await
    }

    async fn answers_story(&self, id: StoryId, client_id: &ClientId, text: &str) -> AppResult<Message> {
        stories::reply(&self.chat, &self.scope, id, client_id.clone(), text.to_owned()).await
    }
}

impl House {
    /// A day passes for every story that there is.
    async fn a_day_passes(&self) {
        let day = limits::STORY_LIFE_MS;
        let sql =
            format!("UPDATE stories SET created_at = created_at - {day}, expires_at = expires_at - {day}");
        run(&self.raw, sql).await;
    }
}

fn text(words: &str, hue: u16) -> NewStoryContent {
    NewStoryContent::Text { text: words.to_owned(), hue }
}

fn authors(reels: &[StoryReel]) -> Vec<&str> {
    reels.iter().map(|reel| reel.author.username.as_str()).collect()
}

/// What a connection was told of stories, each in a word.
fn told(events: &[Event]) -> Vec<String> {
    let word = |event: &Event| match event {
        Event::Story(story) => Some(format!("{} {}", if story.seen { "seen" } else { "new" }, story.id)),
        Event::StoryGone { story_id, .. } => Some(format!("gone {story_id}")),
        Event::StoryViewed { story_id, viewer, viewers } => {
            Some(format!("{} saw {story_id}, {viewers}", viewer.user.username))
        }
        Event::StoryMuted { author_id, muted } => Some(format!("mute {author_id} {muted}")),
        _ => None,
    };
    events.iter().filter_map(word).collect()
}

/// Waits until no story is left.
async fn is_purged(house: &House) {
    house.settles("it is purged", async || house.count("SELECT count(*) FROM stories").await == 0).await;
}

#[tokio::test]
async fn friends_see_a_story_and_its_author_sees_who_has() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    let stranger = house.person("budi").await;
    sari.befriends(&oleh).await;
    sari.befriends(&maya).await;
    let (mut saris, mut olehs, mut strangers) =
        (sari.connects().await, oleh.connects().await, stranger.connects().await);
    for line in [&mut saris, &mut olehs, &mut strangers] {
        heard::events(line).await;
    }

    let story = sari.tells(" Kopi\r\npagi ").await;
    assert_eq!(story.content, StoryContent::Text { text: "Kopi\npagi".to_owned(), hue: 200 });
    assert_eq!(story.expires_at.since(story.created_at), 86_400_000);
    assert!(story.seen && story.reach.is_some_and(|reach| reach.viewers == 0));
    assert_eq!(told(&heard::events(&mut olehs).await), [format!("new {}", story.id)]);
    assert_eq!(told(&heard::events(&mut saris).await), [format!("seen {}", story.id)]);
    assert!(heard::events(&mut strangers).await.is_empty());
    let seen = stories::find(&house.chat, &oleh.scope, story.id).await.unwrap();
    assert_eq!((seen.seen, seen.reach), (false, None), "how far it reaches is its author's to know");
    assert!(!stranger.is_shown(story.id).await);
    assert_eq!(code(stranger.looks_at(story.id).await), ErrorCode::NotFound);

    oleh.looks_at(story.id).await.unwrap();
    oleh.looks_at(story.id).await.unwrap();
    sari.looks_at(story.id).await.unwrap();
    maya.looks_at(story.id).await.unwrap();
    assert_eq!(
        told(&heard::events(&mut saris).await),
        [format!("oleh saw {}, 1", story.id), format!("maya saw {}, 2", story.id)]
    );
    assert_eq!(told(&heard::events(&mut olehs).await), [format!("seen {}", story.id)], "on every device");
    assert!(oleh.reels().await[0].stories[0].seen);
    let viewers = sari.viewers(story.id, None).await.unwrap();
    let names: Vec<_> = viewers.viewers.iter().map(|viewer| viewer.user.username.as_str()).collect();
    assert_eq!((names, viewers.more), (vec!["maya", "oleh"], false));
    assert_eq!(code(oleh.viewers(story.id, None).await), ErrorCode::Forbidden);
    assert_eq!(code(stranger.viewers(story.id, None).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn the_audience_is_as_it_was_when_posted() {
    use StoryAudience::{Except, Friends, Only};
    let house = House::new().await;
    let sari = house.person("sari").await;
    let (oleh, maya, budi) =
        (house.person("oleh").await, house.person("maya").await, house.person("budi").await);
    for friend in [&oleh, &maya] {
        sari.befriends(friend).await;
    }
    for (audience, sees) in [
        (Friends, [true, true, false]),
        (Only(vec![oleh.id()]), [true, false, false]),
        // Whoever is named and is no friend sees nothing, and neither does the author twice.
        (Only(vec![oleh.id(), budi.id(), sari.id(), oleh.id()]), [true, false, false]),
        (Except(vec![oleh.id()]), [false, true, false]),
        (Except(vec![]), [true, true, false]),
    ] {
        let id = sari.shows_to(audience.clone()).await;
        for (viewer, sees) in [&oleh, &maya, &budi].into_iter().zip(sees) {
            assert_eq!(viewer.is_shown(id).await, sees, "{audience:?} {:?}", viewer.id());
        }
        assert!(sari.is_shown(id).await);
    }

    // The last choice is the setting, and a later one changes nothing that was posted.
    let id = sari.shows_to(Only(vec![maya.id()])).await;
    let settings = stories::settings(&house.chat, &sari.scope).await.unwrap();
    assert_eq!(settings.audience, Only(vec![maya.id()]));
    let next = sari.posts(text("lagi", 0), None).await.unwrap();
    assert_eq!(next.reach.unwrap().audience, AudienceKind::Only);
    assert!(maya.is_shown(next.id).await && !oleh.is_shown(next.id).await);
    stories::set_audience(&house.chat, &sari.scope, Friends).await.unwrap();
    assert!(!oleh.is_shown(id).await);

    let nobody = stories::set_audience(&house.chat, &sari.scope, Only(vec![sari.id(), UserId(999)])).await;
    assert_eq!(refusal(nobody), (ErrorCode::Required, Some("audience".to_owned())));
    let crowd = (0..=500).map(UserId).collect();
    let too_many = stories::set_audience(&house.chat, &sari.scope, Except(crowd)).await;
    assert_eq!(refusal(too_many), (ErrorCode::LimitReached, Some("audience".to_owned())));
    assert_eq!(stories::settings(&house.chat, &sari.scope).await.unwrap().audience, Friends);
}

#[tokio::test]
async fn a_picture_is_given_to_those_who_may_see_its_story() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let stranger = house.person("budi").await;
    let room = sari.befriends(&oleh).await;
    let (story, file) = sari.shows_picture(" pagi ").await;
    let StoryContent::Media { attachment, caption } = &story.content else { panic!("{story:?}") };
    assert_eq!((attachment, caption.as_str()), (&file, "pagi"));
    assert_eq!(story.content.kind(), StoryKind::Picture);
    assert!(oleh.opens_file(&file, Variant::Large).await.is_ok());
    assert!(sari.opens_file(&file, Variant::Original).await.is_ok());
    assert_eq!(code(stranger.opens_file(&file, Variant::Large).await), ErrorCode::NotFound);
    // Shown once, it is neither sent nor shown again, nor swept away with what nobody sent.
    assert_eq!(code(sari.sends(room, "", &[&file]).await), ErrorCode::NotFound);
    let again = NewStoryContent::Media { attachment_id: file.id, caption: String::new() };
    let again = sari.posts(again, None).await;
    assert_eq!(refusal(again), (ErrorCode::NotFound, Some("attachmentId".to_owned())));
    run(&house.raw, "UPDATE attachments SET created_at = 1".to_owned()).await;
    sapa_domain::attachments::sweep(&house.chat).await.unwrap();
    assert!(oleh.opens_file(&file, Variant::Large).await.is_ok());
    sari.unfriends(&oleh).await.unwrap();
    assert_eq!(code(oleh.opens_file(&file, Variant::Large).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_beside_its_field() {
    use ErrorCode::{BadCharacters, Invalid, LimitReached, NotFound, Required, TooLong};
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    sari.befriends(&oleh).await;
    let note = sari.uploads("catatan.txt", b"kopi").await.unwrap();
    let theirs = oleh.uploads("foto.png", &encoded(&painting(9, 9), ImageFormat::Png)).await.unwrap();
    let shows =
        |attachment_id, caption: &str| NewStoryContent::Media { attachment_id, caption: caption.to_owned() };
    for (content, code, field) in [
        (text(" \n ", 0), Required, "text"),
        (text(&"x".repeat(501), 0), TooLong, "text"),
        (text("a\0", 0), BadCharacters, "text"),
        (text("halo", 360), Invalid, "hue"),
        (shows(note.id, ""), Invalid, "attachmentId"),
        (shows(theirs.id, ""), NotFound, "attachmentId"),
        (shows(theirs.id, &"x".repeat(201)), TooLong, "caption"),
    ] {
        let refused = sari.posts(content.clone(), None).await;
        assert_eq!(refusal(refused), (code, Some(field.to_owned())), "{content:?}");
    }
    assert_eq!(house.count("SELECT count(*) FROM stories").await, 0);

    let new = NewStory { client_id: client_id(), content: text("halo", 359), audience: None };
    let first = stories::post(&house.chat, &sari.scope, new.clone()).await.unwrap();
    assert_eq!(stories::post(&house.chat, &sari.scope, new).await.unwrap(), first, "posted once");
    for _ in 1..limits::STORIES_MAX {
        sari.tells("lagi").await;
    }
    assert_eq!(code(sari.posts(text("satu lagi", 0), None).await), LimitReached);
    house.a_day_passes().await;
    assert!(sari.posts(text("hari baru", 0), None).await.is_ok());
}

#[tokio::test]
async fn a_muted_author_stands_last_and_knows_nothing_of_it() {
    let house = House::new().await;
    let (sari, oleh, maya) =
        (house.person("sari").await, house.person("oleh").await, house.person("maya").await);
    for friend in [&oleh, &maya] {
        sari.befriends(friend).await;
    }
    let old = maya.tells("satu").await;
    oleh.tells("dua").await;
    sari.tells("tiga").await;
    assert_eq!(authors(&sari.reels().await), ["sari", "oleh", "maya"]);
    let (mut saris, mut olehs) = (sari.connects().await, oleh.connects().await);
    heard::events(&mut saris).await;
    heard::events(&mut olehs).await;
    let mutes = async |muted| stories::set_muted(&house.chat, &sari.scope, oleh.id(), muted).await;
    mutes(true).await.unwrap();
    mutes(true).await.unwrap();
    let reels = sari.reels().await;
    assert_eq!((authors(&reels), reels[2].muted), (vec!["sari", "maya", "oleh"], true));
    let settings = stories::settings(&house.chat, &sari.scope).await.unwrap();
    assert_eq!(settings.muted.iter().map(|user| user.id).collect::<Vec<_>>(), [oleh.id()]);
    mutes(false).await.unwrap();
    let id = oleh.id();
    assert_eq!(
        told(&heard::events(&mut saris).await),
        [format!("mute {id} true"), format!("mute {id} false")]
    );
    assert!(heard::events(&mut olehs).await.is_empty());
    sari.looks_at(old.id).await.unwrap();
    assert_eq!(authors(&sari.reels().await), ["sari", "oleh", "maya"], "what is new comes first");
    let nobody = stories::set_muted(&house.chat, &sari.scope, UserId(999), true).await;
    assert_eq!(code(nobody), ErrorCode::NotFound);
    assert_eq!(code(stories::set_muted(&house.chat, &sari.scope, sari.id(), true).await), ErrorCode::Invalid);
}

#[tokio::test]
async fn viewers_come_page_by_page() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let id = sari.tells("halo").await.id;
    let crowd = house.crowd(120, &sari).await;
    for (at, viewer) in crowd.iter().enumerate() {
        // Some in the same moment.
        run(&house.raw, format!("INSERT INTO story_views VALUES ({id}, {viewer}, {})", at / 7)).await;
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = sari.viewers(id, before).await.unwrap();
        assert!(page.viewers.len() <= limits::STORY_VIEWERS_PAGE);
        seen.extend(page.viewers.iter().map(|viewer| viewer.user.id));
        before = seen.last().copied();
        if !page.more {
            break;
        }
    }
    let latest_first: Vec<_> = crowd.into_iter().rev().collect();
    assert_eq!(seen, latest_first);
    assert_eq!(code(sari.viewers(id, Some(sari.id())).await), ErrorCode::Invalid);
}

#[tokio::test]
async fn an_answer_goes_into_the_direct_chat() {
    let house = House::new().await;
    let (sari, oleh) = (house.person("sari").await, house.person("oleh").await);
    let stranger = house.person("budi").await;
    let room = sari.befriends(&oleh).await;
    let story = sari.tells("kenari").await;
    let id = client_id();
    let sent = oleh.answers_story(story.id, &id, "bagus").await.unwrap();
    assert_eq!(sent.room_id, room);
    let MessageBody::Text { text, story: Some(about), .. } = &sent.body else { panic!("{sent:?}") };
    let reference = StoryRef { story_id: story.id, author_id: sari.id(), kind: StoryKind::Text };
    assert_eq!((text.as_str(), about), ("bagus", &reference));
    assert_eq!(sari.texts(room).await, ["bagus"]);
    assert_eq!(oleh.answers_story(story.id, &id, "bagus").await.unwrap(), sent, "sent once");
    assert_eq!(code(stranger.answers_story(story.id, &client_id(), "hm").await), ErrorCode::NotFound);
    assert_eq!(code(sari.answers_story(story.id, &client_id(), "hm").await), ErrorCode::Forbidden);
    assert_eq!(code(oleh.answers_story(story.id, &client_id(), " ").await), ErrorCode::Required);

    house.a_day_passes().await;
    is_purged(&house).await;
    // The same send still finds its message, and the message still says what it was about.
    assert_eq!(oleh.answers_story(story.id, &id, "bagus").await.unwrap(), sent);
    assert_eq!(code(oleh.answers_story(story.id, &client_id(), "hm").await), ErrorCode::NotFound);
    messages::delete(&house.chat, &oleh.scope, room, sent.id, DeleteFor::Everyone).await.unwrap();
    let replies = async || house.count("SELECT count(*) FROM story_replies").await;
    house.settles("it goes with its message", async || replies().await == 0).await;
}

#[tokio::test]
async fn a_token_does_what_it_was_made_for() {
    let house = House::new().await;
    let sari = house.person("sari").await;
    let story = sari.tells("halo").await;
    let reader = Scope { token: Some([TokenScope::Read].into_iter().collect()), ..sari.scope };
    let chat: &Chat = &house.chat;
    assert!(stories::reels(chat, &reader).await.is_ok());
    assert!(stories::viewers(chat, &reader, story.id, None).await.is_ok());
    let new = NewStory { client_id: client_id(), content: text("halo", 0), audience: None };
    assert_eq!(code(stories::post(chat, &reader, new).await), ErrorCode::Forbidden);
    assert_eq!(code(stories::view(chat, &reader, story.id).await), ErrorCode::Forbidden);
    assert_eq!(code(stories::delete(chat, &reader, story.id).await), ErrorCode::Forbidden);
    assert_eq!(
        code(stories::set_audience(chat, &reader, StoryAudience::Friends).await),
        ErrorCode::Forbidden
    );
}
