"""Many messages: lists and Arrow say what one message says."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pyarrow as pa
import pytest
from conftest import ACCESS_DENIED, golden

from copydoctor import Classification, classify, classify_arrow

COLUMNS = ["diagnosis_id", "diagnosis_title", "diagnosis_confidence", "diagnosis_match", "diagnosis_language", "reason"]
MESSAGES = [None, *golden(), None]


def expected(message, *, lang=None):
    if message is None:
        return Classification(*[None] * 6)
    answer = json.loads(golden()[message])
    diagnosis = answer["diagnosis"] or {}
    return Classification(*(diagnosis.get(name) for name in Classification._fields[:-1]), answer["reason"])


EXPECTED = [expected(message) for message in MESSAGES]


def rows(table):
    columns = pa.table(table).select(COLUMNS).to_pydict()
    return [Classification(*row) for row in zip(*columns.values())]


def test_a_list():
    assert classify(MESSAGES) == EXPECTED
    assert classify(iter(MESSAGES)) == EXPECTED
    assert classify([]) == []


@pytest.mark.parametrize(
    "array",
    [
        pa.array(MESSAGES),
        pa.array(MESSAGES, pa.large_string()),
        pa.array(MESSAGES, pa.string_view()),
        pa.array(MESSAGES).dictionary_encode(),
        pa.chunked_array([MESSAGES[:10], [], MESSAGES[10:]]),
        pl.Series(MESSAGES),
        pl.Series(MESSAGES, dtype=pl.Categorical),
        pa.array(["not asked for", *MESSAGES])[1:],
    ],
    ids=["string", "large_string", "string_view", "dictionary", "chunks", "polars", "categories", "slice"],
)
def test_arrays_of_all_kinds_of_strings(array):
    table = classify_arrow(array)
    assert rows(table) == EXPECTED
    assert table.column_names == COLUMNS
    assert len(table) == len(MESSAGES)


def test_nothing_but_nulls_and_nothing_at_all():
    assert rows(classify_arrow(pa.nulls(3))) == [expected(None)] * 3
    assert rows(classify_arrow(pa.array([], pa.string()))) == []
    assert rows(classify_arrow(pa.chunked_array([], pa.string()))) == []


@pytest.mark.parametrize("frame", [pa.table, pa.record_batch, pl.DataFrame], ids=["table", "batch", "polars"])
def test_a_column_of_a_table(frame):
    numbers = list(range(len(MESSAGES)))
    table = classify_arrow(frame({"number": numbers, "message": MESSAGES}), "message")
    assert table.column_names == ["number", "message", *COLUMNS]
    assert rows(table) == EXPECTED
    assert pa.table(table)["number"].to_pylist() == numbers
    assert pl.DataFrame(table).height == len(MESSAGES)


def test_whole_answers():
    table = pa.table(classify_arrow(pa.array(MESSAGES), answers=True))
    assert table["answer"].to_pylist() == [message and golden()[message] for message in MESSAGES]


def test_german():
    title = "Der Zieltresor lässt das Quellkonto nicht hineinkopieren"
    assert classify([ACCESS_DENIED], lang="de")[0].title == title
    assert pa.table(classify_arrow(pa.array([ACCESS_DENIED]), lang="de"))["diagnosis_title"].to_pylist() == [title]


@pytest.mark.parametrize(
    ("data", "column", "error", "says"),
    [
        (pa.array([1, 2]), None, TypeError, "messages are strings"),
        (pa.array([ACCESS_DENIED]), "message", TypeError, "no columns"),
        (pa.table({"a": [ACCESS_DENIED]}), None, TypeError, "column="),
        (pa.table({"a": [ACCESS_DENIED]}), "b", KeyError, "no column"),
        (pa.table({"a": [ACCESS_DENIED], "reason": ["x"]}), "a", ValueError, "rename"),
        ([ACCESS_DENIED], None, ValueError, "__arrow_c_array__"),
        (pa.array([ACCESS_DENIED]), None, ValueError, '"en" or "de"'),
    ],
)
def test_what_does_not_fit_is_refused(data, column, error, says):
    lang = "fr" if "de" in says else "en"
    with pytest.raises(error, match=says):
        classify_arrow(data, column, lang=lang)


def test_other_threads_run_meanwhile():
    array = pa.array(MESSAGES * 200)
    ended, counted = threading.Event(), []

    def work():
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(classify_arrow, [array, array]))
        ended.set()
        return results

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        while not ended.is_set():
            counted.append(None)
        assert [rows(table) == EXPECTED * 200 for table in working.result()] == [True, True]
    # With the lock held, this thread would have got on only once the work was done.
    assert len(counted) > 100
