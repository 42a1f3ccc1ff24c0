//! Why no policy can be taken out of steps.

use crate::phrases;

phrases! {
    /// Why no policy can be taken out of steps.
    pub enum NoPolicy {
        InNoStep: "none of the steps has a policy", "keiner der Schritte hat eine Richtlinie";
        InThisStep { number: u64, with_policy: Option<StepsWithPolicy> }: "step {number} has no policy{with_policy}",
            "Schritt {number} hat keine Richtlinie{with_policy}";
        Open { number: u64, flags: String }: "the policy of step {number} has open blanks, which these flags fill: {flags}",
            "die Richtlinie von Schritt {number} hat offene Lücken, die diese Optionen füllen: {flags}";
    }
}

phrases! {
    /// The steps that have a policy.
    pub enum StepsWithPolicy {
        One { step: u64 }: "; step {step} has one", "; Schritt {step} hat eine";
        Several { steps: String, last: u64 }: "; steps {steps} and {last} have one", "; die Schritte {steps} und {last} haben eine";
    }
}

impl std::error::Error for NoPolicy {}

impl StepsWithPolicy {
    /// The steps of these numbers, if there are any.
    pub(crate) fn of(mut numbers: Vec<u64>) -> Option<Self> {
        let last = numbers.pop()?;
        if numbers.is_empty() {
            return Some(Self::One { step: last });
        }
        let steps: Vec<String> = numbers.iter().map(u64::to_string).collect();
        Some(Self::Several { steps: steps.join(", "), last })
    }
}
