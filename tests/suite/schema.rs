//! What the commands print is as docs/schema says: every field named there or not printed, of its type.
//!
//! Only the words of JSON Schema that those files use are known here; any other fails the test.

use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/schema/{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// Everything in `value` that is not as `schema` says, each with its place.
fn faults(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (word, wanted) in schema.as_object().unwrap() {
        let one = |ok: bool, what: &str| if ok { vec![] } else { vec![format!("{place}: {what} {wanted}: {value}")] };
        found.extend(match word.as_str() {
            "$schema" | "$defs" | "title" | "description" => vec![],
            "$ref" => {
                let pointer = wanted.as_str().unwrap().trim_start_matches('#');
                faults(root, root.pointer(pointer).unwrap(), value, place)
            }
            "type" => {
                let types: Vec<&str> = wanted.as_str().map_or_else(
                    || wanted.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect(),
                    |name| vec![name],
                );
                one(types.iter().any(|name| is_of(value, name)), "is no")
            }
            "enum" => one(wanted.as_array().unwrap().contains(value), "is none of"),
            "minimum" => one(value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()), "is less than"),
            "pattern" => {
                let pattern = Regex::new(wanted.as_str().unwrap()).unwrap();
                one(value.as_str().is_none_or(|text| pattern.is_match(text)), "is not like")
            }
            "minItems" => one(value.as_array().unwrap().len() >= wanted.as_u64().unwrap() as usize, "has fewer than"),
            "maxItems" => one(value.as_array().unwrap().len() <= wanted.as_u64().unwrap() as usize, "has more than"),
            "required" => {
                let names = wanted.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                let absent = names.filter(|name| value.get(*name).is_none());
                absent.map(|name| format!("{place}: no {name}: {value}")).collect()
            }
            "items" => {
                let items = value.as_array().unwrap().iter().enumerate();
                items.flat_map(|(index, item)| faults(root, wanted, item, &format!("{place}[{index}]"))).collect()
            }
            "properties" => {
                let fields = value.as_object().unwrap().iter();
                fields
                    .flat_map(|(name, field)| match wanted.get(name) {
                        Some(inner) => faults(root, inner, field, &format!("{place}.{name}")),
                        None => vec![format!("{place}: {name} is in no schema")],
                    })
                    .collect()
            }
            "oneOf" => {
                let shapes = wanted.as_array().unwrap().iter();
                let fitting = shapes.filter(|shape| faults(root, shape, value, place).is_empty()).count();
                if fitting == 1 { vec![] } else { vec![format!("{place}: {fitting} shapes fit {value}")] }
            }
            other => panic!("the schema uses {other}, which this test does not know"),
        });
    }
    found
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type {other}"),
    }
}

const DICTIONARY: &str = "[topics.sea]\nlabel = \"Sea\"\nterms = [\"sea{,s}\", \"ship*\"]\n\
                          [topics.sea.lane]\nterms = [\"sea lane*\"]\n[topics.japan]\nterms = [\"Japan\", \"日本\"]\n";

/// The lines that a command prints about the sample library, each checked.
fn check(name: &str, arguments: &[&str]) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    fs::write(&config, DICTIONARY).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(arguments)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"))
        .arg("--config")
        .arg(config)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_lines(name, &text);
    text.lines().count()
}

/// Fails unless each line of `text` is as the schema says.
pub fn assert_lines(name: &str, text: &str) {
    let schema = schema(name);
    let faults: Vec<String> =
        text.lines().flat_map(|line| faults(&schema, &schema, &serde_json::from_str(line).unwrap(), "$")).collect();
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

#[test]
fn documents_are_as_their_schema_says() {
    assert_eq!(check("document", &["dump", "--format", "json"]), 8);
    assert_eq!(check("document", &["dump", "--format", "json", "--raw"]), 8);
}

#[test]
fn search_results_are_as_their_schema_says() {
    assert!(check("found", &["search", "sea", "--format", "jsonl"]) > 10);
}

#[test]
fn hits_and_counts_are_as_their_schemas_say() {
    check("hit", &["tag"]);
    check("hit", &["tag", "--context", "--why"]);
    assert!(check("paragraph", &["tag", "--paragraphs", "--topic", "sea"]) > 3);
    for by in ["topic", "document", "place", "term", "together"] {
        check("counts", &["stats", "--format", "jsonl", "--by", by]);
    }
}

#[test]
fn what_is_not_as_the_schema_says_is_told() {
    let hit =
        json!({"doc": "a.txt", "para": 0, "topic": "t", "term": "x", "start_byte": 1, "end_byte": 2, "text": "x"});
    let schema = schema("hit");
    let told = |change: &dyn Fn(&mut Value)| {
        let mut hit = hit.clone();
        change(&mut hit);
        faults(&schema, &schema, &hit, "$").len()
    };
    assert_eq!(told(&|_| {}), 0);
    assert_eq!(told(&|hit| hit["para"] = json!(-1)), 1);
    assert_eq!(told(&|hit| hit["para"] = json!("0")), 1);
    assert_eq!(told(&|hit| hit["end"] = json!(2)), 1);
    assert_eq!(told(&|hit| drop(hit.as_object_mut().unwrap().remove("term"))), 1);
}
