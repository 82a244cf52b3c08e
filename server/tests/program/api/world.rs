//! A small house with everything in it that the examples of the API's description name.
//!
//! It is made once; each test works on a copy of its folder.

use std::path::Path;

use sapa::text::Times;
use sapa_domain::sessions::{self, Device};
use sapa_domain::{
    Chat, Scope, accounts, attachments, channels, comments, groups, invites, messages, people, rooms,
    schedules, stories, webhooks,
};
use sapa_model::message::{Content, DeleteFor};
use sapa_model::room::NewGroup;
use sapa_model::schedule::NewSchedule;
use sapa_model::story::{NewStory, NewStoryContent};
use sapa_model::text::Password;
use sapa_model::webhook::{Direction, NewWebhook};
use sapa_model::{
    AttachmentId, ChannelSettings, ClientId, CommentId, FriendshipId, MessageId, NewAccount, NewApiToken,
    NewProfile, RoomId, Timestamp, TokenScope, UserId,
};
use sea_orm::{ConnectionTrait, Database};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::support::{TestApp, config};

/// What everybody signs in with.
pub const PASSWORD: &str = "sapa-demo";
/// The group of the examples, and its people.
pub const GROUP: RoomId = RoomId(1);
/// The direct room of its owner with somebody whom they have blocked, and their friendship.
pub const DIRECT: RoomId = RoomId(2);
pub const FRIENDSHIP: FriendshipId = FriendshipId(1);
/// The channel of the examples, with the same people, and a post in it.
const CHANNEL: RoomId = RoomId(6);
/// One that they all only follow.
const FOLLOWED: RoomId = RoomId(7);
const POST: MessageId = MessageId(18);
/// A text of the blocked one there.
pub const DIRECT_MESSAGE: MessageId = MessageId(13);

/// The house, closed.
pub struct World {
    folder: TempDir,
    tokens: Vec<(&'static str, String)>,
}

impl World {
    /// The same one for all tests.
    pub async fn get() -> &'static Self {
        static WORLD: OnceCell<World> = OnceCell::const_new();
        sapa::application::use_ring();
        WORLD.get_or_init(World::build).await
    }

    /// A server on a copy of the house.
    pub async fn opens(&self) -> TestApp {
        self.opens_with(&[]).await
    }

    /// With these flags besides.
    pub async fn opens_with(&self, flags: &[&str]) -> TestApp {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(self.folder.path(), copy.path());
        TestApp::start_on(copy, flags, Times::default()).await
    }

    /// With which token somebody asks.
    pub fn token(&self, name: &str) -> &str {
        &self.tokens.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("no {name}")).1
    }

    async fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let options = config(&["sapa", "--data-dir", path]).open_options("127.0.0.1:3000".parse().unwrap());
        let chat = Chat::open(options.unwrap()).await.unwrap();
        let mut tokens = Vec::new();
        let mut scopes = Vec::new();
        for name in ["sari", "oleh", "maria", "budi", "dewi", "hadi", "fajar", "joko"] {
            let user = joins(&chat, name).await;
            let signed_in = sessions::begin(&chat, user, Device::default()).await.unwrap();
            if name == "sari" {
                tokens.extend(more_sessions(&chat, &signed_in.scope).await);
            }
            tokens.push((name, signed_in.token));
            scopes.push(signed_in.scope);
        }
        fill(&chat, &scopes.try_into().unwrap()).await;
        chat.close().await;
        write_links(&format!("sqlite://{path}/sapa.db")).await;
        Self { folder, tokens }
    }
}

async fn joins(chat: &Chat, name: &str) -> UserId {
    let account = NewAccount {
        username: name.to_owned(),
        password: Password::unchecked(PASSWORD),
        email: if matches!(name, "sari" | "maria") { format!("{name}@example.org") } else { String::new() },
        invitation: String::new(),
        profile: NewProfile { nickname: name.to_owned(), ..Default::default() },
    };
    accounts::register(chat, account, &Device::default()).await.unwrap()
}

/// Sessions 2 and 3: a second device, and a token that may do nothing (its scope is taken away later).
async fn more_sessions(chat: &Chat, sari: &Scope) -> Vec<(&'static str, String)> {
    let device = sessions::begin(chat, sari.user_id, Device::default()).await.unwrap();
    let scopes = [TokenScope::Read].into_iter().collect();
    let new = NewApiToken { name: "bot".to_owned(), scopes, days: 30 };
    let token = sessions::make_api_token(chat, sari, new).await.unwrap();
    vec![("device", device.token), ("powerless", token.token.unwrap())]
}

fn client_id(number: u8) -> ClientId {
    ClientId::from_random_bytes([number; 16])
}

