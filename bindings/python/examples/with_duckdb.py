"""DuckDB: the same from SQL, on what `aws backup list-copy-jobs` wrote. Run from the top of the repository."""

import duckdb
import pyarrow as pa

import copydoctor

connection = duckdb.connect()
jobs = connection.sql("""
    select job.AccountId as account_id, job.StatusMessage as message
    from (select unnest(CopyJobs) as job from 'examples/list-copy-jobs.json')
""")
diagnosed = pa.table(copydoctor.classify_arrow(jobs.to_arrow_table(), "message"))
by_account = connection.sql("""
    select account_id, diagnosis_id, count(*) as jobs from diagnosed
    where diagnosis_id is not null group by all order by jobs desc, diagnosis_id
""")
print(by_account.fetchall())
