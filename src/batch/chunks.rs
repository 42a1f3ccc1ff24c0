//! A list of millions that grows piece by piece. One in a single piece is copied whenever it grows, and leaves holes in
//! memory behind that are as large as it was.

/// How many elements a piece has.
const PIECE: usize = 1 << 14;

/// A list in pieces.
#[derive(Debug)]
pub(super) struct Chunks<T> {
    pieces: Vec<Vec<T>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { pieces: Vec::new() }
    }
}

impl<T> Chunks<T> {
    pub(super) fn len(&self) -> usize {
        // All but the last are full.
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    pub(super) fn push(&mut self, element: T) {
        match self.pieces.last_mut() {
            Some(last) if last.len() < PIECE => last.push(element),
            // A short list needs no more than its own length.
            None => self.pieces.push(vec![element]),
            Some(_) => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(element);
                self.pieces.push(piece);
            }
        }
    }

    pub(super) fn get(&self, place: usize) -> Option<&T> {
        self.pieces.get(place / PIECE)?.get(place % PIECE)
    }

    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.pieces.get_mut(place / PIECE)?.get_mut(place % PIECE)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.pieces.iter().flatten()
    }
}

impl<T> IntoIterator for Chunks<T> {
    type Item = T;
    type IntoIter = std::iter::Flatten<std::vec::IntoIter<Vec<T>>>;

    fn into_iter(self) -> Self::IntoIter {
        self.pieces.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_pieces_is_a_list() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let mut chunks = Chunks::default();
            (0..length).for_each(|number| {
                assert_eq!(chunks.len(), number);
                chunks.push(number);
            });
            chunks.get_mut(length / 2).into_iter().for_each(|number| *number += 1_000_000);
            let expected: Vec<usize> = (0..length)
                .map(|number| if number == length / 2 { number + 1_000_000 } else { number })
                .collect();
            assert_eq!(chunks.get(length.saturating_sub(1)), expected.last());
            assert_eq!(chunks.get(length), None);
            assert!(chunks.iter().eq(&expected));
            assert!(chunks.into_iter().eq(expected));
        }
    }
}
