//! The page of the operations, drawn from their description.

use leptos::prelude::*;
use serde_json::Value;

use super::frame::{self, Link, Setting};
use super::schemas::{self, Schemas};
use super::{curl, errors, prose};
use crate::rest::ROOT;

/// The methods of a path, in the order to read them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// An operation of the description.
pub struct Operation<'a> {
    /// In capitals.
    pub method: String,
    /// With its parameters in braces.
    pub path: &'a str,
    /// What is said of it.
    pub described: &'a Value,
    /// What its references lead to.
    pub schemas: Schemas<'a>,
}

impl<'a> Operation<'a> {
    /// All that are of one part of the API, in the order of the description.
    fn of_part(document: &'a Value, tag: &str) -> Vec<Self> {
        let paths = document["paths"].as_object().into_iter().flatten();
        let operations = paths.flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| Some((method.to_uppercase(), path, item.get(method)?)))
        });
        let of_part = operations.filter(|(.., described)| described["tags"][0] == tag);
        let schemas = Schemas::of(document);
        of_part.map(|(method, path, described)| Self { method, path, described, schemas }).collect()
    }

    /// Whether one can call it without being signed in.
    pub fn is_public(&self) -> bool {
        let all = self.described["security"].as_array();
        all.is_some_and(|all| all.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)))
    }

    /// What its address and its head are made of.
    pub fn parameters(&self) -> &'a [Value] {
        self.described["parameters"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// The same in every version, for links.
    fn id(&self) -> String {
        let path = self.path.replace(['{', '}'], "").replace('/', "-");
        format!("{}{path}", self.method.to_lowercase())
    }
}

