//! The protocol of a connection that signs in (seed 002), with the readings of the other one.

use std::borrow::Cow;
use std::fmt;

use crate::content::Content;
use crate::words::{Bad, Rejected, Words, quote};

/// Which request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Signs in.
    Auth,
    /// Signs out.
    Logout,
    /// Writes to a person.
    Send,
    /// Writes to a group.
    SendGroup,
    /// Sends a person a file.
    SendFile,
    /// Sends a group a file.
    SendGroupFile,
    /// Makes an account.
    Register,
    /// Fetches messages.
    Inbox,
    /// Lists files.
    MyFile,
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
    pub const ALL: [Self; 10] = [
        Self::Auth,
        Self::Logout,
        Self::Send,
        Self::SendGroup,
        Self::SendFile,
        Self::SendGroupFile,
        Self::Register,
        Self::Inbox,
        Self::MyFile,
        Self::DownloadFile,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auth => "AUTH",
            Self::Logout => "LOGOUT",
            Self::Send => "SEND",
            Self::SendGroup => "SEND_GROUP",
            Self::SendFile => "SEND_FILE",
            Self::SendGroupFile => "SEND_GROUP_FILE",
            Self::Register => "REGISTER",
            Self::Inbox => "INBOX",
            Self::MyFile => "MY_FILE",
            Self::DownloadFile => "DOWNLOAD_FILE",
        }
    }

    /// What is answered when it is done; none for readings, which answer with what was read.
    pub fn success(self) -> Option<&'static str> {
        Some(match self {
            Self::Auth => "autentikasi berhasil",
            Self::Logout => "logout berhasil",
            Self::Send | Self::SendGroup => "pesan terkirim",
            Self::SendFile | Self::SendGroupFile => "file terkirim",
            Self::Register => "registrasi berhasil",
            Self::Inbox | Self::MyFile | Self::DownloadFile => return None,
        })
    }

    /// What is answered when it is not done, whatever the reason; none for readings, which say why.
    pub fn failure(self) -> Option<&'static str> {
        Some(match self {
            Self::Auth => "autentikasi gagal",
            Self::Logout => "logout gagal",
            Self::Send | Self::SendGroup => "pesan tidak terkirim",
            Self::SendFile | Self::SendGroupFile => "file tidak terkirim",
            Self::Register => "registrasi gagal",
            Self::Inbox | Self::MyFile | Self::DownloadFile => return None,
        })
    }

    /// How it is written, for whoever has written it otherwise.
    pub fn usage(self) -> &'static str {
        match self {
            Self::Auth => "AUTH username password",
            Self::Logout => "LOGOUT",
            Self::Send => "SEND username pesan",
            Self::SendGroup => "SEND_GROUP grup pesan",
            Self::SendFile => "SEND_FILE username file [base64]",
            Self::SendGroupFile => "SEND_GROUP_FILE grup file [base64]",
            Self::Register => "REGISTER username password negara nama",
            Self::Inbox => "INBOX [SEMUA]",
            Self::MyFile => "MY_FILE",
            Self::DownloadFile => "DOWNLOAD_FILE username file",
        }
    }
}

/// A request.
#[derive(Clone, PartialEq, Eq)]
pub enum Request<'a> {
    /// Signs the connection in.
    Auth {
        /// Or the e-mail address.
        username: Cow<'a, str>,
        /// As typed.
        password: &'a str,
    },
    /// Signs it out.
    Logout,
    /// Writes to a person.
    Send {
        /// Their username.
        user: Cow<'a, str>,
        /// The message.
        text: &'a str,
    },
    /// Writes to a group.
    SendGroup {
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
        /// What it holds; else it is one that the sender has sent or received before.
        content: Option<Content<'a>>,
    },
    /// Sends a group a file.
    SendGroupFile {
        /// The group's name.
        group: Cow<'a, str>,
        /// What it is called.
        name: Cow<'a, str>,
        /// What it holds; else it is one that the sender has sent or received before.
        content: Option<Content<'a>>,
    },
    /// Makes an account.
    Register {
        /// See [`sapa_model::text::Username`].
        username: Cow<'a, str>,
        /// As typed.
        password: Cow<'a, str>,
        /// A code or a name; see [`crate::country::code`].
        country: Cow<'a, str>,
        /// What others see.
        nickname: &'a str,
    },
    /// Fetches messages.
    Inbox {
        /// Also those fetched before.
        all: bool,
    },
    /// Lists the files that one has sent and received.
    MyFile,
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
    let (name, left) = line.split_at(line.find(' ').unwrap_or(line.len()));
    let verb = Verb::ALL.into_iter().find(|verb| verb.name() == name).ok_or(Rejected::Unknown)?;
    parameters(verb, Words(left)).map_err(|bad| match bad {
        Bad::Form => Rejected::Malformed(verb),
        Bad::Content => Rejected::BadContent(verb),
    })
}

