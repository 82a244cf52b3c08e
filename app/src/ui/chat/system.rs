//! What a room tells of itself, in words.

use sapa_model::{Dialog, RoomKind, SystemLine, UserCard, UserId};

use crate::i18n::Messages;
use crate::live::Live;

/// A system line as the reader `me` should hear it; `author` is whose act it was.
///
/// People are called as they are called now, by what the store knows.
pub fn in_words(
    words: &Messages,
    store: Live,
    line: &SystemLine,
    author: &UserCard,
    dialog: &Dialog,
    me: UserId,
) -> String {
    let names = |user: &UserCard| store.newest(user).nickname;
    if dialog.room.kind == RoomKind::Channel
        && let Some(words) = told_by_channel(words, line)
    {
        return words;
    }
    told(words, line, author, dialog.peer.as_ref().map(|peer| &peer.user), me, &names)
}

/// A channel speaks for itself, whichever of its admins it was.
fn told_by_channel(words: &Messages, line: &SystemLine) -> Option<String> {
    match line {
        SystemLine::Renamed { name } => Some((words.chat.channel_renamed)(name)),
        SystemLine::PictureChanged => Some(words.chat.channel_picture_changed.to_owned()),
        _ => None,
    }
}

fn told(
    words: &Messages,
    line: &SystemLine,
    author: &UserCard,
    peer: Option<&UserCard>,
    me: UserId,
    name: &dyn Fn(&UserCard) -> String,
) -> String {
    let t = &words.chat;
    let mine = author.id == me;
    let author = name(author);
    let who = author.as_str();
    match line {
        SystemLine::BecameFriends => {
            let peer = peer.filter(|_| mine).map(name);
            (t.became_friends)(if mine { peer.as_deref().unwrap_or("…") } else { who })
        }
        SystemLine::ConversationStarted if mine => t.you_started.to_owned(),
        SystemLine::ConversationStarted => (t.they_started)(who),
        SystemLine::GroupCreated { name } if mine => (t.you_created)(name),
        SystemLine::GroupCreated { name } => (t.they_created)(who, name),
        SystemLine::ChannelCreated { name } if mine => (words.chat.you_created_channel)(name),
        SystemLine::ChannelCreated { name } => (words.chat.they_created_channel)(name),
        SystemLine::MemberAdded { user } if mine => (t.you_added)(&name(user)),
        SystemLine::MemberAdded { user } if user.id == me => (t.they_added_you)(who),
        SystemLine::MemberAdded { user } => (t.they_added)(who, &name(user)),
        SystemLine::MemberJoined if mine => t.you_joined.to_owned(),
        SystemLine::MemberJoined => (t.they_joined)(who),
        SystemLine::MemberLeft if mine => t.you_left.to_owned(),
        SystemLine::MemberLeft => (t.they_left)(who),
        SystemLine::MemberRemoved { user } if mine => (t.you_removed)(&name(user)),
        SystemLine::MemberRemoved { user } if user.id == me => (t.they_removed_you)(who),
        SystemLine::MemberRemoved { user } => (t.they_removed)(who, &name(user)),
        SystemLine::AdminNamed { user } if user.id == me => t.you_now_admin.to_owned(),
        SystemLine::AdminNamed { user } => (t.now_admin)(&name(user)),
        SystemLine::AdminDismissed { user } if user.id == me => t.you_no_longer_admin.to_owned(),
        SystemLine::AdminDismissed { user } => (t.no_longer_admin)(&name(user)),
        SystemLine::OwnerChanged { user } if user.id == me => t.you_now_owner.to_owned(),
        SystemLine::OwnerChanged { user } => (t.now_owner)(&name(user)),
        SystemLine::PictureChanged if mine => t.you_changed_picture.to_owned(),
        SystemLine::PictureChanged => (t.they_changed_picture)(who),
        SystemLine::Renamed { name } => (t.renamed)(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn card(id: i64, nickname: &str) -> UserCard {
        UserCard {
            id: UserId(id),
            username: nickname.to_lowercase(),
            nickname: nickname.to_owned(),
            avatar: None,
            revision: 0,
        }
    }

    #[test]
    fn each_reader_is_spoken_to() {
        let words = Language::English.messages();
        let (sari, oleh) = (card(1, "Sari"), card(2, "Oleh"));
        let added = SystemLine::MemberAdded { user: oleh.clone() };
        let name = |user: &UserCard| user.nickname.clone();
        let say = |me| told(words, &added, &sari, None, UserId(me), &name);
        assert_eq!(say(1), "You added Oleh");
        assert_eq!(say(2), "Sari added you");
        assert_eq!(say(3), "Sari added Oleh");
        let friends =
            |me, peer| told(words, &SystemLine::BecameFriends, &sari, Some(peer), UserId(me), &name);
        assert_eq!(friends(1, &oleh), "You and Oleh became friends");
        assert_eq!(friends(2, &sari), "You and Sari became friends");
    }
}
