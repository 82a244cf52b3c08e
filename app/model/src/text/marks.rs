//! Marks on letters that people leave out when they search.

/// Decomposed text (NFD or NFKD) without the marks of scripts where they are often left out: accents in Latin and Greek,
/// vowels in Hebrew and Arabic. Elsewhere a mark makes another letter, as in Cyrillic `й` or Japanese `が`.
pub fn without_marks(decomposed: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut leaves_out = false;
    decomposed.filter(move |c| {
        if is_mark(*c) {
            return !leaves_out;
        }
        leaves_out = matches!(c, '\u{0000}'..='\u{03ff}' | '\u{0590}'..='\u{06ff}');
        true
    })
}

/// The non-spacing marks (general category Mn) that stand on letters of these scripts.
fn is_mark(c: char) -> bool {
    // Combining Diacritical Marks with their extensions, supplement, for symbols, and halves.
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}'
        | '\u{fe20}'..='\u{fe2f}')
        // Hebrew.
        || matches!(c, '\u{0591}'..='\u{05bd}' | '\u{05bf}' | '\u{05c1}'..='\u{05c2}' | '\u{05c4}'..='\u{05c5}' | '\u{05c7}')
        // Arabic.
        || matches!(c, '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06dc}'
            | '\u{06df}'..='\u{06e4}' | '\u{06e7}'..='\u{06e8}' | '\u{06ea}'..='\u{06ed}')
}
