//! How much goes through each stage in a second.
//!
//! `cargo bench --bench throughput` measures all, with a name behind it those whose names contain it.

mod workload;

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use copydoctor::batch::{Judge, Keep};
use copydoctor::read::{Input, Options, read_on};
use copydoctor::{Batch, Classifier};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use workload::{LIMITS, PASTES, STAGES, Stage, file_of_events};

/// So many times the items of a count of instructions. A job of an export takes about a kilobyte, so the exports are
/// larger than the caches near a core.
const TIMES: usize = 20;
const JOBS: usize = 20_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 20, max_time = 2, args = LIMITS)]
fn limit(bencher: Bencher<'_, '_>, limit: &Stage) {
    measure(bencher, limit);
}

#[divan::bench(sample_count = 20, max_time = 2, args = STAGES)]
fn stage(bencher: Bencher<'_, '_>, stage: &Stage) {
    measure(bencher, stage);
}

fn measure(bencher: Bencher<'_, '_>, stage: &Stage) {
    let work = (stage.prepare)(TIMES * stage.enough);
    // What is made on demand is made before the clock runs.
    work.run();
    bencher
        .counter(BytesCount::new(work.bytes))
        .counter(ItemsCount::new(work.items))
        .bench_local(|| work.run());
}

/// One message, from nothing: what a paste costs beside the start of a process.
#[divan::bench(sample_count = 20, max_time = 2, args = PASTES.map(|(name, _)| name))]
fn first_message(bencher: Bencher<'_, '_>, name: &str) {
    let message = PASTES.iter().find(|paste| paste.0 == name).map_or(name, |paste| paste.1);
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let classifier = Classifier::builtin();
        black_box(classifier.classify(message));
    });
}

/// A whole batch of events in a file, on one thread and on all there are.
#[divan::bench(sample_count = 20, max_time = 2, args = [1, available_parallelism().map_or(1, NonZeroUsize::get)])]
fn whole_on_threads(bencher: Bencher<'_, '_>, threads: usize) {
    let threads = NonZeroUsize::new(threads).expect("there is one at least");
    let (file, bytes) = file_of_events(JOBS);
    let input = Input::Path(file.path().to_owned());
    let classifier = Classifier::builtin();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(JOBS)).bench_local(|| {
        let judge = Judge::new(&classifier, Keep::Problems);
        let options = Options { only_problems: judge.wants_only_problems(), ..Options::default() };
        let mut batch = Batch::new(judge.clone());
        read_on(&input, &options, threads, &|item| judge.judge(item), &mut |judged| batch.add_judged(judged));
        batch.finish()
    });
}
