//! A round picture, or the initials of a name on a colour of its own.

use leptos::prelude::*;
use sapa_model::{Room, UserCard, UserId, Variant};

use crate::browser;
use crate::reactive::memo;

/// A colour family for avatars and authors' names, one of twelve around the wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hue(u8);

impl Hue {
    const STEPS: u8 = 12;

    /// A user's colour. Neighbouring ids land far apart: 5 has no divisor in common with 12.
    pub fn of_user(id: UserId) -> Self {
        let step = (id.0.rem_euclid(i64::from(Self::STEPS)) * 5).rem_euclid(i64::from(Self::STEPS));
        Self(u8::try_from(step).unwrap_or_default())
    }

    /// The family nearest below a hue of 0 to 359 degrees.
    pub fn degrees(degrees: u16) -> Self {
        Self(u8::try_from(degrees % 360 / 30).unwrap_or_default())
    }

    /// The class that sets `--h` and, from it, `--hue-text`.
    pub fn class(self) -> &'static str {
        const CLASSES: [&str; Hue::STEPS as usize] = [
            "hue-0", "hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6", "hue-7", "hue-8", "hue-9",
            "hue-10", "hue-11",
        ];
        CLASSES[usize::from(self.0 % Self::STEPS)]
    }
}

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 34 px: beside a message.
    S,
    /// 48 px: in a list.
    #[default]
    M,
    /// 56 px: on a card.
    L,
    /// 88 px: on top of details.
    Xl,
}

/// What an avatar is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// Whose initials stand where there is no picture.
    pub name: String,
    /// The colour below them.
    pub hue: Hue,
    /// The key of the picture.
    pub avatar: Option<String>,
}

impl Face {
    /// Of somebody who is not known, or no longer.
    pub fn nobody() -> Self {
        Self { name: String::new(), hue: Hue::degrees(0), avatar: None }
    }
}

impl From<&UserCard> for Face {
    fn from(user: &UserCard) -> Self {
        Self { name: user.nickname.clone(), hue: Hue::of_user(user.id), avatar: user.avatar.clone() }
    }
}

impl From<&Room> for Face {
    fn from(room: &Room) -> Self {
        Self { name: room.name.clone(), hue: Hue::degrees(room.hue), avatar: room.avatar.clone() }
    }
}

/// Where a picture is found.
pub fn avatar_address(key: &str, variant: Variant) -> String {
    format!("/avatars/{variant}/{key}")
}

/// The avatar of a person or group. It says nothing to screen readers: the name always stands near.
#[component]
pub fn Avatar(
    #[prop(into)] face: Signal<Face>,
    #[prop(optional)] size: AvatarSize,
    /// Shows a green dot.
    #[prop(optional, into)]
    online: Signal<bool>,
) -> impl IntoView {
    let variant = if size == AvatarSize::Xl { Variant::Large } else { Variant::Small };
    let size = match size {
        AvatarSize::S => "s",
        AvatarSize::M => "m",
        AvatarSize::L => "l",
        AvatarSize::Xl => "xl",
    };
    // A picture that does not come leaves the initials; another one may.
    let broken = RwSignal::new(None::<String>);
    let face = memo(move || face.get());
    let picture = memo(move || {
        let avatar = face.with(|face| face.avatar.clone());
        avatar.filter(|key| broken.with(|broken| broken.as_ref() != Some(key)))
    });
    let show = move |key: String| {
        let address = avatar_address(&key, variant);
        let lost = move |_: leptos::ev::ErrorEvent| broken.set(Some(key.clone()));
        view! { <img src=address alt="" loading="lazy" decoding="async" draggable="false" on:error=lost /> }
            .into_any()
    };
    view! {
        <span
            class=move || format!("avatar {size} {}", face.with(|face| face.hue).class())
            class:online=online
            aria-hidden="true"
        >
            {move || match picture.get() {
                Some(key) => show(key),
                None => face.with(|face| initials(&face.name)).into_any(),
            }}
        </span>
    }
    .into_any()
}

/// The first letters of the first and the last word; a leading emoji stands alone.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| word.chars().any(|c| !c.is_ascii_punctuation()));
    let Some(first) = words.next() else { return String::new() };
    let first = first_grapheme(first);
    if !first.starts_with(char::is_alphanumeric) {
        return first.to_owned();
    }
    let last = words.rfind(|word| word.starts_with(char::is_alphanumeric)).map_or("", first_grapheme);
    browser::upper(&format!("{first}{last}"))
}

/// The first character as people see it: with its combining marks, and an emoji with all that is
/// joined to it. A rough rule that covers names, without Unicode's tables in the browser.
fn first_grapheme(word: &str) -> &str {
    let word = word.trim_start_matches(|c: char| c.is_ascii_punctuation());
    let mut flags = 0;
    let mut joined = true;
    let end = word.char_indices().find(|&(_, c)| {
        let flag = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        flags += u32::from(flag);
        let extends = matches!(c, '\u{0300}'..='\u{036f}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{0e31}' | '\u{0e34}'..='\u{0e3a}'
            | '\u{093e}'..='\u{094d}');
        let belongs = joined || extends || (flag && flags == 2);
        joined = c == '\u{200d}';
        !belongs
    });
    end.map_or(word, |(at, _)| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_what_people_would_write() {
        for (name, expected) in [
            ("Oleh Kovalenko", "OK"),
            ("Тарас та Надія", "ТН"),
            ("sari", "S"),
            ("👩‍👩‍👧 Sari", "👩‍👩‍👧"),
            ("🇺🇦🇮🇩 club", "🇺🇦"),
            ("Ї\u{0301}жак", "Ї\u{0301}"),
            ("Sari 🌸", "S"),
            ("(Budi) Santoso", "BS"),
            ("  ", ""),
            ("…", "…"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn each_user_has_one_of_the_twelve_hues() {
        assert_ne!(Hue::of_user(UserId(1)), Hue::of_user(UserId(2)));
        assert_eq!(Hue::of_user(UserId(-7)).class(), Hue::of_user(UserId(5)).class());
        assert_eq!(Hue::degrees(359).class(), "hue-11");
        assert_eq!(Hue::degrees(360).class(), "hue-0");
    }
}
