//! `sapa demo`: fills an empty house with people, friendships, rooms and messages.
//!
//! Everything goes through the domain, as if people had done it.

mod channels;
mod people;
mod phrases;

use std::collections::HashMap;
use std::io::{Write as _, stdout};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};
use sapa_domain::accounts::JoinOptions;
use sapa_domain::sessions::Device;
use sapa_domain::{
    Chat, OpenOptions, Scope, accounts, groups, messages, people as social, rooms, schedules, sessions,
    stories,
};
use sapa_model::account::NewAccount;
use sapa_model::room::NewGroup;
use sapa_model::schedule::NewSchedule;
use sapa_model::story::{NewStory, NewStoryContent};
use sapa_model::text::Password;
use sapa_model::{ClientId, Message, Relation, RoomId, Timestamp, UserId};

use self::channels::CHANNELS;
use self::people::{ASKED, ASKING, FRIENDS, GROUPS, Group, PEOPLE, STRANGER, profile};
use self::phrases::{LEARNED, PHRASES, STORIES, TOPIC};
use crate::Config;
use crate::data_dir::DataDir;

/// Everybody's password in the demo house.
const PASSWORD: &str = "sapa-demo";

/// Fills the data folder that the settings name, which must have no people yet, and says whom to
/// sign in as.
pub async fn run(config: &Config) -> anyhow::Result<()> {
    let _data_dir = DataDir::hold(config)?;
    let options = config.open_options(config.addr)?;
    // People of the demo need no invitation.
    let chat = Chat::open(OpenOptions { joining: JoinOptions::default(), ..options }).await?;
    let house = House::settle(chat).await?;
    for group in GROUPS {
        for (i, one) in group.people.iter().enumerate() {
            for other in &group.people[i + 1..] {
                house.befriend(one, other).await?;
            }
        }
    }
    let mut chats = Vec::new();
    for (username, count) in FRIENDS {
        let room = house.befriend(PEOPLE[0].0, username).await?;
        chats.push((room, vec![*username, PEOPLE[0].0], *count));
    }
    for group in GROUPS {
        chats.push((house.gather(group).await?, group.people.to_vec(), group.messages));
    }
    // The first of the list talk last, and so stand on top.
    let mut said = 0;
    for (room, people, count) in chats.into_iter().rev() {
        house.talk(room, &people, count).await?;
        said += count;
    }
    for username in ASKING {
        social::ask(&house.chat, house.scope(username)?, house.id(PEOPLE[0].0)?).await?;
    }
    for username in ASKED {
        social::ask(&house.chat, house.scope(PEOPLE[0].0)?, house.id(username)?).await?;
    }
    let (stranger, words) = STRANGER;
    let room = rooms::open_direct(&house.chat, house.scope(stranger)?, house.id(PEOPLE[0].0)?).await?.room.id;
    house.say(stranger, room, words).await?;
    house.help(PEOPLE[0].0, PEOPLE[1].0).await?;
    for (username, text, hue) in STORIES {
        house.show(username, text, *hue).await?;
    }
    let everybody: Vec<_> = PEOPLE.iter().map(|(username, ..)| *username).collect();
    for channel in CHANNELS {
        house.broadcast(&channel, &everybody).await?;
    }
    house.chat.close().await;
    writeln!(stdout(), "{} people and {said} messages moved in.", PEOPLE.len())?;
    writeln!(stdout(), "Sign in as {} or {}, password {PASSWORD}.", PEOPLE[0].0, PEOPLE[1].0)?;
    Ok(())
}

struct House {
    chat: Chat,
    people: HashMap<&'static str, Scope>,
}

