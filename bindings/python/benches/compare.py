"""How many messages a second: a table of plain Python, lists, Arrow and Spark, each on the same messages.

usage: python bindings/python/benches/compare.py [MESSAGES] [ROUNDS]

The rounds are shuffled, everything is warm, and the median counts. What is compared with is how one would do it without
copydoctor: each wording of the catalogue as a regular expression, one tried after another. Build the wheel for release
first: maturin develop --release.
"""

import json
import random
import re
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import yaml
from pyspark.sql import functions as F
from pyspark.sql.functions import pandas_udf

import copydoctor
import copydoctor.spark

TOP = Path(__file__).parents[3]
sys.path.insert(0, str(TOP / "bindings" / "python" / "tests"))
from cluster import cluster, session  # noqa: E402


def expressions():
    """The wordings of the catalogue with their root causes, the longest first, as the more telling."""
    wordings = []
    for file in sorted((TOP / "patterns").glob("*.yaml")):
        cause = yaml.safe_load(file.read_text(encoding="utf-8"))
        for wording in cause.get("patterns", []):
            parts = re.split(r"\{[a-z_]+\}", wording["text"])
            wordings.append((".+?".join(re.escape(part) for part in parts), cause["id"]))
    wordings.sort(key=lambda it: -len(it[0]))
    return [(re.compile(text, re.IGNORECASE), cause) for text, cause in wordings]


def by_expressions(messages, known):
    return [next((cause for expression, cause in known if expression.search(text)), None) for text in messages]


def messages(count):
    """Documented messages of copy jobs and some that nobody knows, each with ids of its own."""
    lines = (TOP / "tests" / "fixtures" / "documented-messages.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = [json.loads(line)["message"] for line in lines]
    others = (TOP / "tests" / "fixtures" / "unrelated-messages.jsonl").read_text(encoding="utf-8").splitlines()
    kinds += [json.loads(line)["message"] for line in others[:5]]
    chance = random.Random(7)

    def message():
        own = lambda found: "".join(chance.choice("0123456789abcdef") for _ in found.group())
        job = "".join(chance.choice("0123456789ABCDEF") for _ in range(8))
        text = re.sub(r"(?<=-)[0-9a-f]{8,}", own, chance.choice(kinds))
        return f"{text} (Request ID: {job}-74d8-059d-1301-c5be1d5c926e)"

    return [message() for _ in range(count)]


def on_spark(spark, texts, known):
    """The two ways to do it on Spark. The data lies in memory, in four parts."""
    frame = spark.createDataFrame(pd.DataFrame({"message": texts})).repartition(4).cache()
    frame.count()
    patterns = [(expression.pattern, cause) for expression, cause in known]

    @pandas_udf("string")
    def cause(column: pd.Series) -> pd.Series:
        compiled = [(re.compile(text, re.IGNORECASE), cause) for text, cause in patterns]
        return pd.Series(by_expressions(column, compiled))

    def count(diagnosed):
        counted = diagnosed.groupBy("diagnosis_id").agg(F.count("*").alias("jobs"))
        return {row.diagnosis_id: row.jobs for row in counted.collect()}

    return {
        "copydoctor.spark.diagnose": lambda: count(copydoctor.spark.diagnose(frame, "message")),
        "pandas_udf of re": lambda: count(frame.withColumn("diagnosis_id", cause("message"))),
    }


def measure(ways, rounds, count, where):
    times = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(rounds):
        order = list(ways)
        random.shuffle(order)
        for name in order:
            begun = time.perf_counter()
            ways[name]()
            times[name].append(time.perf_counter() - begun)
    for name, spent in times.items():
        print(f"| {where} | {name} | {count / statistics.median(spent):,.0f} |", flush=True)
    return {name: statistics.median(spent) for name, spent in times.items()}


def main(count, rounds):
    texts, known = messages(count), expressions()
    array = pa.array(texts)
    halves = [array[: count // 2], array[count // 2 :]]
    pool = ThreadPoolExecutor(2)
    ids = lambda tables: pc.value_counts(pa.concat_tables(map(pa.table, tables))["diagnosis_id"])
    print("| where | what | messages a second |\n| --- | --- | ---: |")
    alone = {
        "re, one wording after another": lambda: by_expressions(texts, known),
        "copydoctor.classify of a list": lambda: copydoctor.classify(texts),
        "copydoctor.classify_arrow, one thread": lambda: ids([copydoctor.classify_arrow(array)]),
        "copydoctor.classify_arrow, two threads": lambda: ids(pool.map(copydoctor.classify_arrow, halves)),
    }
    measure(alone, rounds, count, "Python")
    spark = session("local[2]", {"PYSPARK_PYTHON": sys.executable})
    found = on_spark(spark, texts, known)
    expected = {answer.id for answer in copydoctor.classify(texts)}
    assert set(found["copydoctor.spark.diagnose"]()) == expected
    spent = measure(found, rounds, count, "Spark, local[2]")
    print(f"\nSpark, local[2]: {spent['pandas_udf of re'] / spent['copydoctor.spark.diagnose']:.1f} times as fast\n")
    spark.stop()
    with cluster() as running:
        spark = session(running.url, running.environment)
        spent = measure(on_spark(spark, texts, known), rounds, count, "Spark, two workers")
        print(f"\nSpark, two workers: {spent['pandas_udf of re'] / spent['copydoctor.spark.diagnose']:.1f} times as fast")
        spark.stop()


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    main(*(arguments + [200_000, 5][len(arguments) :]))
