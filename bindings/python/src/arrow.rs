//! Many messages by the Arrow C Data Interface: columns in, columns out, nothing copied on the way in.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, LargeStringBuilder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, SchemaRef};
use copydoctor::{Language, SlotValues};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{ArrayIterator, to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::AnyArray;

use crate::classify::Brief;
use crate::diagnose::json;
use crate::engine::{MEMORY, language};

/// Columns of equal length. Whatever reads Arrow reads it: `pyarrow.table(table)`, `polars.DataFrame(table)`.
#[pyclass(frozen, module = "copydoctor")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// How many rows it has.
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __repr__(&self) -> String {
        let columns: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!("<copydoctor.Table of {} rows: {}>", self.__len__(), columns.join(", "))
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.schema.as_ref())
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let field = Field::new_struct("", self.schema.fields().clone(), false);
        let arrays: Vec<Result<ArrayRef, ArrowError>> = self
            .batches
            .iter()
            .map(|batch| Ok(Arc::new(StructArray::from(batch.clone())) as ArrayRef))
            .collect();
        to_stream_pycapsule(py, Box::new(ArrayIterator::new(arrays, Arc::new(field))), requested_schema)
    }
}

/// Classifies a column of messages: an array, or the column of this name of a table or record batch, whose other
/// columns are kept. `answers` adds the column `answer`, with the JSON of the command line tool.
#[pyfunction]
#[pyo3(signature = (data, column, lang, answers))]
pub(crate) fn classify_arrow(
    py: Python<'_>,
    data: AnyArray,
    column: Option<&str>,
    lang: &str,
    answers: bool,
) -> PyResult<Table> {
    let language = language(lang)?;
    let (chunks, field) = data.into_chunked_array()?.into_inner();
    let asked = Asked { language, answers };
    match (field.data_type(), column) {
        (DataType::Struct(fields), Some(column)) => {
            let at = fields.iter().position(|field| field.name() == column).ok_or_else(|| {
                let names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
                PyKeyError::new_err(format!("there is no column {column:?} among {}", names.join(", ")))
            })?;
            let added = asked.fields();
            if let Some(taken) = added.iter().find(|added| fields.iter().any(|it| it.name() == added.name()))
            {
                let taken = taken.name();
                return Err(PyValueError::new_err(format!("there is a column {taken:?} already; rename it")));
            }
            let fields: Vec<FieldRef> = fields.iter().cloned().chain(added).collect();
            let schema = Arc::new(Schema::new(fields));
            let batch = |chunk: &ArrayRef| -> PyResult<RecordBatch> {
                let rows = chunk.as_struct();
                let added = asked.columns(rows.column(at))?;
                let columns = rows.columns().iter().cloned().chain(added).collect();
                RecordBatch::try_new(Arc::clone(&schema), columns).map_err(unexpected)
            };
            let batches = py.detach(|| chunks.iter().map(batch).collect::<PyResult<_>>())?;
            Ok(Table { schema, batches })
        }
        (DataType::Struct(_), None) => {
            Err(PyTypeError::new_err("a table has many columns: say which holds the messages with column=…"))
        }
        (_, Some(_)) => Err(PyTypeError::new_err("an array has no columns: leave column= out")),
        (_, None) => {
            let schema = Arc::new(Schema::new(asked.fields()));
            let batch = |chunk: &ArrayRef| {
                RecordBatch::try_new(Arc::clone(&schema), asked.columns(chunk)?).map_err(unexpected)
            };
            let batches = py.detach(|| chunks.iter().map(batch).collect::<PyResult<_>>())?;
            Ok(Table { schema, batches })
        }
    }
}

fn unexpected(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// What is asked of each message.
#[derive(Clone, Copy)]
struct Asked {
    language: Language,
    answers: bool,
}

impl Asked {
    /// The columns that are added.
    fn fields(self) -> Vec<FieldRef> {
        let text = |name| Field::new(name, DataType::Utf8, true);
        let mut fields = vec![
            text("diagnosis_id"),
            text("diagnosis_title"),
            Field::new("diagnosis_confidence", DataType::Float64, true),
            text("diagnosis_match"),
            text("diagnosis_language"),
            text("reason"),
        ];
        fields.extend(self.answers.then(|| Field::new("answer", DataType::LargeUtf8, true)));
        fields.into_iter().map(Arc::new).collect()
    }

    /// What they hold for a column of messages.
    fn columns(self, messages: &ArrayRef) -> PyResult<Vec<ArrayRef>> {
        let texts: Box<dyn Iterator<Item = Option<&str>>> = match messages.data_type() {
            DataType::Utf8 => Box::new(messages.as_string::<i32>().iter()),
            DataType::LargeUtf8 => Box::new(messages.as_string::<i64>().iter()),
            DataType::Utf8View => Box::new(messages.as_string_view().iter()),
            DataType::Null => Box::new(std::iter::repeat_n(None, messages.len())),
            // Each text once, by number: categories of pandas and Polars. What was answered once is remembered.
            DataType::Dictionary(..) => {
                let texts = arrow_cast::cast(messages, &DataType::LargeUtf8).map_err(unexpected)?;
                return self.columns(&texts);
            }
            other => {
                return Err(PyTypeError::new_err(format!("messages are strings, this column is {other}")));
            }
        };
        let mut columns = Columns::default();
        for text in texts {
            let answer = text.map(|text| (text, MEMORY.classify(text)));
            columns.push(
                answer.as_ref().map(|(_, answer)| Brief::of(answer, self.language)).unwrap_or_default(),
            );
            if self.answers {
                let known = SlotValues::default();
                let line =
                    answer.map(|(text, answer)| json(text, answer, &known, self.language)).transpose()?;
                columns.answers.append_option(line);
            }
        }
        Ok(columns.finish(self.answers))
    }
}

/// The columns of the answers while they grow.
#[derive(Default)]
struct Columns {
    ids: StringBuilder,
    titles: StringBuilder,
    confidences: Float64Builder,
    matches: StringBuilder,
    languages: StringBuilder,
    reasons: StringBuilder,
    /// A single answer may be ten thousand characters.
    answers: LargeStringBuilder,
}

impl Columns {
    fn push(&mut self, brief: Brief) {
        let Brief(id, title, confidence, r#match, language, reason) = brief;
        self.ids.append_option(id);
        self.titles.append_option(title);
        self.confidences.append_option(confidence);
        self.matches.append_option(r#match);
        self.languages.append_option(language);
        self.reasons.append_option(reason);
    }

    fn finish(mut self, answers: bool) -> Vec<ArrayRef> {
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(self.ids.finish()),
            Arc::new(self.titles.finish()),
            Arc::new(self.confidences.finish()),
            Arc::new(self.matches.finish()),
            Arc::new(self.languages.finish()),
            Arc::new(self.reasons.finish()),
        ];
        columns.extend(answers.then(|| Arc::new(self.answers.finish()) as ArrayRef));
        columns
    }
}
