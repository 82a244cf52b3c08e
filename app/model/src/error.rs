//! The one error that every door shows.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// What the domain and every door answer with.
pub type AppResult<T> = Result<T, AppError>;

/// A stable name for what went wrong; programs and translations go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A field that must be there is empty.
    Required,
    /// A field is shorter than its limit.
    TooShort,
    /// A field is longer than its limit.
    TooLong,
    /// A field or frame cannot be read as what it should be.
    Invalid,
    /// A password is one of the first that others would try.
    EasilyGuessed,
    /// A username has characters outside the allowed ones.
    BadUsername,
    /// A text holds control, invisible or direction-changing characters.
    BadCharacters,
    /// The username belongs to somebody.
    UsernameTaken,
    /// The handle belongs to another channel.
    HandleTaken,
    /// The e-mail address belongs to somebody.
    EmailTaken,
    /// Name and password do not match.
    WrongCredentials,
    /// Whoever is signed in has given a password that is not theirs.
    WrongPassword,
    /// Nobody is signed in.
    SignedOut,
    /// Signed in, but not allowed to do this.
    Forbidden,
    /// There is no such thing, or none that the asker may see.
    NotFound,
    /// There is such an address, but nothing of this method.
    MethodNotAllowed,
    /// The body is of a type that is not taken here.
    UnsupportedMediaType,
    /// It conflicts with how things stand now.
    Conflict,
    /// The other person takes messages from friends only.
    FriendsOnly,
    /// The asker has blocked this person and must unblock first.
    Blocked,
    /// This person cannot be added to a group; a link may be sent instead.
    CannotAdd,
    /// The owner must hand the group over before leaving.
    OwnerMustHandOver,
    /// The invite link has expired or was revoked.
    InviteGone,
    /// Somebody has made an account by this invitation already.
    InviteUsed,
    /// The link of a letter has expired or was used.
    LinkGone,
    /// The e-mail address must be confirmed first.
    EmailUnverified,
    /// The host has closed the account.
    Banned,
    /// The host takes no new accounts.
    RegistrationClosed,
    /// A new account needs an invitation.
    InvitationRequired,
    /// A count has reached its limit.
    LimitReached,
    /// Too many requests, or too much at once; later it may go.
    TooMany,
    /// Too many wrong passwords; later another may be tried.
    TooManyTries,
    /// Too many accounts have been made from this network; later there is room for more.
    TooManyAccounts,
    /// A letter of this kind has just been sent, or too many were; later another may go.
    TooManyLetters,
    /// The request, or a file, is larger than what is taken.
    TooLarge,
    /// A picture has more pixels than what is taken.
    TooManyPixels,
    /// A file is none of the kinds of pictures that are known.
    NotAPicture,
    /// A picture is damaged or cut off.
    DamagedPicture,
    /// The user's files would take more room than they may.
    QuotaReached,
    /// The server has no room left to store anything.
    StorageFull,
    /// The disk of the server is full, so that nothing can be written; later it may go.
    DiskFull,
    /// The server is too busy or its storage does not answer.
    Unavailable,
    /// A fault of the server; its log has the rest.
    Internal,
}

