//! The protocol of a connection that signs in (seed 002).

use std::time::Instant;

use sapa_domain::attachments::FileLimits;
use sapa_domain::hub::Outgoing;
use sapa_domain::live::{self, Connection};
use sapa_domain::rates::Caller;
use sapa_domain::sessions::{self, Device};
use sapa_domain::{Chat, Scope, accounts};
use sapa_model::text::Password;
use sapa_model::{AppError, AppResult, ErrorCode, NewAccount, NewProfile, UserId};
use sapa_text::session::{Request, Verb, carries_file, parse};
use sapa_text::{Rejected, Reply, country, sentence};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::budget::{Budget, Share};
use super::deeds::{self, To};
use super::door::Answer;

/// A connection that signs in.
pub struct SessionDoor {
    chat: Chat,
    budget: Budget,
    device: Device,
    signed_in: Option<SignedIn>,
    /// When the connection began, or was signed out last.
    since: Instant,
}

impl SessionDoor {
    /// For a peer who is not signed in.
    pub fn new(chat: Chat, budget: Budget, device: Device) -> Self {
        Self { chat, budget, device, signed_in: None, since: Instant::now() }
    }

    /// Does what a line asks for.
    pub async fn answer(&mut self, line: &str) -> Answer {
        deeds::take_turn(&self.chat, self.caller()).await;
        let refuse =
            |verb: Verb, why: String| Answer::Reply(Reply::error(verb.failure().map_or(why, Into::into)));
        match parse(line) {
            Err(Rejected::Unknown) => Answer::Reply(Reply::unknown()),
            Err(Rejected::Malformed(verb)) => refuse(verb, sentence::malformed(verb.usage())),
            Err(Rejected::BadContent(verb)) => refuse(verb, sentence::bad_content()),
            Ok(request) => {
                let verb = request.verb();
                match self.carry_out(request).await {
                    Ok(Some(answer)) => answer,
                    Ok(None) => Answer::Reply(verb.success().map_or_else(Reply::ok, Reply::done)),
                    // Not for what was asked, but for what this house is.
                    Err(error) if keeps_out(error.code) => Answer::Reply(Reply::error(sentence::of(&error))),
                    Err(error) if needs_address(verb, &error) => {
                        Answer::Reply(Reply::error(sentence::needs_address()))
                    }
                    Err(error) => refuse(verb, sentence::of(&error)),
                }
            }
        }
    }

    fn share(&self) -> Share {
        self.budget.share(self.device.address)
    }

    fn caller(&self) -> Option<Caller> {
        match &self.signed_in {
            Some(signed_in) => Some(Caller::Account(signed_in.scope.user_id)),
            None => self.device.address.map(Caller::Address),
        }
    }

    /// Answers what was read, or with nothing where it is enough to say that it is done.
    async fn carry_out(&mut self, request: Request<'_>) -> AppResult<Option<Answer>> {
        let chat = &self.chat;
        match request {
            Request::Auth { username, password } => self.sign_in(&username, password).await?,
            Request::Logout => self.sign_out().await?,
            Request::Register { username, password, country, nickname } => {
                let profile = NewProfile {
                    nickname: nickname.to_owned(),
                    country: country::code(&country).to_owned(),
                    ..NewProfile::default()
                };
                let (username, password) = (username.into_owned(), Password::unchecked(password));
                let account = NewAccount {
                    username,
                    password,
                    email: String::new(),
                    invitation: String::new(),
                    profile,
                };
                accounts::register(chat, account, &self.device).await?;
            }
            Request::Send { user, text } => {
                deeds::say(chat, &self.scope().await?, To::Person(&user), text).await?;
            }
            Request::SendGroup { group, text } => {
                deeds::say(chat, &self.scope().await?, To::Group(&group), text).await?;
            }
            Request::SendFile { user, name, content } => {
                self.send_file(To::Person(&user), &name, content).await?;
            }
            Request::SendGroupFile { group, name, content } => {
                self.send_file(To::Group(&group), &name, content).await?;
            }
            Request::Inbox { all } => {
                return deeds::inbox(chat, &self.scope().await?, self.share(), all).await.map(Some);
            }
            Request::MyFile => return deeds::files(chat, &self.scope().await?).await.map(Some),
            Request::DownloadFile { user, name } => {
                return deeds::download(chat, &self.scope().await?, &user, &name).await.map(Some);
            }
        }
        Ok(None)
    }

