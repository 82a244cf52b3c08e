//! What stands where there is nothing yet: a small drawing, a sentence, and what to do.

use leptos::prelude::*;

/// What the drawing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Art {
    /// Two bubbles that greet each other.
    Hello,
    /// Three faces.
    People,
    /// A letter.
    Letter,
    /// A magnifying glass that finds nothing.
    Search,
    /// A pile of bubbles.
    Chats,
    /// A closed gate with a leaf: all is quiet.
    Blocked,
    /// A paper plane off its way.
    Lost,
}

impl Art {
    /// The parts filled softly, and those drawn in line.
    fn paths(self) -> (&'static str, &'static str) {
        match self {
            Self::Hello => (
                "M34 30h46a14 14 0 0 1 14 14v18a14 14 0 0 1-14 14H58L40 90V76h-6a14 14 0 0 1-14-14V44a14 14 0 0 1 14-14",
                "M88 58h26a14 14 0 0 1 14 14v16a14 14 0 0 1-14 14h-4v13l-16-13H80a14 14 0 0 1-14-14v-8M42 49v.1M72 49v.1M46 60c6 6 16 6 22 0M90 78h22M90 88h12",
            ),
            Self::People => (
                "M96 46a16 16 0 1 0 0 .1M46 104c0-22 14-34 34-34s34 12 34 34z",
                "M42 52a10 10 0 1 0 0 .1M20 98c0-16 7-26 20-28M138 52a10 10 0 1 0 0 .1M140 98c0-16-7-26-20-28M74 50c3 4 9 4 12 0M75 42v.1M85 42v.1M134 22v14M127 29h14",
            ),
            Self::Letter => (
                "M34 44h92a8 8 0 0 1 8 8v48a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8V52a8 8 0 0 1 8-8",
                "M28 48l44 34a13 13 0 0 0 16 0l44-34M30 106l34-30M130 106 96 76M80 18v12M56 22l5 10M104 22l-5 10",
            ),
            Self::Search => (
                "M104 58a32 32 0 1 1-64 0 32 32 0 0 1 64 0",
                "M96 82l30 30M60 52v.1M84 52v.1M62 70c6-5 14-5 20 0M118 34h14M125 27v14M26 96h12",
            ),
            Self::Chats => (
                "M40 26h60a14 14 0 0 1 14 14v20a14 14 0 0 1-14 14H64L46 88V74h-6a14 14 0 0 1-14-14V40a14 14 0 0 1 14-14",
                "M118 50h4a12 12 0 0 1 12 12v22a12 12 0 0 1-12 12h-2v14l-18-14H78M44 44h48M44 56h30",
            ),
            Self::Blocked => (
                "M80 20 38 34v30c0 24 16 40 42 48 26-8 42-24 42-48V34z",
                "M62 64l13 13 24-26M20 104h24M118 108h22M28 24v10M23 29h10M136 44v8M132 48h8",
            ),
            Self::Lost => (
                "M36 68 128 28 104 108 76 84z",
                "M128 28 76 84v22l14-11M20 104c10 4 18-6 28-2s14 12 26 8M32 34v10M27 39h10",
            ),
        }
    }
}

/// An empty state; children are the buttons.
#[component]
pub fn Empty(
    art: Art,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] text: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (soft, line) = art.paths();
    view! {
        <div class="empty">
            <svg viewBox="0 0 160 128" aria-hidden="true">
                <path class="soft" d=soft></path>
                <path class="line" d=line></path>
            </svg>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> }.into_any())}
        </div>
    }
}
