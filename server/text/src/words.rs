//! From a line to its words.

use std::borrow::Cow;

/// Why a line is no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected<Verb> {
    /// No request is called so.
    Unknown,
    /// A request that is known, with other parameters than it has.
    Malformed(Verb),
    /// The same, with something in the place of a file that is not base64.
    BadContent(Verb),
}

/// What is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// A parameter is missing, empty or too many, or a quote is not closed.
    Form,
    /// This is not base64.
    Content,
}

/// The parameters of a request, read from left to right: each still has its space before it.
pub struct Words<'a>(pub &'a str);

impl<'a> Words<'a> {
    /// The next parameter; in quotes where it holds spaces.
    pub fn word(&mut self) -> Result<Cow<'a, str>, Bad> {
        let left = self.0.strip_prefix(' ').ok_or(Bad::Form)?;
        if left.starts_with('"') {
            let (word, after) = quoted(left)?;
            self.0 = after;
            return Ok(word);
        }
        let (word, after) = left.split_at(left.find(' ').unwrap_or(left.len()));
        self.0 = after;
        if word.is_empty() { Err(Bad::Form) } else { Ok(Cow::Borrowed(word)) }
    }

    /// The last parameter: all that is left, as it stands.
    pub fn rest(self) -> Result<&'a str, Bad> {
        self.0.strip_prefix(' ').filter(|rest| !rest.is_empty()).ok_or(Bad::Form)
    }

    /// A name that is the last parameter: all that is left, in quotes or not.
    pub fn last_name(mut self) -> Result<Cow<'a, str>, Bad> {
        if !self.is_quoted() {
            return self.rest().map(Cow::Borrowed);
        }
        let name = self.word()?;
        self.end()?;
        Ok(name)
    }

    /// Whether the next parameter stands in quotes.
    pub fn is_quoted(&self) -> bool {
        self.0.starts_with(" \"")
    }

    /// That nothing is left but blanks, which many clients put before the line's end.
    pub fn end(self) -> Result<(), Bad> {
        if self.left().is_empty() { Ok(()) } else { Err(Bad::Form) }
    }

    /// What is left, without such blanks: for parameters that cannot end with one.
    pub fn left(&self) -> &'a str {
        self.0.trim_end_matches(' ')
    }
}

/// Reads a word in quotes; what follows it begins with a space, if anything does.
fn quoted(s: &str) -> Result<(Cow<'_, str>, &str), Bad> {
    let body = s.strip_prefix('"').ok_or(Bad::Form)?;
    let mut from = 0;
    loop {
        let quote = from + body[from..].find('"').ok_or(Bad::Form)?;
        let (word, after) = (&body[..quote], &body[quote + 1..]);
        if after.starts_with('"') {
            from = quote + 2;
            continue;
        }
        if !after.is_empty() && !after.starts_with(' ') {
            return Err(Bad::Form);
        }
        let word = if from > 0 { Cow::Owned(word.replace("\"\"", "\"")) } else { Cow::Borrowed(word) };
        return Ok((word, after));
    }
}

/// A parameter as it is written where others follow it.
pub fn quote(word: &str) -> Cow<'_, str> {
    if word.is_empty() || word.starts_with('"') || word.contains(' ') {
        Cow::Owned(format!("\"{}\"", word.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(word)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_parted_by_one_space() {
        let mut words = Words(" a \"b c\" \"d \"\"e\"\"\" f  g ");
        assert_eq!(words.word().unwrap(), "a");
        assert_eq!(words.word().unwrap(), "b c");
        assert_eq!(words.word().unwrap(), "d \"e\"");
        assert_eq!(words.rest().unwrap(), "f  g ");
        for bad in ["", "  a", " \"a", " \"a\"b", " \"\"\"", "a"] {
            assert_eq!(Words(bad).word(), Err(Bad::Form), "{bad}");
        }
        assert_eq!(Words(" ").rest(), Err(Bad::Form));
        assert_eq!(Words(" a b").last_name().unwrap(), "a b");
        assert_eq!(Words(" \"a b\"").last_name().unwrap(), "a b");
        assert_eq!(Words(" \"a\" b").last_name(), Err(Bad::Form));
        assert_eq!(Words(" \"a b\"  ").last_name().unwrap(), "a b");
    }

    proptest! {
        #[test]
        fn a_quoted_word_is_read_as_it_was(word in "[\" a-c]{0,12}", after in "( [a\" ]{0,5})?") {
            let line = format!(" {}{after}", quote(&word));
            let mut words = Words(&line);
            prop_assert_eq!(words.word().unwrap(), word);
            prop_assert_eq!(words.0, after);
        }
    }
}
