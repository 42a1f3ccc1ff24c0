//! What has to hold for the advice of a root cause: filled with samples, it is what it claims to be.

use std::collections::BTreeSet;

use hcl_edit::structure::Body;
use serde_json::Value;

use crate::catalogue::{Fault, Help, Problem, RootCause, Rule, Step};
use crate::language::Language;
use crate::remediation;
use crate::slot::{Slot, SlotValues};

pub(super) fn faults(cause: &RootCause, faults: &mut Vec<Fault>) {
    let captured: BTreeSet<Slot> =
        cause.patterns.iter().flat_map(|wording| wording.pattern.slots()).collect();
    let nothing = SlotValues::default();
    let filled = remediation::fill(cause, &SlotValues::samples(), &nothing, Language::En);
    for (index, (step, filled)) in cause.remediation.iter().zip(filled).enumerate() {
        let path = format!("remediation[{index}]");
        unfillable(step, &captured, &path, faults);
        for (name, command) in [("check", &filled.check), ("command", &filled.command)] {
            if let Some(problem) = command.as_deref().and_then(fault_of_command) {
                let path = format!("{path}.{name}");
                faults.push(Fault::new(Rule::BadCommand, path, problem, Help::WriteCommand));
            }
        }
        if let Some(policy) = &filled.policy {
            of_policy(policy, &format!("{path}.policy"), faults);
        }
        if let Some(problem) = filled.terraform.as_deref().and_then(fault_of_terraform) {
            let path = format!("{path}.terraform");
            faults.push(Fault::new(Rule::BadTerraform, path, problem, Help::WriteBlock));
        }
    }
}

/// The slots of a step that nobody could ever fill.
fn unfillable(step: &Step, captured: &BTreeSet<Slot>, path: &str, faults: &mut Vec<Fault>) {
    let mut places = vec![
        ("action.en", step.action.en.slots()),
        ("action.de", step.action.de.slots()),
        ("why.en", step.why.en.slots()),
        ("why.de", step.why.de.slots()),
    ];
    places.extend(step.check.iter().map(|check| ("check", check.slots())));
    places.extend(step.command.iter().map(|command| ("command", command.slots())));
    places.extend(step.policy.iter().map(|policy| ("policy", policy.slots())));
    places.extend(step.terraform.iter().map(|terraform| ("terraform", terraform.slots())));
    for (name, slots) in places {
        for slot in slots.into_iter().filter(|slot| slot.flag().is_none() && !captured.contains(slot)) {
            faults.push(Fault::new(
                Rule::UnfillableSlot,
                format!("{path}.{name}"),
                Problem::UnfillableSlot { slot: slot.name() },
                Help::CaptureOrCapitals,
            ));
        }
    }
}

fn fault_of_command(command: &str) -> Option<Problem> {
    if command.contains('\n') {
        return Some(Problem::CommandLineBreak);
    }
    match shlex::split(command) {
        None => Some(Problem::OpenQuote),
        Some(words) if words.first().is_none_or(|word| word != "aws") || words.len() < 3 => {
            Some(Problem::NoCommand)
        }
        Some(_) => None,
    }
}

fn of_policy(policy: &Value, path: &str, faults: &mut Vec<Fault>) {
    let statements = policy["Statement"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_statement = |statement: &Value| {
        ["Allow", "Deny"].iter().any(|effect| statement["Effect"] == *effect)
            && (!statement["Action"].is_null() || !statement["NotAction"].is_null())
    };
    if policy["Version"] != "2012-10-17" || statements.is_empty() || !statements.iter().all(is_statement) {
        faults.push(Fault::new(Rule::BadPolicy, path, Problem::NoPolicy, Help::WritePolicy));
    }
    for (index, statement) in statements.iter().enumerate().filter(|(_, it)| it["Effect"] == "Allow") {
        let path = format!("{path}.Statement[{index}]");
        let principal = &statement["Principal"];
        let admits_all = has_star(principal) || has_star(&principal["AWS"]);
        if admits_all && statement["Condition"].is_null() {
            faults.push(Fault::new(Rule::PolicyTooWide, &path, Problem::AdmitsAll, Help::NameAccount));
        }
        if has_star(&statement["Action"]) || !statement["NotAction"].is_null() {
            faults.push(Fault::new(Rule::PolicyTooWide, &path, Problem::AllowsTooMuch, Help::NameActions));
        }
    }
}

fn has_star(value: &Value) -> bool {
    value == "*" || value.as_array().is_some_and(|values| values.iter().any(|value| value == "*"))
}

fn fault_of_terraform(snippet: &str) -> Option<Problem> {
    match snippet.parse::<Body>() {
        Err(error) => {
            let at = error.location();
            Some(Problem::NotHcl { line: at.line().to_string(), error: error.message().to_owned() })
        }
        Ok(body) => {
            let is_object = |block: &hcl_edit::structure::Block| {
                ["resource", "data"].contains(&block.ident.as_str()) && block.labels.len() == 2
            };
            let objects =
                body.iter().filter_map(|structure| structure.as_block()).filter(|block| is_object(block));
            (objects.count() == 0).then_some(Problem::NoResource)
        }
    }
}
