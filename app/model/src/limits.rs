//! Limits, in one place for both sides. Lengths are in characters (Unicode scalar values) unless
//! the name says bytes.

/// Shortest username.
pub const USERNAME_MIN: usize = 3;
/// Longest username.
pub const USERNAME_MAX: usize = 32;
/// Shortest password (NIST SP 800-63B asks for at least 8).
pub const PASSWORD_MIN: usize = 8;
/// Longest password, in bytes: argon2 must not be fed without bound.
pub const PASSWORD_MAX_BYTES: usize = 1024;
/// Longest nickname, first or last name.
pub const NAME_MAX: usize = 64;
/// Longest text about oneself.
pub const BIO_MAX: usize = 300;
/// Most digits of a telephone number (ITU-T E.164).
pub const PHONE_DIGITS_MAX: usize = 15;
/// Fewest digits of a telephone number.
pub const PHONE_DIGITS_MIN: usize = 5;
/// Languages that a user may name.
pub const LANGUAGES_MAX: usize = 12;
/// Longest e-mail address (RFC 5321, 4.5.3.1.3, less the angle brackets).
pub const EMAIL_MAX: usize = 254;
/// Longest name of a house: it stands in every window's title and every letter's subject.
pub const HOUSE_NAME_MAX: usize = 40;
/// Longest name of a group.
pub const GROUP_NAME_MAX: usize = 80;
/// Longest text of a message.
pub const MESSAGE_MAX: usize = 4_000;
/// Most files that one message carries.
pub const ATTACHMENTS_MAX: usize = 10;
/// Files that a user may have uploaded, or be uploading, without having sent them.
pub const UPLOADS_OPEN_MAX: usize = 40;
/// Longest name of a file.
pub const FILE_NAME_MAX: usize = 255;
/// Longest side of the large variant of a picture, in pixels: a bubble on a dense screen.
pub const PICTURE_LARGE: u32 = 1_600;
/// Longest side of the small variant of a picture, in pixels: a tile.
pub const PICTURE_SMALL: u32 = 400;
/// Side of the large variant of an avatar, in pixels.
pub const AVATAR_LARGE: u32 = 512;
/// Side of the small variant of an avatar, in pixels.
pub const AVATAR_SMALL: u32 = 128;
/// Most pixels of a picture.
pub const PICTURE_PIXELS_MAX: u64 = 50_000_000;
/// Most bytes that a picture may take while it is decoded, and all that are decoded at once: the most pixels fit
/// in, but for those few ways of packing them of which a decoder holds several copies.
pub const PICTURE_BYTES_MAX: u64 = 300 << 20;
/// Most frames of an animated picture.
pub const PICTURE_FRAMES_MAX: usize = 1_000;
/// Values of a recording's waveform.
pub const WAVEFORM_MAX: usize = 64;
/// Times that a message may be edited: its versions are kept.
pub const MESSAGE_EDITS_MAX: usize = 50;
/// Longest topic of a session.
pub const TOPIC_MAX: usize = 120;
/// How far ahead a session may be proposed, in milliseconds: a year.
pub const SCHEDULE_AHEAD_MS: i64 = 366 * 24 * 60 * 60 * 1_000;
/// Shortest session, in minutes.
pub const SCHEDULE_MINUTES_MIN: u32 = 5;
/// Longest session, in minutes.
pub const SCHEDULE_MINUTES_MAX: u32 = 12 * 60;
/// Those who come to a session are reminded this long before, in milliseconds.
pub const REMIND_AHEAD_MS: i64 = 10 * 60 * 1_000;
/// A story is shown for this long, in milliseconds: a day.
pub const STORY_LIFE_MS: i64 = 24 * 60 * 60 * 1_000;
/// Longest text of a story.
pub const STORY_TEXT_MAX: usize = 500;
/// Longest caption of a story's picture or film.
pub const STORY_CAPTION_MAX: usize = 200;
/// Stories that a user may show at a time.
pub const STORIES_MAX: usize = 50;
/// Stories that one is shown at a time, the newest.
pub const STORIES_LISTED: usize = 500;
/// Most people named in the audience of a story.
pub const STORY_AUDIENCE_MAX: usize = 500;
/// People on a page of those who have seen a story.
pub const STORY_VIEWERS_PAGE: usize = 50;
/// Longest note of a report.
pub const REPORT_NOTE_MAX: usize = 500;
/// Reports that a user may make in a day.
pub const REPORTS_A_DAY: usize = 20;
/// Most corrections of one message.
pub const CORRECTIONS_MAX: usize = 5;
/// A deletion can be undone for this long, in milliseconds; then the text is really gone.
pub const DELETE_UNDO_MS: i64 = 5_000;
/// From this many characters on the composer shows a counter.
pub const MESSAGE_COUNTER_FROM: usize = 3_600;
/// Longest search text in the explorer.
pub const SEARCH_MAX: usize = 64;
/// People on a page of the explorer (seed 000).
pub const PEOPLE_PAGE: usize = 15;
/// Dialogs on a page of the dialog list.
pub const DIALOG_PAGE: usize = 30;
/// Messages on a page of history.
pub const MESSAGE_PAGE: usize = 50;
/// Messages on a page of a room's gallery.
pub const GALLERY_PAGE: usize = 30;
/// Most members of a group.
pub const GROUP_MEMBERS_MAX: usize = 256;
/// Most people added to a group at a time: what is told of them must fit into a connection's queue.
pub const GROUP_ADD_MAX: usize = 100;
/// Most open invite links of a group.
pub const INVITES_MAX: usize = 50;
/// Most groups, direct rooms and requests a user may be in.
pub const ROOMS_MAX: usize = 2_000;
/// Most friend requests a user may have open at a time.
pub const SENT_REQUESTS_MAX: usize = 200;
/// Live connections that a user may have open at a time: devices and their tabs.
pub const CONNECTIONS_MAX: usize = 64;
/// Signed-in devices that are listed, the last used.
pub const DEVICES_LISTED: u64 = 50;
/// Sessions of one kind that a user may have: browsers, programs, terminals. One more ends the least used.
pub const SESSIONS_MAX: u64 = 100;
/// Webhooks that a group may have.
pub const WEBHOOKS_MAX: usize = 20;
/// Personal API tokens that a user may have.
pub const API_TOKENS_MAX: usize = 50;
/// Longest life of a personal API token, in days.
pub const API_TOKEN_DAYS_MAX: u32 = 3_650;
/// Most people whom a user may block.
pub const BLOCKS_MAX: usize = 5_000;
/// Received friend requests that are listed, the newest.
pub const RECEIVED_REQUESTS_LISTED: usize = 200;
/// Shortest life of an invite link, in hours.
pub const INVITE_HOURS_MIN: u32 = 1;
/// Longest life of an invite link, in hours: 30 days.
pub const INVITE_HOURS_MAX: u32 = 720;
/// Shortest handle of a channel.
pub const HANDLE_MIN: usize = 3;
/// Longest handle of a channel.
pub const HANDLE_MAX: usize = 32;
/// Longest description of a channel.
pub const DESCRIPTION_MAX: usize = 500;
/// Channels that a user may own.
pub const CHANNELS_OWNED_MAX: usize = 50;
/// Most admins of a channel, its owner included: all its followers are told of them.
pub const CHANNEL_ADMINS_MAX: usize = 50;
/// Channels on a page of the explorer of channels.
pub const CHANNEL_PAGE: usize = 20;
/// Followers on a page of the list that a channel's admins see.
pub const FOLLOWER_PAGE: usize = 50;
/// Posts on a page of a channel's public page, and in its feed.
pub const PUBLIC_PAGE: usize = 20;
/// Posts that one step of a read marker counts as viewed, the newest of them.
pub const VIEWS_SPAN_MAX: u64 = 200;
/// Longest emoji of a reaction, in bytes: a family with skin tones has less.
pub const EMOJI_MAX_BYTES: usize = 64;
/// Most different emoji under one message.
pub const REACTIONS_MAX: usize = 20;
/// People on a page of those who have reacted.
pub const REACTOR_PAGE: usize = 50;
/// Longest comment.
pub const COMMENT_MAX: usize = 1_000;
/// Comments on a page.
pub const COMMENT_PAGE: usize = 30;
/// Comments that a user may write within a minute.
pub const COMMENTS_A_MINUTE: usize = 10;
/// Largest WebSocket frame from a client, in bytes.
pub const FRAME_MAX_BYTES: usize = 64 * 1024;
/// Largest WebSocket frame from the server, in bytes.
pub const SENT_FRAME_MAX_BYTES: usize = 1024 * 1024;
/// Rooms whose changes one `resume` may ask for.
pub const RESUME_ROOMS_MAX: usize = 100;
/// Changes of one room that a resume sends; beyond, the client loads the room anew.
pub const RESUME_CHANGES_MAX: usize = 500;
/// What one answer tells of changes, in bytes, of texts as they are stored: the rest comes when it is asked for.
pub const RESUME_BYTES: usize = 256 * 1024;
/// Messages that one fetch of the inbox over plain text gives.
pub const INBOX_PAGE: usize = 1_000;
/// Bytes of text that one fetch of the inbox gives: a thousand of the longest messages in plain letters.
pub const INBOX_BYTES: usize = 4 * 1024 * 1024;
/// Names of files that are listed over plain text, the newest.
pub const FILE_NAMES_LISTED: usize = 1_000;
/// People whose presence one connection may watch.
pub const WATCH_MAX: usize = 200;
/// A typing sign is shown for this long after the last one, in milliseconds.
pub const TYPING_SHOWN_MS: i64 = 6_000;
/// A client repeats its typing sign no sooner than this, in milliseconds.
pub const TYPING_EVERY_MS: i64 = 3_000;
/// People in one call where each sends to each.
pub const CALL_MESH_MAX: usize = 6;
/// People in one call that goes by way of a server.
pub const CALL_ROOM_MAX: usize = 100;
/// Members who are rung; in a larger group a call is only shown.
pub const CALL_RING_MAX: usize = 32;
/// How long a call rings, in milliseconds.
pub const CALL_RING_MS: i64 = 45_000;
/// How long the place of somebody in a call is kept whose connection is lost, in milliseconds.
pub const CALL_GRACE_MS: i64 = 30_000;
/// How long if they have left the page, perhaps to load it anew, in milliseconds.
pub const CALL_GRACE_LEFT_MS: i64 = 12_000;
