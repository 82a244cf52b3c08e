//! Calls of server functions, WebSocket commands: with an example of each, as for REST.

use serde_json::{Value, json};

/// The arguments of each server function that are good for the group, and for the direct room of two of
/// whom one has blocked the other.
pub fn server_function(name: &str, blocked: bool) -> Option<Value> {
    let (room, message, user) = if blocked { (2, 13, 1) } else { (1, 6, 2) };
    let at = json!({ "room": room, "message": message });
    let with = |more: Value| {
        let mut all = at.clone();
        all.as_object_mut()?.extend(more.as_object()?.clone());
        Some(all)
    };
    let of_user = |user: i64| json!({ "user": if blocked { 1 } else { user } });
    let link = "5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e5a1d4c0e";
    let invite = "7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e7c1d4c0e";
    let reset = "6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e6b1d4c0e";
    let profile = json!({ "nickname": "Seseorang" });
    Some(match name {
        "register" => {
            json!({ "account": { "username": "wayan", "password": "rahasia-sekali", "nickname": "W" } })
        }
        "sign_in" => json!({ "login": "sari", "password": "sapa-demo" }),
        "sign_out" | "me" | "bootstrap" | "remove_avatar" | "send_verification" | "devices" | "friends"
        | "blocked" | "friend_requests" | "api_tokens" | "stories" | "story_settings" => {
            json!({})
        }
        "update_settings" => json!({ "settings": { "whoMayWrite": "friends", "whoSeesPresence": "friends",
            "whoSeesBirthday": "nobody", "whoSeesPhone": "nobody", "findable": true, "relayCalls": false } }),
        "update_profile" => json!({ "profile": profile }),
        "change_email" => json!({ "email": "new@example.org", "password": "sapa-demo" }),
        "send_verification_to" => json!({ "login": "maria", "password": "sapa-demo" }),
        "verify_email" => json!({ "token": link }),
        "request_reset" => json!({ "email": "sari@example.org" }),
        "kept_out" => json!({ "invitation": "" }),
        "check_reset" => json!({ "token": reset }),
        "reset_password" => {
            json!({ "token": reset, "newPassword": "rahasia-baru", "new_password": "rahasia-baru" })
        }
        "revoke_device" => json!({ "device": 2 }),
        "change_credentials" => {
            json!({ "change": { "password": "sapa-demo", "newPassword": "rahasia-baru" } })
        }
        "make_api_token" => json!({ "token": { "name": "bot", "scopes": ["read"], "days": 1 } }),
        "announce_upload" => json!({ "upload": { "name": "kopi.txt", "size": 4 } }),
        "create_group" => json!({ "group": { "name": "Kopi sore", "hue": 1, "memberIds": [] } }),
        "rename_group" => json!({ "room": room, "name": "Kopi pagi", "hue": 1 }),
        "remove_group_avatar"
        | "delete_group"
        | "list_webhooks"
        | "room"
        | "leave_group"
        | "list_invites" => json!({ "room": room }),
        "add_members" => json!({ "room": room, "users": [if blocked { 1 } else { 5 }] }),
        "set_admin" => json!({ "room": room, "user": if blocked { 1 } else { 3 }, "admin": true }),
        "hand_over" | "remove_member" => json!({ "room": room, "user": if blocked { 1 } else { 3 } }),
        "create_invite" => json!({ "room": room, "hours": 24 }),
        "create_webhook" => json!({ "room": room, "webhook": { "direction": "incoming", "name": "bot" } }),
        "delete_webhook" => json!({ "room": room, "webhook": 1 }),
        "revoke_invite" => json!({ "room": room, "invite": 1 }),
        "preview_invite" | "invite_offer" | "join_by_invite" => json!({ "token": invite }),
        "history" => json!({ "room": room, "from": "latest" }),
        "find_message" | "message_versions" | "take_back_correction" | "reactors" => at,
        "edit_message" | "correct_message" => with(json!({ "text": "Halo!" }))?,
        "accept_correction" => with(json!({ "by": if blocked { 1 } else { 3 } }))?,
        "gallery" => json!({ "room": room, "kind": "media" }),
        "react" => with(json!({ "emoji": "👍" }))?,
        "delete_message" => with(json!({ "whom": "everyone" }))?,
        "restore_message" => json!({ "room": room, "message": if blocked { 13 } else { 8 } }),
        "explore" => json!({ "filter": {}, "page": 0 }),
        "profile" | "person" | "open_direct" => json!({ "user": user }),
        "ask" | "block" => of_user(8),
        "take_back" | "unfriend" => of_user(3),
        "accept" | "decline" => of_user(4),
        "unblock" => of_user(6),
        "report" => json!({ "report": { "userId": user, "reason": "spam" } }),
        "dialogs" => json!({ "filter": "all", "query": "" }),
        "set_muted" => json!({ "room": room, "muted": true }),
        "answer_request" => json!({ "room": room, "accept": true }),
        "propose_session" => {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
            let soon = i64::try_from(now.as_millis()).unwrap() + 3_600_000;
            let client = "0191e7a0-0000-7000-8000-00000000abcd";
            json!({ "room": room, "session": { "clientId": client, "topic": "Kopi", "startsAt": soon, "minutes": 60 } })
        }
        "post_story" => {
            let client = "0191e7a0-0000-7000-8000-00000000abce";
            json!({ "story": { "clientId": client, "content": { "text": { "text": "Kopi", "hue": 1 } } } })
        }
        "delete_story" | "view_story" | "story_viewers" => json!({ "story": 1 }),
        "reply_to_story" => {
            let client = "0191e7a0-0000-7000-8000-00000000abcf";
            json!({ "story": 2, "clientId": client, "client_id": client, "text": "Bagus!" })
        }
        "mute_stories" => json!({ "user": if blocked { 1 } else { 3 }, "muted": true }),
        "set_story_audience" => json!({ "audience": { "except": [5] } }),
        "answer_session" => json!({ "session": 1, "accepts": true }),
        "cancel_session" => json!({ "session": 1 }),
        _ => return of_channels(name),
    })
}

