"""Exports of copy jobs, record by record."""

from __future__ import annotations

import os
import warnings
from datetime import datetime, timedelta, timezone
from typing import Any, Dict, Iterator, Literal, NamedTuple, Optional, Tuple, Union, overload

from . import _native
from ._diagnosis import Diagnosis, diagnose

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class Record(NamedTuple):
    """One copy job as one file tells of it. Several records can tell of the same job: the one of the highest ``rank``
    tells it best."""

    #: AWS's own upper-case state, or ``UNKNOWN`` where the file names none.
    state: str
    #: The job's id; ``CREATED`` events have none.
    copy_job_id: Optional[str]
    #: The job's status message.
    message: Optional[str]
    #: The account that owns the job: the source account.
    account_id: Optional[str]
    #: The Region of the source vault.
    source_region: Optional[str]
    #: The account of the destination vault.
    destination_account: Optional[str]
    #: The Region of the destination vault.
    destination_region: Optional[str]
    #: The type of the resource that was backed up.
    resource_type: Optional[str]
    #: The ARN of the resource that was backed up.
    resource_arn: Optional[str]
    #: The name of the resource that was backed up.
    resource_name: Optional[str]
    #: AWS's own coarse category of the message.
    message_category: Optional[str]
    #: The ARN of the source vault.
    source_vault_arn: Optional[str]
    #: The ARN of the destination vault.
    destination_vault_arn: Optional[str]
    #: The ARN of the role that the job acts as.
    role_arn: Optional[str]
    #: The id of the backup plan that made the job.
    backup_plan_id: Optional[str]
    #: The name of that plan.
    backup_plan_name: Optional[str]
    #: The name of the plan's rule.
    backup_rule_name: Optional[str]
    #: The id of the parent job, if the job copies one part of a composite resource.
    parent_job_id: Optional[str]
    #: When the job was created.
    created_at: Optional[datetime]
    #: When the job ended.
    completed_at: Optional[datetime]
    #: Whether the job copies a composite resource by child jobs.
    is_parent: bool
    #: The file's name as it was given.
    file: str
    #: Line and column at which the job stands in the file, counted from 1.
    position: str
    #: How well the record tells of its job.
    rank: int
    #: What is known of the job, to fill the steps of a diagnosis with.
    slots: Dict[str, str]

    def diagnose(self, *, lang: str = "en") -> Optional[Diagnosis]:
        """The answer to the job's message, its steps filled with what is known of the job; none without a message."""
        return None if self.message is None else diagnose(self.message, lang=lang, **self.slots)


class Complaint(NamedTuple):
    """Something that could not be read, or that the reader of a file should know."""

    #: ``rejected`` is a record that cannot be read; ``error``, ``warning`` and ``note`` are about the file.
    kind: str
    #: ``FILE:LINE:COLUMN: what is wrong``.
    text: str


class ReadWarning(UserWarning):
    """Something in an export could not be read, or it is not all there is."""


_Path = Union[str, "os.PathLike[str]"]
_Items = Iterator[Union[Record, Complaint]]


@overload
def read(path: _Path, *, lang: str = ..., complaints: Literal[False] = ...) -> Iterator[Record]: ...
@overload
def read(path: _Path, *, lang: str = ..., complaints: bool) -> _Items: ...
def read(path: _Path, *, lang: str = "en", complaints: bool = False) -> Iterator[Any]:
    """The copy jobs of an export, or of all exports below a folder, in the order of the files.

    Every format is read that ``copydoctor batch`` reads, packed or not; see docs/exports.md. Nothing stops it: what
    cannot be read is said by a :class:`ReadWarning`, and the rest is read. With ``complaints`` it is yielded as a
    :class:`Complaint` in its place instead.

    >>> import copydoctor
    >>> jobs = copydoctor.read("examples/list-copy-jobs.json")
    >>> sorted({job.diagnose().id for job in jobs if job.message and job.diagnose()})[:2]
    ['snapshot-encrypted-with-aws-managed-key', 'source-key-not-accessible']

    Raises ``FileNotFoundError`` where nothing is there.
    """
    os.stat(path)
    return _items(_native.read(os.fspath(path), lang), complaints)


@overload
def read_bytes(
    content: bytes, *, name: str = ..., lang: str = ..., complaints: Literal[False] = ..., in_folder: bool = ...
) -> Iterator[Record]: ...
@overload
def read_bytes(
    content: bytes, *, name: str = ..., lang: str = ..., complaints: bool, in_folder: bool = ...
) -> _Items: ...
def read_bytes(
    content: bytes, *, name: str = "-", lang: str = "en", complaints: bool = False, in_folder: bool = False
) -> Iterator[Any]:
    """The copy jobs of an export that something else has fetched, as :func:`read` yields them. Records and warnings carry
    ``name``. A file ``in_folder`` may be anything: lines of text in it are no messages."""
    return _items(_native.read_bytes(name, content, lang, in_folder), complaints)


def _items(reader: _native.Reader, complaints: bool) -> Iterator[Any]:
    for kind, value in reader:
        if kind == "record":
            yield _record(value)
        elif complaints:
            yield Complaint(kind, value)
        elif kind != "note":
            # The line that asked for the next job is the one to blame.
            warnings.warn(value, ReadWarning, stacklevel=2)


_CREATED_AT, _COMPLETED_AT = (Record._fields.index(name) for name in ("created_at", "completed_at"))


def _record(values: Tuple[Any, ...]) -> Record:
    fields = list(values)
    for place in (_CREATED_AT, _COMPLETED_AT):
        if fields[place] is not None:
            fields[place] = _EPOCH + timedelta(microseconds=fields[place])
    return Record(*fields)
