"""Polars: why copy jobs failed, by account. Run from the top of the repository."""

import polars as pl

import copydoctor

records = [record._asdict() for record in copydoctor.read("examples/list-copy-jobs.json")]
jobs = pl.DataFrame(records, infer_schema_length=None).drop("slots")
diagnosed = jobs.hstack(pl.DataFrame(copydoctor.classify_arrow(jobs["message"])))
failed = diagnosed.filter(pl.col("diagnosis_id").is_not_null())
by_account = failed.group_by("account_id", "diagnosis_id").len("jobs").sort("jobs", "diagnosis_id", descending=[True, False])
print(by_account.rows())
