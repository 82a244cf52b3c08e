//! The protocol with a token in every request (seed 003).

use std::borrow::Cow;
use std::fmt;

use crate::content::Content;
use crate::session::{ALL, all};
use crate::words::{Bad, Rejected, Words, quote};

/// Which request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Signs in and gives a token.
    Auth,
    /// Writes to a person.
    SendMessage,
    /// Writes to a group.
    SendGroupMessage,
    /// Sends a person a file.
    SendFile,
    /// Sends a group a file.
    SendGroupFile,
    /// Lists files.
    MyFile,
    /// Fetches messages.
    Inbox,
    /// Fetches a file.
    DownloadFile,
}

/// What the requests are called, in the order of [`Verb::ALL`].
pub const REQUESTS: [&str; Verb::ALL.len()] = {
    let mut names = [""; Verb::ALL.len()];
    let mut i = 0;
    while i < names.len() {
        names[i] = Verb::ALL[i].name();
        i += 1;
    }
    names
};

impl Verb {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Auth,
        Self::SendMessage,
        Self::SendGroupMessage,
        Self::SendFile,
        Self::SendGroupFile,
        Self::MyFile,
        Self::Inbox,
        Self::DownloadFile,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auth => "AUTH",
            Self::SendMessage => "SEND MESSAGE",
            Self::SendGroupMessage => "SEND GROUP MESSAGE",
            Self::SendFile => "SEND FILE",
            Self::SendGroupFile => "SEND GROUP FILE",
            Self::MyFile => "MY FILE",
            Self::Inbox => "INBOX",
            Self::DownloadFile => "DOWNLOAD FILE",
        }
    }

    /// How it is written, for whoever has written it otherwise.
    pub fn usage(self) -> &'static str {
        match self {
            Self::Auth => "AUTH username password",
            Self::SendMessage => "SEND MESSAGE token username pesan",
            Self::SendGroupMessage => "SEND GROUP MESSAGE token grup pesan",
            Self::SendFile => "SEND FILE token username file base64",
            Self::SendGroupFile => "SEND GROUP FILE token grup file base64",
            Self::MyFile => "MY FILE token",
            Self::Inbox => "INBOX token [SEMUA]",
            Self::DownloadFile => "DOWNLOAD FILE token username file",
        }
    }
}

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub enum Request<'a> {
    /// Signs in and gives a token.
    Auth {
        /// Or the e-mail address.
        username: Cow<'a, str>,
        /// As typed.
        password: &'a str,
    },
    /// Anything else, which needs the token.
    With {
        /// The token.
        token: Cow<'a, str>,
        /// What is asked for.
        deed: Deed<'a>,
    },
}

/// What is asked for with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// Writes to a person.
    SendMessage {
        /// Their username.
        user: Cow<'a, str>,
        /// The message.
        text: &'a str,
    },
    /// Writes to a group.
    SendGroupMessage {
        /// Its name.
        group: Cow<'a, str>,
        /// The message.
        text: &'a str,
    },
    /// Sends a person a file.
    SendFile {
        /// Their username.
        user: Cow<'a, str>,
        /// What it is called.
        name: Cow<'a, str>,
        /// What it holds.
        content: Content<'a>,
    },
    /// Sends a group a file.
    SendGroupFile {
        /// The group's name.
        group: Cow<'a, str>,
        /// What it is called.
        name: Cow<'a, str>,
        /// What it holds.
        content: Content<'a>,
    },
    /// Lists the files that one has sent and received.
    MyFile,
    /// Fetches messages.
    Inbox {
        /// Also those fetched before.
        all: bool,
    },
    /// Fetches a file.
    DownloadFile {
        /// Who sent it.
        user: Cow<'a, str>,
        /// What it is called.
        name: Cow<'a, str>,
    },
}

