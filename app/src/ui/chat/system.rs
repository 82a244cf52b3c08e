//! What a room tells of itself, in words.

use sapa_model::{SystemLine, UserCard, UserId};

use crate::i18n::Messages;

/// A system line as the reader `me` should hear it; `author` is whose act it was.
pub fn in_words(
    words: &Messages,
    line: &SystemLine,
    author: &UserCard,
    peer: Option<&UserCard>,
    me: UserId,
) -> String {
    let t = &words.chat;
    let mine = author.id == me;
    let who = author.nickname.as_str();
    match line {
        SystemLine::BecameFriends => {
            let other = if mine { peer.map_or("…", |peer| &peer.nickname) } else { who };
            (t.became_friends)(other)
        }
        SystemLine::ConversationStarted if mine => t.you_started.to_owned(),
        SystemLine::ConversationStarted => (t.they_started)(who),
        SystemLine::GroupCreated { name } if mine => (t.you_created)(name),
        SystemLine::GroupCreated { name } => (t.they_created)(who, name),
        SystemLine::MemberAdded { user } if mine => (t.you_added)(&user.nickname),
        SystemLine::MemberAdded { user } if user.id == me => (t.they_added_you)(who),
        SystemLine::MemberAdded { user } => (t.they_added)(who, &user.nickname),
        SystemLine::MemberJoined if mine => t.you_joined.to_owned(),
        SystemLine::MemberJoined => (t.they_joined)(who),
        SystemLine::MemberLeft if mine => t.you_left.to_owned(),
        SystemLine::MemberLeft => (t.they_left)(who),
        SystemLine::MemberRemoved { user } if mine => (t.you_removed)(&user.nickname),
        SystemLine::MemberRemoved { user } if user.id == me => (t.they_removed_you)(who),
        SystemLine::MemberRemoved { user } => (t.they_removed)(who, &user.nickname),
        SystemLine::AdminNamed { user } if user.id == me => t.you_now_admin.to_owned(),
        SystemLine::AdminNamed { user } => (t.now_admin)(&user.nickname),
        SystemLine::AdminDismissed { user } if user.id == me => t.you_no_longer_admin.to_owned(),
        SystemLine::AdminDismissed { user } => (t.no_longer_admin)(&user.nickname),
        SystemLine::OwnerChanged { user } if user.id == me => t.you_now_owner.to_owned(),
        SystemLine::OwnerChanged { user } => (t.now_owner)(&user.nickname),
        SystemLine::Renamed { name } => (t.renamed)(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    fn card(id: i64, nickname: &str) -> UserCard {
        UserCard { id: UserId(id), username: nickname.to_lowercase(), nickname: nickname.to_owned() }
    }

    #[test]
    fn each_reader_is_spoken_to() {
        let words = Language::English.messages();
        let (sari, oleh) = (card(1, "Sari"), card(2, "Oleh"));
        let added = SystemLine::MemberAdded { user: oleh.clone() };
        let say = |me| in_words(words, &added, &sari, None, UserId(me));
        assert_eq!(say(1), "You added Oleh");
        assert_eq!(say(2), "Sari added you");
        assert_eq!(say(3), "Sari added Oleh");
        let friends = |me, peer| in_words(words, &SystemLine::BecameFriends, &sari, Some(peer), UserId(me));
        assert_eq!(friends(1, &oleh), "You and Oleh became friends");
        assert_eq!(friends(2, &sari), "You and Sari became friends");
    }
}
