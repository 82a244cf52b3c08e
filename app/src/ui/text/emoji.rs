//! Telling a message of a few emoji from one of words.

use sapa_model::emoji;

/// More than this many are a text like any other.
const MOST: usize = 3;

/// Whether a text is one to three emoji and nothing else, so that it is shown large.
pub fn is_few_emoji(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    let mut count = 0;
    loop {
        while chars.next_if(|c| c.is_whitespace()).is_some() {}
        if chars.peek().is_none() {
            return count > 0;
        }
        if count == MOST || !emoji::take(&mut chars) {
            return false;
        }
        count += 1;
    }
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
