//! What has changed from one text to another, word by word.

/// Cells of the table at most: beyond, the whole middle counts as changed.
const TABLE_MAX: usize = 1 << 20;

/// A part of two texts that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// In both.
    Same(String),
    /// Only in the old one.
    Removed(String),
    /// Only in the new one.
    Added(String),
}

/// Compares two texts by their words and the blanks between: a longest common subsequence, found by
/// dynamic programming (Wagner and Fischer, "The String-to-String Correction Problem", 1974).
pub fn compare(old: &str, new: &str) -> Vec<Part> {
    let (old, new) = (words(old), words(new));
    let same = |a: &&str, b: &&str| a == b;
    let head = old.iter().zip(&new).take_while(|(a, b)| same(a, b)).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (middle_old, middle_new) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut parts = Parts::default();
    parts.extend(Part::Same, &old[..head]);
    middle(middle_old, middle_new, &mut parts);
    parts.extend(Part::Same, &old[old.len() - tail..]);
    join(parts.done)
}

/// Puts changed words together that only a blank stands between: that reads better.
fn join(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        joined.push(part);
        if let [.., Part::Removed(a), Part::Added(b), Part::Same(blank), Part::Removed(c), Part::Added(d)] =
            joined.as_slice()
            && blank.trim().is_empty()
        {
            let pair = [Part::Removed(format!("{a}{blank}{c}")), Part::Added(format!("{b}{blank}{d}"))];
            joined.truncate(joined.len() - 5);
            joined.extend(pair);
        }
    }
    joined
}

fn middle(old: &[&str], new: &[&str], parts: &mut Parts) {
    let width = new.len() + 1;
    if width.saturating_mul(old.len() + 1) > TABLE_MAX {
        parts.extend(Part::Removed, old);
        parts.extend(Part::Added, new);
        return;
    }
    // common[i * width + j]: how many words the rests from `i` and `j` have in common.
    let mut common = vec![0_u16; width * (old.len() + 1)];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i] == new[j] {
            parts.push(Part::Same, old[i]);
            (i, j) = (i + 1, j + 1);
        } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
            parts.push(Part::Removed, old[i]);
            i += 1;
        } else {
            parts.push(Part::Added, new[j]);
            j += 1;
        }
    }
    parts.extend(Part::Removed, &old[i..]);
    parts.extend(Part::Added, &new[j..]);
}

/// Parts in the making: what follows one of its kind belongs to it.
#[derive(Default)]
struct Parts {
    done: Vec<Part>,
}

impl Parts {
    fn extend(&mut self, kind: fn(String) -> Part, words: &[&str]) {
        for word in words {
            self.push(kind, word);
        }
    }

    fn push(&mut self, kind: fn(String) -> Part, word: &str) {
        let new = kind(word.to_owned());
        match (self.done.last_mut(), &new) {
            (Some(Part::Same(text)), Part::Same(_))
            | (Some(Part::Removed(text)), Part::Removed(_))
            | (Some(Part::Added(text)), Part::Added(_)) => text.push_str(word),
            _ => self.done.push(new),
        }
    }
}

/// Words, blanks and signs, each on its own. In scripts without blanks each character is a word.
fn words(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Class {
        Word,
        Blank,
        Alone,
    }
    let class = |c: char| match c {
        c if c.is_whitespace() => Class::Blank,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}' => Class::Alone,
        '\'' | '’' | '-' | '\u{0300}'..='\u{036f}' => Class::Word,
        c if c.is_alphanumeric() => Class::Word,
        _ => Class::Alone,
    };
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<Class> = None;
    for (at, c) in text.char_indices() {
        let now = class(c);
        if before.as_ref().is_some_and(|before| *before != now || now == Class::Alone) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Part::{Added, Removed, Same};
    use super::*;

    fn text(parts: &[Part], keep: fn(&Part) -> bool) -> String {
        let word = |part: &Part| match part {
            Same(text) | Removed(text) | Added(text) => text.clone(),
        };
        parts.iter().filter(|part| keep(part)).map(word).collect()
    }

    #[test]
    fn a_changed_word_stands_beside_what_it_was() {
        let s = |text: &str| text.to_owned();
        assert_eq!(
            compare("Saya pergi ke pasar kemarin.", "Saya pergi ke toko kemarin."),
            [Same(s("Saya pergi ke ")), Removed(s("pasar")), Added(s("toko")), Same(s(" kemarin.")),]
        );
        assert_eq!(
            compare("я їду дім", "я їду додому!"),
            [Same(s("я їду ")), Removed(s("дім")), Added(s("додому!")),]
        );
        assert_eq!(
            compare("昨日行く", "昨日行った"),
            [Same(s("昨日行")), Removed(s("く")), Added(s("った"))]
        );
        let coffee = compare("один кава, будь", "одну каву, будь");
        assert_eq!(coffee, [Removed(s("один кава")), Added(s("одну каву")), Same(s(", будь"))]);
        assert_eq!(compare("don't", "don't"), [Same(s("don't"))]);
        assert_eq!(compare("", "a"), [Added(s("a"))]);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off(old in "[a-c .]{0,40}", new in "(?s).{0,40}") {
            for (old, new) in [(&old, &new), (&new, &old), (&old, &old)] {
                let parts = compare(old, new);
                prop_assert_eq!(&text(&parts, |part| !matches!(part, Added(_))), old);
                prop_assert_eq!(&text(&parts, |part| !matches!(part, Removed(_))), new);
            }
        }
    }
}
