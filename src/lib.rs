//! copydoctor tells why an AWS Backup copy job failed, and what to do now.

// The order is the architecture: a module imports only modules that stand before it.
pub mod identifier;
pub mod language;
pub mod record;
pub mod slot;
pub mod normalise;
pub mod pattern;
pub mod template;
pub mod catalogue;
pub mod remediation;
pub mod matcher;
pub mod diagnosis;
pub mod classify;
pub mod read;
pub mod batch;
pub mod render;

pub use batch::{Batch, Report};
pub use catalogue::{Catalogue, CatalogueError, RootCause};
pub use classify::Classifier;
pub use diagnosis::{Answer, Diagnosis, Reason, Unknown};
pub use language::{Language, Localised};
pub use record::{Record, State};
pub use slot::{Slot, SlotValues};
