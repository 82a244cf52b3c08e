//! Something that must be answered first: a native `<dialog>`, so that the focus stays in it, Esc
//! closes it and the focus finds its way back.

use leptos::{ev, html, prelude::*};

use super::{Button, Glyph, IconButton, If, Variant, closes_on_back};
use crate::i18n::use_t;

/// A dialog over the page. Its children are made anew at each opening, so they begin afresh.
#[component]
pub fn Modal(
    /// Whether it is open; closing by Esc or a press outside sets it too.
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_t();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        match (open.get(), dialog.open()) {
            (true, false) => {
                dialog.show_modal().ok();
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    closes_on_back(open.into(), Callback::new(move |()| open.set(false)));
    // Safari does not know `closedby`: there a press beside it, from its begin to its end, closes it so.
    let began_beside = StoredValue::new(false);
    let children = StoredValue::new(children);
    view! {
        <dialog
            node_ref=dialog
            class="modal"
            aria-label=title
            closedby="any"
            on:close=move |_| open.set(false)
            on:pointerdown=move |event| began_beside.set_value(is_beside(&event))
            on:click=move |event| {
                if is_beside(&event) && began_beside.get_value() {
                    open.set(false);
                }
            }
        >
            <If when=move || open.get()>
                <header class="modal-head">
                    <h2>{title}</h2>
                    <IconButton
                        glyph=Glyph::Close
                        label=t.common.close
                        on_press=move |()| open.set(false)
                    />
                </header>
                <div class="modal-body">{children.with_value(|children| children())}</div>
            </If>
        </dialog>
    }
}

/// What is in it covers it all, so that what hits the dialog itself has hit what is round it.
fn is_beside(event: &ev::Event) -> bool {
    event.target() == event.current_target()
}

/// Whether a modal is open that shows something: as long as `of` holds it, which closing empties.
pub fn follow<T: Send + Sync + 'static>(of: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if of.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() {
            of.set(None);
        }
    });
    open
}

/// Asks before something that cannot be taken back easily.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// What will happen.
    #[prop(into)]
    text: Signal<String>,
    /// The word on the button that does it.
    action: &'static str,
    #[prop(optional)] danger: bool,
    on_confirm: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let variant = if danger { Variant::Danger } else { Variant::Main };
    view! {
        <Modal open=open title=title>
            <p>{text}</p>
            <div class="modal-actions">
                <Button
                    variant=Variant::Plain
                    attr:autofocus=true
                    on_press=move |()| open.set(false)
                >
                    {t.common.cancel}
                </Button>
                <Button
                    variant=variant
                    on_press=move |()| {
                        open.set(false);
                        on_confirm.run(());
                    }
                >
                    {action}
                </Button>
            </div>
        </Modal>
    }
}
