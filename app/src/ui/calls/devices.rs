//! Which microphone, which camera and which speaker.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{Device, DeviceKind};
use crate::i18n::use_t;
use crate::live::live;
use crate::reactive::derive;
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
        let Some(phone) = live.calls().phone() else { return };
        spawn_local(async move {
            let found = phone.devices().await;
            devices.try_maybe_update(|held| (std::mem::replace(held, found.clone()) != found, ()));
        });
    });
    let choose = move |device: &Device| live.take_device(device);
    let name = move |device: &Device| match (device.label.as_str(), device.kind) {
        ("", DeviceKind::Camera) => t.calls.camera.to_owned(),
        ("", DeviceKind::Microphone) => t.calls.microphone.to_owned(),
        ("", DeviceKind::Speaker) => t.calls.speaker.to_owned(),
        (label, _) => label.to_owned(),
    };
    let in_use = move |kind: DeviceKind, id: &str| {
        devices.read().iter().any(|device| device.in_use && device.kind == kind && device.id == id)
    };
    view! {
        <Menu id="call-devices" label=t.calls.devices glyph=Glyph::Settings>
            <For each=move || devices.get() key=|device| (device.kind, device.id.clone(), device.label.clone()) let:device>
                <MenuItem
                    glyph=match device.kind {
                        DeviceKind::Microphone => Glyph::Mic,
                        DeviceKind::Camera => Glyph::Video,
                        DeviceKind::Speaker => Glyph::Speaker,
                    }
                    chosen=derive({
                        let (kind, id) = (device.kind, device.id.clone());
                        move || in_use(kind, &id)
                    })
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
