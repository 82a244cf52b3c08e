//! The closed sets of words that stand in columns, and how they match those of the wire.

use sapa_model as model;
use sea_orm::entity::prelude::*;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $wire:path { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $(#[sea_orm(string_value = $text)] $variant,)+
        }

        impl From<$name> for $wire {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$wire> for $name {
            fn from(word: $wire) -> Self {
                match word {
                    $(<$wire>::$variant => Self::$variant,)+
                }
            }
        }
    };
}

words!(
    /// `rooms.kind`
    RoomKind = model::RoomKind { Direct = "direct", Group = "group" }
);
words!(
    /// `memberships.role`
    Role = model::Role { Member = "member", Admin = "admin", Owner = "owner" }
);
words!(
    /// `users.who_may_write`
    WhoMayWrite = model::WhoMayWrite { Everyone = "everyone", Friends = "friends" }
);

/// `messages.kind`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MessageKind {
    #[sea_orm(string_value = "text")]
    Text,
    #[sea_orm(string_value = "system")]
    System,
}
