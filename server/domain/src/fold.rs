//! Search without regard to case, in every script.
//!
//! Databases disagree on what case folding is, so both sides of a comparison are folded here.

use sea_orm::sea_query::{IntoLikeExpr, LikeExpr};

/// The folded form: what the `search` and `email_key` columns hold.
pub fn fold(s: &str) -> String {
    s.to_lowercase()
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
