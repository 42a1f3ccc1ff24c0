//! Fills a root cause's remediation with what is known of one job: the steps that somebody can take now.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::catalogue::{Account, RootCause, Step};
use crate::language::Language;
pub use crate::phrases::NoPolicy;
use crate::phrases::StepsWithPolicy;
use crate::slot::{Slot, SlotValues};

/// A step with its blanks filled, as far as they can be.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledStep {
    /// Who acts.
    pub account: Account,
    /// The id of that account, where it is known.
    pub account_id: Option<String>,
    /// What to look for and what to change.
    pub action: String,
    /// A command that confirms the cause.
    pub check: Option<String>,
    /// A command that makes the change.
    pub command: Option<String>,
    /// A policy document that the change puts in place.
    pub policy: Option<Value>,
    /// The same change in Terraform, where that is shorter.
    pub terraform: Option<String>,
    /// Why the step helps.
    pub why: String,
    /// The page of AWS that says so.
    pub link: String,
    /// The blanks that stayed open.
    pub open: BTreeSet<Slot>,
    /// Those of them that stand in the policy.
    pub open_in_policy: BTreeSet<Slot>,
}

fn flags(open: &BTreeSet<Slot>) -> String {
    let flags: BTreeSet<String> =
        open.iter().map(|slot| slot.flag().unwrap_or_else(|| format!("<{slot}>"))).collect();
    flags.into_iter().collect::<Vec<_>>().join(", ")
}

/// The policy of the step of this number, counted from 1, or else of the first step that has one; with the number of
/// its step. The policy of a later step is no substitute for one with open blanks: it belongs somewhere else.
///
/// # Errors
/// [`NoPolicy`] where there is none, or blanks in it are open.
///
/// ```
/// use copydoctor::{Classifier, Language, SlotValues, remediation::{self, NoPolicy}};
/// let classifier = Classifier::builtin();
/// let answer = classifier.classify("Access Denied trying to call AWS Backup service");
/// let diagnosis = answer.diagnosis().unwrap();
/// let nothing = SlotValues::default();
/// let steps = remediation::fill(diagnosis.root_cause, &nothing, &nothing, Language::En);
/// assert!(matches!(remediation::policy(&steps, None), Err(NoPolicy::Open { number: 1, .. })));
/// ```
pub fn policy(steps: &[FilledStep], number: Option<usize>) -> Result<(usize, &Value), NoPolicy> {
    let mut with_policy = (1..).zip(steps).filter(|(_, step)| step.policy.is_some());
    let found = match number {
        None => with_policy.next().ok_or(NoPolicy::InNoStep)?,
        Some(number) => with_policy.clone().find(|(place, _)| *place == number).ok_or_else(|| {
            let with_policy = with_policy.map(|(place, _)| place as u64).collect();
            NoPolicy::InThisStep { number: number as u64, with_policy: StepsWithPolicy::of(with_policy) }
        })?,
    };
    match found {
        (number, FilledStep { policy: Some(policy), open_in_policy, .. }) if open_in_policy.is_empty() => {
            Ok((number, policy))
        }
        (number, step) => Err(NoPolicy::Open { number: number as u64, flags: flags(&step.open_in_policy) }),
    }
}

/// Fills every step of a root cause with what is `known` of the job, and where that has gaps with what its
/// message `says`; what follows from either is derived. No account id is ever taken from the message, and no action that
/// hands out permissions gets from it into a policy: a made-up message must not make its author an administrator.
///
/// ```
/// use copydoctor::{Classifier, Language, Slot, SlotValues, remediation};
/// let classifier = Classifier::builtin();
/// let answer = classifier.classify("Access Denied trying to call AWS Backup service");
/// let diagnosis = answer.diagnosis().unwrap();
/// let mut known = SlotValues::default();
/// known.set(Slot::SourceAccount, "111122223333").unwrap();
/// let steps = remediation::fill(diagnosis.root_cause, &known, &diagnosis.captures, Language::En);
/// let policy = steps[0].policy.as_ref().unwrap();
/// assert_eq!(policy["Statement"][0]["Principal"]["AWS"], "arn:aws:iam::111122223333:root");
/// ```
#[must_use]
pub fn fill(cause: &RootCause, known: &SlotValues, says: &SlotValues, language: Language) -> Vec<FilledStep> {
    let mut values = known.clone();
    values.derive();
    values.fill_gaps_from_message(says);
    let is_told = known.get(Slot::DeniedAction).is_none();
    let is_withheld = is_told && values.get(Slot::DeniedAction).is_some_and(hands_out_permissions);
    let granted = is_withheld.then(|| values.without(Slot::DeniedAction));
    let granted = granted.as_ref().unwrap_or(&values);
    cause.remediation.iter().map(|step| fill_step(step, &values, granted, language)).collect()
}

/// Whether an action can give somebody more permissions than it is one.
fn hands_out_permissions(action: &str) -> bool {
    const SERVICES: &[&str] = &["account", "iam", "identitystore", "organizations", "ram", "sts"];
    let (service, name) = action.split_once(':').unwrap_or((action, ""));
    let service = service.to_ascii_lowercase();
    SERVICES.contains(&service.as_str())
        || service.starts_with("sso")
        || ["Policy", "Permission", "Acl"].iter().any(|what| name.contains(what))
}

/// Fills a step with `values`, and its policy with those that may stand in one.
fn fill_step(step: &Step, values: &SlotValues, granted: &SlotValues, language: Language) -> FilledStep {
    let mut open = BTreeSet::new();
    let mut open_in_policy = BTreeSet::new();
    let policy = step.policy.as_ref().map(|policy| policy.fill(granted, &mut open_in_policy));
    open.extend(&open_in_policy);
    FilledStep {
        account: step.account,
        account_id: values.get(step.account.slot()).map(str::to_owned),
        action: step.action.get(language).fill(values, &mut open),
        check: step.check.as_ref().map(|command| command.fill_command(values, &mut open)),
        command: step.command.as_ref().map(|command| command.fill_command(values, &mut open)),
        policy,
        terraform: step.terraform.as_ref().map(|terraform| terraform.fill(granted, &mut open)),
        why: step.why.get(language).fill(values, &mut open),
        link: step.link.clone(),
        open,
        open_in_policy,
    }
}
