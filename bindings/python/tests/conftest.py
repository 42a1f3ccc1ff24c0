"""The vocabulary of the tests: fixtures of the library, from the top of the repository."""

import json
from pathlib import Path

import pytest

TOP = Path(__file__).parents[3]
FIXTURES = TOP / "tests" / "fixtures"
ACCESS_DENIED = "Access Denied trying to call AWS Backup service"


def golden():
    """Messages and the whole answer to each, as one line of JSON."""
    lines = (FIXTURES / "golden.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["message"]: line for line in lines}


@pytest.fixture(autouse=True)
def at_the_top(monkeypatch):
    """Examples and doctests name files from the top of the repository."""
    monkeypatch.chdir(TOP)