impl House {
    async fn settle(chat: Chat) -> anyhow::Result<Self> {
        let mut people = HashMap::new();
        for (i, (username, nickname, country)) in PEOPLE.iter().enumerate() {
            let account = NewAccount {
                username: (*username).to_owned(),
                password: Password::unchecked(PASSWORD),
                email: String::new(),
                invitation: String::new(),
                profile: profile(i, nickname, country)?,
            };
            let Ok(user) = accounts::register(&chat, account, &Device::default()).await else {
                bail!("people live in this data folder already; name an empty one with --data-dir");
            };
            let signed_in = sessions::begin(&chat, user, Device::default()).await?;
            people.insert(*username, signed_in.scope);
        }
        Ok(Self { chat, people })
    }

    fn scope(&self, username: &str) -> anyhow::Result<&Scope> {
        self.people.get(username).with_context(|| format!("{username} does not live here"))
    }

    fn id(&self, username: &str) -> anyhow::Result<UserId> {
        Ok(self.scope(username)?.user_id)
    }

    /// Makes two people friends, if they are not; answers with their room.
    async fn befriend(&self, one: &str, other: &str) -> anyhow::Result<RoomId> {
        let asked = social::ask(&self.chat, self.scope(one)?, self.id(other)?).await?;
        if asked.relation == Relation::Requested {
            social::accept(&self.chat, self.scope(other)?, self.id(one)?).await?;
        }
        Ok(rooms::open_direct(&self.chat, self.scope(one)?, self.id(other)?).await?.room.id)
    }

    /// Makes a group.
    async fn gather(&self, group: &Group) -> anyhow::Result<RoomId> {
        let member_ids = group.people[1..].iter().map(|name| self.id(name)).collect::<anyhow::Result<_>>()?;
        let new = NewGroup { name: group.name.to_owned(), hue: group.hue, member_ids };
        Ok(groups::create(&self.chat, self.scope(group.people[0])?, new).await?.room.id)
    }

    /// People speak in uneven turns; the same every time, so that two houses look alike.
    async fn talk(&self, room: RoomId, people: &[&str], count: usize) -> anyhow::Result<()> {
        let mut dice = Dice(room.0.unsigned_abs().wrapping_mul(7_919) + 1);
        let mut speaker = 0;
        for _ in 0..count {
            if dice.roll(5) < 3 {
                speaker = dice.roll(people.len());
            }
            self.say(people[speaker], room, PHRASES[dice.roll(PHRASES.len())]).await?;
        }
        Ok(())
    }

    async fn say(&self, username: &str, room: RoomId, text: &str) -> anyhow::Result<Message> {
        let client_id = ClientId::from_random_bytes(rand::random());
        Ok(messages::send(&self.chat, self.scope(username)?, room, client_id, text.into()).await?)
    }

    /// What partners do for each other: one corrects the other, and proposes to talk tomorrow.
    async fn help(&self, learner: &str, partner: &str) -> anyhow::Result<()> {
        let (room, scope) = (self.befriend(learner, partner).await?, self.scope(partner)?);
        let said = self.say(learner, room, LEARNED.0).await?;
        messages::correct(&self.chat, scope, room, said.id, LEARNED.1).await?;
        let tomorrow = SystemTime::now().duration_since(UNIX_EPOCH)? + Duration::from_hours(24);
        let session = NewSchedule {
            client_id: ClientId::from_random_bytes(rand::random()),
            topic: TOPIC.to_owned(),
            starts_at: Timestamp(i64::try_from(tomorrow.as_millis())?),
            minutes: 45,
        };
        schedules::propose(&self.chat, scope, room, session).await?;
        Ok(())
    }

    /// Shows friends a story, which lasts for a day.
    async fn show(&self, username: &str, text: &str, hue: u16) -> anyhow::Result<()> {
        let content = NewStoryContent::Text { text: text.to_owned(), hue };
        let client_id = ClientId::from_random_bytes(rand::random());
        let story = NewStory { client_id, content, audience: None };
        stories::post(&self.chat, self.scope(username)?, story).await?;
        Ok(())
    }
}

/// A small generator of even-handed numbers (xorshift64, G. Marsaglia 2003).
struct Dice(u64);

impl Dice {
    /// A number from 0 up to, and without, `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}
