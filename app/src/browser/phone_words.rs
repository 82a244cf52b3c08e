//! What is said of a telephone on both sides.

use sapa_model::call::Signal;

/// What is sent side by side, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Sound.
    Microphone = 0,
    /// A person.
    Camera = 1,
    /// A screen or a window.
    Screen = 2,
}

/// What stands in an element: one's own, or of the other in a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// One's own.
    Own(Lane),
    /// Another's.
    Of(u32, Lane),
}

/// What a telephone says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// To the other in this seat.
    To(u32, Signal),
    /// Pictures have changed.
    Changed,
    /// What was sent of this lane has ended by itself: a device was unplugged, or the browser's own button
    /// ended the screen.
    Ended(Lane),
}

/// How well another is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// As next door.
    Good,
    /// With gaps or delays.
    Fair,
    /// Hardly.
    Poor,
    /// The connection is lost, and looked for anew.
    Lost,
}

/// What a device of a call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeviceKind {
    /// One is heard by it.
    Microphone,
    /// One is seen by it.
    Camera,
    /// One hears by it.
    Speaker,
}

/// A microphone, a camera or a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What the browser calls it.
    pub id: String,
    /// What people call it; empty until one was allowed.
    pub label: String,
    /// What it is for.
    pub kind: DeviceKind,
    /// It is the one in use.
    pub in_use: bool,
}
