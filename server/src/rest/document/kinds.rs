//! Names for the kinds of what is one of several.
//!
//! Code generators call a kind without a name after its number, which changes when another kind comes before it; some
//! drop the objects within it.

use std::collections::BTreeMap;
use std::mem;

use utoipa::openapi::schema::{Object, Schema};
use utoipa::openapi::{Ref, RefOr};

/// Makes each object that a value may be a schema of its own, named after both: `StoryAudienceOnly`.
pub fn name_kinds(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    let mut named = BTreeMap::new();
    for (whole, schema) in schemas.iter_mut() {
        let RefOr::T(Schema::OneOf(several)) = schema else { continue };
        for item in &mut several.items {
            let RefOr::T(Schema::Object(object)) = &*item else { continue };
            let Some(kind) = kind(object) else { continue };
            let name = format!("{whole}{}", pascal(kind));
            let mut reference = Ref::from_schema_name(&name);
            reference.description = object.description.clone().unwrap_or_default();
            named.insert(name, mem::replace(item, RefOr::Ref(reference)));
        }
    }
    schemas.append(&mut named);
}

/// What tells a kind from the others: the field that can only be one word, else the only field.
fn kind(object: &Object) -> Option<&str> {
    let word = object.properties.values().find_map(only_word);
    let only = object.properties.keys().next().filter(|_| object.properties.len() == 1);
    word.or(only.map(String::as_str))
}

fn only_word(field: &RefOr<Schema>) -> Option<&str> {
    let RefOr::T(Schema::Object(field)) = field else { return None };
    match field.enum_values.as_deref()? {
        [word] => word.as_str(),
        _ => None,
    }
}

fn pascal(word: &str) -> String {
    let parts = word.split('_').map(|part| {
        let mut letters = part.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rest::operations;

    #[test]
    fn every_kind_of_object_has_a_name_that_was_nothing_elses() {
        let before = operations().into_openapi().components.unwrap().schemas;
        let mut after = before.clone();
        name_kinds(&mut after);
        for (name, schema) in &before {
            let is_several = matches!(schema, RefOr::T(Schema::OneOf(_)));
            assert!(is_several || after.get(name) == Some(schema), "{name} is the name of two");
        }
        let several = after.values().filter_map(|schema| match schema {
            RefOr::T(Schema::OneOf(several)) => Some(&several.items),
            _ => None,
        });
        let nameless = several.flatten().filter(|item| match item {
            RefOr::T(Schema::Object(object)) => !object.properties.is_empty(),
            _ => false,
        });
        assert_eq!(nameless.count(), 0);
        for name in ["StoryAudienceOnly", "UserLanguageLearning", "SystemLineMemberAdded"] {
            assert!(after.contains_key(name), "{name}");
        }
    }
}
