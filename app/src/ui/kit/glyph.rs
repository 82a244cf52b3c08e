//! The drawings of all icons, each one path on a grid of 24 by 24, stroked 1.8 wide.

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says what is drawn")]
pub enum Glyph {
    AddPerson,
    Alert,
    Attach,
    Back,
    Bell,
    BellOff,
    Block,
    Calendar,
    Camera,
    Chats,
    Check,
    Clock,
    Close,
    Contrast,
    Copy,
    Crowd,
    Crown,
    DoubleCheck,
    Down,
    Download,
    Edit,
    Emoji,
    Eye,
    EyeOff,
    File,
    Film,
    Flag,
    Globe,
    Hand,
    Info,
    Keyboard,
    Leave,
    Link,
    Lock,
    Mail,
    Mic,
    Moon,
    More,
    Next,
    Pause,
    People,
    Play,
    Plus,
    Reply,
    Retry,
    Search,
    Send,
    Settings,
    Shield,
    Star,
    Story,
    Sun,
    Trash,
    Unblock,
    Undo,
    Users,
}

impl Glyph {
    /// The path's data.
    #[expect(clippy::too_many_lines, reason = "a line or three for each drawing")]
    pub fn path(self) -> &'static str {
        match self {
            Self::AddPerson => "M14 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M3 20c0-4 3-6 7-6s7 2 7 6M19 8v6M16 11h6",
            Self::Alert => "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.01",
            Self::Attach => "m20 11-8 8a5 5 0 0 1-7-7l8-8a3.5 3.5 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7",
            Self::Back => "m15 5-7 7 7 7",
            Self::Bell => "M6 10a6 6 0 0 1 12 0c0 6 2 7 2 7H4s2-1 2-7M10 20.5h4",
            Self::BellOff => {
                "M8.2 5.4A6 6 0 0 1 18 10c0 2.4.3 4 .8 5.1M17 17H4s2-1 2-7c0-.7.1-1.3.3-1.9M10 20.5h4M4 3.5l16.5 17"
            }
            Self::Block => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M5.7 5.7l12.6 12.6",
            Self::Calendar => {
                "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v11.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V7a1.5 1.5 0 0 1 1.5-1.5M4 10h16M8 3.5v4M16 3.5v4"
            }
            Self::Camera => {
                "M5 7.5h3L9.5 5h5L16 7.5h3A1.5 1.5 0 0 1 20.5 9v8.5A1.5 1.5 0 0 1 19 19H5a1.5 1.5 0 0 1-1.5-1.5V9A1.5 1.5 0 0 1 5 7.5M15.5 13a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0"
            }
            Self::Chats => {
                "M6 5h12a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H9.5L5 20v-4.2A2 2 0 0 1 4 14V7a2 2 0 0 1 2-2"
            }
            Self::Check => "m5 12.5 4.5 4.5L19 7",
            Self::Clock => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 7v5.2l3.4 2",
            Self::Close => "m6 6 12 12M18 6 6 18",
            Self::Contrast => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 3v18M12 8h5.5M12 12h9M12 16h5.5",
            Self::Copy => {
                "M10 9h8a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 18 20h-8a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 10 9M5.5 15H5a1 1 0 0 1-1-1V5.5A1.5 1.5 0 0 1 5.5 4H14a1 1 0 0 1 1 1v.5"
            }
            Self::Crowd => {
                "M12.5 8.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0M2.5 19.5c0-3.6 2.7-5.5 6.5-5.5s6.5 1.9 6.5 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5c2.2.7 3.5 2.4 3.5 5"
            }
            Self::Crown => "M4 18h16M4.5 14.5 3.5 7l5 3.5L12 5l3.5 5.5 5-3.5-1 7.5z",
            Self::DoubleCheck => "m2 13 4 4 9-10M11 17l1 0 9-10",
            Self::Down => "m6 9 6 6 6-6",
            Self::Edit => {
                "M4 20l1-4.5L16 4.5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19zM14 6.5l3.5 3.5"
            }
            Self::Emoji => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M8 14c2 3 6 3 8 0M9 9.5v.01M15 9.5v.01",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0"
            }
            Self::EyeOff => {
                "M9.9 5.8c.7-.2 1.4-.3 2.1-.3 6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.7 3.5M6.2 7.7A15.5 15.5 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.3-1.1M9.9 9.9a3 3 0 0 0 4.2 4.2M4 3.5l16.5 17"
            }
            Self::Film => {
                "M5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5v-11A1.5 1.5 0 0 1 5.5 5M10 9l5 3-5 3z"
            }
            Self::Flag => "M6 21V4M6 5c4-3 8 3 12.5 0v8.5C14 16.5 10 10.5 6 13.5",
            Self::Globe => {
                "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M3.5 9.5h17M3.5 14.5h17M12 3c2.5 2.4 3.8 5.4 3.8 9s-1.3 6.6-3.8 9c-2.5-2.4-3.8-5.4-3.8-9S9.5 5.4 12 3"
            }
            Self::Hand => {
                "M7.5 12.5V6a1.5 1.5 0 0 1 3 0v5M10.5 10.5V4.5a1.5 1.5 0 0 1 3 0v6M13.5 10.5V5.5a1.5 1.5 0 0 1 3 0v7M16.5 11.5V9a1.5 1.5 0 0 1 3 0v5.5c0 4-2.6 6.5-6.5 6.5-3.2 0-4.8-1.6-6.2-4.2l-2.3-4.2c-.9-1.7 1.3-2.9 2.3-1.4l.7 1.3"
            }
            Self::Info => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M12 11v5.5M12 7.5v.01",
            Self::Keyboard => {
                "M4.5 6h15A1.5 1.5 0 0 1 21 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16.5v-9A1.5 1.5 0 0 1 4.5 6M7 10v.01M10.3 10v.01M13.7 10v.01M17 10v.01M8 14.5h8"
            }
            Self::Leave => {
                "M14 4.5H6.5A1.5 1.5 0 0 0 5 6v12a1.5 1.5 0 0 0 1.5 1.5H14M10.5 12H21M17.5 8.5 21 12l-3.5 3.5"
            }
            Self::Link => {
                "M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.3-1.3"
            }
            Self::Lock => {
                "M7 11h10a1.5 1.5 0 0 1 1.5 1.5v6A1.5 1.5 0 0 1 17 20H7a1.5 1.5 0 0 1-1.5-1.5v-6A1.5 1.5 0 0 1 7 11M8 11V8a4 4 0 0 1 8 0v3"
            }
            Self::File => {
                "M7 3.5h7l4.5 4.5v11a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5M14 3.5V8h4.5"
            }
            Self::Download => "M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M5 19.5h14",
            Self::Mic => "M9 6a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
            Self::Mail => {
                "M5.5 6h13A1.5 1.5 0 0 1 20 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 16.5v-9A1.5 1.5 0 0 1 5.5 6M4.5 7.5 12 13l7.5-5.5"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5",
            Self::More => {
                "M12.4 6a.4.4 0 1 1-.8 0 .4.4 0 0 1 .8 0M12.4 12a.4.4 0 1 1-.8 0 .4.4 0 0 1 .8 0M12.4 18a.4.4 0 1 1-.8 0 .4.4 0 0 1 .8 0"
            }
            Self::Next => "m9 5 7 7-7 7",
            Self::People => {
                "M14 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M3 20c0-4 3-6 7-6 1.2 0 2.3.2 3.2.5M20.5 17a2.8 2.8 0 1 1-5.5 0 2.8 2.8 0 0 1 5.5 0M22 21.5l-2.2-2.4"
            }
            Self::Pause => "M8.5 5v14M15.5 5v14",
            Self::Play => "M8 5l11 7-11 7z",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Reply => "M9.5 6 4 11.5 9.5 17M4 11.5h9c4 0 7 2 7 6.5",
            Self::Retry => "M20 12a8 8 0 1 1-2.3-5.6L20 8.5M20 4v4.5h-4.5",
            Self::Search => "M17 11a6 6 0 1 1-12 0 6 6 0 0 1 12 0M20 20l-4.5-4.5",
            Self::Send => "M4.5 12 20 4l-4.5 16-4-6.5zM11.5 13.5 20 4",
            Self::Settings => {
                "M4 7h9M17 7h3M4 17h3M11 17h9M17 7a2 2 0 1 1-4 0 2 2 0 0 1 4 0M11 17a2 2 0 1 1-4 0 2 2 0 0 1 4 0"
            }
            Self::Shield => "M12 3.5 5 6v5.5c0 4.5 2.9 7.5 7 9 4.1-1.5 7-4.5 7-9V6zM9 12l2.2 2.2L15 10",
            Self::Star => "m12 4 2.5 5.1 5.6.8-4 4 .9 5.6-5-2.7-5 2.7.9-5.6-4-4 5.6-.8z",
            Self::Story => "M20.6 9.2A9 9 0 1 0 21 12M12 8v8M8 12h8",
            Self::Sun => {
                "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"
            }
            Self::Trash => {
                "M5 7h14M10 7V5a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v2M6.5 7l.8 11.6A1.5 1.5 0 0 0 8.8 20h6.4a1.5 1.5 0 0 0 1.5-1.4L17.5 7M10 11v5M14 11v5"
            }
            Self::Unblock => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0M8 12.3l2.8 2.8L16 9.5",
            Self::Undo => "M8.5 5.5 4 10l4.5 4.5M4 10h9.5a5 5 0 0 1 0 10H9",
            Self::Users => "M15 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0M4 20c0-4 3-6 7-6s7 2 7 6",
        }
    }
}
