//! Replies: one compact JSON object, and CR LF CR LF at its end.

use std::collections::BTreeMap;

use serde::Serialize;

/// What stands at the end of every reply, and nowhere else: JSON has no line breaks of its own.
pub const END: &str = "\r\n\r\n";
/// The end of a reply that [`file_head`] begins.
pub const FILE_TAIL: &str = "\"}\r\n\r\n";

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Ok,
    Error,
}

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reply {
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Data>,
}

/// What a reply tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Data {
    /// A sentence, or a token.
    Text(String),
    /// Names of files, by the username of who sent them.
    Files(BTreeMap<String, Vec<String>>),
    /// Messages, by the username of the other party.
    Inbox(BTreeMap<String, Vec<Note>>),
}

/// A message on its way to a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Who sent it.
    pub pengirim: String,
    /// Who fetches it.
    pub penerima: String,
    /// What it says.
    pub pesan: String,
    /// When it was sent: UTC, RFC 3339.
    pub waktu: String,
    /// In which group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grup: Option<String>,
    /// The names of the files that it carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub berkas: Vec<String>,
}

impl Reply {
    /// It is done, and there is nothing to tell.
    pub fn ok() -> Self {
        Self { status: Status::Ok, data: None }
    }

    /// It is done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { status: Status::Ok, data: Some(Data::Text(text.into())) }
    }

    /// What was asked for.
    pub fn with(data: Data) -> Self {
        Self { status: Status::Ok, data: Some(data) }
    }

    /// It is not done.
    pub fn error(text: impl Into<String>) -> Self {
        Self { status: Status::Error, data: Some(Data::Text(text.into())) }
    }

    /// No request is called so.
    pub fn unknown() -> Self {
        Self::error("request tidak dikenali")
    }

    /// As it goes over the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.extend_from_slice(END.as_bytes());
        bytes
    }
}

/// How a reply begins that hands out a file: its base64 follows, then [`FILE_TAIL`].
pub fn file_head(name: &str) -> String {
    let name = serde_json::Value::from(name);
    format!("{{\"status\":\"OK\",\"nama file\":{name},\"data\":\"")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wire(reply: &Reply) -> String {
        String::from_utf8(reply.to_bytes()).unwrap()
    }

    #[test]
    fn replies_read_as_the_protocol_says() {
        assert_eq!(
            wire(&Reply::unknown()),
            "{\"status\":\"ERROR\",\"data\":\"request tidak dikenali\"}\r\n\r\n"
        );
        assert_eq!(wire(&Reply::ok()), "{\"status\":\"OK\"}\r\n\r\n");
        let note = Note {
            pengirim: "sari".into(),
            penerima: "oleh".into(),
            pesan: "halo\n\"Oleh\"".into(),
            waktu: "2026-11-21T10:00:00Z".into(),
            grup: None,
            berkas: Vec::new(),
        };
        let inbox = Reply::with(Data::Inbox([("sari".to_owned(), vec![note])].into()));
        assert_eq!(
            wire(&inbox),
            "{\"status\":\"OK\",\"data\":{\"sari\":[{\"pengirim\":\"sari\",\"penerima\":\"oleh\",\
             \"pesan\":\"halo\\n\\\"Oleh\\\"\",\"waktu\":\"2026-11-21T10:00:00Z\"}]}}\r\n\r\n"
        );
    }

    proptest! {
        #[test]
        fn whatever_is_said_the_end_stands_at_the_end_only(text in any::<String>(), name in any::<String>()) {
            let notes = vec![Note {
                pengirim: name.clone(),
                penerima: text.clone(),
                pesan: text.clone(),
                waktu: String::new(),
                grup: Some(name.clone()),
                berkas: vec![text.clone()],
            }];
            for reply in [
                wire(&Reply::done(text.clone())),
                wire(&Reply::error(text.clone())),
                wire(&Reply::with(Data::Files([(name.clone(), vec![text.clone()])].into()))),
                wire(&Reply::with(Data::Inbox([(name.clone(), notes)].into()))),
                format!("{}AAAA{FILE_TAIL}", file_head(&text)),
            ] {
                prop_assert_eq!(reply.find(END), Some(reply.len() - END.len()));
                prop_assert!(!reply.trim_end().contains(['\r', '\n']));
                let value: serde_json::Value = serde_json::from_str(&reply).unwrap();
                prop_assert!(value.is_object());
            }
        }
    }
}
