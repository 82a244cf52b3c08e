//! The description of the API, and what holds for every operation of it.

mod kinds;

use sapa_model::{ErrorCode, limits};
use utoipa::PartialSchema as _;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{Schema, SchemaType, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, Ref, RefOr, Required, SecurityRequirement, Server,
};

use crate::problem::Body;

/// What each status of an error means.
const ERRORS: [(u16, &str, &str); 11] = [
    (401, "SignedOut", "Nobody is signed in, or name and password do not match."),
    (
        403,
        "Forbidden",
        "Not allowed: by role, by a block, by the token's scopes, without the own password, or because a browser asks \
         from another site.",
    ),
    (404, "NotFound", "There is no such thing, or none that the asker may see."),
    (409, "Conflict", "It conflicts with how things stand now, or a count has reached its limit."),
    (410, "Gone", "The link has expired, was used or was revoked."),
    (413, "TooLarge", "The request, or a file, is larger than what is taken."),
    (422, "Invalid", "Something cannot be taken as it is; `field` says what."),
    (429, "TooMany", "Too many requests or tries; `Retry-After` says when to come again."),
    (500, "Internal", "A fault of the server."),
    (503, "Unavailable", "The server is too busy, its storage does not answer, or its disk is full."),
    (507, "StorageFull", "The server has no room left."),
];

/// The parts of the API, in the order to read them.
const PARTS: [(&str, &str); 15] = [
    ("Accounts", "Joining, signing in and out, letters"),
    ("Own account", "Settings, devices, API tokens"),
    ("People", "Who there is, and the own profile"),
    ("Friendships", "Friends, requests, blocks and reports"),
    ("Groups", "Groups, channels and direct rooms"),
    ("Channels", "Finding, making and following channels"),
    ("Members", "Who is in a group, and with which role"),
    ("Invites", "Invite links of groups"),
    ("Messages", "Reading, writing, correcting, deleting"),
    ("Comments", "What followers say about a channel's posts"),
    ("Files", "Large files and recordings, brought before they are sent"),
    ("Schedules", "Sessions that people propose to one another"),
    ("Calls", "Ringing, coming in, leaving; sound and pictures go from browser to browser"),
    ("Stories", "What people show their friends for a day"),
    ("Webhooks", "How other services write into a group, and hear what is written"),
];

/// By its identifier at SPDX.
const LICENSE: &str = "MIT OR Apache-2.0";

/// Operations whose body may be left out.
const BODY_OPTIONAL: [&str; 1] = ["answer_friend_request"];

/// The name under which the description says what a status of an error means.
pub fn error_name(status: u16) -> Option<&'static str> {
    ERRORS.iter().find(|(of, ..)| *of == status).map(|(_, name, _)| *name)
}

/// Fills in what is the same for all operations: who may call them, and how they refuse.
pub fn complete(mut api: OpenApi) -> OpenApi {
    api.info = InfoBuilder::new()
        .title("Sapa")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(introduction()))
        .license(Some(LicenseBuilder::new().name(LICENSE).identifier(Some(LICENSE)).build()))
        .build();
    api.servers = Some(vec![Server::new("/api/v1")]);
    let part = |(name, about)| TagBuilder::new().name(name).description(Some(about)).build();
    api.tags = Some(PARTS.map(part).to_vec());
    let components = api.components.get_or_insert_default();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An access token from `/login`, or a personal API token from the settings."));
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer.build()));
    let cookie = ApiKeyValue::with_description(
        "sapa_session",
        "The session of a browser, from the server's own pages; `__Host-sapa_session` over TLS.",
    );
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    components.schemas.insert("Problem".to_owned(), Body::schema());
    components.schemas.insert("ErrorCode".to_owned(), ErrorCode::schema());
    kinds::name_kinds(&mut components.schemas);
    for (_, name, description) in ERRORS {
        components.responses.insert(name.to_owned(), RefOr::T(problem(description)));
    }
    for item in api.paths.paths.values_mut() {
        item.get.iter_mut().for_each(|reading| complete_operation(reading, &[]));
        let changing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        // What another site's page asks for.
        changing.into_iter().flatten().for_each(|operation| complete_operation(operation, &[403]));
    }
    api
}

fn complete_operation(operation: &mut Operation, refusals: &[u16]) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter {
            never_null(parameter);
        }
    }
    let mut errors = [&[429, 500, 503][..], refusals].concat();
    if operation.security.is_none() {
        let either = ["bearer", "cookie"].map(|name| SecurityRequirement::new(name, Vec::<String>::new()));
        operation.security = Some(either.to_vec());
        errors.extend([401, 403]);
    }
    let parameters = operation.parameters.as_deref().unwrap_or_default();
    if operation.request_body.is_some() || !parameters.is_empty() {
        errors.push(422);
    }
    if let Some(body) = &mut operation.request_body {
        errors.push(413);
        let is_optional = operation.operation_id.as_deref().is_some_and(|name| BODY_OPTIONAL.contains(&name));
        if let RefOr::T(body) = body
            && is_optional
        {
            body.required = Some(Required::False);
        }
    }
    let in_path = |parameter: &RefOr<Parameter>| matches!(parameter, RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Path);
    if parameters.iter().any(in_path) {
        errors.push(404);
    }
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            success(status).clone_into(&mut response.description);
        }
    }
    let declared = responses.keys().filter_map(|status| status.parse().ok()).filter(|status| *status >= 400);
    errors.extend(declared.collect::<Vec<u16>>());
    for (status, name, _) in ERRORS {
        if errors.contains(&status) {
            let reference = Ref::from_response_name(name);
            responses.insert(status.to_string(), RefOr::Ref(reference));
        }
    }
}

