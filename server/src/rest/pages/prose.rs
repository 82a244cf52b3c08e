//! The prose of descriptions: the little of Markdown that they are written in.

use leptos::prelude::*;

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Plain(&'a str),
    Bold(&'a str),
    Code(&'a str),
    Link { text: &'a str, to: &'a str },
}

/// A text as paragraphs.
pub fn paragraphs(text: &str) -> AnyView {
    let drawn =
        text.split("\n\n").filter(|text| !text.trim().is_empty()).map(|text| view! { <p>{line(text)}</p> });
    drawn.collect::<Vec<_>>().into_any()
}

/// A text within a paragraph.
pub fn line(text: &str) -> AnyView {
    let drawn = pieces(text).into_iter().map(|piece| match piece {
        Piece::Plain(text) => text.to_owned().into_any(),
        Piece::Bold(text) => view! { <b>{text.to_owned()}</b> }.into_any(),
        Piece::Code(text) => view! { <code>{text.to_owned()}</code> }.into_any(),
        Piece::Link { text, to } => view! { <a href=to.to_owned()>{line(text)}</a> }.into_any(),
    });
    drawn.collect::<Vec<_>>().into_any()
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut plain, mut rest) = (0, 0);
    while rest < text.len() {
        let Some((piece, length)) = special(&text[rest..]) else {
            rest += text[rest..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if plain < rest {
            pieces.push(Piece::Plain(&text[plain..rest]));
        }
        pieces.push(piece);
        rest += length;
        plain = rest;
    }
    if plain < text.len() {
        pieces.push(Piece::Plain(&text[plain..]));
    }
    pieces
}

/// What is not plain at the beginning of a text, and how long it is.
fn special(text: &str) -> Option<(Piece<'_>, usize)> {
    if let Some(code) = between(text, "`", "`") {
        return Some((Piece::Code(code), code.len() + 2));
    }
    if let Some(bold) = between(text, "**", "**") {
        return Some((Piece::Bold(bold), bold.len() + 4));
    }
    let inner = between(text, "[", "]")?;
    let length = inner.len() + 2;
    if let Some(to) = between(&text[length..], "(", ")") {
        return Some((Piece::Link { text: inner, to }, length + to.len() + 2));
    }
    // Links of the source's own docs lead nowhere here: what is left of them is the name.
    let name = between(inner, "`", "`")?;
    Some((Piece::Code(name.rsplit("::").next().unwrap_or(name)), length))
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let inner = text.strip_prefix(from)?;
    inner.find(to).filter(|end| *end > 0).map(|end| &inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markdown_of_descriptions_is_read() {
        let text =
            "**Live.** Ask [its `frames`](/api/docs/live) – `a*b`, at most [`crate::limits::MAX`] [sic] ` *";
        let read = [
            Piece::Bold("Live."),
            Piece::Plain(" Ask "),
            Piece::Link { text: "its `frames`", to: "/api/docs/live" },
            Piece::Plain(" – "),
            Piece::Code("a*b"),
            Piece::Plain(", at most "),
            Piece::Code("MAX"),
            Piece::Plain(" [sic] ` *"),
        ];
        assert_eq!(pieces(text), read);
    }

    #[test]
    fn nothing_of_a_text_is_markup() {
        let html = paragraphs("a < b\n\n`<script>`").to_html();
        assert!(html.contains("a &lt; b") && html.contains("<code>&lt;script&gt;"), "{html}");
        assert_eq!(html.matches("<p>").count(), 2);
    }
}
