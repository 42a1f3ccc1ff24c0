"""pandas: why copy jobs failed, by account. Run from the top of the repository."""

import pandas as pd
import pyarrow as pa

import copydoctor

jobs = pd.DataFrame(copydoctor.read("examples/list-copy-jobs.json")).drop(columns="slots")
# pandas 3 is Arrow inside and can be given as it is.
diagnosed = pa.table(copydoctor.classify_arrow(pa.Table.from_pandas(jobs), "message")).to_pandas()
by_account = diagnosed.groupby(["account_id", "diagnosis_id"]).size().reset_index(name="jobs")
print(by_account.sort_values(["jobs", "diagnosis_id"], ascending=[False, True]).to_records(index=False).tolist())
