//! Cutting a square out of a picture.

use wasm_bindgen::prelude::*;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Draws the square at `(x, y, side)`, in the picture's own pixels, and gives it as a file of the type
/// `kind`, of at most `most` pixels a side. `None` where the browser does not.
pub fn cut_out(
    picture: &HtmlImageElement,
    (x, y, side): (f64, f64, f64),
    most: u32,
    kind: &str,
    then: impl FnOnce(Option<Blob>) + 'static,
) {
    let then = Closure::once_into_js(then);
    if draw(picture, (x, y, side), most, kind, &then).is_none()
        && let Some(then) = then.dyn_ref::<js_sys::Function>()
    {
        let _ = then.call1(&JsValue::UNDEFINED, &JsValue::UNDEFINED);
    }
}

fn draw(
    picture: &HtmlImageElement,
    (x, y, side): (f64, f64, f64),
    most: u32,
    kind: &str,
    then: &JsValue,
) -> Option<()> {
    let canvas = web_sys::window()?.document()?.create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    let target = side.min(f64::from(most)).round().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 1 to `most`")]
    let pixels = target as u32;
    canvas.set_width(pixels);
    canvas.set_height(pixels);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            picture, x, y, side, side, 0.0, 0.0, target, target,
        )
        .ok()?;
    canvas.to_blob_with_type_and_encoder_options(then.dyn_ref()?, kind, &JsValue::from_f64(0.92)).ok()
}
