//! Hostile input: whatever the tool is fed, it says clearly what is wrong, ends with the documented exit code, accounts
//! for every record, and stays within the memory that each test states. What is large is made while it is read.
#![cfg(target_os = "linux")] // limits of memory, /proc, /dev/full

#[path = "../common/mod.rs"]
mod common;

mod catalogues;
mod files;
mod limited;
mod packings;
mod pipes;
mod sizes;
mod surroundings;
mod texts;
