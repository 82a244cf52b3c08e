//! Which microphone and which camera.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{Device, Phone};
use crate::i18n::use_t;
use crate::live::live;
use crate::ui::kit::{Glyph, Menu, MenuItem};

/// A menu of what there is.
#[component]
pub fn Devices() -> impl IntoView {
    let t = use_t();
    let live = live();
    let devices = RwSignal::new(Vec::<Device>::new());
    // Named only once one is allowed, which each new picture may be the sign of.
    Effect::new(move || {
        live.calls().pictures.track();
        spawn_local(async move {
            let found = Phone::devices().await;
            devices.try_maybe_update(|held| (std::mem::replace(held, found.clone()) != found, ()));
        });
    });
    let choose = move |device: &Device| {
        let id = Some(device.id.clone());
        if device.camera { live.take_camera(id) } else { live.take_microphone(id) }
    };
    let name = move |device: &Device| match (device.label.as_str(), device.camera) {
        ("", true) => t.calls.camera.to_owned(),
        ("", false) => t.calls.microphone.to_owned(),
        (label, _) => label.to_owned(),
    };
    view! {
        <Menu id="call-devices" label=t.calls.devices glyph=Glyph::Settings>
            <For each=move || devices.get() key=|device| (device.camera, device.id.clone()) let:device>
                <MenuItem
                    glyph=if device.camera { Glyph::Video } else { Glyph::Mic }
                    on_select=Callback::new({
                        let device = device.clone();
                        move |()| choose(&device)
                    })
                >
                    {name(&device)}
                </MenuItem>
            </For>
        </Menu>
    }
    .into_any()
}
