"""One message and the answer to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Tuple

from . import _native


@dataclass(frozen=True)
class Step:
    """One step of the remediation. What nobody could fill stands in angle brackets in its texts and in ``open``."""

    #: Whose hands the step needs: ``source``, ``destination``, ``management`` …
    account: str
    #: The id of that account, where it is known.
    account_id: Optional[str]
    #: What to look for and what to change.
    action: str
    #: A command that confirms the cause.
    check: Optional[str]
    #: A command that makes the change.
    command: Optional[str]
    #: The policy document that the change puts in place.
    policy: Optional[Dict[str, Any]]
    #: The same change in Terraform, where that is shorter.
    terraform: Optional[str]
    #: Why the step helps.
    why: str
    #: The page of AWS that says so.
    link: str
    #: The names of the slots that nobody could fill.
    open: Tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A page that a fact comes from."""

    title: str
    url: str


@dataclass(frozen=True)
class Alternative:
    """Another root cause that was considered."""

    #: The stable id of the root cause.
    id: str
    #: How likely it is, from 0 to 1.
    confidence: float


@dataclass(frozen=True)
class Further:
    """Another message that stands in the same text."""

    #: The stable id of the root cause.
    id: str
    #: What is wrong, in one sentence.
    title: str
    #: How likely that is right, from 0 to 1.
    confidence: float
    #: How the wording was recognised: ``exact`` or ``cut-off``.
    match: str
    #: The language of the message: ``en`` or ``de``.
    language: str
    #: The values that the message names, by slot, as they were written.
    captures: Mapping[str, str]


class Diagnosis:
    """What a message says about its job: a root cause and what to do about it, or an honest unknown.

    It is true where the root cause is known:

    >>> from copydoctor import diagnose
    >>> bool(diagnose("Access Denied trying to call AWS Backup service")), bool(diagnose("It rains."))
    (True, False)
    """

    __slots__ = ("_answer", "_diagnosis", "_json")

    def __init__(self, answer: str) -> None:
        self._json = answer
        self._answer: Dict[str, Any] = json.loads(answer)
        self._diagnosis: Dict[str, Any] = self._answer["diagnosis"] or {}

    @property
    def message(self) -> str:
        """The message as it was given."""
        return self._answer["message"]

    @property
    def id(self) -> Optional[str]:
        """The stable id of the root cause; none where the message is unknown."""
        return self._diagnosis.get("id")

    @property
    def title(self) -> Optional[str]:
        """What is wrong, in one sentence."""
        return self._diagnosis.get("title")

    @property
    def group(self) -> Optional[str]:
        """The part of AWS that has to be looked at."""
        return self._diagnosis.get("group")

    @property
    def aws_message_category(self) -> Optional[str]:
        """The coarse category that AWS itself gives such messages."""
        return self._diagnosis.get("aws_message_category")

    @property
    def confidence(self) -> float:
        """How likely the diagnosis is right, from 0 to 1; 0 where there is none."""
        return self._diagnosis.get("confidence", 0.0)

    @property
    def match(self) -> Optional[str]:
        """How the wording was recognised: ``exact``, ``cut-off`` or ``similar``."""
        return self._diagnosis.get("match")

    @property
    def language(self) -> Optional[str]:
        """The language of the message: ``en`` or ``de``."""
        return self._diagnosis.get("language")

    @property
    def captures(self) -> Mapping[str, str]:
        """The values that the message names, by slot, as they were written."""
        return self._diagnosis.get("captures", {})

    @property
    def cause(self) -> Optional[str]:
        """Why that makes a copy fail."""
        return self._diagnosis.get("cause")

    @property
    def remediation(self) -> Tuple[Step, ...]:
        """The steps, the most likely first."""
        return tuple(Step(**{**step, "open": tuple(step["open"])}) for step in self._diagnosis.get("remediation", ()))

    @property
    def sources(self) -> Tuple[Source, ...]:
        """The pages that the facts come from."""
        return tuple(Source(**source) for source in self._diagnosis.get("sources", ()))

    @property
    def further(self) -> Tuple[Further, ...]:
        """The other messages that stand in the same text."""
        without_span = ({name: it for name, it in further.items() if name != "span"} for further in self._answer["further"])
        return tuple(Further(**further) for further in without_span)

    @property
    def alternatives(self) -> Tuple[Alternative, ...]:
        """Other root causes that were considered, the likeliest first; of an unknown message the nearest."""
        return tuple(Alternative(**alternative) for alternative in self._answer["alternatives"])

    @property
    def reason(self) -> Optional[str]:
        """Why the message is unknown, such as ``no-known-wording``; none where it is not."""
        return self._answer["reason"]

    @property
    def command(self) -> Optional[str]:
        """The command that prints what a notice without a reason leaves out."""
        return self._answer["command"]

    def to_dict(self) -> Dict[str, Any]:
        """All of it, as ``copydoctor diagnose --format json`` says it."""
        return json.loads(self._json)

    def to_json(self) -> str:
        """The line that ``copydoctor diagnose --format json`` writes, byte for byte."""
        return self._json

    def __bool__(self) -> bool:
        return bool(self._diagnosis)

    def __eq__(self, other: object) -> bool:
        return self._json == other._json if isinstance(other, Diagnosis) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> Tuple[type, Tuple[str]]:
        return Diagnosis, (self._json,)

    def __repr__(self) -> str:
        if self:
            return f"<Diagnosis {self.id}, confidence {self.confidence:.2f}>"
        return f"<Diagnosis unknown: {self.reason}>"


def diagnose(message: str, *, lang: str = "en", **slots: str) -> Diagnosis:
    """What a status message says about its job.

    ``lang`` is the language of the answer, ``en`` or ``de``; the message may be in either. What is known of the job fills
    the steps: ``source_account``, ``destination_vault_arn`` and all that ``copydoctor diagnose --help`` lists, with
    underscores. ``Record.slots`` has them for a job of an export.

    >>> diagnose("Zugriff verweigert beim Versuch, den AWS Backup-Service aufzurufen", lang="de").title
    'Der Zieltresor lässt das Quellkonto nicht hineinkopieren'
    >>> diagnose("It rains.").reason
    'no-known-wording'

    Raises ``TypeError`` where there is no such slot, ``ValueError`` where a value does not fit its slot: an account has
    twelve digits.
    """
    return Diagnosis(_native.diagnose(message, lang, slots))
