//! The pages for people without a session, and those of the links in letters.

mod card;
mod door;
mod invited;
mod mailbox;
mod register;
mod reset;
mod sign_in;
mod verify;

pub use register::RegisterPage;
pub use reset::{ForgotPage, ResetPage};
pub use sign_in::SignInPage;
pub use verify::VerifyPage;