/// Reads a line.
///
/// # Errors
/// What is wrong with it.
pub fn parse(line: &str) -> Result<Request<'_>, Rejected<Verb>> {
    let parameters_of =
        |verb: Verb| line.strip_prefix(verb.name()).filter(|left| left.is_empty() || left.starts_with(' '));
    let known = Verb::ALL.into_iter().find_map(|verb| Some((verb, parameters_of(verb)?)));
    let (verb, left) = known.ok_or(Rejected::Unknown)?;
    parameters(verb, Words(left)).map_err(|bad| match bad {
        Bad::Form => Rejected::Malformed(verb),
        Bad::Content => Rejected::BadContent(verb),
    })
}

/// The token of a line that may carry a file, by its first bytes.
pub fn file_token(head: &[u8]) -> Option<&str> {
    let left = [Verb::SendFile, Verb::SendGroupFile].iter().find_map(|verb| {
        head.strip_prefix(verb.name().as_bytes()).and_then(|left| left.strip_prefix(b" "))
    })?;
    std::str::from_utf8(left.split(|byte| *byte == b' ').next()?).ok()
}

fn parameters(verb: Verb, mut words: Words<'_>) -> Result<Request<'_>, Bad> {
    let first = words.word()?;
    let deed = match verb {
        Verb::Auth => return Ok(Request::Auth { username: first, password: words.rest()? }),
        Verb::SendMessage => Deed::SendMessage { user: words.word()?, text: words.rest()? },
        Verb::SendGroupMessage => Deed::SendGroupMessage { group: words.word()?, text: words.rest()? },
        Verb::SendFile => {
            Deed::SendFile { user: words.word()?, name: words.word()?, content: content(words)? }
        }
        Verb::SendGroupFile => {
            Deed::SendGroupFile { group: words.word()?, name: words.word()?, content: content(words)? }
        }
        Verb::MyFile => {
            words.end()?;
            Deed::MyFile
        }
        Verb::Inbox => Deed::Inbox { all: all(words)? },
        Verb::DownloadFile => Deed::DownloadFile { user: words.word()?, name: words.last_name()? },
    };
    Ok(Request::With { token: first, deed })
}

fn content(words: Words<'_>) -> Result<Content<'_>, Bad> {
    Content::parse(Words(words.left()).rest()?).ok_or(Bad::Content)
}

impl Request<'_> {
    /// Which request it is.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Auth { .. } => Verb::Auth,
            Self::With { deed, .. } => match deed {
                Deed::SendMessage { .. } => Verb::SendMessage,
                Deed::SendGroupMessage { .. } => Verb::SendGroupMessage,
                Deed::SendFile { .. } => Verb::SendFile,
                Deed::SendGroupFile { .. } => Verb::SendGroupFile,
                Deed::MyFile => Verb::MyFile,
                Deed::Inbox { .. } => Verb::Inbox,
                Deed::DownloadFile { .. } => Verb::DownloadFile,
            },
        }
    }
}

/// As it is written on a line.
impl fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.verb().name())?;
        let (token, deed) = match self {
            Self::Auth { username, password } => return write!(f, " {} {password}", quote(username)),
            Self::With { token, deed } => (token, deed),
        };
        write!(f, " {}", quote(token))?;
        match deed {
            Deed::SendMessage { user: to, text } | Deed::SendGroupMessage { group: to, text } => {
                write!(f, " {} {text}", quote(to))
            }
            Deed::SendFile { user: to, name, content } | Deed::SendGroupFile { group: to, name, content } => {
                write!(f, " {} {} {}", quote(to), quote(name), content.as_str())
            }
            Deed::MyFile => Ok(()),
            Deed::Inbox { all } => f.write_str(if *all { ALL } else { "" }),
            Deed::DownloadFile { user, name } => write!(f, " {} {}", quote(user), quote(name)),
        }
    }
}

/// Its name alone: passwords and tokens are never shown.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}(…)", self.verb())
    }
}

#[cfg(test)]
mod tests;
