"""A Spark job: reads the exports below a folder and writes why copy jobs failed, by root cause, account and Region.

spark-submit examples/spark_summary.py EXPORTS SUMMARY

EXPORTS is a folder of exports in any format, such as the answers of `aws backup list-copy-jobs` and EventBridge events;
SUMMARY becomes a folder of Parquet. Both may be paths in S3.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

import copydoctor.spark


def main(exports: str, summary: str) -> None:
    spark = SparkSession.builder.appName("copydoctor").getOrCreate()
    records = copydoctor.spark.read(spark, exports).cache()
    jobs = copydoctor.spark.diagnose(copydoctor.spark.best(records), "message")
    failures = jobs.where(F.col("diagnosis_id").isNotNull() | F.col("reason").isNotNull())
    by = failures.groupBy("diagnosis_id", "account_id", "source_region", "destination_account", "destination_region")
    by.agg(
        F.count("*").alias("jobs"),
        F.min("created_at").alias("first"),
        F.max("created_at").alias("last"),
        F.first("diagnosis_title").alias("title"),
    ).write.mode("overwrite").parquet(summary)
    for row in records.groupBy("kind").count().orderBy("kind").collect():
        print(f"{row['kind']}\t{row['count']}")
    for complaint in records.where("complaint is not null").select("complaint").limit(20).collect():
        print(complaint.complaint, file=sys.stderr)
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
