//! Telling a message of a few emoji from one of words.

use std::iter::Peekable;
use std::str::Chars;

/// More than this many are a text like any other.
const MOST: usize = 3;

const JOINER: char = '\u{200d}';
const AS_EMOJI: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';

/// Whether a text is one to three emoji and nothing else, so that it is shown large.
pub fn is_few_emoji(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    let mut count = 0;
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        if chars.peek().is_none() {
            return count > 0;
        }
        if count == MOST || !take_emoji(&mut chars) {
            return false;
        }
        count += 1;
    }
}

/// Takes what is drawn as one emoji: a flag, a key, or signs joined together.
fn take_emoji(chars: &mut Peekable<Chars<'_>>) -> bool {
    let Some(first) = chars.next() else { return false };
    if is_regional(first) {
        return chars.next_if(|&c| is_regional(c)).is_some();
    }
    if first.is_ascii_digit() || matches!(first, '#' | '*') {
        chars.next_if_eq(&AS_EMOJI);
        return chars.next_if_eq(&KEYCAP).is_some();
    }
    let mut base = first;
    loop {
        let mut shown_as_emoji = false;
        while let Some(mark) = chars.next_if(|&c| is_modifier(c)) {
            shown_as_emoji |= mark == AS_EMOJI;
        }
        if !(is_emoji(base) || shown_as_emoji && is_sign(base)) {
            return false;
        }
        if chars.next_if_eq(&JOINER).is_none() {
            return true;
        }
        let Some(next) = chars.next() else { return false };
        base = next;
    }
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Skin tones, the request to draw in colour, and the tags of the flags of regions.
fn is_modifier(c: char) -> bool {
    c == AS_EMOJI || matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// Signs that are emoji by themselves.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1f0ff}' | '\u{1f300}'..='\u{1faff}' | '\u{231a}'..='\u{231b}'
        | '\u{23e9}'..='\u{23fa}' | '\u{2600}'..='\u{27bf}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}')
}

/// Signs that are emoji only when the text asks for it.
fn is_sign(c: char) -> bool {
    matches!(c, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | '\u{2194}'..='\u{21aa}' | '\u{2328}' | '\u{23cf}'
        | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2934}'..='\u{2935}' | '\u{2b05}'..='\u{2b07}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f170}'..='\u{1f251}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_three_emoji_are_few() {
        for text in ["👋🏽", "❤️", "👩‍👩‍👧", "🇮🇩 🇺🇦", "1️⃣", "😂😂😂", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "☺"]
        {
            assert!(is_few_emoji(text), "{text}");
        }
    }

    #[test]
    fn words_digits_and_crowds_are_not() {
        for text in ["", " ", "ok 👍", "123", "1", "😂😂😂😂", "©", "👩‍", "🇮"] {
            assert!(!is_few_emoji(text), "{text}");
        }
    }
}
