use proptest::prelude::*;

use super::*;
use crate::error::ErrorCode;
use crate::limits;

fn code<T: std::fmt::Debug>(result: AppResult<T>) -> ErrorCode {
    result.unwrap_err().code
}

#[test]
fn usernames_have_one_normal_form() {
    assert_eq!(Username::parse("  Sari.Dewi_1 ").unwrap().as_str(), "sari.dewi_1");
    assert_eq!(code(Username::parse(" ")), ErrorCode::Required);
    assert_eq!(code(Username::parse("ab")), ErrorCode::TooShort);
    assert_eq!(code(Username::parse(&"a".repeat(33))), ErrorCode::TooLong);
    // Cyrillic а, zero-width space, full-width a, a space, the Kelvin sign's other case, dots at the edge.
    for bad in ["sаri", "sa\u{200b}ri", "\u{ff41}bc", "sa ri", "sar\u{0130}", ".sari", "sari-", "sari\0"] {
        assert_eq!(code(Username::parse(bad)), ErrorCode::BadUsername, "{bad:?}");
    }
}

#[test]
fn nicknames_are_one_visible_line() {
    assert_eq!(Nickname::parse("  Надія   Мельник ").unwrap().as_str(), "Надія Мельник");
    assert_eq!(Nickname::parse("👩‍👩‍👧 Sari").unwrap().as_str(), "👩‍👩‍👧 Sari");
    for bad in [
        "a\u{202e}b",
        "a\0b",
        "\u{3164}",
        "Z\u{0300}\u{0300}\u{0300}\u{0300}\u{0300}\u{0300}\u{0300}\u{0300}\u{0300}",
    ] {
        assert_eq!(code(Nickname::parse(bad)), ErrorCode::BadCharacters, "{bad:?}");
    }
}

#[test]
fn messages_keep_their_lines_and_nothing_else_that_is_unseen() {
    assert_eq!(MessageText::parse("\r\n halo\r\n\r\nSari \n").unwrap().as_str(), " halo\n\nSari");
    assert_eq!(MessageText::parse("\n \n    a\n  b\n\tc ").unwrap().as_str(), "    a\n  b\n\tc");
    assert_eq!(MessageText::parse(" halo \n").unwrap().as_str(), "halo");
    assert_eq!(code(MessageText::parse(" \n\u{200b}")), ErrorCode::Required);
    assert_eq!(code(MessageText::parse("a\0b")), ErrorCode::BadCharacters);
    assert!(MessageText::parse(&"ї".repeat(limits::MESSAGE_MAX)).is_ok());
    assert_eq!(code(MessageText::parse(&"ї".repeat(limits::MESSAGE_MAX + 1))), ErrorCode::TooLong);
}

#[test]
fn what_shows_nothing_is_no_text_and_no_name() {
    for unseen in [
        "\u{200d}",
        "\u{200c}",
        "\u{fe0f}",
        "\u{e0041}",
        "\u{1d159}",
        "\u{200d}\n\u{200d}",
        "\u{180b}",
        "\u{e01ef}",
        "\u{fff0}",
        "\u{2800}",
    ] {
        assert_eq!(code(MessageText::parse(unseen)), ErrorCode::Required, "{unseen:?}");
        assert!(MessageText::parse_caption(unseen).unwrap().as_str().is_empty(), "{unseen:?}");
        assert_eq!(code(Nickname::parse(unseen)), ErrorCode::BadCharacters, "{unseen:?}");
    }
    // Joined and shaped by them, letters and emoji are as they were.
    for seen in ["می\u{200c}خواهم", "👩\u{200d}💻", "☎\u{fe0f}"] {
        assert_eq!(MessageText::parse(seen).unwrap().as_str(), seen);
    }
}

#[test]
fn email_addresses_have_a_name_and_a_domain() {
    assert_eq!(Email::parse(" Sari@Example.ORG ").unwrap().as_str(), "Sari@example.org");
    for bad in
        ["sari", "@example.org", "sari@", "sa ri@example.org", "a@b@c", "sari@.org", "sari@example..org"]
    {
        assert_eq!(code(Email::parse(bad)), ErrorCode::Invalid, "{bad}");
    }
}

#[test]
fn passwords_are_bounded_and_never_printed() {
    assert_eq!(code(Password::unchecked("kunci").check_new()), ErrorCode::TooShort);
    assert_eq!(code(Password::unchecked("x".repeat(1025)).check_new()), ErrorCode::TooLong);
    assert_eq!(format!("{:?}", Password::unchecked("rahasia benar")), "Password(…)");
}

#[test]
fn telephone_numbers_are_digits() {
    for (typed, number) in [
        (" +62 812-3456.789 ", "+628123456789"),
        ("(0361) 123 456", "0361123456"),
        ("+380 44/123\u{a0}45 67", "+380441234567"),
    ] {
        assert_eq!(Phone::parse(typed).unwrap().as_str(), number);
    }
    for bad in ["1234", "+1234567890123456", "12+345", "call me", "٠١٢٣٤٥٦", "++12345"] {
        assert_eq!(code(Phone::parse(bad)), ErrorCode::Invalid, "{bad}");
    }
    assert_eq!(code(Phone::parse(" ")), ErrorCode::Required);
}

proptest! {
    #[test]
    fn the_normal_form_is_its_own_normal_form(s in "\\PC{0,40}") {
        if let Ok(name) = Username::parse(&s) {
            prop_assert_eq!(Username::parse(name.as_str()).unwrap(), name.clone());
            prop_assert!(name.as_str().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)));
            prop_assert!((limits::USERNAME_MIN..=limits::USERNAME_MAX).contains(&name.as_str().len()));
        }
    }

    #[test]
    fn case_and_outer_space_do_not_make_another_name(s in "[a-zA-Z0-9][a-zA-Z0-9._-]{1,30}[a-zA-Z0-9]") {
        let plain = Username::parse(&s).unwrap();
        prop_assert_eq!(&Username::parse(&s.to_uppercase()).unwrap(), &plain);
        prop_assert_eq!(&Username::parse(&format!(" {s}\t")).unwrap(), &plain);
    }

    #[test]
    fn a_parsed_message_parses_to_itself(s in "(?s).{0,200}") {
        if let Ok(text) = MessageText::parse(&s) {
            prop_assert_eq!(MessageText::parse(text.as_str()).unwrap(), text);
        }
    }
}
