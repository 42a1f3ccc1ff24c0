//! Sets of meanings.

use crate::lexicon::Meaning;

/// A set of meanings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<u64>);

impl Set {
    pub(super) fn of(meanings: &[Meaning]) -> Self {
        let blocks = meanings.iter().map(|meaning| meaning.index() / 64 + 1).max().unwrap_or_default();
        let mut set = Self(vec![0; blocks]);
        for meaning in meanings {
            if let Some(bits) = set.0.get_mut(meaning.index() / 64) {
                *bits |= 1 << (meaning.index() % 64);
            }
        }
        set
    }

    pub(super) fn contains(&self, meaning: Meaning) -> bool {
        self.has(meaning.index())
    }

    /// The places of its meanings, in order.
    pub(super) fn meanings(&self) -> impl Iterator<Item = usize> {
        let blocks = self.0.iter().enumerate();
        blocks.flat_map(|(block, bits)| places(*bits).map(move |place| block * 64 + place))
    }

    pub(super) fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|block| block & (1 << (index % 64)) != 0)
    }

    /// The sum of what the meanings weigh.
    pub(super) fn weight(&self, weights: &[f64]) -> f64 {
        self.weight_in_common(self, weights)
    }

    pub(super) fn weight_in_common(&self, other: &Self, weights: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (weights, (one, other)) in weights.chunks(64).zip(self.0.iter().zip(&other.0)) {
            sum = places(one & other)
                .fold(sum, |sum, place| sum + weights.get(place).copied().unwrap_or_default());
        }
        sum
    }
}

/// Where the bits of a block are that are set, from the lowest on.
fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros() as usize;
        bits &= bits.checked_sub(1)?;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_its_meanings_wherever_they_stand_in_the_lexicon() {
        for text in ["0", "63", "64", "128", "700", "700 64 0"] {
            let meanings = crate::lexicon::read_meanings(text).expect("meanings");
            let set = Set::of(&meanings);
            assert!(meanings.iter().all(|meaning| set.contains(*meaning)), "{text}");
            assert_eq!(set.meanings().count(), meanings.len(), "{text}");
        }
    }
}
