//! The protocol with a token in every request (seed 003).

use std::time::Instant;

use sapa_domain::attachments::FileLimits;
use sapa_domain::rates::Caller;
use sapa_domain::sessions::{self, Device};
use sapa_domain::{Chat, Scope};
use sapa_model::{AppError, AppResult, UserId};
use sapa_text::token::{Deed, Request, file_token, parse};
use sapa_text::{Rejected, Reply, sentence};

use super::budget::Budget;
use super::deeds::{self, To};
use super::door::Answer;

/// A connection that knows nobody.
pub struct TokenDoor {
    chat: Chat,
    budget: Budget,
    device: Device,
    began: Instant,
    /// Whether somebody has signed in here, or brought a good token.
    is_known: bool,
}

impl TokenDoor {
    /// For a peer.
    pub fn new(chat: Chat, budget: Budget, device: Device) -> Self {
        Self { chat, budget, device, began: Instant::now(), is_known: false }
    }

    /// Does what a line asks for.
    pub async fn answer(&mut self, line: &str) -> Answer {
        let parsed = parse(line);
        let scope = match &parsed {
            Ok(Request::With { token, .. }) => self.scope(token).await,
            _ => Ok(None),
        };
        deeds::take_turn(&self.chat, self.caller(scope.as_ref().ok().and_then(Option::as_ref))).await;
        self.is_known |= matches!(scope, Ok(Some(_)));
        let done = match parsed {
            Err(Rejected::Unknown) => return Answer::Reply(Reply::unknown()),
            Err(Rejected::Malformed(verb)) => Err(sentence::malformed(verb.usage())),
            Err(Rejected::BadContent(_)) => Err(sentence::bad_content()),
            Ok(Request::Auth { username, password }) => {
                let begun = deeds::sign_in(&self.chat, &username, password, &self.device).await;
                self.is_known |= begun.is_ok();
                begun
                    .map(|begun| Answer::Reply(Reply::done(begun.token)))
                    .map_err(|error| sentence::of(&error))
            }
            Ok(Request::With { deed, .. }) => match scope {
                Ok(Some(scope)) => self.carry_out(&scope, deed).await.map_err(|error| sentence::of(&error)),
                Ok(None) => Err(sentence::dead_token()),
                Err(error) => Err(sentence::of(&error)),
            },
        };
        done.unwrap_or_else(|why| Answer::Reply(Reply::error(why)))
    }

    fn caller(&self, scope: Option<&Scope>) -> Option<Caller> {
        match scope {
            Some(scope) => Some(Caller::Account(scope.user_id)),
            None => self.device.address.map(Caller::Address),
        }
    }

    async fn scope(&self, token: &str) -> AppResult<Option<Scope>> {
        let scope = sessions::authenticate(&self.chat, token).await?;
        Ok(scope.map(|scope| scope.from(self.device.address)))
    }

    async fn carry_out(&self, scope: &Scope, deed: Deed<'_>) -> Result<Answer, AppError> {
        let chat = &self.chat;
        match deed {
            Deed::SendMessage { user, text } => deeds::say(chat, scope, To::Person(&user), text).await?,
            Deed::SendGroupMessage { group, text } => {
                deeds::say(chat, scope, To::Group(&group), text).await?;
            }
            Deed::SendFile { user, name, content } => {
                deeds::send_file(chat, scope, To::Person(&user), &name, content).await?;
            }
            Deed::SendGroupFile { group, name, content } => {
                deeds::send_file(chat, scope, To::Group(&group), &name, content).await?;
            }
            Deed::MyFile => return deeds::files(chat, scope).await,
            Deed::Inbox { all } => {
                return deeds::inbox(chat, scope, self.budget.share(self.device.address), all).await;
            }
            Deed::DownloadFile { user, name } => return deeds::download(chat, scope, &user, &name).await,
        }
        Ok(Answer::Reply(Reply::ok()))
    }

    /// Since when nobody is known, if so.
    pub fn stranger_since(&self) -> Option<Instant> {
        (!self.is_known).then_some(self.began)
    }

    /// Who brings the file that a line beginning so carries, if its token is good, and how large it may be.
    pub async fn takes_file(&self, head: &[u8]) -> AppResult<Option<(UserId, FileLimits)>> {
        let Some(token) = file_token(head) else { return Ok(None) };
        let scope = self.scope(token).await?;
        Ok(scope.map(|scope| (scope.user_id, self.chat.file_limits())))
    }
}
