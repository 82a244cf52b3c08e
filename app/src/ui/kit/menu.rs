//! A menu behind a button: a native popover, so that Esc, a press elsewhere and the way back of
//! the focus are the browser's work.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, HtmlElement, Node};
use leptos::{ev, html, prelude::*};

use super::{Glyph, Icon, If, Variant};

/// The menu that an item belongs to.
#[derive(Clone)]
struct MenuId(String);

/// The button with its menu. Children are [`MenuItem`]s.
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: Signal<String>,
    /// Said on the button; without, it is a glyph alone.
    #[prop(optional)]
    words: Option<&'static str>,
    #[prop(default = Glyph::More)] glyph: Glyph,
    /// Whether it is open, for whoever wants to know.
    #[prop(default = RwSignal::new(false))]
    open: RwSignal<bool>,
    children: Children,
) -> impl IntoView {
    provide_context(MenuId(id.clone()));
    let button = NodeRef::<html::Button>::new();
    let list = NodeRef::<html::Div>::new();

    let place = move || {
        if let (Some(button), Some(list)) = (button.get_untracked(), list.get_untracked()) {
            place_beside(&button, &list);
        }
    };
    // A telephone that is turned, or whose keyboard comes up, moves the button.
    let moving = StoredValue::new(None::<WindowListenerHandle>);
    let stay = move || {
        if let Some(handle) = moving.try_update_value(Option::take).flatten() {
            handle.remove();
        }
    };
    on_cleanup(move || {
        stay();
        open.try_set(false);
    });
    let toggled = move |_| {
        let Some(list) = list.get_untracked() else { return };
        let now_open = list.matches(":popover-open").unwrap_or(false);
        open.set(now_open);
        stay();
        if now_open {
            moving.set_value(Some(window_event_listener(ev::resize, move |_| place())));
            focus_item(&list, |_, _| 0);
        }
    };
    let moved = move |event: ev::KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => focus_item(&list, |at, count| at.map_or(0, |at| (at + 1) % count)),
            "ArrowUp" => focus_item(&list, |at, count| at.map_or(count - 1, |at| (at + count - 1) % count)),
            "Home" => focus_item(&list, |_, _| 0),
            "End" => focus_item(&list, |_, count| count - 1),
            "Tab" => {
                list.hide_popover().ok();
                return;
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <button
            node_ref=button
            type="button"
            class=if words.is_some() { Variant::Soft.class() } else { "icon-button" }
            title=label
            aria-label=words.is_none().then_some(label)
            aria-haspopup="menu"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            popovertarget=id.clone()
            on:click=move |_| place()
        >
            <Icon glyph=glyph />
            {words.map(|words| view! { <span>{words}</span> })}
        </button>
        <div
            node_ref=list
            id=id
            class="menu"
            role="menu"
            popover="auto"
            aria-label=label
            on:toggle=toggled
            on:keydown=moved
        >
            {children()}
        </div>
    }
}

/// Something to do, or to choose, in a [`Menu`].
#[component]
pub fn MenuItem(
    #[prop(into)] glyph: Signal<Glyph>,
    /// Cannot be taken back easily.
    #[prop(optional)]
    danger: bool,
    /// For one of several: whether it is the chosen one.
    #[prop(optional, into)]
    chosen: Option<Signal<bool>>,
    on_select: Callback<()>,
    children: Children,
) -> impl IntoView {
    let menu = use_context::<MenuId>().map(|id| id.0);
    let is_chosen = move || chosen.is_some_and(|chosen| chosen.get());
    view! {
        <button
            type="button"
            role=if chosen.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || chosen.map(|chosen| if chosen.get() { "true" } else { "false" })
            tabindex="-1"
            class="menu-item"
            class:danger=danger
            popovertarget=menu
            popovertargetaction="hide"
            on:click=move |_| on_select.run(())
        >
            <Icon glyph=glyph />
            <span>{children()}</span>
            <If when=is_chosen>
                <span class="menu-chosen">
                    <Icon glyph=Glyph::Check />
                </span>
            </If>
        </button>
    }
}

/// Puts the list below its button, ends flush; above it where there is more room.
pub(crate) fn place_beside(button: &Element, list: &HtmlElement) {
    const GAP: f64 = 6.0;
    let size = |value: Result<JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or_default();
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let at = button.get_bounding_client_rect();
    // Whole pixels: writing out fractions would take 14 kB of code.
    #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
    let px = |distance: f64| format!("{}px", distance.round() as i32);
    let (top, bottom) = if at.bottom() > height * 0.6 {
        ("auto".to_owned(), px(height - at.top() + GAP))
    } else {
        (px(at.bottom() + GAP), "auto".to_owned())
    };
    let (left, right) = if at.right() < width * 0.4 {
        (px(at.left()), "auto".to_owned())
    } else {
        ("auto".to_owned(), px(width - at.right()))
    };
    for (edge, value) in [("top", top), ("bottom", bottom), ("left", left), ("right", right)] {
        list.style().set_property(edge, &value).ok();
    }
}

/// Moves the focus to the item that `choose` names, given the focused one's place and the count.
fn focus_item(list: &Element, choose: impl Fn(Option<u32>, u32) -> u32) {
    let Ok(items) = list.query_selector_all("[role^=menuitem]") else { return };
    if items.length() == 0 {
        return;
    }
    let focused = document().active_element();
    let at =
        (0..items.length()).find(|&i| items.get(i).as_ref() == focused.as_ref().map(AsRef::<Node>::as_ref));
    if let Some(item) =
        items.get(choose(at, items.length())).and_then(|node| node.dyn_into::<HtmlElement>().ok())
    {
        item.focus().ok();
    }
}