    async fn send_file(
        &self,
        to: To<'_>,
        name: &str,
        content: Option<sapa_text::Content<'_>>,
    ) -> AppResult<()> {
        let scope = self.scope().await?;
        match content {
            Some(content) => deeds::send_file(&self.chat, &scope, to, name, content).await,
            None => deeds::send_again(&self.chat, &scope, to, name).await,
        }
    }

    /// Who asks. Looked up anew for each request: the session may have ended a moment ago.
    async fn scope(&self) -> AppResult<Scope> {
        let signed_in = self.signed_in.as_ref().ok_or_else(AppError::signed_out)?;
        let scope = sessions::authenticate(&self.chat, &signed_in.token).await?;
        Ok(scope.ok_or_else(AppError::signed_out)?.from(self.device.address))
    }

    async fn sign_in(&mut self, username: &str, password: &str) -> AppResult<()> {
        let begun = deeds::sign_in(&self.chat, username, password, &self.device).await?;
        match live::connect(&self.chat, &begun.scope).await {
            Ok(connection) => {
                let presence = Presence::keep(connection);
                let before =
                    self.signed_in.replace(SignedIn { token: begun.token, scope: begun.scope, presence });
                match before {
                    Some(before) => before.end(&self.chat).await,
                    None => Ok(()),
                }
            }
            Err(error) => {
                sessions::sign_out(&self.chat, &begun.scope).await?;
                Err(error)
            }
        }
    }

    async fn sign_out(&mut self) -> AppResult<()> {
        let signed_in = self.signed_in.take().ok_or_else(AppError::signed_out)?;
        self.since = Instant::now();
        signed_in.end(&self.chat).await
    }

    /// Since when nobody is signed in, if so.
    pub fn stranger_since(&self) -> Option<Instant> {
        self.signed_in.is_none().then_some(self.since)
    }

    /// Who brings the file that a line beginning so carries, if it may carry one, and how large it may be.
    pub fn takes_file(&self, head: &[u8]) -> Option<(UserId, FileLimits)> {
        let signed_in = self.signed_in.as_ref().filter(|_| carries_file(head))?;
        Some((signed_in.scope.user_id, self.chat.file_limits()))
    }

    /// Cancelled when the session has ended elsewhere.
    pub fn closed(&self) -> CancellationToken {
        self.signed_in
            .as_ref()
            .map_or_else(CancellationToken::new, |signed_in| signed_in.presence.closed.clone())
    }

    /// The connection ends, and its session with it.
    pub async fn leave(mut self) {
        if let Some(signed_in) = self.signed_in.take()
            && let Err(error) = signed_in.end(&self.chat).await
        {
            tracing::warn!(%error, "a terminal's session could not be ended; it expires by itself");
        }
    }
}

/// Whether nobody, or nobody without an invitation, may make an account.
fn keeps_out(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::RegistrationClosed | ErrorCode::InvitationRequired)
}

/// Whether an account is made with an e-mail address alone, which no request here can give.
fn needs_address(verb: Verb, error: &AppError) -> bool {
    verb == Verb::Register && error.code == ErrorCode::Required && error.field.as_deref() == Some("email")
}

/// A session, and that its user is there.
struct SignedIn {
    token: String,
    scope: Scope,
    presence: Presence,
}

impl SignedIn {
    /// Ends it. First the presence, so that the end of the session does not look as if it came from elsewhere.
    async fn end(self, chat: &Chat) -> AppResult<()> {
        self.presence.end().await;
        sessions::sign_out(chat, &self.scope).await
    }
}

/// A connection to the hub. What it hears is let go by: a terminal asks.
struct Presence {
    closed: CancellationToken,
    hearing: JoinHandle<()>,
}

impl Presence {
    fn keep(mut connection: Connection) -> Self {
        let closed = CancellationToken::new();
        let hearing = tokio::spawn({
            let closed = closed.clone();
            async move {
                while let Outgoing::Frame(_) = connection.next().await {}
                closed.cancel();
            }
        });
        Self { closed, hearing }
    }

    async fn end(mut self) {
        self.hearing.abort();
        // Ends as cancelled.
        let _ = (&mut self.hearing).await;
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        self.hearing.abort();
    }
}
