//! What is measured, by time and by instructions: made-up exports and messages, and the stages that they go through.
#![allow(dead_code, unused_imports, unreachable_pub, reason = "each bench uses its part of it")]

mod jobs;
mod large_catalogue;
mod messages;
mod random;
mod stages;

pub use stages::{LIMITS, STAGES, Stage, file_of_events};

/// What people paste: a sentence that AWS documents, the same in other words, and one that nobody knows.
pub const PASTES: [(&str, &str); 3] = [
    ("exact", "Access Denied trying to call AWS Backup service"),
    (
        "similar",
        "The copy was refused because source account and destination account are in different organizations",
    ),
    ("unknown", "The listener of the shard returned an unexpected checksum while handling the journal"),
];
