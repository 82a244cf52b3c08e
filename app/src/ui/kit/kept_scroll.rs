//! Where a page was scrolled to, for whoever comes back to it.

use leptos::{html, prelude::*};

use crate::browser;
use crate::way::{steps_here, use_way};

/// A page that keeps its place. Call in its component's body, bind `page` and note each scrolling.
#[derive(Clone, Copy)]
pub struct KeptScroll {
    /// The element that scrolls.
    pub page: NodeRef<html::Section>,
    top: StoredValue<i32>,
}

impl KeptScroll {
    /// Scrolls to where the page was left, once it is `ready`: as high as it was then.
    pub fn new(ready: impl Fn() -> bool + 'static) -> Self {
        let kept = Self { page: NodeRef::new(), top: StoredValue::new(0) };
        let key = format!("scroll:{}", use_way().path().get_untracked());
        let before = browser::load_here(&key);
        let step = StoredValue::new(None);
        let came_back = StoredValue::new(None);
        Effect::new(move |_| {
            if step.get_value().is_none() {
                let here = steps_here();
                let (at, top) = before.as_deref().and_then(|kept| kept.split_once(' ')).unwrap_or_default();
                came_back.set_value((at == here.to_string()).then(|| top.parse().unwrap_or_default()));
                step.set_value(Some(here));
            }
            if ready()
                && let Some(top) = came_back.try_update_value(Option::take).flatten()
            {
                // After it is drawn.
                request_animation_frame(move || {
                    if let Some(page) = kept.page.try_get_untracked().flatten() {
                        page.set_scroll_top(top);
                    }
                });
            }
        });
        on_cleanup(move || {
            if let (Some(step), Some(top)) = (step.try_get_value().flatten(), kept.top.try_get_value()) {
                browser::store_here(&key, &format!("{step} {top}"));
            }
        });
        kept
    }

    /// Notes where it is scrolled to.
    pub fn note(self) {
        if let Some(page) = self.page.get_untracked() {
            self.top.set_value(page.scroll_top());
        }
    }
}
