//! Reads an input while other threads work on what is found, and hands on the results in the order of the input.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::{Input, Item, Options, read};

/// How many items go to a thread at once: enough that handing them over costs little.
const ITEMS: usize = 256;

/// How many of these are under way for each thread at most: what is read ahead is held in memory.
const UNDER_WAY: usize = 4;

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
    let under_way = threads.get() * UNDER_WAY;
    let (to_work, tasks) = sync_channel(under_way);
    let (done, results) = sync_channel(under_way);
    // Each task holds a permit from when it is handed out until it is handed on.
    let (permits, returned) = sync_channel(under_way);
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        scope.spawn(move || hand_out(input, options, &permits, &to_work));
        for _ in 0..threads.get() {
            let done = done.clone();
            scope.spawn(|| work_off(&tasks, work, done));
        }
        drop(done);
        in_order(&results, &returned, hand_on);
    });
}

/// Items in the order of the input, by their number.
type Task<T> = (usize, Vec<T>);

fn hand_out(input: &Input, options: &Options, permits: &SyncSender<()>, to_work: &SyncSender<Task<Item>>) {
    let mut number = 0;
    let mut items = Vec::with_capacity(ITEMS);
    let mut send = |items: Vec<Item>| {
        // Nobody is left to work only where a thread has panicked, which ends all of them.
        let _ = permits.send(());
        let _ = to_work.send((number, items));
        number += 1;
    };
    read(input, options, &mut |item| {
        items.push(item);
        if items.len() == ITEMS {
            send(std::mem::replace(&mut items, Vec::with_capacity(ITEMS)));
        }
    });
    send(items);
}

fn work_off<T>(
    tasks: &Mutex<Receiver<Task<Item>>>,
    work: &(dyn Fn(Item) -> T + Sync),
    done: SyncSender<Task<T>>,
) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, items)) = task else { return };
        let results = items.into_iter().map(work).collect();
        if done.send((number, results)).is_err() {
            return;
        }
    }
}

/// Hands on results by their number, whichever came first.
fn in_order<T>(results: &Receiver<Task<T>>, permits: &Receiver<()>, hand_on: &mut dyn FnMut(T)) {
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
