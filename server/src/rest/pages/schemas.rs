//! Schemas as people read them: what a value is in a few words, and its fields with what each means.
//!
//! What has fields and a name stands once on a page, among its types; everything else refers to it there.

use std::collections::BTreeSet;

use leptos::prelude::*;
use serde_json::Value;

use super::prose;

/// Where the types of a page are.
pub const TYPES: &str = "types";
/// Of how many words it is told which they are. There are more codes of errors, which have a place of their own.
const VALUES_MAX: usize = 24;
/// What of a schema is told in numbers, and how.
const LIMITS: [(&str, &str, &str); 5] = [
    ("minimum", "at least ", ""),
    ("maximum", "at most ", ""),
    ("minLength", "at least ", " characters"),
    ("maxLength", "at most ", " characters"),
    ("default", "left out: ", ""),
];

/// The schemas of a document. What is drawn follows its references.
#[derive(Clone, Copy)]
pub struct Schemas<'a>(&'a Value);

/// A piece of what a value is.
#[derive(Debug, PartialEq, Eq)]
enum Word<'a> {
    Plain(&'a str),
    /// A type that has a place on the page.
    Type(&'a str),
}

impl<'a> Schemas<'a> {
    /// Those that the references of this document lead to.
    pub fn of(document: &'a Value) -> Self {
        Self(document)
    }

    /// What a reference leads to; anything else is itself.
    pub fn target(self, schema: &'a Value) -> &'a Value {
        self.follow(schema).1
    }

    /// What a reference leads to, with its name.
    fn follow(self, schema: &'a Value) -> (Option<&'a str>, &'a Value) {
        let target = schema["$ref"].as_str().and_then(|reference| {
            let (_, name) = reference.rsplit_once('/')?;
            Some((Some(name), self.0.pointer(reference.strip_prefix('#')?)?))
        });
        target.unwrap_or((None, schema))
    }

    /// What a value is, with links to the types that it is made of.
    pub fn words(self, schema: &'a Value) -> AnyView {
        let mut words = Vec::new();
        self.put_words(schema, &mut words);
        let drawn = words.into_iter().map(|word| match word {
            Word::Plain(text) => text.to_owned().into_any(),
            Word::Type(name) => link(name),
        });
        drawn.collect::<Vec<_>>().into_any()
    }

    /// The same for what is drawn where it is said.
    pub fn plain_words(self, schema: &'a Value) -> String {
        let mut words = Vec::new();
        self.put_words(schema, &mut words);
        words.into_iter().map(|(Word::Plain(word) | Word::Type(word))| word).collect()
    }

    fn put_words(self, schema: &'a Value, words: &mut Vec<Word<'a>>) {
        let (name, target) = self.follow(schema);
        if self.has_fields(target) {
            words.push(name.map_or(Word::Plain("object"), Word::Type));
            return;
        }
        if let Some(either) = alternatives(target) {
            // What it is comes before that it may be missing.
            let (missing, there): (Vec<_>, Vec<_>) = either.iter().partition(|one| is_null(one));
            for (index, one) in there.into_iter().chain(missing).enumerate() {
                if index > 0 {
                    words.push(Word::Plain(" or "));
                }
                self.put_words(one, words);
            }
            return;
        }
        let one = target["type"].as_str();
        let kinds = target["type"].as_array().into_iter().flatten().filter_map(Value::as_str).chain(one);
        for (index, kind) in kinds.enumerate() {
            if index > 0 {
                words.push(Word::Plain(" or "));
            }
            match (kind, target["format"].as_str()) {
                ("array", _) => {
                    words.push(Word::Plain("list of "));
                    self.put_words(&target["items"], words);
                }
                ("string", Some("binary")) => words.push(Word::Plain("file")),
                ("string", Some("uuid")) => words.push(Word::Plain("UUID")),
                (kind, _) => words.push(Word::Plain(kind)),
            }
        }
    }

    /// Whether there are fields to tell of: it is an object, or one of several.
    fn has_fields(self, schema: &'a Value) -> bool {
        let target = self.target(schema);
        // That something may be missing makes nothing else of it.
        let is_one_of_several = |either: &'a Vec<Value>| {
            either.iter().filter(|one| !is_null(one)).nth(1).is_some()
                && either.iter().any(|one| self.has_fields(one))
        };
        target["properties"].is_object()
            || target["allOf"].is_array()
            || alternatives(target).is_some_and(is_one_of_several)
    }

    /// The fields of an object with what each means; of a list those of its items.
    pub fn fields(self, schema: &'a Value) -> AnyView {
        let target = self.target(schema);
        if let Some(either) = alternatives(target) {
            let there: Vec<_> = either.iter().filter(|one| !is_null(one)).collect();
            return match there[..] {
                [only] => self.fields(only),
                _ if self.has_fields(target) => self.either(&there),
                _ => ().into_any(),
            };
        }
        if target["items"].is_object() {
            return self.fields(&target["items"]);
        }
        let mut rows = Vec::new();
        self.put_rows(target, &mut rows);
        if rows.is_empty() { ().into_any() } else { view! { <dl class="docs-fields">{rows}</dl> }.into_any() }
    }

    /// One of several: each with its own fields.
    fn either(self, either: &[&'a Value]) -> AnyView {
        let one = |one: &&'a Value| {
            let name = self.follow(one).0.filter(|_| self.has_fields(one)).map(link);
            let fields = if name.is_some() { ().into_any() } else { self.fields(one) };
            // The only field of a kind says the same once more.
            let field = one["properties"].as_object().and_then(|fields| fields.values().next());
            let about = one["description"]
                .as_str()
                .filter(|text| field.is_none_or(|field| field["description"] != **text));
            view! { <li>{name} {listed(self.values(one))} {about.map(prose::paragraphs)} {fields}</li> }
        };
        view! {
            <p class="docs-note">"One of these:"</p>
            <ul class="docs-either">{either.iter().map(one).collect::<Vec<_>>()}</ul>
        }
        .into_any()
    }

    fn put_rows(self, schema: &'a Value, rows: &mut Vec<AnyView>) {
        let target = self.target(schema);
        for part in target["allOf"].as_array().into_iter().flatten() {
            self.put_rows(part, rows);
        }
        let required = target["required"].as_array();
        for (name, field) in target["properties"].as_object().into_iter().flatten() {
            let is_required = required.is_some_and(|all| all.iter().any(|one| one == name));
            // An object without a name of its own is told of where it is.
            let inner = self.nameless(field).map(|inner| self.fields(inner));
            let row = view! { <div>{self.head(name, field, "", is_required)} <dd>{self.about(field, None)} {inner}</dd></div> };
            rows.push(row.into_any());
        }
    }

    /// The name of a field, what it is and where, and whether it can be left out.
    pub fn head(self, name: &str, schema: &'a Value, place: &'static str, is_required: bool) -> AnyView {
        let optional = (!is_required).then(|| view! { <i>"optional"</i> });
        view! {
            <dt>
                <code>{name.to_owned()}</code>
                <span>{self.words(schema)} {place}</span>
                {optional}
            </dt>
        }
        .into_any()
    }

    /// What a field means, and what is taken in it.
    pub fn about(self, schema: &'a Value, description: Option<&str>) -> AnyView {
        let only = only(schema);
        let target = self.target(only);
        let own = [schema, only, target].map(|schema| schema["description"].as_str());
        let text = [description].into_iter().chain(own).flatten().find(|text| !text.is_empty());
        let limit = |(key, before, after): &(&str, &str, &str)| {
            let limit = target.get(key).or_else(|| schema.get(key)).and_then(shown)?;
            Some(format!("{before}{limit}{after}"))
        };
        let limits = LIMITS.iter().filter_map(limit).collect::<Vec<_>>().join(", ");
        view! {
            {text.map(prose::paragraphs)}
            {listed(self.values(schema))}
            {(!limits.is_empty()).then(|| view! { <p>{limits}</p> })}
        }
        .into_any()
    }

    /// The words that a value is one of, where there are such.
    fn values(self, schema: &'a Value) -> Vec<&'a str> {
        let target = self.target(schema);
        if self.has_fields(target) {
            return Vec::new();
        }
        let own = target["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .chain(target.get("const"))
            .filter_map(Value::as_str);
        let inner = alternatives(target).into_iter().flatten().chain(target.get("items"));
        own.chain(inner.flat_map(|inner| self.values(inner))).collect()
    }

    /// The object without a name that a value is, or is a list of.
    fn nameless(self, schema: &'a Value) -> Option<&'a Value> {
        let (name, target) = self.follow(only(schema));
        match target.get("items") {
            Some(items) => self.nameless(items),
            None => (name.is_none() && self.has_fields(target)).then_some(target),
        }
    }

    /// The part of a page about the types that fields refer to, but for those that are drawn elsewhere on it.
    pub fn types(self, named: &'a Value, elsewhere: &[&str]) -> AnyView {
        let schemas = named.as_object();
        let mut wanted = BTreeSet::new();
        schemas.into_iter().flatten().for_each(|(_, schema)| put_references(schema, &mut wanted));
        let drawn = schemas.into_iter().flatten().filter(|(name, schema)| {
            wanted.contains(name.as_str()) && self.has_fields(schema) && !elsewhere.contains(&name.as_str())
        });
        let mut drawn: Vec<_> = drawn.collect();
        drawn.sort_unstable_by_key(|(name, _)| *name);
        let one = |(name, schema): (&String, &'a Value)| {
            view! {
                <details>
                    <summary>
                        <h3>{name.clone()}</h3>
                    </summary>
                    <div id=name.clone()>
                        {prose::paragraphs(schema["description"].as_str().unwrap_or_default())} {self.fields(schema)}
                    </div>
                </details>
            }
        };
        view! {
            <section id=TYPES>
                <h2>"Types"</h2>
                <p>"What the fields above are made of."</p>
                <div class="docs-list">{drawn.into_iter().map(one).collect::<Vec<_>>()}</div>
            </section>
        }
        .into_any()
    }
}

/// The names of all that a schema refers to.
fn put_references<'a>(schema: &'a Value, names: &mut BTreeSet<&'a str>) {
    match schema {
        Value::Object(members) => {
            let name = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|reference| reference.rsplit('/').next());
            names.extend(name);
            members.values().for_each(|member| put_references(member, names));
        }
        Value::Array(members) => members.iter().for_each(|member| put_references(member, names)),
        _ => {}
    }
}

fn alternatives(schema: &Value) -> Option<&Vec<Value>> {
    ["oneOf", "anyOf"].iter().find_map(|key| schema[*key].as_array())
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // That a number is not negative goes without saying.
        Value::Number(number) if number.as_u64() != Some(0) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn link(name: &str) -> AnyView {
    view! { <a href=format!("#{name}")>{name.to_owned()}</a> }.into_any()
}

fn listed(values: Vec<&str>) -> Option<AnyView> {
    if values.is_empty() || values.len() > VALUES_MAX {
        return None;
    }
    let one = |value: &str| view! { <li><code>{value.to_owned()}</code></li> };
    let drawn = values.into_iter().map(one).collect::<Vec<_>>();
    Some(view! { <ul class="docs-values">{drawn}</ul> }.into_any())
}

/// What it is where it is there.
fn only(schema: &Value) -> &Value {
    let there =
        alternatives(schema).map(|either| either.iter().filter(|one| !is_null(one)).collect::<Vec<_>>());
    match there.as_deref() {
        Some([only]) => only,
        _ => schema,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({ "schemas": {
            "Id": { "type": "integer" },
            "Card": { "type": "object", "required": ["id"], "properties": { "id": { "$ref": "#/schemas/Id" } } },
            "Level": { "type": "string", "enum": ["A1", "A2"] },
        } })
    }

    #[test]
    fn a_value_is_told_in_words() {
        let document = document();
        let words = |schema: Value| Schemas::of(&document).plain_words(&schema);
        assert_eq!(words(json!({ "$ref": "#/schemas/Id" })), "integer");
        assert_eq!(words(json!({ "type": "array", "items": { "$ref": "#/schemas/Card" } })), "list of Card");
        assert_eq!(
            words(json!({ "oneOf": [{ "type": "null" }, { "$ref": "#/schemas/Card" }] })),
            "Card or null"
        );
        assert_eq!(words(json!({ "type": ["string", "null"] })), "string or null");
        assert_eq!(words(json!({ "type": "string", "format": "binary" })), "file");
    }

    #[test]
    fn fields_are_told_with_those_of_their_parts() {
        let document = document();
        let schema = json!({ "allOf": [{ "$ref": "#/schemas/Card" }, { "type": "object", "properties": {
            "level": { "oneOf": [{ "$ref": "#/schemas/Level", "description": "How well." }, { "type": "null" }] },
            "friends": { "type": "array", "items": { "$ref": "#/schemas/Card" } },
            "place": { "type": "object", "properties": { "city": { "type": "string", "maxLength": 9 } } },
        } }] });
        let html = Schemas::of(&document).fields(&schema).to_html();
        for part in
            ["id", "level", "friends", "place", "city", "A1", "How well.", "#Card", "at most 9 characters"]
        {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
        assert_eq!(html.matches("optional").count(), 4, "{html}");
    }
}
