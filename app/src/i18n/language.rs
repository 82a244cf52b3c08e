//! Which languages there are, and which one somebody most likely wants.

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, the first.
    #[default]
    English,
    /// Bahasa Indonesia.
    Indonesian,
    /// Ukrainian.
    Ukrainian,
}

impl Language {
    /// All of them, in the order to offer.
    pub const ALL: [Self; 3] = [Self::English, Self::Indonesian, Self::Ukrainian];

    /// The code for `lang`, `Intl` and the cookie (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Indonesian => "id",
            Self::Ukrainian => "uk",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Indonesian => "Bahasa Indonesia",
            Self::Ukrainian => "Українська",
        }
    }

    /// The language of a tag such as `uk-UA`; `in` is what old systems call Indonesian.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.trim().split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "id" | "in" => Some(Self::Indonesian),
            "uk" => Some(Self::Ukrainian),
            _ => None,
        }
    }

    /// The best of an `Accept-Language` header: the known language with the highest weight, the
    /// first of equals.
    pub fn from_accept(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for part in header.split(',').take(20) {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
            let weight = weight(parameters);
            let Some(language) = Self::from_tag(tag) else { continue };
            if weight > 0 && best.is_none_or(|(heaviest, _)| weight > heaviest) {
                best = Some((weight, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// What the parameters of an entry say that it weighs, in a header such as `Accept-Language`, in thousandths: the `q`
/// among them (RFC 9110, 12.4.2), 1,000 where there is none, 0 where it is no number from 0 to 1.
pub fn weight(parameters: &str) -> u16 {
    let given = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()).unwrap_or(0))
    });
    given.unwrap_or(WHOLE)
}

/// What an entry weighs that says nothing of it.
const WHOLE: u16 = 1_000;

/// Reads a number from 0 to 1 without the tables of floating point, which are large. Digits behind the third count for
/// nothing.
fn thousandths(number: &str) -> Option<u16> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole = match whole {
        "0" => 0,
        "1" => WHOLE,
        _ => return None,
    };
    let digits = part.bytes().map(|digit| digit.is_ascii_digit().then(|| u16::from(digit - b'0')));
    let digits = digits.collect::<Option<Vec<_>>>()?;
    let part = digits.into_iter().chain([0; 3]).take(3).fold(0, |sum, digit| sum * 10 + digit);
    (whole + part <= WHOLE).then_some(whole + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_known_language_is_taken() {
        for (header, language) in [
            ("uk-UA,uk;q=0.9,en;q=0.8", Some(Language::Ukrainian)),
            ("de, id;q=0.5, en;q=0.7", Some(Language::English)),
            ("in-ID", Some(Language::Indonesian)),
            ("en;q=0, uk;q=0.1", Some(Language::Ukrainian)),
            ("uk; q=0.3, en; q=0.9", Some(Language::English)),
            ("id;Q=0.2, uk;q=0.9", Some(Language::Ukrainian)),
            ("en ; level=1 ; q = 0.2, uk-Cyrl-UA;q=0.9", Some(Language::Ukrainian)),
            ("EN-Latn-GB", Some(Language::English)),
            ("uk;q=NaN, en;q=0.1", Some(Language::English)),
            ("uk;q=5, id;q=inf, en;q=0.1", Some(Language::English)),
            ("de,fr;q=0.5", None),
            ("", None),
        ] {
            assert_eq!(Language::from_accept(header), language, "{header}");
        }
    }
}
