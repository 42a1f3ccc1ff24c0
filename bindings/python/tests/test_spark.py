"""Spark on two threads of this machine: the same answers, and no record lost."""

import os
import runpy
import sys
from collections import Counter

import pytest
from conftest import ACCESS_DENIED, FIXTURES, TOP, golden

pytest.importorskip("pyspark")

import copydoctor  # noqa: E402
import copydoctor.spark  # noqa: E402
from copydoctor import Record, classify, read  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

EXPORTS = FIXTURES / "exports"
EXAMPLE = TOP / "bindings" / "python" / "examples" / "spark_summary.py"


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    yield session
    session.stop()


def frame(spark, messages):
    rows = [(number, message) for number, message in enumerate(messages)]
    return spark.createDataFrame(rows, "number int, message string").repartition(4)


def test_the_columns_say_what_a_list_says(spark):
    messages = [None, *golden()]
    rows = copydoctor.spark.diagnose(frame(spark, messages), "message").orderBy("number").collect()
    assert [tuple(row)[2:] for row in rows] == [tuple(answer) for answer in classify(messages)]
    assert [row.message for row in rows] == messages


def test_whole_answers_are_golden(spark):
    rows = copydoctor.spark.diagnose(frame(spark, golden()), "message", answers=True).collect()
    assert {row.message: row.answer for row in rows} == golden()


def test_german(spark):
    (row,) = copydoctor.spark.diagnose(frame(spark, [ACCESS_DENIED]), "message", lang="de").collect()
    assert row.diagnosis_title.startswith("Der Zieltresor")


def test_a_column_that_is_not_there_is_named_at_once(spark):
    with pytest.raises(ValueError, match="no column 'text' among number, message"):
        copydoctor.spark.diagnose(frame(spark, ["x"]), "text")


def test_every_record_of_every_export_is_read(spark):
    def below(text):
        return text.split("/exports/", 1)[1]

    rows = copydoctor.spark.read(spark, str(EXPORTS)).select("kind", "file", "complaint").collect()
    found = Counter((row.kind, below(row.complaint or row.file)) for row in rows)
    plain = Counter(
        ("record", below(item.file)) if isinstance(item, Record) else (item.kind, below(item.text))
        for item in read(EXPORTS, complaints=True)
    )
    # Spark does not hand on files without a byte.
    assert plain - found == Counter({("note", "09-plain-and-encodings/zero-bytes.json: the file is empty"): 1})
    assert found - plain == Counter()
    assert sum(count for (kind, _), count in found.items() if kind == "record") > 400


def best_of(path):
    """One record per job, chosen by plain Python."""
    best, without_id = {}, []
    for record in read(path, complaints=True):
        if not isinstance(record, Record):
            continue
        if record.copy_job_id is None:
            without_id.append(record)
            continue
        known = best.get(record.copy_job_id.lower())
        if known is None or record.rank > known.rank:
            best[record.copy_job_id.lower()] = record
    return [*best.values(), *without_id]


def test_the_example_job_counts_as_plain_python_does(spark, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(SparkSession, "stop", lambda self: None)
    jobs = [record for record in best_of(EXPORTS) if record.message is not None]
    answers = classify(record.message for record in jobs)
    expected = Counter((answer.id, job.account_id, job.source_region) for job, answer in zip(jobs, answers))
    runpy.run_path(str(EXAMPLE))["main"](str(EXPORTS), str(tmp_path / "summary"))
    found = Counter()
    for row in spark.read.parquet(str(tmp_path / "summary")).collect():
        found[row.diagnosis_id, row.account_id, row.source_region] += row.jobs
    # Records that tell of their job equally well may differ in the message.
    assert sum(found.values()) == sum(expected.values())
    assert found == expected
    printed = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert int(printed["record"]) == sum(isinstance(item, Record) for item in read(EXPORTS, complaints=True))
