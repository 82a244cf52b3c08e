//! Who is in a group, and what may be done with each.

use std::cmp::Reverse;
use std::future::Future;

use leptos::{prelude::*, task::spawn_local};
use sapa_model::room::Member;
use sapa_model::{AppError, Role, RoomId, RoomKind, UserCard, UserId};

use crate::api::groups::{hand_over, remove_member, set_admin};
use crate::browser;
use crate::i18n::use_t;
use crate::live::live;
use crate::place::Place;
use crate::reactive::{derive, memo};
use crate::ui::kit::{Avatar, Confirm, Face, Glyph, If, Menu, MenuItem, Rows, use_toasts};

/// The list, owner first, of a channel its admins; `role` is the reader's own.
#[component]
pub fn Members(room: RoomId, role: Memo<Role>, heading: &'static str) -> impl IntoView {
    let live = live();
    let members = live.log(room).members;
    let kind = live.dialog(room).map_or(RoomKind::Group, |dialog| dialog.with_untracked(|d| d.room.kind));
    let listed = memo(move || {
        let is_listed =
            |member: &Member| member.active && (kind.members_meet() || member.role > Role::Member);
        let mut members: Vec<_> = members.get().into_iter().filter(is_listed).collect();
        members.sort_by_cached_key(|m| (Reverse(m.role), browser::fold(&m.user.nickname), m.user.id));
        members
    });
    view! {
        <h3>{heading}</h3>
        <ul class="members">
            <Rows each=move || listed.get() key=|member| (member.user.id, member.role) let:member>
                <MemberRow
                    room
                    kind
                    role
                    user=member.user
                    theirs=member.role
                    on_done=Callback::new(|()| ())
                />
            </Rows>
        </ul>
    }
}

/// Somebody in a group or channel with their role, and what the reader, whose role is `role`, may do with them.
#[component]
pub fn MemberRow(
    room: RoomId,
    kind: RoomKind,
    role: Memo<Role>,
    user: UserCard,
    theirs: Role,
    /// Called once something was done.
    on_done: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let live = live();
    let id = user.id;
    let is_me = id == live.my_id();
    let user = memo(move || live.newest(&user));
    let title = match theirs {
        Role::Owner => t.groups().owner,
        Role::Admin => t.groups().admin,
        Role::Member => "",
    };
    let may_act = move || !is_me && (role.get().may_remove(theirs) || role.get().may_change_roles());
    view! {
        <li>
            <Avatar face=derive(move || Face::from(&*user.read())) />
            <span class="cut">
                <a href=Place::Person(id).to_string()>
                    <bdi>{move || user.read().nickname.clone()}</bdi>
                </a>
                {is_me.then(|| view! { <small>" · " {t.groups().you}</small> }.into_any())}
                <small class="role">{title}</small>
            </span>
            <If when=may_act>
                <MemberMenu room kind role theirs id user on_done />
            </If>
        </li>
    }
}

/// What may be done with a member.
#[component]
fn MemberMenu(
    room: RoomId,
    kind: RoomKind,
    /// The reader's own.
    role: Memo<Role>,
    theirs: Role,
    id: UserId,
    user: Memo<UserCard>,
    /// Called once something was done.
    on_done: Callback<()>,
) -> impl IntoView {
    let t = use_t();
    let toasts = use_toasts();
    let (removing, handing) = (RwSignal::new(false), RwSignal::new(false));
    let run = move |act: std::pin::Pin<Box<dyn Future<Output = Result<(), AppError>>>>| {
        spawn_local(async move {
            match act.await {
                Ok(()) => {
                    on_done.try_run(());
                }
                Err(error) => toasts.fault(&error),
            }
        });
    };
    let is_admin = theirs == Role::Admin;
    let change = Callback::new(move |()| run(Box::pin(set_admin(room, id, !is_admin))));
    let remove = Callback::new(move |()| run(Box::pin(remove_member(room, id))));
    let hand = Callback::new(move |()| run(Box::pin(hand_over(room, id))));
    let is_channel = kind == RoomKind::Channel;
    let hand_over_words = if is_channel { t.channels().hand_over } else { t.groups().hand_over };
    let remove_words = if is_channel { t.channels().remove } else { t.groups().remove };
    let named = move |words: fn(&str) -> String| derive(move || user.with(|user| words(&user.nickname)));
    view! {
        <Menu id=format!("member-{id}") label=derive(move || user.with(|user| (t.groups().actions_for)(&user.nickname)))>
            <If when=move || role.get().may_change_roles()>
                <MenuItem glyph=Glyph::Shield on_select=change>
                    {move || if is_admin { t.groups().dismiss_admin } else { t.groups().make_admin }}
                </MenuItem>
                <MenuItem glyph=Glyph::Crown on_select=Callback::new(move |()| handing.set(true))>
                    {hand_over_words}
                </MenuItem>
            </If>
            <If when=move || role.get().may_remove(theirs)>
                <MenuItem glyph=Glyph::Leave danger=true on_select=Callback::new(move |()| removing.set(true))>
                    {remove_words}
                </MenuItem>
            </If>
        </Menu>
        <Confirm
            open=removing
            title=remove_words
            text=named(t.groups().remove_text)
            action=remove_words
            danger=true
            on_confirm=remove
        />
        <Confirm
            open=handing
            title=hand_over_words
            text=named(t.groups().hand_over_text)
            action=hand_over_words
            on_confirm=hand
        />
    }
}
