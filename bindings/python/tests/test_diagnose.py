"""One message: the same answer as the tool, byte for byte, and typed."""

import json
import pickle

import pytest
from conftest import ACCESS_DENIED, golden

from copydoctor import Diagnosis, diagnose


@pytest.mark.parametrize("message", golden())
def test_the_answer_is_that_of_the_tool(message):
    line = golden()[message]
    answer = diagnose(message)
    assert answer.to_json() == line
    assert answer.to_dict() == json.loads(line)


@pytest.mark.parametrize("message", golden())
def test_every_field_of_the_json_is_a_property(message):
    answer, said = diagnose(message), json.loads(golden()[message])
    said.pop("schema_version")
    diagnosis = said.pop("diagnosis") or {}
    assert bool(answer) == bool(diagnosis)
    for name, value in {**said, **diagnosis}.items():
        mine = getattr(answer, name)
        if isinstance(value, list):
            assert len(mine) == len(value), name
            for one, other in zip(mine, value):
                fields = vars(one)
                assert {name: list(it) if isinstance(it, tuple) else it for name, it in fields.items()}.items() <= other.items()
        else:
            assert mine == value, name


def test_slots_fill_the_steps():
    answer = diagnose(ACCESS_DENIED, source_account="111122223333")
    assert answer.remediation[0].policy["Statement"][0]["Principal"] == {"AWS": "arn:aws:iam::111122223333:root"}
    assert "source_account" not in answer.remediation[0].open


def test_the_answer_is_in_german_where_that_is_asked_for():
    assert diagnose(ACCESS_DENIED, lang="de").title == "Der Zieltresor lässt das Quellkonto nicht hineinkopieren"


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"source_account": "12"}, ValueError, "12 digits"),
        ({"sorce_account": "111122223333"}, TypeError, "did you mean source_account"),
        ({"colour": "red"}, TypeError, "no slot colour"),
        ({"encoded_message": "x" * 20}, TypeError, "no slot encoded_message"),
        ({"lang": "fr"}, ValueError, '"en" or "de"'),
    ],
)
def test_what_does_not_fit_is_refused(arguments, error, says):
    with pytest.raises(error, match=says):
        diagnose(ACCESS_DENIED, **arguments)


def test_an_answer_can_be_kept():
    answer = diagnose(ACCESS_DENIED)
    assert pickle.loads(pickle.dumps(answer)) == answer == Diagnosis(answer.to_json())
    assert len({answer, diagnose(ACCESS_DENIED), diagnose("It rains.")}) == 2


def test_text_that_is_no_unicode_is_refused():
    with pytest.raises(UnicodeEncodeError):
        diagnose("\ud800")
