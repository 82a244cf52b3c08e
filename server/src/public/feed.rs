//! A channel's feed: Atom (RFC 4287).

use std::fmt::Write as _;

use sapa_app::public_page::{beginning, datetime, feed_path, file_path, post_path, text_of};
use sapa_domain::channels::PublicPage;
use sapa_model::{ChannelHandle, Media, Message, MessageBody, Timestamp, Variant};

/// The newest posts of a public channel; none for a private one.
pub fn atom(page: &PublicPage, origin: &str) -> Option<String> {
    let channel = page.room.channel.as_ref()?;
    let handle = channel.handle.as_ref()?;
    let changed = page.posts.iter().map(changed_at).max().unwrap_or(Timestamp(0));
    let home = format!("{origin}{}", handle.public_path());
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element(&mut xml, "id", &home);
    element(&mut xml, "title", &page.room.name);
    if !channel.description.is_empty() {
        element(&mut xml, "subtitle", &channel.description);
    }
    element(&mut xml, "updated", &datetime(changed));
    link(&mut xml, "self", &format!("{origin}{}", feed_path(handle)), "application/atom+xml", None);
    link(&mut xml, "alternate", &home, "text/html", None);
    xml.push_str("<author>\n");
    element(&mut xml, "name", &page.room.name);
    element(&mut xml, "uri", &home);
    xml.push_str("</author>\n");
    element(&mut xml, "generator", "Sapa");
    for post in &page.posts {
        entry(&mut xml, post, handle, origin);
    }
    xml.push_str("</feed>\n");
    Some(xml)
}

fn entry(xml: &mut String, post: &Message, handle: &ChannelHandle, origin: &str) {
    let MessageBody::Text { attachments, .. } = &post.body else { return };
    let text = text_of(post);
    let address = format!("{origin}{}", post_path(handle, post.id));
    let names = || attachments.iter().map(|file| file.name.to_string()).collect::<Vec<_>>().join(", ");
    xml.push_str("<entry>\n");
    element(xml, "id", &address);
    element(xml, "title", &if text.is_empty() { names() } else { beginning(text) });
    element(xml, "published", &datetime(post.created_at));
    element(xml, "updated", &datetime(changed_at(post)));
    link(xml, "alternate", &address, "text/html", None);
    for file in attachments {
        let variant =
            if matches!(file.media, Media::Picture { .. }) { Variant::Large } else { Variant::Original };
        let address = format!("{origin}{}", file_path(handle, file, variant));
        let media_type = match file.media {
            Media::Picture { .. } => "image/*",
            Media::Video => "video/*",
            Media::Audio | Media::Voice(_) => "audio/*",
            Media::File => "application/octet-stream",
        };
        // The size of a variant is not known here.
        let size = (variant == Variant::Original).then_some(file.size);
        link(xml, "enclosure", &address, media_type, size);
    }
    let _ =
        writeln!(xml, "<content type=\"html\">{}</content>", escape(&escape(text).replace('\n', "<br/>")));
    xml.push_str("</entry>\n");
}

fn changed_at(post: &Message) -> Timestamp {
    match &post.body {
        MessageBody::Text { edited_at: Some(at), .. } => *at,
        _ => post.created_at,
    }
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escape(text));
}

fn link(xml: &mut String, relation: &str, address: &str, media_type: &str, size: Option<u64>) {
    let size = size.map(|size| format!(" length=\"{size}\"")).unwrap_or_default();
    let (address, media_type) = (escape(address), escape(media_type));
    let _ = writeln!(xml, "<link rel=\"{relation}\" type=\"{media_type}\" href=\"{address}\"{size}/>");
}

/// A text within XML; what no XML document may hold is left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' | '\t' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_its_element() {
        assert_eq!(escape("a<b> & \"c\" 'd'\u{0}\u{ffff}"), "a&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;");
    }
}
