//! Links in plain text.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Plain(String),
    /// An address to follow.
    Link {
        /// Where to: always `http://` or `https://`.
        href: String,
        /// As it was written.
        text: String,
    },
}

const BEGINNINGS: [&str; 3] = ["https://", "http://", "www."];

/// Cuts a text into words and links. The pieces' texts together are the text.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(step) = text[at..].chars().next().map(char::len_utf8) {
        let inside_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let link = if inside_word { None } else { link_at(&text[at..]) };
        let Some((length, href)) = link else {
            at += step;
            continue;
        };
        if plain_from < at {
            pieces.push(Piece::Plain(text[plain_from..at].to_owned()));
        }
        pieces.push(Piece::Link { href, text: text[at..at + length].to_owned() });
        at += length;
        plain_from = at;
    }
    if plain_from < text.len() {
        pieces.push(Piece::Plain(text[plain_from..].to_owned()));
    }
    pieces
}

/// The length in bytes and the target of the link that `text` begins with.
fn link_at(text: &str) -> Option<(usize, String)> {
    let beginning = BEGINNINGS
        .into_iter()
        .find(|b| text.get(..b.len()).is_some_and(|head| head.eq_ignore_ascii_case(b)))?;
    let end = text.find(ends_link).unwrap_or(text.len());
    let link = without_closing_marks(&text[..end]);
    let rest = link.get(beginning.len()..)?;
    let host = rest.split(['/', '?', '#']).next()?;
    let name = host.split(':').next()?;
    let named = name.starts_with(char::is_alphanumeric) && !host.contains('@');
    if beginning == "www." {
        (named && name.contains('.')).then(|| (link.len(), format!("https://{link}")))
    } else {
        named.then(|| (link.len(), format!("{beginning}{rest}")))
    }
}

/// Blank space and quotes end a link, and so does whatever could make it look like another one.
fn ends_link(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '\u{061c}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Leaves the sentence its full stop, and a bracket whose opening one is outside the link.
fn without_closing_marks(mut link: &str) -> &str {
    while let Some(last) = link.chars().next_back() {
        let closes_outside = |open: char| link.matches(last).count() > link.matches(open).count();
        let outside = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '’' | '…' | '*' | '_' | '~' => true,
            ')' => closes_outside('('),
            ']' => closes_outside('['),
            '}' => closes_outside('{'),
            _ => false,
        };
        if !outside {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    link
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(text: &str) -> Vec<(String, String)> {
        pieces(text)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Link { href, text } => Some((href, text)),
                Piece::Plain(_) => None,
            })
            .collect()
    }

    #[test]
    fn links_are_found_without_the_sentence_around_them() {
        for (text, href) in [
            ("see https://example.org.", "https://example.org"),
            ("(http://example.org/a_(b))", "http://example.org/a_(b)"),
            ("«https://uk.wikipedia.org/wiki/Київ»!", "https://uk.wikipedia.org/wiki/Київ"),
            ("HTTPS://Example.org/Path?q=1#x, ok", "https://Example.org/Path?q=1#x"),
            ("www.example.org/a", "https://www.example.org/a"),
            ("https://[at]", ""),
            ("https://example.org\u{202e}gro.live", "https://example.org"),
        ] {
            let found = links(text).first().map(|(href, _)| href.clone()).unwrap_or_default();
            assert_eq!(found, href, "{text}");
        }
    }

    #[test]
    fn nothing_else_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org",
            "xhttps://example.org",
            "https://",
            "www.",
            "www.x",
            "https://bank.example@evil.example",
            "a.b",
        ] {
            assert_eq!(links(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "(?s)(\\PC|https://|www\\.|[a-z.()\n ]){0,60}") {
            let joined: String = pieces(&text)
                .iter()
                .map(|piece| match piece {
                    Piece::Plain(text) | Piece::Link { text, .. } => text.as_str(),
                })
                .collect();
            prop_assert_eq!(joined, text.clone());
            for (href, _) in links(&text) {
                prop_assert!(href.starts_with("http://") || href.starts_with("https://"));
            }
        }
    }
}
