//! JSON for people, in the order in which it came.

use std::fmt::Write as _;

/// What has nothing within it stands on one line, all else an entry a line. Nothing in it is left that a
/// terminal would obey. What is no JSON stays as it is, but for that.
pub fn json(text: &str) -> String {
    let nested = text.matches(['{', '[']).count() > 1;
    let (mut out, mut depth, mut quoted, mut escaped) =
        (String::with_capacity(text.len()), 0_usize, false, false);
    let mut characters = text.chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(c) = characters.next() {
        if quoted {
            (quoted, escaped) = (c != '"' || escaped, c == '\\' && !escaped);
            push(&mut out, c);
            continue;
        }
        match c {
            '"' => {
                quoted = true;
                out.push(c);
            }
            '{' | '[' => {
                depth += 1;
                out.push(c);
                let is_empty = matches!(characters.peek(), Some('}' | ']'));
                if nested && !is_empty {
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if nested && !out.ends_with(['{', '[']) {
                    line(&mut out, depth);
                }
                out.push(c);
            }
            ',' if nested => {
                out.push(c);
                line(&mut out, depth);
            }
            ',' | ':' => {
                out.push(c);
                out.push(' ');
            }
            c => push(&mut out, c),
        }
    }
    out
}

/// JSON escapes some characters that control a terminal, and this the others.
fn push(out: &mut String, c: char) {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns {
        let _ = write!(out, "\\u{:04x}", u32::from(c));
    } else {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_replies_take_a_line_and_others_one_for_each_entry() {
        assert_eq!(
            json(r#"{"status":"OK","data":"a, b: \"c\" \\"}"#),
            r#"{"status": "OK", "data": "a, b: \"c\" \\"}"#
        );
        assert_eq!(
            json(r#"{"status":"OK","data":{"sari":["a.txt","b.txt"],"oleh":[]}}"#),
            "{\n  \"status\": \"OK\",\n  \"data\": {\n    \"sari\": [\n      \"a.txt\",\n      \"b.txt\"\n    ],\n    \"oleh\": []\n  }\n}"
        );
        // CSI 2 J would clear the screen, U+202E turn what follows.
        assert_eq!(json("\"\u{9b}2J \u{202e}\""), "\"\\u009b2J \\u202e\"");
        assert_eq!(json("{}"), "{}");
    }
}
