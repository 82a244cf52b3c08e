//! Names within sentences: one of another direction leaves the words around it in their places.

use std::borrow::Cow;

/// A name as it stands in a sentence. Our sentences run from left to right: a name that does not is isolated, as
/// `bdi` would (Unicode Standard Annex 9, FIRST STRONG ISOLATE), for sentences are labels and titles too.
pub fn isolated(name: &str) -> Cow<'_, str> {
    if name.chars().any(runs_from_the_right) {
        Cow::Owned(format!("\u{2068}{name}\u{2069}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The blocks of scripts that are written from right to left: `DerivedBidiClass.txt` gives them the classes R and AL by
/// default, also for characters to come.
fn runs_from_the_right(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::isolated;
    use crate::i18n::Language;

    #[test]
    fn names_of_another_direction_leave_a_sentence_in_order() {
        for plain in ["", "Sari (kelas 2)", "Оленка", "王小明", "2026"] {
            assert_eq!(isolated(plain), plain);
        }
        for name in ["سارة", "שרה 3", "Sari سارة"] {
            assert_eq!(isolated(name), format!("\u{2068}{name}\u{2069}"));
            for language in Language::ALL {
                let words = language.messages();
                let said = (words.chat.typing_one)(name);
                assert!(said.contains(&format!("\u{2068}{name}\u{2069}")), "{said}");
            }
        }
    }
}
