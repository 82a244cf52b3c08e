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
    RoomKind = model::RoomKind { Direct = "direct", Group = "group", Channel = "channel" }
);
words!(
    /// `memberships.role`
    Role = model::Role { Member = "member", Admin = "admin", Owner = "owner" }
);
words!(
    /// `users.who_may_write`
    WhoMayWrite = model::WhoMayWrite { Everyone = "everyone", Friends = "friends" }
);
words!(
    /// `users.who_sees_…`
    Circle = model::Circle { Everyone = "everyone", Friends = "friends", Nobody = "nobody" }
);
words!(
    /// `user_languages.level`
    Level = model::Level { A1 = "A1", A2 = "A2", B1 = "B1", B2 = "B2", C1 = "C1", C2 = "C2" }
);

words!(
    /// `stories.audience`, `users.story_audience`
    StoryAudience = model::story::AudienceKind { Friends = "friends", Only = "only", Except = "except" }
);
words!(
    /// `story_replies.kind`
    StoryKind = model::story::StoryKind { Text = "text", Picture = "picture", Video = "video" }
);
words!(
    /// `reports.reason`
    ReportReason = model::report::ReportReason {
        Spam = "spam",
        Abuse = "abuse",
        Harassment = "harassment",
        Impersonation = "impersonation",
        Other = "other"
    }
);

/// `sessions.kind`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SessionKind {
    /// A browser, by its cookie.
    #[sea_orm(string_value = "browser")]
    Browser,
    /// A program, by an access token that it renews.
    #[sea_orm(string_value = "program")]
    Program,
    /// A terminal client, over a plain-text protocol.
    #[sea_orm(string_value = "terminal")]
    Terminal,
    /// A personal API token.
    #[sea_orm(string_value = "token")]
    Token,
}

/// `letters.kind`, `email_tokens.purpose`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum LetterKind {
    /// To confirm an address.
    #[sea_orm(string_value = "confirm")]
    Confirm,
    /// To set a new password.
    #[sea_orm(string_value = "reset")]
    Reset,
    /// That somebody has signed in from a new device.
    #[sea_orm(string_value = "new_device")]
    NewDevice,
    /// That the password was changed.
    #[sea_orm(string_value = "password_changed")]
    PasswordChanged,
    /// That the address is to be another one.
    #[sea_orm(string_value = "address_changed")]
    AddressChanged,
}

/// `security_events.act`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SecurityAct {
    #[sea_orm(string_value = "joined")]
    Joined,
    #[sea_orm(string_value = "signed_in")]
    SignedIn,
    #[sea_orm(string_value = "sign_in_failed")]
    SignInFailed,
    #[sea_orm(string_value = "username_changed")]
    UsernameChanged,
    #[sea_orm(string_value = "password_changed")]
    PasswordChanged,
    /// By the link of a letter.
    #[sea_orm(string_value = "password_reset")]
    PasswordReset,
    #[sea_orm(string_value = "address_changed")]
    AddressChanged,
    /// By the link of a letter.
    #[sea_orm(string_value = "address_confirmed")]
    AddressConfirmed,
    /// A device was signed out, or a token revoked, from another.
    #[sea_orm(string_value = "session_ended")]
    SessionEnded,
    /// A personal API token.
    #[sea_orm(string_value = "token_made")]
    TokenMade,
    /// A refresh token came a second time: its session was ended.
    #[sea_orm(string_value = "refresh_token_reused")]
    RefreshTokenReused,
    #[sea_orm(string_value = "role_changed")]
    RoleChanged,
    #[sea_orm(string_value = "banned")]
    Banned,
    #[sea_orm(string_value = "unbanned")]
    Unbanned,
}

words!(
    /// `calls.media`
    CallMedia = model::call::CallMedia { Audio = "audio", Video = "video" }
);

/// `messages.kind`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MessageKind {
    #[sea_orm(string_value = "text")]
    Text,
    #[sea_orm(string_value = "system")]
    System,
    /// A call that has ended.
    #[sea_orm(string_value = "call")]
    Call,
}

/// `attachments.kind`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MediaKind {
    #[sea_orm(string_value = "picture")]
    Picture,
    #[sea_orm(string_value = "video")]
    Video,
    #[sea_orm(string_value = "audio")]
    Audio,
    #[sea_orm(string_value = "voice")]
    Voice,
    #[sea_orm(string_value = "file")]
    File,
}

/// `attachments.state`
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum UploadState {
    /// Announced; its bytes are awaited.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Its bytes are on their way.
    #[sea_orm(string_value = "coming")]
    Coming,
    /// Stored whole.
    #[sea_orm(string_value = "ready")]
    Ready,
}
