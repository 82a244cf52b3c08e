//! The channels of the demo house: who posts what, who follows, and what they make of it.

use sapa_domain::{channels, comments, markers, messages};
use sapa_model::{ChannelSettings, ClientId};

use super::House;

/// A channel: its first person owns it, the others follow.
pub struct Channel {
    name: &'static str,
    handle: &'static str,
    about: &'static str,
    hue: u16,
    owner: usize,
    posts: &'static [&'static str],
}

/// All of them.
pub const CHANNELS: [Channel; 3] = [
    Channel {
        name: "Kata hari ini",
        handle: "kata_hari_ini",
        about: "One Indonesian word a day, with a sentence to remember it by. Одне індонезійське слово щодня.",
        hue: 30,
        owner: 0,
        posts: &[
            "sapa — to greet, привітання\n“Jangan lupa menyapa tetangga.”",
            "senja — dusk, сутінки\n“Kami minum teh sambil menunggu senja.”",
            "rindu — to miss somebody, сумувати\n“Aku rindu masakan ibu.”",
        ],
    },
    Channel {
        name: "Українська за кавою",
        handle: "kava",
        about: "Слова, прислів’я й пісні для тих, хто вчить українську. Belajar bahasa Ukraina sambil ngopi.",
        hue: 210,
        owner: 1,
        posts: &[
            "Вік живи — вік учись.\nSelama hidup, teruslah belajar.",
            "Слово дня: затишок. It means a warm, quiet, cosy place: https://uk.wikipedia.org/wiki/Затишок",
        ],
    },
    Channel {
        name: "Ukulele Club News",
        handle: "ukulele",
        about: "Sessions, songs and where to find strings.",
        hue: 150,
        owner: 2,
        posts: &["Saturday at four, the usual place. Bring “Bengawan Solo”."],
    },
];

const REACTIONS: [&str; 4] = ["👍", "❤️", "☕", "😂"];
const COMMENTS: [&str; 3] = ["Terima kasih!", "Дякую, запам’ятаю 🙂", "One of my favourites."];

impl House {
    /// Makes a channel, lets people follow, post, react and comment.
    pub async fn broadcast(&self, channel: &Channel, people: &[&str]) -> anyhow::Result<()> {
        let settings = ChannelSettings {
            name: channel.name.to_owned(),
            hue: channel.hue,
            handle: Some(channel.handle.to_owned()),
            description: channel.about.to_owned(),
            comments: true,
        };
        let owner = people[channel.owner];
        let room = channels::create(&self.chat, self.scope(owner)?, &settings).await?.room.id;
        let followers: Vec<_> = people.iter().filter(|name| **name != owner).collect();
        for name in &followers {
            channels::follow(&self.chat, self.scope(name)?, room).await?;
        }
        for (at, text) in channel.posts.iter().enumerate() {
            let post = self.say(owner, room, text).await?;
            for (number, name) in followers.iter().enumerate().skip(at) {
                let scope = self.scope(name)?;
                markers::read(&self.chat, scope, room, post.number).await?;
                if number % 3 == at % 3 {
                    let emoji = REACTIONS[(number / 3) % REACTIONS.len()];
                    messages::react(&self.chat, scope, room, post.id, Some(emoji)).await?;
                }
            }
            for (number, text) in COMMENTS.iter().enumerate().skip(at) {
                let scope = self.scope(followers[number])?;
                let client_id = ClientId::from_random_bytes(rand::random());
                comments::add(&self.chat, scope, room, post.id, client_id, text).await?;
            }
        }
        Ok(())
    }
}
