//! Where items go as they are read: to a closure one by one, or to threads that also read for themselves.

use super::Options;
use super::item::Item;
use super::json::Block;

/// Receives what a file turns out to hold, in order.
pub(super) trait Sink {
    fn item(&mut self, item: Item);

    /// Takes a block whose records come next, and reads them as far as they are plain. Before any item comes, the
    /// blocks have to be settled.
    fn block(&mut self, block: Block, options: &Options) -> Settled {
        let mut records = 0;
        let plain = block.read(options, &mut |item| {
            records += 1;
            self.item(item);
        });
        Settled { records, returned: block.rest(plain).into_iter().collect() }
    }

    /// Waits for the blocks.
    fn settle(&mut self) -> Settled {
        Settled::default()
    }
}

/// What became of blocks.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// How many records of earlier blocks were handed on.
    pub(super) records: u64,
    /// The blocks from the first on that was not plain, in order. Nothing of them was handed on: they are to be read
    /// with care.
    pub(super) returned: Vec<Block>,
}

/// Hands on each item as it comes.
pub(super) struct OneByOne<'h>(pub(super) &'h mut dyn FnMut(Item));

impl Sink for OneByOne<'_> {
    fn item(&mut self, item: Item) {
        (self.0)(item);
    }
}

/// Counts the records on their way.
pub(super) struct Counting<'h> {
    sink: &'h mut dyn Sink,
    pub(super) records: u64,
}

impl<'h> Counting<'h> {
    pub(super) fn new(sink: &'h mut dyn Sink) -> Self {
        Self { sink, records: 0 }
    }
}

impl Sink for Counting<'_> {
    fn item(&mut self, item: Item) {
        self.records += u64::from(!matches!(item, Item::Warning(_)));
        self.sink.item(item);
    }

    fn block(&mut self, block: Block, options: &Options) -> Settled {
        let settled = self.sink.block(block, options);
        self.records += settled.records;
        settled
    }

    fn settle(&mut self) -> Settled {
        let settled = self.sink.settle();
        self.records += settled.records;
        settled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As where threads read blocks for themselves.
    struct Threads;

    impl Sink for Threads {
        fn item(&mut self, _: Item) {}

        fn settle(&mut self) -> Settled {
            Settled { records: 5, returned: Vec::new() }
        }
    }

    #[test]
    fn the_records_of_blocks_are_counted_when_these_are_settled() {
        let mut threads = Threads;
        let mut counting = Counting::new(&mut threads);
        assert_eq!([counting.settle().records, counting.settle().records, counting.records], [5, 5, 10]);
    }
}
