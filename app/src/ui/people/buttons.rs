//! The buttons of a card, true to how the user stands to the person.

use leptos::prelude::*;
use sapa_model::Relation;

use super::acts::{Acts, use_open_chat};
use crate::i18n::{Messages, use_t};
use crate::reactive::{derive, memo};
use crate::ui::kit::{Button, Confirm, Glyph, Icon, Menu, MenuItem, Variant};

/// One row of buttons, with the state in words where there is one.
#[component]
pub fn ActButtons(
    acts: Acts,
    /// Id of the element with the name, so that "Accept" is also heard as whose.
    name_id: String,
) -> impl IntoView {
    let t = use_t();
    let open_chat = use_open_chat();
    let name_id = StoredValue::new(name_id);
    let unfriend = RwSignal::new(false);
    let id = acts.person.with_untracked(|person| person.user.id);
    let name = derive(move || acts.person.with(|person| person.user.nickname.clone()));
    let more = derive(move || (t.people().more_about)(&name.get()));
    let relation = memo(move || acts.person.with(|person| person.relation));

    let act = move |label: fn(&Messages) -> &'static str, variant: Variant, act: fn(Acts)| {
        view! {
            <Button
                variant=variant
                busy=acts.busy
                attr:aria-describedby=name_id.get_value()
                on_press=move |()| act(acts)
            >
                {move || label(t)}
            </Button>
        }
    };
    let chat = move |label: fn(&Messages) -> &'static str, variant: Variant| {
        view! {
            <Button
                variant=variant
                attr:aria-describedby=name_id.get_value()
                on_press=move |()| open_chat(acts.person.read_untracked().user.id)
            >
                {move || label(t)}
            </Button>
        }
    };
    let state = move |label: fn(&Messages) -> &'static str, glyph: Glyph| {
        view! {
            <span class="person-state">
                <Icon glyph=glyph />
                {move || label(t)}
            </span>
        }
    };
    let buttons = move || match relation.get() {
        Relation::None => view! {
            {act(|t| t.chat.add_friend, Variant::Main, Acts::ask)}
            {chat(|t| t.people().say_hello, Variant::Plain)}
        }
        .into_any(),
        Relation::Requested => view! {
            <Menu id=format!("requested-{id}") label=more words=t.chat.requested glyph=Glyph::Clock>
                <MenuItem glyph=Glyph::Undo on_select=Callback::new(move |()| acts.take_back())>
                    {t.people().take_back}
                </MenuItem>
            </Menu>
        }
        .into_any(),
        Relation::Asked => view! {
            {act(|t| t.chat.accept, Variant::Main, Acts::accept)}
            {act(|t| t.people().decline, Variant::Plain, Acts::decline)}
        }
        .into_any(),
        Relation::Friends => view! {
            <Menu id=format!("friends-{id}") label=more words=t.people().friends glyph=Glyph::Check>
                <MenuItem glyph=Glyph::Leave on_select=Callback::new(move |()| unfriend.set(true))>
                    {t.people().unfriend}
                </MenuItem>
            </Menu>
            {chat(|t| t.people().chat, Variant::Soft)}
        }
        .into_any(),
        Relation::Blocked => view! {
            {state(|t| t.people().blocked, Glyph::Block)}
            {act(|t| t.people().unblock, Variant::Soft, Acts::unblock)}
        }
        .into_any(),
    };
    view! {
        <div class="person-acts" node_ref=acts.row>
            {move || buttons()}
        </div>
        <Confirm
            open=unfriend
            title=derive(move || (t.people().unfriend_title)(&name.get()))
            text=t.people().unfriend_text
            action=t.people().unfriend
            on_confirm=Callback::new(move |()| acts.unfriend())
        />
    }
}