/// Whether these first bytes of a line begin a request that may carry a file.
pub fn carries_file(head: &[u8]) -> bool {
    [Verb::SendFile, Verb::SendGroupFile]
        .iter()
        .any(|verb| head.strip_prefix(verb.name().as_bytes()).is_some_and(|left| left.starts_with(b" ")))
}

fn parameters(verb: Verb, mut words: Words<'_>) -> Result<Request<'_>, Bad> {
    Ok(match verb {
        Verb::Auth => Request::Auth { username: words.word()?, password: words.rest()? },
        Verb::Logout => {
            words.end()?;
            Request::Logout
        }
        Verb::Send => Request::Send { user: words.word()?, text: words.rest()? },
        Verb::SendGroup => Request::SendGroup { group: words.word()?, text: words.rest()? },
        Verb::SendFile => {
            let user = words.word()?;
            let (name, content) = file(words)?;
            Request::SendFile { user, name, content }
        }
        Verb::SendGroupFile => {
            let group = words.word()?;
            let (name, content) = file(words)?;
            Request::SendGroupFile { group, name, content }
        }
        Verb::Register => Request::Register {
            username: words.word()?,
            password: words.word()?,
            country: words.word()?,
            nickname: words.rest()?,
        },
        Verb::Inbox => Request::Inbox { all: all(words)? },
        Verb::MyFile => {
            words.end()?;
            Request::MyFile
        }
        Verb::DownloadFile => Request::DownloadFile { user: words.word()?, name: words.last_name()? },
    })
}

/// Whether the word for everything stands there.
pub(crate) fn all(words: Words<'_>) -> Result<bool, Bad> {
    match words.left() {
        "" => Ok(false),
        ALL => Ok(true),
        _ => Err(Bad::Form),
    }
}

/// The word for everything, with the space before it.
pub(crate) const ALL: &str = " SEMUA";

/// A file's name, and perhaps what it holds. Without quotes one word is its content if it is base64;
/// anything else is a name with spaces.
fn file(mut words: Words<'_>) -> Result<(Cow<'_, str>, Option<Content<'_>>), Bad> {
    if words.is_quoted() {
        let name = words.word()?;
        if words.left().is_empty() {
            return Ok((name, None));
        }
        let content = Content::parse(Words(words.left()).rest()?).ok_or(Bad::Content)?;
        return Ok((name, Some(content)));
    }
    let whole = Words(words.left()).rest()?;
    let parts = whole.split_once(' ').filter(|(name, _)| !name.is_empty());
    match parts.and_then(|(name, content)| Some((name, Content::parse(content)?))) {
        Some((name, content)) => Ok((name.into(), Some(content))),
        None => Ok((whole.into(), None)),
    }
}

/// As it is written on a line.
impl fmt::Display for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = |to: &str, name: &str, content: &Option<Content<'_>>| match content {
            Some(content) => format!("{} {} {}", quote(to), quote(name), content.as_str()),
            None => format!("{} {}", quote(to), quote(name)),
        };
        f.write_str(self.verb().name())?;
        match self {
            Self::Auth { username, password } => write!(f, " {} {password}", quote(username)),
            Self::Logout | Self::MyFile => Ok(()),
            Self::Send { user: to, text } | Self::SendGroup { group: to, text } => {
                write!(f, " {} {text}", quote(to))
            }
            Self::SendFile { user: to, name, content } | Self::SendGroupFile { group: to, name, content } => {
                write!(f, " {}", file(to, name, content))
            }
            Self::Register { username, password, country, nickname } => {
                write!(f, " {} {} {} {nickname}", quote(username), quote(password), quote(country))
            }
            Self::Inbox { all } => f.write_str(if *all { ALL } else { "" }),
            Self::DownloadFile { user, name } => write!(f, " {} {}", quote(user), quote(name)),
        }
    }
}

impl Request<'_> {
    /// Which request it is.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Auth { .. } => Verb::Auth,
            Self::Logout => Verb::Logout,
            Self::Send { .. } => Verb::Send,
            Self::SendGroup { .. } => Verb::SendGroup,
            Self::SendFile { .. } => Verb::SendFile,
            Self::SendGroupFile { .. } => Verb::SendGroupFile,
            Self::Register { .. } => Verb::Register,
            Self::Inbox { .. } => Verb::Inbox,
            Self::MyFile => Verb::MyFile,
            Self::DownloadFile { .. } => Verb::DownloadFile,
        }
    }
}

/// Its name alone: passwords are never shown.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}(…)", self.verb())
    }
}

#[cfg(test)]
mod tests;