/// The same for those that are about channels: channel 6, in which the owner's post is message 18.
fn of_channels(name: &str) -> Option<Value> {
    Some(match name {
        "explore_channels" => json!({ "query": "" }),
        "find_channel" => json!({ "handle": "kopi_pagi" }),
        "create_channel" => json!({ "settings": { "name": "Teh", "handle": "teh" } }),
        "change_channel" => json!({ "room": 6, "settings": { "name": "Teh", "handle": "teh" } }),
        "follow_channel" | "unfollow_channel" => json!({ "room": 6 }),
        "followers" => json!({ "room": 6, "query": "" }),
        "comments" => json!({ "room": 6, "message": 18, "from": "latest" }),
        "add_comment" => {
            let client = "0191e7a0-0000-7000-8000-00000000abcd";
            json!({ "room": 6, "message": 18, "clientId": client, "client_id": client, "text": "Pagi" })
        }
        "delete_comment" => json!({ "comment": 1 }),
        _ => return None,
    })
}

/// An example of a request of the protocol in which a connection signs in.
pub fn session_request(name: &str, blocked: bool) -> Option<String> {
    let whom = if blocked { "sari" } else { "dewi" };
    Some(match name {
        "AUTH" => "AUTH sari sapa-demo".to_owned(),
        "LOGOUT" | "INBOX" | "MY_FILE" => name.to_owned(),
        "REGISTER" => "REGISTER wayan rahasia-sekali Indonesia Wayan".to_owned(),
        "SEND" => format!("SEND {whom} halo"),
        "SEND_GROUP" => "SEND_GROUP Kopi halo".to_owned(),
        "SEND_FILE" => format!("SEND_FILE {whom} kopi.txt a29waQ=="),
        "SEND_GROUP_FILE" => "SEND_GROUP_FILE Kopi kopi.txt a29waQ==".to_owned(),
        "DOWNLOAD_FILE" => "DOWNLOAD_FILE sari resep.txt".to_owned(),
        _ => return None,
    })
}

/// An example of a request of the protocol with a token in every request.
pub fn token_request(name: &str, token: &str, blocked: bool) -> Option<String> {
    let whom = if blocked { "sari" } else { "dewi" };
    Some(match name {
        "AUTH" => "AUTH sari sapa-demo".to_owned(),
        "INBOX" | "MY FILE" => format!("{name} {token}"),
        "SEND MESSAGE" => format!("SEND MESSAGE {token} {whom} halo"),
        "SEND GROUP MESSAGE" => format!("SEND GROUP MESSAGE {token} Kopi halo"),
        "SEND FILE" => format!("SEND FILE {token} {whom} kopi.txt a29waQ=="),
        "SEND GROUP FILE" => format!("SEND GROUP FILE {token} Kopi kopi.txt a29waQ=="),
        "DOWNLOAD FILE" => format!("DOWNLOAD FILE {token} sari resep.txt"),
        _ => return None,
    })
}

/// The commands of the live connection, each with an example.
pub fn commands(blocked: bool) -> Vec<(&'static str, Value)> {
    let room = if blocked { 2 } else { 1 };
    vec![
        (
            "send",
            json!({ "send": { "roomId": room, "clientId": "0191e7a0-0000-7000-8000-00000000abcd", "text": "halo" } }),
        ),
        ("read", json!({ "read": { "roomId": room, "number": 1 } })),
        ("delivered", json!({ "delivered": { "roomId": room, "number": 1 } })),
        ("typing", json!({ "typing": { "roomId": room } })),
        ("watch", json!({ "watch": { "userIds": [1] } })),
        ("resume", json!({ "resume": { "rooms": [{ "roomId": room, "seq": 1 }] } })),
        ("call", json!({ "call": { "roomId": room, "media": "audio" } })),
        ("join_call", json!({ "join_call": { "callId": 1, "seat": 1 } })),
        ("decline_call", json!({ "decline_call": { "callId": 1 } })),
        ("leave_call", json!({ "leave_call": { "callId": 1 } })),
        (
            "show_in_call",
            json!({ "show_in_call": { "callId": 1,
                "shows": { "microphone": true, "camera": false, "screen": false } } }),
        ),
        ("signal", json!({ "signal": { "callId": 1, "to": 1, "signal": { "offer": { "sdp": "v=0" } } } })),
        ("ping", json!("ping")),
    ]
}
