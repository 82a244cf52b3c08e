//! Sizes of files, as people read them.

/// In the largest unit in which it is at least one: `4.2 MB`. Decimal units, like the systems' own.
#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut size = bytes as f64 / 1_000.0;
    let mut unit = 0;
    while size >= 999.5 && unit + 1 < UNITS.len() {
        size /= 1_000.0;
        unit += 1;
    }
    // Written by hand: the digits of a fraction would take 14 kB of code.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below ten thousand")]
    let tenths = (size * 10.0).round() as u32;
    if tenths < 100 && !tenths.is_multiple_of(10) {
        format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
    } else {
        format!("{} {}", (tenths + 5) / 10, UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::file_size;

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (4_240, "4.2 kB"),
            (12_400, "12 kB"),
            (999_600, "1 MB"),
            (94_371_840, "94 MB"),
            (2_500_000_000, "2.5 GB"),
        ] {
            assert_eq!(file_size(bytes), text);
        }
    }
}
