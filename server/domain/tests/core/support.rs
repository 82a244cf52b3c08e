//! A house with people in it, who act in verbs.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use sapa_domain::accounts::JoinOptions;
use sapa_domain::attachments::FileLimits;
use sapa_domain::calls::CallOptions;
use sapa_domain::live::{self, Connection};
use sapa_domain::mail::{LetterLimits, MailOptions};
use sapa_domain::{Chat, OpenOptions, Scope, markers, messages, people, rooms};
use sapa_model::ids::SessionId;
use sapa_model::message::{HistoryFrom, MessagePage};
use sapa_model::room::{DialogFilter, RoomView};
use sapa_model::{AppResult, ClientId, Dialog, Message, RoomId, UserId};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use tempfile::TempDir;

pub mod deeds;
pub mod heard;
pub mod phones;

/// A messenger on a database file of its own.
pub struct House {
    pub chat: Chat,
    /// A second way into the file, past the rules.
    pub raw: DatabaseConnection,
    url: String,
    next_id: AtomicI64,
    folder: TempDir,
}

/// A signed-in person.
#[derive(Clone)]
pub struct Person {
    pub chat: Chat,
    pub scope: Scope,
}

impl House {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// One with other options.
    pub async fn with(change: impl FnOnce(&mut OpenOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("sapa.db").display());
        let mut options = options(&url, folder.path());
        change(&mut options);
        let chat = Chat::open(options).await.unwrap();
        let raw = Database::connect(&url).await.unwrap();
        Self { chat, raw, url, next_id: AtomicI64::new(1), folder }
    }

    /// Where its database is.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// Closes the messenger and opens it again.
    pub async fn reopen(&mut self) {
        self.chat.close().await;
        self.chat = Chat::open(options(&self.url, self.folder.path())).await.unwrap();
    }

    pub async fn person(&self, name: &str) -> Person {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        run(
            &self.raw,
            format!(
                "INSERT INTO users (id, username, nickname, search, password_hash, who_may_write, created_at) \
                 VALUES ({id}, '{name}', '{name}', '{name}', '', 'everyone', 1)"
            ),
        )
        .await;
        run(
            &self.raw,
            format!(
                "INSERT INTO sessions (id, user_id, token_hash, user_agent, created_at, seen_at, expires_at) \
                 VALUES ({id}, {id}, '{id}', '', 1, 1, 9999999999999)"
            ),
        )
        .await;
        let scope = Scope { user_id: UserId(id), session_id: SessionId(id), token: None, network: None };
        Person { chat: self.chat.clone(), scope }
    }

    /// Many people at once, all friends of `friend`.
    pub async fn crowd(&self, size: usize, friend: &Person) -> Vec<UserId> {
        let size = i64::try_from(size).unwrap();
        let first = self.next_id.fetch_add(size, Ordering::Relaxed);
        let rows =
            |row: &dyn Fn(i64) -> String| (first..first + size).map(row).collect::<Vec<_>>().join(", ");
        let users = rows(&|id| format!("({id}, 'u{id}', 'u{id}', 'u{id}', '', 'everyone', 1)"));
        let me = friend.id();
        let friendships = rows(&|id| format!("({me}, {id}, {me}, 1, 1)"));
        run(
            &self.raw,
            format!(
                "INSERT INTO users (id, username, nickname, search, password_hash, who_may_write, created_at) \
                 VALUES {users}; \
                 INSERT INTO friendships (low_user_id, high_user_id, asked_by, asked_at, accepted_at) \
                 VALUES {friendships}"
            ),
        )
        .await;
        (first..first + size).map(UserId).collect()
    }

    /// A number from the file itself.
    pub async fn count(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.raw.get_database_backend(), sql);
        self.raw.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }

    /// Waits until what happens by itself has happened.
    pub async fn settles(&self, what: &str, has: impl AsyncFn() -> bool) {
        let waiting = async {
            while !has().await {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(15), waiting).await.is_ok(), "{what}");
    }

    /// Whether these bytes stand anywhere in the messenger's files.
    pub fn files_hold(&self, text: &str) -> bool {
        let holds = |file: &PathBuf| {
            let bytes = std::fs::read(file).unwrap();
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        self.files("").iter().any(holds)
    }

    /// All files in a folder of the messenger's, however deep.
    pub fn files(&self, folder: &str) -> Vec<PathBuf> {
        let mut folders = vec![self.folder.path().join(folder)];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { files.push(path) }
            }
        }
        files
    }

    /// The same person after the messenger was opened again.
    pub fn again(&self, person: &Person) -> Person {
        Person { chat: self.chat.clone(), scope: person.scope }
    }

    /// A group with these members, the first one its owner.
    pub async fn group(&self, members: &[&Person]) -> RoomId {
        let id = 1_000 + self.next_id.fetch_add(1, Ordering::Relaxed);
        run(
            &self.raw,
            format!(
                "INSERT INTO rooms (id, kind, name, search, hue, created_at) \
                 VALUES ({id}, 'group', 'Kopi', 'kopi', 30, 1)"
            ),
        )
        .await;
        for (i, member) in members.iter().enumerate() {
            let role = if i == 0 { "owner" } else { "member" };
            let user_id = member.scope.user_id;
            run(
                &self.raw,
                format!(
                    "INSERT INTO memberships (room_id, user_id, role, active, muted, request, hidden, \
                     read_number, delivered_number, seq, joined_at) \
                     VALUES ({id}, {user_id}, '{role}', 1, 0, 0, 0, 0, 0, 0, 1)"
                ),
            )
            .await;
        }
        RoomId(id)
    }
}

