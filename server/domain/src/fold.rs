//! Search without regard to case, to marks that are often left out, and to how a character was composed, in every
//! script.
//!
//! Databases disagree on what case folding is, so both sides of a comparison are folded here.

use sapa_model::text::without_marks;
use sea_orm::sea_query::{IntoLikeExpr, LikeExpr};
use unicode_normalization::UnicodeNormalization as _;

/// The folded form of a name: what the `search` columns hold. Compatibility characters are what they stand for, one
/// case is left (`ß` is `ss`, each sigma and each i the same), and letters of scripts whose marks are often left out
/// stand without them (`é` is `e`, but `й` stays `й`).
pub fn fold(name: &str) -> String {
    without_marks(name.nfkd())
        // The upper case of a letter is the longer form, the lower case of that the same for all of its kind.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

/// What an address for e-mail is known by: the `email_key` columns hold it. Marks count, for they make another mailbox.
pub fn address_key(address: &str) -> String {
    address.to_lowercase()
}

/// A pattern for a folded column that contains what somebody typed, taken literally.
pub fn containing(typed: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for c in fold(typed.trim()).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\').into_like_expr()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let found = [
            ("Zoe\u{0308} Mu\u{0308}ller", "Zo\u{00eb}"),
            ("Zo\u{00eb}", "zoe"),
            ("İstanbullu", "istanbul"),
            ("Işık", "isik"),
            ("José Álvarez", "jose"),
            ("Straße", "STRASSE"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("Nguyễn", "nguyen"),
            ("Ｓａｐａ", "sapa"),
            ("ﬁlm", "film"),
            ("مُحَمَّد", "محمد"),
            ("שָׁלוֹם", "שלום"),
            ("한국", "\u{1112}\u{1161}\u{11ab}"),
            ("Київ", "київ"),
        ];
        for (stored, asked) in found {
            assert!(fold(stored).contains(&fold(asked)), "{stored} by {asked}");
        }
    }

    #[test]
    fn letters_that_are_others_stay_so() {
        for (one, other) in [("йод", "иод"), ("їжак", "іжак"), ("が", "か"), ("कि", "का"), ("ł", "l")]
        {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for name in ["Zoë Müller", "İIıi", "ΑΣ", "ﷺ", "ﬃ", "Ǆ", "ᾳ", "한국", "👩‍👩‍👧 a\u{0301}"]
        {
            assert_eq!(fold(&fold(name)), fold(name), "{name}");
        }
    }
}
