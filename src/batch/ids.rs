//! Which place each job has, by its id: small enough for millions of jobs.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::chunks::Chunks;
use crate::record::JobId;

/// Into so many tables the ids are divided by their hashes. One that grows is in memory twice for a moment, and then is
/// half empty.
const TABLES: u32 = 64;

/// The places of jobs. A UUID costs its 16 bytes and a place in a table of places.
#[derive(Debug)]
pub(super) struct Ids {
    hasher: DefaultHashBuilder,
    tables: [HashTable<u32>; TABLES as usize],
    /// The UUIDs by place; 0 where a job has none.
    uuids: Chunks<u128>,
    texts: HashMap<Box<str>, u32>,
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            hasher: DefaultHashBuilder::default(),
            tables: std::array::from_fn(|_| HashTable::new()),
            uuids: Chunks::default(),
            texts: HashMap::default(),
        }
    }
}

impl Ids {
    /// The place of a job that was there before; otherwise it gets the next one.
    pub(super) fn place(&mut self, id: Option<&JobId>) -> Option<usize> {
        // A run of more than four billion jobs does not fit into any memory.
        let next = u32::try_from(self.uuids.len()).unwrap_or(u32::MAX);
        let known = self.find(id);
        if known.is_some() {
            return known;
        }
        self.uuids.push(match id {
            Some(JobId::Uuid(uuid)) => {
                let (hasher, uuids) = (&self.hasher, &self.uuids);
                let hash_at =
                    |place: &u32| hasher.hash_one(uuids.get(*place as usize).copied().unwrap_or_default());
                let hash = hasher.hash_one(*uuid);
                if let Some(table) = self.tables.get_mut(table_of(hash)) {
                    table.insert_unique(hash, next, hash_at);
                }
                *uuid
            }
            Some(JobId::Text(text)) => {
                self.texts.insert(text.clone(), next);
                0
            }
            None => 0,
        });
        None
    }

    /// The place of a job, if it is there.
    pub(super) fn find(&self, id: Option<&JobId>) -> Option<usize> {
        match id? {
            JobId::Uuid(uuid) => {
                let is_same = |place: &u32| self.uuids.get(*place as usize) == Some(uuid);
                let hash = self.hasher.hash_one(*uuid);
                self.tables.get(table_of(hash))?.find(hash, is_same).map(|place| *place as usize)
            }
            JobId::Text(text) => self.texts.get(text).map(|place| *place as usize),
        }
    }
}

/// The table that an id of this hash is in. The last table gets twice as many as the first, and those between as many
/// more, so that they grow one after another and not all at once. A table itself looks at the lowest and the highest bits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is below the number of tables"
)]
fn table_of(hash: u64) -> usize {
    let middle = f64::from((hash >> 16) as u32) / f64::from(u32::MAX);
    // Where the density rises from 1 to 2, this is how far a share of all reaches.
    let share = (1.0 + 3.0 * middle).sqrt() - 1.0;
    ((share * f64::from(TABLES)) as usize).min(TABLES as usize - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_keeps_its_place() {
        let mut ids = Ids::default();
        let id = |number: u64| JobId::of(&format!("47C8EF56-74D8-059D-1301-{number:012X}"));
        for number in 0..1000 {
            assert_eq!(ids.place(Some(&id(number))), None);
        }
        assert_eq!(ids.place(None), None);
        assert_eq!(ids.place(Some(&JobId::of("A"))), None);
        assert_eq!((ids.place(Some(&id(999))), ids.place(Some(&JobId::of("a")))), (Some(999), Some(1001)));
        assert_eq!(ids.find(Some(&id(1000))), None);
    }
}