/// A parameter that is left out is absent: neither an address nor a header can say null.
fn never_null(parameter: &mut Parameter) {
    let Some(RefOr::T(Schema::OneOf(several))) = &mut parameter.schema else { return };
    several.items.retain(|item| !is_null(item));
    if let [only] = &several.items[..] {
        parameter.schema = Some(only.clone());
    }
}

fn is_null(schema: &RefOr<Schema>) -> bool {
    matches!(schema, RefOr::T(Schema::Object(object)) if object.schema_type == SchemaType::Type(Type::Null))
}

/// What an answer means that says no more of itself.
fn success(status: &str) -> &'static str {
    match status {
        "201" => "It is made.",
        "202" => "It is taken, and done in a moment.",
        "204" => "It is done.",
        _ => "What was asked for.",
    }
}

fn problem(description: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content).build()
}

fn introduction() -> String {
    format!(
        "Everything that people can do in the browser, programs can do here: the same accounts, rooms and \
         messages, by the same rules, live on every door.\n\n\
         **Signing in.** `POST /login` gives an access token for 15 minutes and a refresh token that is good \
         once; `POST /token/refresh` takes it for two new ones. Or make a personal API token in the settings, \
         with the scopes that your bot needs, and send it as `Authorization: Bearer …`.\n\n\
         **Times** are integers: milliseconds since 1970-01-01 UTC. **Ids** are integers; the sender's own name \
         for a message (`clientId`, or the header `Idempotency-Key`) is a UUID, and the same one again sends \
         nothing new.\n\n\
         **Lists** are arrays. Where there is more, the header `Link` leads there.\n\n\
         **Errors** are `application/problem+json` with a stable `code`, a sentence, and the `field` to blame.\n\n\
         **Limits.** A message has at most {} characters and {} files, a group {} members. Every answer says in \
         `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset` how many requests are left.\n\n\
         **Pictures** of people and groups are at `/avatars/small/{{avatar}}` and `/avatars/large/{{avatar}}`.\n\n\
         **Live.** The WebSocket at `/ws` takes the same tokens; [its frames](/api/docs/live) are described \
         by a [JSON Schema](/api/v1/frames.json).",
        limits::MESSAGE_MAX,
        limits::ATTACHMENTS_MAX,
        limits::GROUP_MEMBERS_MAX
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use utoipa::openapi::path::HttpMethod;

    use crate::rest::description;

    #[test]
    fn every_operation_has_a_name_of_its_own_and_every_answer_says_what_it_means() {
        let api = serde_json::to_value(description()).unwrap();
        let items = api["paths"].as_object().unwrap().values();
        let operations: Vec<_> = items.flat_map(|item| item.as_object().unwrap().values()).collect();
        let names: HashSet<_> =
            operations.iter().map(|operation| operation["operationId"].as_str().unwrap()).collect();
        assert_eq!(names.len(), operations.len());
        for operation in operations {
            for (status, response) in operation["responses"].as_object().unwrap() {
                let says = response["description"].as_str().is_some_and(|says| !says.is_empty());
                assert!(says || response["$ref"].is_string(), "{} {status}", operation["operationId"]);
            }
        }
    }

    #[test]
    fn what_another_site_is_refused_is_named_also_where_nobody_signs_in() {
        let api = description();
        let names = |path: &str, method, status: &str| {
            let operation = api.paths.get_path_operation(path, method).unwrap();
            operation.responses.responses.contains_key(status)
        };
        assert!(names("/login", HttpMethod::Post, "403") && names("/register", HttpMethod::Post, "403"));
        assert!(names("/password-reset", HttpMethod::Put, "403"));
        assert!(!names("/languages", HttpMethod::Get, "403"));
    }

    #[test]
    fn no_parameter_is_null() {
        let api = serde_json::to_value(description()).unwrap();
        let items = api["paths"].as_object().unwrap().values();
        let operations = items.flat_map(|item| item.as_object().unwrap().values());
        let parameters: Vec<_> = operations
            .flat_map(|operation| operation["parameters"].as_array().into_iter().flatten())
            .collect();
        assert!(parameters.len() > 50, "{}", parameters.len());
        for parameter in parameters {
            assert!(!parameter.to_string().contains("\"null\""), "{parameter}");
        }
    }
}
