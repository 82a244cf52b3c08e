//! What a message can carry besides words: buttons beside the field, on a telephone folded into one.

use leptos::{html, prelude::*};
use sapa_model::RoomId;

use super::session::SessionModal;
use super::state::ComposerState;
use super::tray::FileChooser;
use crate::i18n::use_t;
use crate::ui::kit::{Glyph, IconButton, If, Menu, MenuItem};

/// The buttons for all that can be added.
#[component]
pub fn Adding(
    /// Where it is sent to.
    room: RoomId,
    /// What is in the making.
    state: ComposerState,
    /// Sessions can be proposed here.
    members_meet: bool,
) -> impl IntoView {
    let t = use_t();
    let input = NodeRef::<html::Input>::new();
    let proposing = RwSignal::new(false);
    let attach = Callback::new(move |()| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    });
    let propose = Callback::new(move |()| proposing.set(true));
    view! {
        <FileChooser state=state input=input />
        <span class="composer-adds" class:is-one=!members_meet>
            <IconButton glyph=Glyph::Attach label=t.files.attach on_press=move |()| attach.run(()) />
            <If when=move || members_meet>
                <IconButton glyph=Glyph::Calendar label=t.schedule.propose on_press=move |()| propose.run(()) />
            </If>
        </span>
        <If when=move || members_meet>
            <span class="composer-plus">
                <Menu id="composer-menu" label=t.chat.add glyph=Glyph::Plus>
                    <MenuItem glyph=Glyph::Attach on_select=attach>
                        {t.files.attach}
                    </MenuItem>
                    <MenuItem glyph=Glyph::Calendar on_select=propose>
                        {t.schedule.propose}
                    </MenuItem>
                </Menu>
            </span>
            <SessionModal room=room open=proposing />
        </If>
    }
    .into_any()
}
