//! The pages for strangers: signing in and joining.

mod card;
mod register;
mod sign_in;

pub use register::RegisterPage;
pub use sign_in::SignInPage;
