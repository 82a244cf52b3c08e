//! What opens over a feed: lists, questions and pictures of one of its messages.

use leptos::prelude::*;

use super::deleting::DeleteQuestion;
use super::lightbox::Lightbox;
use super::reactors::Reactors;
use super::readers::Readers;
use super::row::FeedContext;
use super::versions::Versions;
use crate::ui::channels::Comments;

impl FeedContext {
    /// Something is to be shown over the feed. Reactive.
    pub fn wants_over(self) -> bool {
        let echoes = self.echoes.get_value();
        self.readers_of.with(Option::is_some)
            || echoes.reactors_of.with(Option::is_some)
            || echoes.comments_of.with(Option::is_some)
            || self.picture.with(Option::is_some)
            || self.versions_of.with(Option::is_some)
            || self.deleting.with(Option::is_some)
    }

    /// Nothing is to be shown there any longer.
    pub fn close_over(self) {
        let echoes = self.echoes.get_value();
        self.readers_of.set(None);
        echoes.reactors_of.set(None);
        echoes.comments_of.set(None);
        self.picture.set(None);
        self.versions_of.set(None);
        self.deleting.set(None);
    }
}

/// All of it, each while its signal names something.
#[component]
pub fn FeedOver(
    /// What the lines of the feed share.
    context: FeedContext,
) -> impl IntoView {
    let FeedContext { log, dialog, me, .. } = context;
    let room = dialog.with_untracked(|dialog| dialog.room.id);
    let me = me.with_value(|me| me.id);
    let echoes = context.echoes.get_value();
    view! {
        <Readers log=log me=me of=context.readers_of />
        <Reactors room=room of=echoes.reactors_of />
        <Comments log=log dialog=dialog of=echoes.comments_of />
        <Lightbox log=log of=context.picture />
        <Versions room=room of=context.versions_of />
        <DeleteQuestion room=room of=context.deleting />
    }
    .into_any()
}