async fn fill(chat: &Chat, [sari, oleh, maria, budi, dewi, hadi, fajar, _]: &[Scope; 8]) {
    let says = async |scope: &Scope, room: RoomId, number: u8, content: Content| {
        messages::send(chat, scope, room, client_id(number), content).await.unwrap().id
    };
    let group = NewGroup { name: "Kopi".to_owned(), hue: 30, member_ids: Vec::new() };
    assert_eq!(groups::create(chat, sari, group).await.unwrap().room.id, GROUP);
    let invite = invites::create(chat, sari, GROUP, 24).await.unwrap().token.unwrap();
    // Each comes with a line: messages 2 to 5.
    for scope in [oleh, maria, fajar] {
        invites::join(chat, scope, &invite).await.unwrap();
    }
    groups::remove(chat, sari, GROUP, fajar.user_id).await.unwrap();
    assert_eq!(says(sari, GROUP, 6, "Halo semua https://example.org".into()).await, MessageId(6));
    assert_eq!(says(oleh, GROUP, 7, "Apa kbar?".into()).await, MessageId(7));
    assert_eq!(says(oleh, GROUP, 8, "Lama tidak jumpa".into()).await, MessageId(8));
    messages::delete(chat, sari, GROUP, MessageId(8), DeleteFor::Me).await.unwrap();
    let file = brings_file(chat, sari).await;
    let with_file = Content { text: String::new(), attachments: vec![file] };
    assert_eq!(says(sari, GROUP, 9, with_file).await, MessageId(9));
    let starts_at = Timestamp(now() + 86_400_000);
    let session = NewSchedule { client_id: client_id(10), topic: "Kopi".to_owned(), starts_at, minutes: 60 };
    schedules::propose(chat, sari, GROUP, session).await.unwrap();
    let webhook = NewWebhook { direction: Direction::Incoming, name: "bot".to_owned(), url: None };
    webhooks::create(chat, sari, GROUP, webhook).await.unwrap();
    messages::correct(chat, maria, GROUP, MessageId(6), "Halo semuanya https://example.org").await.unwrap();
    messages::correct(chat, sari, GROUP, MessageId(7), "Apa kabar?").await.unwrap();
    groups::set_admin(chat, sari, GROUP, oleh.user_id, true).await.unwrap();

    befriend(chat, sari, hadi).await;
    assert_eq!(people::friendship(chat, hadi, sari.user_id).await.unwrap().id, FRIENDSHIP);
    assert_eq!(rooms::open_direct(chat, sari, hadi.user_id).await.unwrap().room.id, DIRECT);
    assert_eq!(says(hadi, DIRECT, 13, "Halo".into()).await, DIRECT_MESSAGE);
    people::block(chat, sari, hadi.user_id).await.unwrap();
    // Friendships 2 and 3; that of Oleh is the fourth, and the fifth is asked for.
    for friend in [maria, dewi] {
        befriend(chat, sari, friend).await;
    }
    befriend(chat, oleh, dewi).await;
    // Stories 1 and 2, for friends.
    for (author, number) in [(sari, 20), (maria, 21)] {
        let content = NewStoryContent::Text { text: "Kopi".to_owned(), hue: 30 };
        let new = NewStory { client_id: client_id(number), content, audience: None };
        stories::post(chat, author, new).await.unwrap();
    }
    let settings = ChannelSettings {
        name: "Kopi pagi".to_owned(),
        handle: Some("kopi_pagi".to_owned()),
        comments: true,
        ..Default::default()
    };
    assert_eq!(channels::create(chat, sari, &settings).await.unwrap().room.id, CHANNEL);
    for scope in [oleh, maria, fajar] {
        channels::follow(chat, scope, CHANNEL).await.unwrap();
    }
    channels::unfollow(chat, fajar, CHANNEL).await.unwrap();
    groups::set_admin(chat, sari, CHANNEL, oleh.user_id, true).await.unwrap();
    assert_eq!(says(sari, CHANNEL, 18, "Selamat pagi".into()).await, POST);
    let comment = comments::add(chat, maria, CHANNEL, POST, client_id(1), "Pagi!").await.unwrap();
    assert_eq!(comment.id, CommentId(1));
    let other =
        ChannelSettings { name: "Teh".to_owned(), handle: Some("teh_dewi".to_owned()), ..Default::default() };
    assert_eq!(channels::create(chat, dewi, &other).await.unwrap().room.id, FOLLOWED);
    for scope in [sari, oleh, maria] {
        channels::follow(chat, scope, FOLLOWED).await.unwrap();
    }
    people::ask(chat, budi, sari.user_id).await.unwrap();
}

async fn befriend(chat: &Chat, one: &Scope, other: &Scope) {
    people::ask(chat, one, other.user_id).await.unwrap();
    people::accept(chat, other, one.user_id).await.unwrap();
}

async fn brings_file(chat: &Chat, scope: &Scope) -> AttachmentId {
    let bytes = futures::stream::iter([Ok::<_, std::io::Error>(bytes::Bytes::from_static(b"kopi"))]);
    attachments::take_in(chat, scope, "resep.txt", bytes).await.unwrap().id
}

/// Puts the secrets of the examples in the place of those that nobody knows beforehand.
async fn write_links(url: &str) {
    let raw = Database::connect(url).await.unwrap();
    let far = now() + 30 * 86_400_000;
    let (invite, link, reset, hook) = (hash(INVITE), hash(LINK), hash(RESET), hash(HOOK));
    for sql in [
        format!("UPDATE invites SET token_hash = '{invite}'"),
        format!("UPDATE webhooks SET token_hash = '{hook}'"),
        "DELETE FROM email_tokens".to_owned(),
        "DELETE FROM letters".to_owned(),
        format!("INSERT INTO email_tokens VALUES ('{link}', 1, 'confirm', 'sari@example.org', {far})"),
        format!("INSERT INTO email_tokens VALUES ('{reset}', 1, 'reset', 'sari@example.org', {far})"),
        "UPDATE sessions SET scopes = '' WHERE kind = 'token'".to_owned(),
        format!("INSERT INTO refresh_tokens (token_hash, session_id, created_at) VALUES ('{link}', 2, 1)"),
    ] {
        raw.execute_unprepared(&sql).await.unwrap();
    }
    raw.close().await.unwrap();
}

/// Of the examples: an invite link, a letter's link (and a refresh token), a link to a new password, and an
/// incoming webhook.
const INVITE: &str = "7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e";
const LINK: &str = "5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e";
const HOOK: &str = "8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e8d1d4c0e";
const RESET: &str = "6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e";

fn hash(secret: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(secret).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
