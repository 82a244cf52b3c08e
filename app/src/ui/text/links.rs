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
        let before = text[..at].chars().next_back();
        let link = if before.is_some_and(goes_on) { None } else { link_at(&text[at..], before) };
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

/// Whether a text is an address and nothing else.
pub fn is_address(text: &str) -> bool {
    matches!(pieces(text)[..], [Piece::Link { .. }])
}

/// Whether a word that holds this goes on with what follows. Scripts without upper and lower case part their words
/// by blanks rarely, or a link from them never.
fn goes_on(c: char) -> bool {
    c.is_numeric() || c.is_lowercase() || c.is_uppercase()
}

/// The length in bytes and the target of the link that `text` begins with, and what stands before it.
fn link_at(text: &str, before: Option<char>) -> Option<(usize, String)> {
    let beginning = BEGINNINGS
        .into_iter()
        .find(|b| text.get(..b.len()).is_some_and(|head| head.eq_ignore_ascii_case(b)))?;
    let end = text.find(ends_link).unwrap_or(text.len());
    let link = without_closing_marks(&text[..end], before);
    let rest = link.get(beginning.len()..)?;
    let host = rest.split(['/', '?', '#']).next()?;
    let name = host.split(':').next()?;
    let named = (name.starts_with(char::is_alphanumeric) || is_ipv6(host)) && !host.contains('@');
    if beginning == "www." {
        (named && name.contains('.')).then(|| (link.len(), format!("https://{link}")))
    } else {
        named.then(|| (link.len(), format!("{beginning}{rest}")))
    }
}

/// Whether a host is an address of IPv6, in brackets as RFC 3986 has it, perhaps with a port. Whether it is a good
/// one is for the browser to say.
fn is_ipv6(host: &str) -> bool {
    let Some((address, port)) = host.strip_prefix('[').and_then(|host| host.split_once(']')) else {
        return false;
    };
    let is_port = |port: &str| port.bytes().all(|digit| digit.is_ascii_digit());
    address.matches(':').count() > 1
        && address.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '.'))
        && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// Blank space, quotes and dashes between sentences end a link, and so does whatever could make it look like another
/// one.
fn ends_link(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '«' | '»' | '‹' | '›' | '“' | '”' | '„' | '—' | '―' | '\u{061c}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || parts_sentences(c)
}

/// Full stops, commas, marks and brackets of scripts that have their own: no address is written with them.
fn parts_sentences(c: char) -> bool {
    // Armenian and Hebrew, Arabic, of India, Tibetan, Burmese, Ethiopic, Khmer, Mongolian.
    matches!(c, '\u{0589}' | '\u{05c3}' | '\u{060c}' | '\u{061b}' | '\u{061f}' | '\u{06d4}' | '\u{0964}'..='\u{0965}'
        | '\u{0f0d}'..='\u{0f12}' | '\u{104a}'..='\u{104b}' | '\u{1361}'..='\u{1368}' | '\u{17d4}'..='\u{17d6}'
        | '\u{1802}'..='\u{1803}')
        // Chinese, Japanese and Korean, in full and in half width.
        || matches!(c, '\u{3001}'..='\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}' | '\u{301d}'..='\u{301f}'
            | '\u{ff01}' | '\u{ff08}'..='\u{ff09}' | '\u{ff0c}' | '\u{ff1a}'..='\u{ff1b}' | '\u{ff1f}' | '\u{ff3b}'
            | '\u{ff3d}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff64}')
}

/// Leaves the sentence its full stop, a bracket whose opening one is outside the link, and a mark of emphasis that
/// stands before the link too.
fn without_closing_marks(mut link: &str, before: Option<char>) -> &str {
    while let Some(last) = link.chars().next_back() {
        let closes_outside = |open: char| link.matches(last).count() > link.matches(open).count();
        let outside = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '’' | '…' => true,
            '*' | '_' | '~' => before == Some(last),
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
            ("看https://example.org/a", "https://example.org/a"),
            ("ดูhttps://example.org/a ", "https://example.org/a"),
            ("请看 https://example.org/a，谢谢", "https://example.org/a"),
            ("请看 https://example.org/a。", "https://example.org/a"),
            ("（https://example.org/a）", "https://example.org/a"),
            ("「https://example.org/a」", "https://example.org/a"),
            ("انظر https://example.org/a، ثم", "https://example.org/a"),
            ("देखो https://example.org/a।", "https://example.org/a"),
            ("read https://example.org/a—it helps", "https://example.org/a"),
            ("https://example.org/some_user_", "https://example.org/some_user_"),
            ("_https://example.org/some_user_", "https://example.org/some_user"),
            ("*https://example.org/a*", "https://example.org/a"),
            ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
            ("(http://[::1])", "http://[::1]"),
            ("http://[::1]:a/", ""),
            ("https://example.org/wiki/日本語", "https://example.org/wiki/日本語"),
            ("https://example.org/東京_(曖昧さ回避)", "https://example.org/東京_(曖昧さ回避)"),
            ("https://example.org/アル・カポネ", "https://example.org/アル・カポネ"),
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
