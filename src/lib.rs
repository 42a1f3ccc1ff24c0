//! copydoctor tells why an AWS Backup copy job failed, and what to do now.
//!
//! Give it a status message, get a [`Diagnosis`]: the root cause, how sure that is, and, with what is known
//! of the job, the steps that mend it. Or an honest [`Unknown`].
//!
//! ```
//! use copydoctor::{Classifier, Language, Slot, SlotValues, remediation};
//!
//! let classifier = Classifier::builtin();
//! let answer = classifier.classify("Zugriff verweigert beim Versuch, den AWS Backup-Service aufzurufen");
//! let diagnosis = answer.diagnosis().expect("this message is documented");
//! assert_eq!(diagnosis.root_cause.id, "vault-access-policy-denies-copy");
//!
//! let mut known = SlotValues::default();
//! known.set(Slot::SourceAccount, "111122223333")?;
//! let steps = remediation::fill(diagnosis.root_cause, &known, &diagnosis.captures, Language::En);
//! assert!(steps[0].policy.as_ref().unwrap().to_string().contains("arn:aws:iam::111122223333:root"));
//! # Ok::<(), copydoctor::slot::UnfitValue>(())
//! ```
//!
//! The way of a message: [`normalise`] makes its words comparable, [`matcher`] finds the wordings of the
//! [`catalogue`] in them, [`classify`] ranks these to one [`diagnosis`], [`remediation`] fills the steps.
//! The way of an export: [`read`] finds the [`record`]s in it, [`batch`] makes a report of them, without
//! those that a [`baseline`] knows; a [`cluster`] holds unknown messages of one kind, and [`draft`] makes a catalogue
//! entry of it. [`redact`] gives pseudonyms to what is private, where somebody asks for it, and [`render`] writes them.
//! What there is to say on the way, of exports and of catalogues, is a value of [`mod@phrases`], which have it in both
//! languages. Modules import only modules that stand before them in this list:

// Nothing that is read may end in a panic: each place that could says why it cannot. (Tests may.)
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

// The order is the architecture: tests/architecture.rs checks that imports run one way along it.
pub mod identifier;
pub mod language;
mod shortcut;
pub mod record;
pub mod phrases;
pub mod suggestion;
pub mod slot;
pub mod normalise;
pub mod lexicon;
pub mod pattern;
pub mod template;
pub mod catalogue;
pub mod remediation;
pub mod matcher;
pub mod scorer;
pub mod diagnosis;
pub mod classify;
pub mod cluster;
pub mod check;
pub mod draft;
pub mod read;
pub mod baseline;
pub mod batch;
pub mod redact;
pub mod render;

pub use batch::{Batch, Report};
pub use catalogue::{Catalogue, CatalogueError, RootCause};
pub use classify::Classifier;
pub use diagnosis::{Answer, Diagnosis, Reason, Unknown};
pub use language::{Language, Localised};
pub use record::{Record, State};
pub use slot::{Slot, SlotValues};

/// The README's library example, run with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
