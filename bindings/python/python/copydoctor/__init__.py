"""Tells why an AWS Backup copy job failed, and what to do now.

>>> import copydoctor
>>> diagnosis = copydoctor.diagnose("Access Denied trying to call AWS Backup service", source_account="111122223333")
>>> diagnosis.id
'vault-access-policy-denies-copy'
>>> diagnosis.remediation[0].policy["Statement"][0]["Principal"]
{'AWS': 'arn:aws:iam::111122223333:root'}

One message: :func:`diagnose`. Many: :func:`classify` for a list, :func:`classify_arrow` for a column of pandas, Polars,
DuckDB or pyarrow, :mod:`copydoctor.spark` for a data frame of Spark. Exports of copy jobs: :func:`read`.
"""

from ._classify import Classification, classify, classify_arrow
from ._diagnosis import Alternative, Diagnosis, Further, Source, Step, diagnose
from ._native import Table
from ._read import Complaint, ReadWarning, Record, read, read_bytes

__all__ = [
    "Alternative",
    "Classification",
    "Complaint",
    "Diagnosis",
    "Further",
    "ReadWarning",
    "Record",
    "Source",
    "Step",
    "Table",
    "classify",
    "classify_arrow",
    "diagnose",
    "read",
    "read_bytes",
]
