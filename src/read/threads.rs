//! Reads an input while other threads work on what is found, and hands on the results in the order of the input.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::json::Block;
use super::sink::{Settled, Sink};
use super::{Input, Item, Options, read, read_into};

/// How many items go to a thread at once: enough that handing them over costs little.
const ITEMS: usize = 256;

/// How many of these, and of blocks, are under way for each thread at most: what is read ahead is held in memory.
const UNDER_WAY: usize = 2;

/// Reads an input as [`read()`] does, has `work` done on each item by so many threads, and hands on what comes of it, in
/// the order of the input. With one thread everything is done in turn.
pub fn read_on<T: Send>(
    input: &Input,
    options: &Options,
    threads: NonZeroUsize,
    work: &(dyn Fn(Item) -> T + Sync),
    hand_on: &mut dyn FnMut(T),
) {
    if threads.get() == 1 {
        return read(input, options, &mut |item| hand_on(work(item)));
    }
    let most = threads.get() * UNDER_WAY;
    let (to_work, tasks) = sync_channel(most);
    let (done, results) = sync_channel(most);
    // Each task holds a permit from when it is handed out until it is handed on.
    let (permits, returned) = sync_channel(most);
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        let (read, blocks) = channel();
        for _ in 0..threads.get() {
            let (done, read) = (done.clone(), read.clone());
            let tasks = &tasks;
            scope.spawn(move || work_off(tasks, options, work, done, read));
        }
        drop(read);
        let desk = Desk {
            permits,
            to_work,
            done,
            blocks,
            number: 0,
            items: Vec::with_capacity(ITEMS),
            most,
            oldest: 0,
            newest: 0,
            waiting: BTreeMap::new(),
        };
        scope.spawn(move || desk.read(input, options));
        in_order(&results, &returned, hand_on);
    });
}

/// Results in the order of the input, by their number.
type Numbered<T> = (usize, Vec<T>);

/// What threads work on.
enum Task {
    /// Items, by their number among the results.
    Items(usize, Vec<Item>),
    /// A block, by its number among the blocks. Whether it was plain is known when it has been read.
    Block(usize, Block),
}

/// A block that was read, and what came of its items if all of it was plain.
type Done<T> = (Block, Option<Vec<T>>);

/// Where the reading thread hands out work, and puts what comes back in order.
struct Desk<T> {
    permits: SyncSender<()>,
    to_work: SyncSender<Task>,
    done: SyncSender<Numbered<T>>,
    blocks: Receiver<(usize, Done<T>)>,
    /// The number of the next results.
    number: usize,
    /// Those that are not handed out yet.
    items: Vec<Item>,
    /// So many blocks may be under way; the numbers of the oldest that is, and of the next one.
    most: usize,
    oldest: usize,
    newest: usize,
    /// Blocks that came back before an older one.
    waiting: BTreeMap<usize, Done<T>>,
}

// Nobody is left to take what is sent only where a thread has panicked, which ends all of them.
impl<T> Desk<T> {
    fn read(mut self, input: &Input, options: &Options) {
        read_into(input, options, &mut self);
        self.hand_out_items();
    }

    fn hand_out_items(&mut self) {
        if !self.items.is_empty() {
            let items = std::mem::replace(&mut self.items, Vec::with_capacity(ITEMS));
            let number = self.next_number();
            let _ = self.to_work.send(Task::Items(number, items));
        }
    }

    fn next_number(&mut self) -> usize {
        let _ = self.permits.send(());
        self.number += 1;
        self.number - 1
    }

    /// Hands on the oldest blocks until no more than so many are under way.
    fn wait(&mut self, most: usize) -> Settled {
        let mut settled = Settled::default();
        while self.newest - self.oldest > most {
            match self.take_oldest() {
                (_, Some(results)) => {
                    settled.records += results.len() as u64;
                    let number = self.next_number();
                    let _ = self.done.send((number, results));
                }
                // What stands behind it may be anything.
                (block, None) => {
                    settled.returned.push(block);
                    while self.oldest < self.newest {
                        settled.returned.push(self.take_oldest().0);
                    }
                }
            }
        }
        settled
    }

    #[expect(clippy::expect_used, reason = "a thread that panicked ends the others")]
    fn take_oldest(&mut self) -> Done<T> {
        loop {
            if let Some(done) = self.waiting.remove(&self.oldest) {
                self.oldest += 1;
                return done;
            }
            let (number, done) = self.blocks.recv().expect("a thread works on the block");
            self.waiting.insert(number, done);
        }
    }
}

impl<T> Sink for Desk<T> {
    fn item(&mut self, item: Item) {
        self.items.push(item);
        if self.items.len() == ITEMS {
            self.hand_out_items();
        }
    }

    fn block(&mut self, block: Block, _: &Options) -> Settled {
        self.hand_out_items();
        let _ = self.to_work.send(Task::Block(self.newest, block));
        self.newest += 1;
        self.wait(self.most)
    }

    fn settle(&mut self) -> Settled {
        self.wait(0)
    }
}

fn work_off<T>(
    tasks: &Mutex<Receiver<Task>>,
    options: &Options,
    work: &(dyn Fn(Item) -> T + Sync),
    done: SyncSender<Numbered<T>>,
    blocks: Sender<(usize, Done<T>)>,
) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let is_taken = match task {
            Ok(Task::Items(number, items)) => {
                done.send((number, items.into_iter().map(work).collect())).is_ok()
            }
            Ok(Task::Block(number, block)) => {
                let mut results = Vec::with_capacity(ITEMS);
                let plain = block.read(options, &mut |item| results.push(work(item)));
                let results = block.is_whole(plain).then_some(results);
                blocks.send((number, (block, results))).is_ok()
            }
            Err(_) => false,
        };
        if !is_taken {
            return;
        }
    }
}

/// Hands on results by their number, whichever came first.
fn in_order<T>(results: &Receiver<Numbered<T>>, permits: &Receiver<()>, hand_on: &mut dyn FnMut(T)) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, items) in results {
        waiting.insert(number, items);
        while let Some(items) = waiting.remove(&next) {
            items.into_iter().for_each(&mut *hand_on);
            let _ = permits.recv();
            next += 1;
        }
    }
}
