//! What this page lets the others of a call hear and see, and by which devices.

use leptos::prelude::*;
use leptos::task::spawn_local;
use sapa_model::call::CallShows;
use sapa_model::{AppError, ClientCommand};

use super::{Mine, REMEMBERED};
use crate::browser::{self, Device, DeviceKind, Lane};
use crate::live::Live;

/// Where this browser keeps which device was chosen last.
fn chosen(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Microphone => "sapa.microphone",
        DeviceKind::Camera => "sapa.camera",
        DeviceKind::Speaker => "sapa.speaker",
    }
}

impl Live {
    /// Lets the others hear, or not.
    pub fn unmute(self, on: bool) {
        let Some(phone) = self.calls().phone() else { return };
        let has_one = phone.unmute(on);
        self.show_in_call(|shows| shows.microphone = on);
        if on && !has_one {
            self.take_microphone();
        }
    }

    /// Goes over to another device, in this call and in those to come.
    pub fn take_device(self, device: &Device) {
        browser::store(chosen(device.kind), &device.id);
        match device.kind {
            DeviceKind::Microphone => self.take_microphone(),
            DeviceKind::Camera => self.take_camera(),
            DeviceKind::Speaker => self.take_speaker(),
        }
    }

    pub(super) fn take_speaker(self) {
        if let Some(phone) = self.calls().phone() {
            phone.take_speaker(browser::load(chosen(DeviceKind::Speaker)));
        }
    }

    pub(super) fn take_microphone(self) {
        let Some(phone) = self.calls().phone() else { return };
        spawn_local(async move {
            match phone.take_microphone(browser::load(chosen(DeviceKind::Microphone))).await {
                Ok(()) => {
                    phone.unmute(self.calls().shows.with_untracked(|shows| shows.microphone));
                }
                Err(error) => self.miss(Lane::Microphone, error),
            }
        });
    }

    /// Shows the camera.
    pub fn take_camera(self) {
        let Some(phone) = self.calls().phone() else { return };
        spawn_local(async move {
            match phone.take_camera(browser::load(chosen(DeviceKind::Camera))).await {
                Ok(true) => self.show_in_call(|shows| shows.camera = true),
                // Switched off again before it came.
                Ok(false) => {}
                Err(error) => self.miss(Lane::Camera, error),
            }
        });
    }

    /// Shows a screen or a window, which the browser asks for.
    pub fn take_screen(self) {
        let Some(phone) = self.calls().phone() else { return };
        spawn_local(async move {
            // Whoever closes the browser's question wants nothing: that is no fault.
            if phone.take_screen().await == Ok(true) {
                self.show_in_call(|shows| shows.screen = true);
            }
        });
    }

    /// Shows the camera or the screen no longer.
    pub fn stop_showing(self, lane: Lane) {
        if let Some(phone) = self.calls().phone() {
            phone.stop(lane);
        }
        self.show_in_call(|shows| match lane {
            Lane::Microphone => shows.microphone = false,
            Lane::Camera => shows.camera = false,
            Lane::Screen => shows.screen = false,
        });
    }

    pub(super) fn show_in_call(self, change: impl FnOnce(&mut CallShows)) {
        self.calls().shows.update(change);
        let shows = self.calls().shows.get_untracked();
        let Some(Mine { id: Some(id), seat: Some(_), .. }) = self.calls().mine.get_untracked() else {
            return;
        };
        let media = if shows.camera { "video" } else { "audio" };
        browser::store_here(REMEMBERED, &format!("{id} {media}"));
        self.command(ClientCommand::ShowInCall { call_id: id, shows });
    }

    fn miss(self, lane: Lane, error: AppError) {
        self.calls().missing.try_set(Some((lane, error)));
        self.stop_showing(lane);
    }
}
