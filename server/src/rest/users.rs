//! People: who there is, and the asker's own profile.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use sapa_domain::{Chat, accounts, avatars, people};
use sapa_model::account::NewCredentials;
use sapa_model::people::PeopleFilter;
use sapa_model::text::Password;
use sapa_model::{AppError, AppResult, LanguageCode, ProfileChange, UserCard, UserId, language, limits};
use serde::Deserialize;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AllOfBuilder, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::form::Form;
use super::input::{Asked, At, Both};
use super::links::{self, TOTAL_COUNT};
use super::parts::{self, AvatarForm};
use super::wire::{Language, Profile, User};
use crate::problem::Problem;
use crate::session::SignedIn;

/// All languages that people may name
#[utoipa::path(get, path = "/languages", tag = "People", security(()), responses((status = 200, body = Vec<Language>)))]
pub async fn languages() -> Json<Vec<Language>> {
    Json(language::all().map(|(code, own_name)| Language { code, own_name }).collect())
}

/// What the explorer is asked for. Everything that is given must hold.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// A part of a nickname or username, whatever its case.
    #[serde(default)]
    #[param(max_length = 64)]
    query: Option<String>,
    /// Speaks this as a native.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "id")]
    native: Option<LanguageCode>,
    /// Learns this.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    learning: Option<LanguageCode>,
    /// Lives there: two letters of ISO 3166-1.
    #[serde(default)]
    country: Option<String>,
    /// Is there now.
    #[serde(default)]
    online: bool,
    /// Which page of 15 people, from 0.
    #[serde(default)]
    page: u32,
}

/// Explore people
///
/// 15 a page, those first who speak what the asker learns. Friends are left out unless searched for by
/// name. `Link` leads to the next page, `X-Total-Count` says how many there are.
#[utoipa::path(get, path = "/users", tag = "People", params(Search), responses((status = 200, body = Vec<User>)))]
pub async fn explore(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Asked(search): Asked<Search>,
) -> Result<(HeaderMap, Json<Vec<User>>), Problem> {
    let page = search.page;
    let filter = PeopleFilter {
        query: search.query.unwrap_or_default(),
        native: search.native,
        learning: search.learning,
        country: search.country,
        online: search.online,
    };
    let found = people::explore(&chat, &scope, &filter, page).await.map_err(Problem)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("query", Some(filter.query.as_str()).filter(|query| !query.is_empty())),
        ("native", filter.native.map(LanguageCode::as_str)),
        ("learning", filter.learning.map(LanguageCode::as_str)),
        ("country", filter.country.as_deref()),
        ("online", filter.online.then_some("true")),
    ] {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    let shown = u64::from(page) * limits::PEOPLE_PAGE as u64 + found.people.len() as u64;
    let next = (shown < u64::from(found.total) && !found.people.is_empty()).then(|| {
        query.append_pair("page", &(page + 1).to_string());
        ("next", format!("/api/v1/users?{}", query.finish()))
    });
    let mut headers = links::header(next);
    headers.insert(TOTAL_COUNT, found.total.into());
    Ok((headers, Json(found.people.into_iter().map(User::from).collect())))
}

/// A person
#[utoipa::path(get, path = "/users/{userId}", tag = "People",
    params(("userId" = UserId, Path, description = "Whom", example = 2)), responses((status = 200, body = Profile)))]
pub async fn user(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    At(user): At<UserId>,
) -> Result<Json<Profile>, Problem> {
    accounts::profile(&chat, &scope, user).await.map(|profile| Json(profile.into())).map_err(Problem)
}

/// A change of what one signs in with.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignInChange {
    /// Another name to sign in with; needs `currentPassword`, and ends all other sessions and tokens.
    #[serde(default)]
    username: Option<String>,
    /// Another password; likewise.
    #[serde(default)]
    password: Option<Password>,
    #[serde(default)]
    current_password: Option<Password>,
}

/// A change of one's own profile, and of what one signs in with: what [`Both`] reads.
pub enum OwnChange {}

impl PartialSchema for OwnChange {
    fn schema() -> RefOr<Schema> {
        AllOfBuilder::new().item(ProfileChange::schema()).item(SignInChange::schema()).into()
    }
}

impl ToSchema for OwnChange {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ProfileChange::schemas(schemas);
        SignInChange::schemas(schemas);
    }
}

/// Change the own profile
///
/// What is left out stays as it is. All of it or, where something cannot be taken, nothing.
#[utoipa::path(put, path = "/users", tag = "People",
    request_body(content = OwnChange, example = json!({"bio": "Kopi, buku, Ukraina.", "phoneNumber": "+62 812 3456 789",
        "country": "ID", "languages": [{"kind": "native", "code": "id"}, {"kind": "learning", "code": "uk", "level": "B1"}]})),
    responses((status = 200, body = Profile), (status = 409)))]
pub async fn update_profile(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    Both(profile, change, fields): Both<ProfileChange, SignInChange>,
) -> Result<Json<Profile>, Problem> {
    check_names(&fields).map_err(Problem)?;
    let changes_credentials = change.username.is_some() || change.password.is_some();
    let credentials = changes_credentials.then(|| NewCredentials {
        password: change.current_password.unwrap_or_else(|| Password::unchecked("")),
        username: change.username.unwrap_or_default(),
        new_password: change.password,
    });
    let changed = accounts::change(&chat, &scope, profile, credentials).await;
    let named = |error: AppError| {
        Problem(error.renamed("password", "currentPassword").renamed("newPassword", "password"))
    };
    changed.map(|profile| Json(profile.into())).map_err(named)
}

/// Whoever names a password otherwise would believe that it has been changed.
fn check_names(names: &[String]) -> AppResult<()> {
    const KNOWN: [&str; 2] = ["password", "currentPassword"];
    let is_other =
        |name: &String| name.to_lowercase().contains("password") && !KNOWN.contains(&name.as_str());
    if names.iter().any(is_other) {
        return Err(AppError::invalid("password", "A password is changed by password and currentPassword."));
    }
    Ok(())
}

/// Set the own picture
#[utoipa::path(post, path = "/avatar", tag = "People", operation_id = "set_avatar",
    request_body(content = AvatarForm, content_type = "multipart/form-data"),
    responses((status = 200, body = UserCard), (status = 413)))]
pub async fn set_avatar(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
    mut form: Form,
) -> Result<Json<UserCard>, Problem> {
    let picture = parts::only_file(&mut form, "avatar").await.map_err(Problem)?;
    avatars::set_own(&chat, &scope, picture).await.map(Json).map_err(Problem)
}

/// Take the own picture away
#[utoipa::path(delete, path = "/avatar", tag = "People", operation_id = "remove_avatar", responses((status = 200, body = UserCard)))]
pub async fn remove_avatar(
    State(chat): State<Chat>,
    SignedIn(scope): SignedIn,
) -> Result<Json<UserCard>, Problem> {
    avatars::remove_own(&chat, &scope).await.map(Json).map_err(Problem)
}