/// The page.
pub fn page(document: &Value, setting: &Setting) -> String {
    let tags = document["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = tags.iter().filter_map(|tag| tag["name"].as_str());
    let own = named.map(|name| Link::to_part(&part_id(name), name));
    let others = [
        Link::to_part(errors::ID, "Errors"),
        Link::to_part(schemas::TYPES, "Types"),
        Link::to("/api/docs/live", "Live connection"),
    ];
    let links = own.chain(others).collect();
    let origin = &setting.origin;
    let first = format!("TOKEN=sapa_…\ncurl {origin}{ROOT}/groups -H \"Authorization: Bearer $TOKEN\"");
    let main = view! {
        <div class="docs-intro">
            {prose::paragraphs(document["info"]["description"].as_str().unwrap_or_default())}
            <p>
                "The examples below are for a terminal: set " <code>"TOKEN"</code>
                " once, and paste. For tools and generators there is the description as "
                <a href="/api/v1/openapi.json">"OpenAPI"</a> ", version "
                {document["info"]["version"].as_str().unwrap_or_default().to_owned()} "."
            </p>
            <pre>
                <code>{first}</code>
            </pre>
        </div>
        {tags.iter().map(|tag| section(document, tag, origin)).collect::<Vec<_>>()}
        {errors::section(document)}
        {Schemas::of(document).types(&document["components"]["schemas"], &["Problem"])}
    };
    frame::page(setting, "REST API", links, main)
}

fn part_id(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn section(document: &Value, tag: &Value, origin: &str) -> AnyView {
    let name = tag["name"].as_str().unwrap_or_default();
    let operations = Operation::of_part(document, name);
    view! {
        <section id=part_id(name)>
            <h2>{name.to_owned()}</h2>
            <p>{prose::line(tag["description"].as_str().unwrap_or_default())}"."</p>
            <div class="docs-list">
                {operations.iter().map(|one| operation(document, one, origin)).collect::<Vec<_>>()}
            </div>
        </section>
    }
    .into_any()
}

fn operation(document: &Value, operation: &Operation<'_>, origin: &str) -> AnyView {
    let Operation { method, path, described, .. } = operation;
    let id = operation.id();
    let text = |key: &str| described[key].as_str().unwrap_or_default();
    // A long address breaks between its parts.
    let path = path.split_inclusive('/').map(|part| view! { {part.to_owned()}<wbr /> }).collect::<Vec<_>>();
    let examples = curl::examples(operation, origin);
    let example = |example| {
        view! {
            <pre>
                <code>{example}</code>
            </pre>
        }
    };
    // What is led to within a closed part opens it: so the name stands within, not on it.
    view! {
        <details>
            <summary class="docs-operation">
                <span class=format!("docs-method {}", method.to_lowercase())>{method.clone()}</span>
                " "
                <h3>{text("summary").to_owned()}</h3>
                " "
                <code>{path}</code>
            </summary>
            <div id=id.clone()>
                {prose::paragraphs(text("description"))}
                {operation
                    .is_public()
                    .then(|| view! { <p class="docs-note">"Without signing in."</p> })}
                {parameters(operation)}
                {bodies(operation)}
                <h4>"Example"</h4>
                {examples.into_iter().map(example).collect::<Vec<_>>()}
                {answers(document, operation)}
                <p>
                    <a class="docs-link" href=format!("#{id}")>
                        "Link to this operation"
                    </a>
                </p>
            </div>
        </details>
    }
    .into_any()
}

fn parameters(operation: &Operation<'_>) -> Option<AnyView> {
    let schemas = operation.schemas;
    let row = |parameter: &Value| {
        let (name, place) = (parameter["name"].as_str().unwrap_or_default(), &parameter["in"]);
        let schema = &parameter["schema"];
        let is_required = parameter["required"] == true;
        let place = match place.as_str() {
            Some("path") => ", in the path",
            Some("header") => ", a header",
            _ => ", in the query",
        };
        view! {
            <div>
                {schemas.head(name, schema, place, is_required)}
                <dd>{schemas.about(schema, parameter["description"].as_str())}</dd>
            </div>
        }
    };
    let rows = operation.parameters().iter().map(row).collect::<Vec<_>>();
    let drawn = || {
        view! {
            <h4>"Parameters"</h4>
            <dl class="docs-fields">{rows}</dl>
        }
        .into_any()
    };
    (!operation.parameters().is_empty()).then(drawn)
}

fn bodies(operation: &Operation<'_>) -> Option<AnyView> {
    let contents = operation.described["requestBody"]["content"].as_object()?;
    let body = |(media_type, content): (&String, &Value)| {
        let schema = &content["schema"];
        view! {
            <p class="docs-note">
                <code>{media_type.clone()}</code>
                ", "
                {operation.schemas.plain_words(schema)}
            </p>
            {operation.schemas.fields(schema)}
        }
    };
    let bodies = contents.iter().map(body).collect::<Vec<_>>();
    let drawn = view! {
        <h4>"Body"</h4>
        {bodies}
    };
    Some(drawn.into_any())
}

fn answers(document: &Value, operation: &Operation<'_>) -> AnyView {
    let answers = operation.described["responses"].as_object();
    let (refusals, others): (Vec<_>, Vec<_>) =
        answers.into_iter().flatten().partition(|(status, _)| status.starts_with(['4', '5']));
    let other = |(status, answer): (&String, &Value)| {
        let content = answer["content"].as_object().and_then(|contents| contents.iter().next());
        let said = match content {
            Some((_, content)) => operation.schemas.plain_words(&content["schema"]),
            None => "nothing more".to_owned(),
        };
        view! {
            <p class="docs-note">
                <code>{status.clone()}</code>
                ", "
                {said}
            </p>
            {prose::paragraphs(answer["description"].as_str().unwrap_or_default())}
            {content.map(|(_, content)| operation.schemas.fields(&content["schema"]))}
        }
    };
    let error = |(status, answer): &(&String, &Value)| {
        view! {
            <div>
                <dt>
                    <code>{(*status).clone()}</code>
                </dt>
                <dd>{prose::line(Schemas::of(document).target(answer)["description"].as_str().unwrap_or_default())}</dd>
            </div>
        }
    };
    let statuses = refusals.iter().map(|(status, _)| status.as_str()).collect::<Vec<_>>().join(", ");
    view! {
        <h4>"Answer"</h4>
        {others.into_iter().map(other).collect::<Vec<_>>()}
        <details>
            <summary>"Errors: "{statuses}</summary>
            <dl class="docs-fields">{refusals.iter().map(error).collect::<Vec<_>>()}</dl>
            <p>
                <a class="docs-link" href=format!("#{}", errors::ID)>
                    "The form of an error, and its codes"
                </a>
            </p>
        </details>
    }
    .into_any()
}
