//! How the API refuses: the form of an error, and which codes come with which status.

use std::collections::BTreeMap;

use leptos::prelude::*;
use sapa_app::api::context::status;
use sapa_model::ErrorCode;
use serde_json::Value;

use super::prose;
use super::schemas::Schemas;

/// Where this part of the page is.
pub const ID: &str = "errors";

/// The part of the page about errors.
pub fn section(document: &Value) -> AnyView {
    let components = &document["components"];
    let mut codes: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for name in components["schemas"]["ErrorCode"]["enum"].as_array().into_iter().flatten() {
        if let Ok(code) = serde_json::from_value::<ErrorCode>(name.clone()) {
            codes.entry(status(code).as_u16()).or_default().extend(name.as_str().map(ToOwned::to_owned));
        }
    }
    let row = |(status, codes): (u16, Vec<String>)| {
        let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect::<Vec<_>>();
        view! {
            <div>
                <dt>
                    <code>{status}</code>
                </dt>
                <dd>
                    {meaning(document, status).map(|text| view! { <p>{prose::line(text)}</p> })}
                    <ul class="docs-values">{codes}</ul>
                </dd>
            </div>
        }
    };
    view! {
        <section id=ID>
            <h2>"Errors"</h2>
            <p>
                "Every error is " <code>"application/problem+json"</code> " with these fields. Go by the "
                <code>"code"</code> ": it does not change, and its sentence may."
            </p>
            {Schemas::of(document).fields(&components["schemas"]["Problem"])}
            <h3>"Codes by status"</h3>
            <dl class="docs-fields">{codes.into_iter().map(row).collect::<Vec<_>>()}</dl>
        </section>
    }
    .into_any()
}

/// What a status means wherever it is answered.
fn meaning(document: &Value, status: u16) -> Option<&str> {
    crate::rest::document::error_name(status)
        .and_then(|name| document["components"]["responses"][name]["description"].as_str())
}
