"""README, doctests and examples do what they say."""

import doctest
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import TOP

PYTHON = TOP / "bindings" / "python"
#: By account and root cause, the most jobs first.
SAME_OF_ALL = [
    ("111122223333", "source-key-not-accessible", 2),
    ("111122223333", "vault-access-policy-denies-copy", 2),
    ("111122223333", "snapshot-encrypted-with-aws-managed-key", 1),
    ("111122223333", "tag-policy-violation", 1),
    ("777788889999", "vault-access-policy-denies-copy", 1),
]


@pytest.mark.parametrize("name", ["", "._diagnosis", "._classify", "._read"])
def test_doctests(name):
    result = doctest.testmod(importlib.import_module("copydoctor" + name))
    assert result.attempted > 0
    assert result.failed == 0


def test_readme():
    result = doctest.testfile(str(PYTHON / "README.md"), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", ["polars", "pandas", "duckdb"])
def test_data_frames(name):
    run = [sys.executable, str(PYTHON / "examples" / f"with_{name}.py")]
    printed = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert sorted(eval(printed)) == sorted(SAME_OF_ALL)


def commands():
    """What the README tells people to run here, but for the builds: this is what they build."""
    blocks = (TOP / "README.md").read_text(encoding="utf-8").split("```bash\n")[1:]
    lines = [line for block in blocks for line in block.split("```")[0].splitlines()]
    return [line for line in lines if line.startswith(("python ", "spark-submit "))]


@pytest.mark.parametrize("command", commands())
def test_the_commands_of_the_readme(command):
    tools = {"PATH": str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"], "PYSPARK_PYTHON": sys.executable}
    run = subprocess.run(command, shell=True, check=True, capture_output=True, text=True, env={**os.environ, **tools})
    assert "destination vault" in run.stdout or "record\t12" in run.stdout


def test_the_readme_has_two_commands():
    assert len(commands()) == 2
