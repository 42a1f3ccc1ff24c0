//! Exports, record by record, while a thread reads ahead.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use copydoctor::read::{Input, Item, Options, Stop, read_from, read_from_folder};
use copydoctor::record::{Rank, Record};
use copydoctor::{Language, SlotValues};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::engine::language;

/// So many items change threads together.
const TOGETHER: usize = 256;

/// So many times that may wait.
const AHEAD: usize = 8;

/// What a file holds, in its order: tuples of what it is (`record`, `rejected`, or a warning's severity) and its value.
#[pyclass(frozen)]
pub(crate) struct Reader {
    receiver: Mutex<Receiver<Vec<Item>>>,
    /// Those that were received and not asked for yet, the next one last.
    waiting: Mutex<Vec<Item>>,
    stop: Stop,
    language: Language,
}

/// Whoever asks for no more lets the thread end.
impl Drop for Reader {
    fn drop(&mut self) {
        self.stop.now();
    }
}

#[pymethods]
impl Reader {
    fn __iter__(this: Bound<'_, Self>) -> Bound<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyTuple>>> {
        match py.detach(|| self.next_item()) {
            None => Ok(None),
            Some(item) => self.tuple(py, item).map(Some),
        }
    }
}

impl Reader {
    /// Reads in a thread of its own, and hands on what there is.
    fn of(lang: &str, read: impl FnOnce(&Options, &mut dyn FnMut(Item)) + Send + 'static) -> PyResult<Self> {
        let language = language(lang)?;
        let (sender, receiver) = sync_channel(AHEAD);
        let options = Options::default();
        let stop = options.stop.clone();
        let thread = thread::Builder::new().name("copydoctor".to_owned());
        thread
            .spawn(move || {
                let mut sending = Sending { sender, items: Vec::new(), stop: options.stop.clone() };
                read(&options, &mut |item| sending.push(item));
                sending.send();
            })
            .map_err(|error| PyRuntimeError::new_err(format!("no thread can be started: {error}")))?;
        Ok(Self { receiver: Mutex::new(receiver), waiting: Mutex::default(), stop, language })
    }

    fn next_item(&self) -> Option<Item> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.is_empty() {
            let receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner);
            *waiting = receiver.recv().ok()?;
            waiting.reverse();
        }
        waiting.pop()
    }

    fn tuple<'py>(&self, py: Python<'py>, item: Item) -> PyResult<Bound<'py, PyTuple>> {
        match item {
            Item::Record(record) => ("record", values(py, &record)?).into_pyobject(py),
            Item::Rejected(rejected) => ("rejected", rejected.text(self.language)).into_pyobject(py),
            Item::Warning(warning) => {
                (warning.severity.name(Language::En), warning.text(self.language)).into_pyobject(py)
            }
            // Only told of where all but problems are left out, which nobody asked for here.
            Item::Uneventful(_) => Err(PyRuntimeError::new_err("a job without a record")),
        }
    }
}

/// Items on their way to another thread.
struct Sending {
    sender: SyncSender<Vec<Item>>,
    items: Vec<Item>,
    stop: Stop,
}

impl Sending {
    fn push(&mut self, item: Item) {
        self.items.push(item);
        if self.items.len() >= TOGETHER {
            self.send();
        }
    }

    fn send(&mut self) {
        if self.sender.send(std::mem::take(&mut self.items)).is_err() {
            self.stop.now();
        }
    }
}

/// Reads a file, or all that is below a folder.
#[pyfunction]
#[pyo3(signature = (path, lang))]
pub(crate) fn read(path: PathBuf, lang: &str) -> PyResult<Reader> {
    Reader::of(lang, move |options, hand_on| {
        copydoctor::read::read(&Input::Path(path), options, hand_on);
    })
}

/// Reads what another has read already, under the name that its records shall carry. In a folder, it may be anything.
#[pyfunction]
#[pyo3(signature = (name, content, lang, in_folder))]
pub(crate) fn read_bytes(name: String, content: Vec<u8>, lang: &str, in_folder: bool) -> PyResult<Reader> {
    Reader::of(lang, move |options, hand_on| {
        let content = content.as_slice();
        if in_folder {
            read_from_folder(&name, content, options, hand_on);
        } else {
            read_from(&name, content, options, hand_on);
        }
    })
}

/// The values of a record, in the order of `copydoctor.Record`.
fn values<'py>(py: Python<'py>, record: &Record) -> PyResult<Bound<'py, PyTuple>> {
    let slots = PyDict::new(py);
    for (slot, value) in SlotValues::of_record(record).iter() {
        slots.set_item(slot.name(), value)?;
    }
    let times = [record.created_at, record.completed_at].map(|time| time.map(|time| time.as_microsecond()));
    let texts = [
        &record.copy_job_id,
        &record.status_message,
        &record.account_id,
        &record.source_region,
        &record.destination_account,
        &record.destination_region,
        &record.resource_type,
        &record.resource_arn,
        &record.resource_name,
        &record.message_category,
        &record.source_vault_arn,
        &record.destination_vault_arn,
        &record.role_arn,
        &record.backup_plan_id,
        &record.backup_plan_name,
        &record.backup_rule_name,
        &record.parent_job_id,
    ];
    let mut values = vec![record.state.as_str().into_pyobject(py)?.into_any()];
    for text in texts {
        values.push(text.as_deref().into_pyobject(py)?.into_any());
    }
    for time in times {
        values.push(time.into_pyobject(py)?.into_any());
    }
    values.push(record.is_parent.into_pyobject(py)?.to_owned().into_any());
    values.push(record.file.as_ref().into_pyobject(py)?.into_any());
    values.push(record.position.to_string().into_pyobject(py)?.into_any());
    // No data frame has numbers from 2^63 on; shifted, ranks keep their order.
    let rank = i64::from_ne_bytes((Rank::of(record).get() ^ 1 << 63).to_ne_bytes());
    values.push(rank.into_pyobject(py)?.into_any());
    values.push(slots.into_any());
    PyTuple::new(py, values)
}
