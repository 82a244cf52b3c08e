//! The forms that a counted noun takes.

/// Chooses between Ukrainian's three forms: 1 друг, 2 друзі, 5 друзів; 11 to 14 take the third.
pub fn plural(n: u64, one: &str, few: &str, many: &str) -> String {
    let form = match (n % 10, n % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    };
    format!("{n} {form}")
}

/// Chooses between English's two forms.
pub(super) fn two(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ukrainian_counts_in_three_forms() {
        for (n, expected) in [
            (0, "0 друзів"),
            (1, "1 друг"),
            (3, "3 друзі"),
            (5, "5 друзів"),
            (11, "11 друзів"),
            (14, "14 друзів"),
            (21, "21 друг"),
            (112, "112 друзів"),
        ] {
            assert_eq!(plural(n, "друг", "друзі", "друзів"), expected);
        }
    }
}
