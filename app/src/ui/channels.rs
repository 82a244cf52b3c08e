//! Channels: finding and making them, what followers see in place of a composer, and comments.

mod bar;
mod card;
mod comments;
mod create;
mod explorer;
mod followers;
mod form;
mod page;
mod settings;

pub use bar::FollowBar;
pub use card::facts;
pub use comments::{CommentButton, Comments};
pub use create::NewChannelPage;
pub use explorer::ChannelsPage;
pub use followers::FollowersList;
pub use page::ChannelPage;
pub use settings::ChannelSettingsForm;
