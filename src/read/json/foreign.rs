//! Tells what only looks like a copy job of AWS Backup: another service's, or a job of another kind.

use serde_json::{Map, Value};

/// Whether an object is a copy job of Microsoft Fabric, or one of its runs: these copy data between stores, and have an id
/// and a status too.
///
/// Source: Microsoft's REST API of Fabric, "Create Copy Job" and "Get Item Job Instance".
pub(super) fn is_of_fabric(object: &Map<String, Value>) -> bool {
    let is_item = object.get("type").is_some_and(|kind| kind == "CopyJob");
    is_item || (object.contains_key("itemId") && object.contains_key("jobType"))
}

/// Whether a sentence that names a job says that it is about a copy.
pub(super) fn is_of_copy(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    ["copy", "copies", "kopi"].iter().any(|word| sentence.contains(word))
}
