"""Copy jobs in Spark: the columns of a diagnosis for a data frame, and exports as a data frame.

>>> from pyspark.sql import SparkSession
>>> import copydoctor.spark
>>> spark = SparkSession.builder.getOrCreate()
>>> jobs = spark.createDataFrame([("Access Denied trying to call AWS Backup service",)], ["StatusMessage"])
>>> copydoctor.spark.diagnose(jobs, "StatusMessage").first().diagnosis_id
'vault-access-policy-denies-copy'

The package has to be installed where the executors run. Data goes to them as Arrow, and the classifier of each is made
once.
"""

from __future__ import annotations

from typing import Any, Dict, Iterator, List

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.types import (
    BooleanType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from . import Complaint, Record, classify_arrow, read_bytes

__all__ = ["best", "diagnose", "read"]

#: So many records go to Spark together.
_TOGETHER = 10_000

_TYPES: Dict[str, Any] = {
    "created_at": (TimestampType(), pa.timestamp("us", tz="UTC")),
    "completed_at": (TimestampType(), pa.timestamp("us", tz="UTC")),
    "is_parent": (BooleanType(), pa.bool_()),
    "rank": (LongType(), pa.int64()),
}

#: What :func:`read` gives: what the row is (``record``, or a complaint's kind), the text of a complaint, and the fields
#: of a record.
_COLUMNS = ["kind", "complaint", *(name for name in Record._fields if name != "slots")]


def diagnose(df: DataFrame, column: str, *, lang: str = "en", answers: bool = False) -> DataFrame:
    """The data frame with what the messages of a column say: the columns of :func:`copydoctor.classify_arrow`."""
    columns = pa.table(classify_arrow(pa.array([], pa.string()), lang=lang, answers=answers)).schema
    added = [StructField(it.name, DoubleType() if pa.types.is_floating(it.type) else StringType()) for it in columns]
    if column not in df.columns:
        raise ValueError(f"there is no column {column!r} among {', '.join(df.columns)}")

    def classified(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            table = pa.table(classify_arrow(batch, column, lang=lang, answers=answers))
            if answers:
                place = table.column_names.index("answer")
                table = table.set_column(place, "answer", table["answer"].cast(pa.string()))
            yield from table.to_batches()

    return df.mapInArrow(classified, StructType([*df.schema.fields, *added]))


def read(spark: SparkSession, path: str, *, lang: str = "en") -> DataFrame:
    """The exports below a folder, in S3 or wherever Spark reads, as a data frame: a row for each record, and one for
    each complaint, whose ``kind`` is not ``record``. Each file is read whole by one task.

    The names of the columns are those of :class:`copydoctor.Record`.
    """
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(path)
    fields = [StructField(name, _TYPES.get(name, (StringType(), None))[0]) for name in _COLUMNS]

    def records(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows: List[Dict[str, Any]] = []
        for batch in batches:
            for file in batch.to_pylist():
                content, name = file["content"], file["path"]
                for item in read_bytes(content, name=name, lang=lang, complaints=True, in_folder=True):
                    rows.append(_row(item))
                    if len(rows) >= _TOGETHER:
                        yield _batch(rows)
                        rows = []
        yield _batch(rows)

    return files.select("path", "content").mapInArrow(records, StructType(fields))


def best(records: DataFrame) -> DataFrame:
    """One row per job of what :func:`read` gives: the record that tells of it best. Jobs without an id stay as they are.
    Complaints are left out."""
    jobs = records.where(F.col("kind") == "record")
    of_one_job = Window.partitionBy(F.lower("copy_job_id")).orderBy(F.col("rank").desc(), "file", "position")
    ranked = jobs.where(F.col("copy_job_id").isNotNull()).withColumn("_place", F.row_number().over(of_one_job))
    with_id = ranked.where(F.col("_place") == 1).drop("_place")
    return with_id.unionByName(jobs.where(F.col("copy_job_id").isNull()))


def _row(item: Any) -> Dict[str, Any]:
    if isinstance(item, Complaint):
        return {"kind": item.kind, "complaint": item.text}
    return {**item._asdict(), "kind": "record"}


def _batch(rows: List[Dict[str, Any]]) -> pa.RecordBatch:
    types = [_TYPES.get(name, (None, pa.string()))[1] for name in _COLUMNS]
    columns = [pa.array([row.get(name) for row in rows], kind) for name, kind in zip(_COLUMNS, types)]
    return pa.RecordBatch.from_arrays(columns, names=_COLUMNS)
