//! Emoji: telling one from words.

use std::iter::Peekable;
use std::str::Chars;

use serde::{Deserialize, Serialize};

use crate::error::{AppError, AppResult};
use crate::limits;

const JOINER: char = '\u{200d}';
const AS_EMOJI: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';

/// One emoji: what is drawn as one sign, however many characters it is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Emoji(String);

impl Emoji {
    /// What is offered to react with before anything else.
    pub const USUAL: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

    /// Reads an emoji.
    ///
    /// # Errors
    /// `required` or `invalid`, field `emoji`, for anything that is not exactly one.
    pub fn parse(s: &str) -> AppResult<Self> {
        const FIELD: &str = "emoji";
        let s = s.trim();
        if s.is_empty() {
            return Err(AppError::required(FIELD));
        }
        let mut chars = s.chars().peekable();
        if s.len() > limits::EMOJI_MAX_BYTES || !take(&mut chars) || chars.next().is_some() {
            return Err(AppError::invalid(FIELD, "emoji must be one emoji."));
        }
        Ok(Self(s.to_owned()))
    }

    /// The emoji itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Emoji {
    type Error = AppError;

    fn try_from(s: String) -> AppResult<Self> {
        Self::parse(&s)
    }
}

impl From<Emoji> for String {
    fn from(emoji: Emoji) -> Self {
        emoji.0
    }
}

impl std::fmt::Display for Emoji {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Takes what is drawn as one emoji: a flag, a key, or signs joined together; false if none stands there.
pub fn take(chars: &mut Peekable<Chars<'_>>) -> bool {
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

/// Signs that are emoji by themselves: those that Unicode draws so (`Emoji_Presentation`), and with them whatever
/// stands between them in blocks that hold little else.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1f0ff}' | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}' | '\u{1f201}' | '\u{1f21a}'
        | '\u{1f22f}' | '\u{1f232}'..='\u{1f236}' | '\u{1f238}'..='\u{1f23a}' | '\u{1f250}'..='\u{1f251}'
        | '\u{1f300}'..='\u{1faff}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23fa}' | '\u{25fd}'..='\u{25fe}'
        | '\u{2600}'..='\u{27bf}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}')
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
    fn one_emoji_is_one_sign() {
        for one in Emoji::USUAL.into_iter().chain(["👋🏽", "👩‍👩‍👧", "🇺🇦", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🧑🏽‍❤️‍💋‍🧑🏽"])
        {
            assert_eq!(Emoji::parse(one).unwrap().as_str(), one);
        }
    }

    #[test]
    fn every_emoji_of_unicode_is_one() {
        let all = emojis::iter()
            .flat_map(|emoji| emoji.skin_tones().map_or_else(|| vec![emoji], Iterator::collect));
        let refused: Vec<_> = all.filter(|emoji| Emoji::parse(emoji.as_str()).is_err()).collect();
        assert_eq!(refused, Vec::<&emojis::Emoji>::new());
    }

    #[test]
    fn words_and_crowds_are_none() {
        let crowd = format!("👩{}", "\u{200d}👩".repeat(20));
        for bad in ["", " ", "a", "1", "😂😂", "👍 ok", "👩‍", "🇮", "<b>", crowd.as_str()] {
            assert!(Emoji::parse(bad).is_err(), "{bad}");
        }
    }
}