fn options(url: &str, folder: &Path) -> OpenOptions {
    OpenOptions {
        database_url: url.to_owned(),
        blob_url: format!("file:{}", folder.join("files").display()),
        spool: folder.join("spool"),
        files: FileLimits { picture: 1 << 20, file: 2 << 20, quota: 5 << 20, reserve: 1 << 20 },
        mail: MailOptions {
            smtp_url: None,
            folder: folder.join("mail"),
            house: sapa_model::text::HouseName::default(),
            from: "Sapa <sapa@example.org>".to_owned(),
            origin: "https://chat.example.org".to_owned(),
            limits: LetterLimits::default(),
        },
        rates: sapa_domain::rates::RateLimits::default(),
        calls: CallOptions::default(),
        require_verified_email: false,
        joining: JoinOptions::default(),
    }
}

impl Person {
    pub fn id(&self) -> UserId {
        self.scope.user_id
    }

    pub async fn says(&self, room_id: RoomId, text: &str) -> Message {
        self.tries(room_id, &client_id(), text).await.unwrap()
    }

    pub async fn tries(&self, room_id: RoomId, client_id: &ClientId, text: &str) -> AppResult<Message> {
        messages::send(&self.chat, &self.scope, room_id, client_id.clone(), text.into()).await
    }

    pub async fn befriends(&self, other: &Person) -> RoomId {
        people::ask(&self.chat, &self.scope, other.id()).await.unwrap();
        people::accept(&other.chat, &other.scope, self.id()).await.unwrap();
        self.opens(other).await.room.id
    }

    pub async fn opens(&self, other: &Person) -> Dialog {
        rooms::open_direct(&self.chat, &self.scope, other.id()).await.unwrap()
    }

    pub async fn blocks(&self, other: &Person) {
        people::block(&self.chat, &self.scope, other.id()).await.unwrap();
    }

    pub async fn unblocks(&self, other: &Person) {
        people::unblock(&self.chat, &self.scope, other.id()).await.unwrap();
    }

    pub async fn reads(&self, room_id: RoomId, number: u64) {
        markers::read(&self.chat, &self.scope, room_id, number).await.unwrap();
    }

    pub async fn receives(&self, room_id: RoomId, number: u64) {
        markers::delivered(&self.chat, &self.scope, room_id, number).await.unwrap();
    }

    pub async fn answers(&self, room_id: RoomId, accept: bool) {
        rooms::answer_request(&self.chat, &self.scope, room_id, accept).await.unwrap();
    }

    pub async fn sees(&self, room_id: RoomId) -> RoomView {
        rooms::room(&self.chat, &self.scope, room_id).await.unwrap()
    }

    pub async fn dialogs(&self, filter: DialogFilter) -> Vec<Dialog> {
        rooms::dialogs(&self.chat, &self.scope, filter, "", None).await.unwrap().dialogs
    }

    pub async fn history(&self, room_id: RoomId, from: HistoryFrom) -> MessagePage {
        messages::history(&self.chat, &self.scope, room_id, from).await.unwrap()
    }

    /// Every text that this person can see in a room, oldest first.
    pub async fn texts(&self, room_id: RoomId) -> Vec<String> {
        let page = self.history(room_id, HistoryFrom::Latest).await;
        page.messages.iter().filter_map(heard::text).collect()
    }

    pub async fn connects(&self) -> Connection {
        live::connect(&self.chat, &self.scope).await.unwrap()
    }
}

/// A client id that no other has.
pub fn client_id() -> ClientId {
    static NEXT: AtomicI64 = AtomicI64::new(1);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    ClientId::from_random_bytes(bytes)
}

/// Does something past the rules.
pub async fn run(raw: &DatabaseConnection, sql: String) {
    raw.execute_unprepared(&sql).await.unwrap();
}
