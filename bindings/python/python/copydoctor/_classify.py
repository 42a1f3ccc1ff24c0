"""Many messages, and of each what a table has room for."""

from __future__ import annotations

from typing import Any, Iterable, List, NamedTuple, Optional

from . import _native


class Classification(NamedTuple):
    """What a message says, in short; all none where there was no message."""

    #: The stable id of the root cause; none where the message is unknown.
    id: Optional[str]
    #: What is wrong, in one sentence.
    title: Optional[str]
    #: How likely the diagnosis is right, from 0 to 1.
    confidence: Optional[float]
    #: How the wording was recognised: ``exact``, ``cut-off`` or ``similar``.
    match: Optional[str]
    #: The language of the message: ``en`` or ``de``.
    language: Optional[str]
    #: Why the message is unknown, such as ``no-known-wording``.
    reason: Optional[str]


def classify(messages: Iterable[Optional[str]], *, lang: str = "en") -> List[Classification]:
    """What each message says. While it works other threads of Python run.

    >>> from copydoctor import classify
    >>> [answer.id or answer.reason for answer in classify(["Access Denied trying to call AWS Backup service", "Huh?"])]
    ['vault-access-policy-denies-copy', 'no-known-wording']
    """
    return [Classification(*brief) for brief in _native.classify(list(messages), lang)]


def classify_arrow(
    data: Any, column: Optional[str] = None, *, lang: str = "en", answers: bool = False
) -> _native.Table:
    """What each message of a column says, as columns. While it works other threads of Python run.

    ``data`` is whatever speaks the Arrow PyCapsule interface: an array of pyarrow, a series or data frame of Polars or
    pandas 3, a result of DuckDB. Of a table ``column`` holds the messages, and its other columns are kept. So does the
    answer: give it to ``pyarrow.table``, ``polars.DataFrame`` or the like.

    The columns are those of ``copydoctor batch --format csv``: ``diagnosis_id``, ``diagnosis_title``,
    ``diagnosis_confidence``, ``diagnosis_match``, ``diagnosis_language`` and ``reason``. With ``answers`` there is also
    ``answer``, the line of ``copydoctor diagnose --format json``.
    """
    return _native.classify_arrow(data, column, lang, answers)
