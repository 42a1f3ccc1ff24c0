"""Runs the summary of many exports on a cluster of two workers, then again while one of them is killed, and compares
both with plain Python. Prints the counts; fails where they differ.

usage: python bindings/python/tests/killed_worker.py [EVENTS]
"""

import json
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from cluster import cluster, session
from conftest import golden
from pyspark.sql import functions as F

import copydoctor.spark

FILES = 60


def write_exports(folder, events):
    """EventBridge events of jobs that run and then fail, in many files: each job is told of twice."""
    messages = list(golden())
    files = [(folder / f"events-{number:03}.ndjson").open("w", encoding="utf-8") for number in range(FILES)]
    for number in range(events):
        job, account = f"{number // 2:08x}-0000-4000-8000-000000000000", f"{number // 2 % 7 + 111122223333}"
        state = ("RUNNING", "FAILED")[number % 2]
        detail = {"copyJobId": job, "state": state, "creationDate": "2026-11-22T02:00:00.000Z"}
        if state == "FAILED":
            detail["statusMessage"] = messages[number // 2 % len(messages)]
        event = {"detail-type": "Copy Job State Change", "source": "aws.backup", "account": account, "region": "eu-west-1"}
        # The file of the end is another than that of the beginning.
        files[(number * 7 + number % 2) % FILES].write(json.dumps({**event, "detail": detail}) + "\n")
    for file in files:
        file.close()


def summary(spark, folder):
    """How many jobs each root cause, reason and account has."""
    records = copydoctor.spark.read(spark, str(folder)).repartition(FILES)
    jobs = copydoctor.spark.diagnose(copydoctor.spark.best(records), "message")
    counted = jobs.groupBy("account_id", "state", F.coalesce("diagnosis_id", "reason")).count()
    return Counter({tuple(row)[:-1]: row["count"] for row in counted.collect()})


def plain(folder):
    best = {}
    for record in copydoctor.read(folder):
        known = best.get(record.copy_job_id)
        if known is None or record.rank > known.rank:
            best[record.copy_job_id] = record
    answers = copydoctor.classify(record.message for record in best.values())
    return Counter((job.account_id, job.state, answer.id or answer.reason) for job, answer in zip(best.values(), answers))


def kill_in_the_middle(spark, running, name, killed):
    """Kills a worker once tasks of the job run on it and some have ended."""
    status = spark.sparkContext.statusTracker()
    while True:
        stages = [status.getStageInfo(stage) for stage in status.getActiveStageIds()]
        if any(stage and stage.numCompletedTasks >= 2 and stage.numActiveTasks >= 1 for stage in stages):
            break
        time.sleep(0.01)
    running.kill(name)
    killed.append(max((stage.numCompletedTasks, stage.numTasks) for stage in stages if stage))


def main(events):
    with tempfile.TemporaryDirectory() as folder, cluster() as running:
        exports = Path(folder)
        write_exports(exports, events)
        # Many small tasks, so that one can be killed between two.
        settings = {"spark.sql.shuffle.partitions": "8", "spark.sql.files.maxPartitionBytes": "65536"}
        spark = session(running.url, running.environment, **settings)
        expected = plain(exports)
        begun = time.monotonic()
        whole = summary(spark, exports)
        print(f"two workers: {sum(whole.values())} jobs in {len(whole)} groups, {time.monotonic() - begun:.1f} s")
        killed = []
        killer = threading.Thread(target=kill_in_the_middle, args=(spark, running, "two", killed))
        killer.start()
        begun = time.monotonic()
        survived = summary(spark, exports)
        killer.join()
        print(
            f"one killed after {killed[0][0]} of {killed[0][1]} tasks of a stage: {sum(survived.values())} jobs"
            f" in {len(survived)} groups, {time.monotonic() - begun:.1f} s"
        )
        spark.stop()
    print(f"plain Python: {sum(expected.values())} jobs in {len(expected)} groups")
    if not expected == whole == survived:
        sys.exit("the counts differ")
    print("all counts are equal")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000)
