//! Which square of a picture is shown: dragged, zoomed, or moved by keys.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlInputElement};
use leptos::{ev, html, prelude::*};

use crate::i18n::use_t;
use crate::reactive::derive;

/// Side of the stage, in CSS pixels.
const STAGE: f64 = 264.0;
const ZOOM_MAX: f64 = 4.0;
/// How far an arrow key moves, as a part of the picture.
const STEP: f64 = 0.02;

/// A square of a picture. Lengths are in the picture's own pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// Of its left edge.
    pub x: f64,
    /// Of its upper edge.
    pub y: f64,
    /// Of each side.
    pub side: f64,
}

/// Where the square lies: its middle as parts of the picture's sides, and how far it is zoomed in.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    width: f64,
    height: f64,
    x: f64,
    y: f64,
    zoom: f64,
}

impl View {
    fn side(self) -> f64 {
        self.width.min(self.height) / self.zoom
    }

    /// The same, moved and zoomed, with the square inside the picture.
    fn at(self, x: f64, y: f64, zoom: f64) -> Self {
        let view = Self { zoom: zoom.clamp(1.0, ZOOM_MAX), ..self };
        let (half_x, half_y) = (view.side() / 2.0 / view.width, view.side() / 2.0 / view.height);
        Self { x: x.clamp(half_x, 1.0 - half_x), y: y.clamp(half_y, 1.0 - half_y), ..view }
    }

    fn square(self) -> Square {
        let side = self.side();
        Square { x: self.x * self.width - side / 2.0, y: self.y * self.height - side / 2.0, side }
    }

    /// CSS pixels for each of the picture's.
    fn scale(self) -> f64 {
        STAGE / self.side()
    }

    /// Width, height and place of the picture on the stage.
    fn style(self) -> [String; 3] {
        let scale = self.scale();
        let Square { x, y, .. } = self.square();
        [
            format!("{:.0}px", self.width * scale),
            format!("{:.0}px", self.height * scale),
            format!("{:.0}px {:.0}px", -x * scale, -y * scale),
        ]
    }
}

/// The picture at `address`, with what is not shown in the dark. `on_change` hears of each other square,
/// once a movement has ended.
#[component]
pub fn Crop(
    #[prop(into)] address: Signal<String>,
    picture: NodeRef<html::Img>,
    on_change: Callback<Square>,
) -> impl IntoView {
    let t = use_t();
    let view = RwSignal::new(None::<View>);
    let held = StoredValue::new(None::<(f64, f64)>);
    let load = move |_| {
        let sides = picture
            .get_untracked()
            .map(|img| (f64::from(img.natural_width()), f64::from(img.natural_height())));
        let shown = sides.filter(|(width, height)| width * height > 0.0);
        view.set(shown.map(|(width, height)| View { width, height, x: 0.5, y: 0.5, zoom: 1.0 }));
    };
    let tell = move || {
        if let Some(view) = view.get_untracked() {
            on_change.run(view.square());
        }
    };
    let style = move |part: usize| view.get().map(|view| view.style()[part].clone());
    let grab = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            held.set_value(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
            if let Some(stage) = event.current_target().and_then(as_element) {
                stage.set_pointer_capture(event.pointer_id()).ok();
            }
        }
    };
    let drag = move |event: ev::PointerEvent| {
        let Some((x, y)) = held.get_value() else { return };
        let (now_x, now_y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        held.set_value(Some((now_x, now_y)));
        view.update(|view| {
            if let Some(view) = view {
                let scale = view.scale();
                let moved = |by: f64, side: f64| by / scale / side;
                *view = view.at(
                    view.x - moved(now_x - x, view.width),
                    view.y - moved(now_y - y, view.height),
                    view.zoom,
                );
            }
        });
    };
    let drop = move |_: ev::PointerEvent| {
        if held.get_value().is_some() {
            held.set_value(None);
            tell();
        }
    };
    let keydown = move |event: ev::KeyboardEvent| {
        let (x, y) = match event.key().as_str() {
            "ArrowLeft" => (-STEP, 0.0),
            "ArrowRight" => (STEP, 0.0),
            "ArrowUp" => (0.0, -STEP),
            "ArrowDown" => (0.0, STEP),
            _ => return,
        };
        event.prevent_default();
        view.update(|view| {
            if let Some(view) = view {
                *view = view.at(view.x + x, view.y + y, view.zoom);
            }
        });
        tell();
    };
    view! {
        <div
            class="crop-stage"
            role="application"
            tabindex="0"
            aria-label=t.profile().crop
            aria-describedby="crop-hint"
            on:pointerdown=grab
            on:pointermove=drag
            on:pointerup=drop
            on:pointercancel=drop
            on:keydown=keydown
        >
            <img
                node_ref=picture
                src=address
                alt=""
                draggable="false"
                style:width=move || style(0)
                style:height=move || style(1)
                style:translate=move || style(2)
                on:load=load
            />
        </div>
        <Zoom view tell=Callback::new(move |()| tell()) />
        <p id="crop-hint" class="settings-hint">{t.profile().crop_hint}</p>
    }
    .into_any()
}

#[component]
fn Zoom(view: RwSignal<Option<View>>, tell: Callback<()>) -> impl IntoView {
    let t = use_t();
    let zoom = derive(move || view.with(|view| view.map_or(1.0, |view| view.zoom)));
    let set_zoom = move |event: ev::Event| {
        let zoom = event_target::<HtmlInputElement>(&event).value_as_number();
        view.update(|view| {
            if let Some(view) = view {
                *view = view.at(view.x, view.y, zoom);
            }
        });
    };
    view! {
        <label class="crop-zoom">
            <span>{t.profile().zoom}</span>
            <input
                type="range"
                min="1"
                max=ZOOM_MAX.to_string()
                step="0.05"
                prop:value=move || zoom.get().to_string()
                on:input=set_zoom
                on:change=move |_| tell.run(())
            />
        </label>
    }
    .into_any()
}

fn as_element(target: EventTarget) -> Option<Element> {
    target.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_stays_inside_the_picture() {
        let view = View { width: 900.0, height: 600.0, x: 0.5, y: 0.5, zoom: 1.0 };
        assert_eq!(view.square(), Square { x: 150.0, y: 0.0, side: 600.0 });
        let corner = view.at(2.0, 2.0, 2.0);
        assert_eq!(corner.square(), Square { x: 600.0, y: 300.0, side: 300.0 });
        assert_eq!(view.at(-1.0, -1.0, 9.0).square(), Square { x: 0.0, y: 0.0, side: 150.0 });
    }
}
