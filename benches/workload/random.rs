//! A seeded stream of numbers: the same workload on every machine, without a crate for it.

/// SplitMix64, which is short and mixes well enough for made-up ids.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// So many hexadecimal digits, at most 16.
    pub fn hex(&mut self, digits: usize) -> String {
        format!("{:016x}", self.next())[..digits].to_owned()
    }

    pub fn uuid(&mut self) -> String {
        let (a, b) = (self.hex(16), self.hex(16));
        format!("{}-{}-{}-{}-{}", &a[..8], &a[8..12], &a[12..], &b[..4], &b[4..])
    }

    pub fn account(&mut self) -> String {
        format!("{:012}", 100_000_000_000 + self.next() % 900_000_000_000)
    }

    pub fn time(&mut self) -> String {
        let (month, day, hour) = (1 + self.below(11), 1 + self.below(28), self.below(24));
        let (minute, second, milli) = (self.below(60), self.below(60), self.below(1000));
        format!("2026-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")
    }
}