/// An error as people and programs see it: a code, a sentence, and the field if one is to blame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    /// The stable code.
    pub code: ErrorCode,
    /// A sentence in English; the interface shows its own translation of the code.
    pub message: Cow<'static, str>,
    /// The field of the request that is to blame, in the spelling of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'static, str>>,
    /// The limit that was passed, for `too_short`, `too_long` and `limit_reached`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// For what may go later, such as `too_many`: in how many seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl AppError {
    /// An error that blames no field.
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), field: None, limit: None, retry_after: None }
    }

    /// Whether it tells of a fault of the server, rather than of how things stand.
    pub fn is_fault(&self) -> bool {
        use ErrorCode::{DiskFull, Internal, StorageFull, Unavailable};
        matches!(self.code, Unavailable | Internal | StorageFull | DiskFull)
    }

    /// The same error, with the field to blame.
    #[must_use]
    pub fn on(mut self, field: &'static str) -> Self {
        self.field = Some(Cow::Borrowed(field));
        self
    }

    /// The same error where a door calls the field to blame something else.
    #[must_use]
    pub fn renamed(self, from: &str, to: &'static str) -> Self {
        if self.field.as_deref() == Some(from) { self.on(to) } else { self }
    }

    /// A field that cannot be read.
    pub fn invalid(field: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::Invalid, message).on(field)
    }

    /// A field that must not be empty.
    pub fn required(field: &'static str) -> Self {
        Self::new(ErrorCode::Required, format!("{field} must not be empty.")).on(field)
    }

    /// A field with fewer characters than `min`.
    pub fn too_short(field: &'static str, min: usize) -> Self {
        Self::new(ErrorCode::TooShort, format!("{field} must have at least {min} characters."))
            .on(field)
            .limited(min)
    }

    /// A field with more characters than `max`.
    pub fn too_long(field: &'static str, max: usize) -> Self {
        Self::new(ErrorCode::TooLong, format!("{field} must have at most {max} characters."))
            .on(field)
            .limited(max)
    }

    /// A field with characters that are not shown, or that change what others look like.
    pub fn bad_characters(field: &'static str) -> Self {
        Self::new(ErrorCode::BadCharacters, format!("{field} holds characters that cannot be shown."))
            .on(field)
    }

    /// A file that is larger than `max` bytes.
    pub fn too_large(max: u64) -> Self {
        let limit = usize::try_from(max).unwrap_or(usize::MAX);
        Self::new(ErrorCode::TooLarge, format!("This is larger than {max} bytes.")).on("file").limited(limit)
    }

    /// A count that would pass its limit.
    pub fn limit_reached(what: &'static str, limit: usize) -> Self {
        Self::new(ErrorCode::LimitReached, format!("There can be at most {limit} {what}.")).limited(limit)
    }

    /// Nothing there, or nothing that the asker may see: the two are not told apart.
    pub fn not_found(what: &'static str) -> Self {
        Self::new(ErrorCode::NotFound, format!("There is no such {what}."))
    }

    /// Signed in, but not allowed.
    pub fn forbidden(message: &'static str) -> Self {
        Self::new(ErrorCode::Forbidden, message)
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Self {
        Self::new(ErrorCode::SignedOut, "Please sign in.")
    }

    /// A fault of the server. Says nothing of its inside: that goes to the log.
    pub fn internal() -> Self {
        Self::new(ErrorCode::Internal, "Something went wrong on the server.")
    }

    /// Too much at once, or too often; it may go again after so long.
    pub fn too_many(message: &'static str, wait: std::time::Duration) -> Self {
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Self { retry_after: Some(seconds), ..Self::new(ErrorCode::TooMany, message) }
    }

    /// The same error where there is a code that says more.
    #[must_use]
    pub fn coded(mut self, code: ErrorCode) -> Self {
        self.code = code;
        self
    }

    /// The same error, with when it may go; at least a second.
    #[must_use]
    pub fn after(mut self, wait: std::time::Duration) -> Self {
        self.retry_after = Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1));
        self
    }

    /// The same error, with the limit that was passed.
    #[must_use]
    pub fn limited(mut self, limit: usize) -> Self {
        self.limit = u32::try_from(limit).ok();
        self
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

#[cfg(feature = "server-fn")]
impl server_fn::error::FromServerFnError for AppError {
    type Encoder = server_fn::codec::JsonEncoding;

    fn from_server_fn_error(error: server_fn::error::ServerFnErrorErr) -> Self {
        use server_fn::error::ServerFnErrorErr as Fault;
        match error {
            // In a browser it is the answer that cannot be read: the connection broke off in its middle.
            Fault::Deserialization(_) | Fault::Response(_) if cfg!(target_arch = "wasm32") => {
                Self::new(ErrorCode::Unavailable, "The answer did not come whole.")
            }
            // Says which field it was.
            Fault::Args(why) | Fault::MissingArg(why) | Fault::Deserialization(why) => {
                Self::new(ErrorCode::Invalid, format!("The request cannot be read: {why}"))
            }
            Fault::Request(_) => Self::new(ErrorCode::Unavailable, "The server cannot be reached."),
            _ => Self::internal(),
        }
    }
}
