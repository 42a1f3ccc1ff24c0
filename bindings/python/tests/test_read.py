"""Exports: the same records as the library finds, and none lost."""

import csv
import gc
import json
import threading
import time
import warnings
from collections import Counter
from datetime import datetime, timezone

import pytest
from conftest import ACCESS_DENIED, FIXTURES, TOP

import copydoctor
from copydoctor import Complaint, ReadWarning, Record, read, read_bytes

INDEX = list(csv.DictReader((FIXTURES / "exports" / "INDEX.tsv").open(encoding="utf-8"), delimiter="\t"))


def event(number, message=ACCESS_DENIED):
    job = f"{number:08x}-0000-4000-8000-000000000000"
    return json.dumps({"CopyJobId": job, "State": "FAILED", "StatusMessage": message}) + "\n"


@pytest.mark.parametrize("export", INDEX, ids=lambda export: export["file"])
def test_every_export_gives_its_records(export):
    items = list(read(FIXTURES / "exports" / export["file"], complaints=True))
    records = [item for item in items if isinstance(item, Record)]
    rejected = [item for item in items if isinstance(item, Complaint) and item.kind == "rejected"]
    assert len(records) + len(rejected) == int(export["records"])
    messages = [record for record in records if record.message is not None]
    assert len(messages) == int(export["with_status_message"])
    states = Counter(record.state for record in records) + Counter("UNKNOWN" for _ in rejected)
    assert " ".join(f"{state}={count}" for state, count in sorted(states.items())) == export["states"].strip("-")


def test_a_record_is_typed_and_filled():
    record = next(item for item in read(TOP / "examples" / "list-copy-jobs.json") if item.message == ACCESS_DENIED)
    assert (record.state, record.account_id, record.destination_account) == ("FAILED", "111122223333", "444455556666")
    assert record.created_at == datetime(2026, 11, 22, 2, 7, tzinfo=timezone.utc)
    assert record.slots["source_account"] == "111122223333"
    assert "111122223333" in json.dumps(record.diagnose().remediation[0].policy)
    assert record.diagnose(lang="de").title.startswith("Der Zieltresor")


def test_the_record_that_tells_best_has_the_highest_rank():
    running = next(read_bytes(json.dumps({"CopyJobId": "A", "State": "RUNNING", "CreationDate": "2026-01-02"}).encode()))
    failed = next(read_bytes(json.dumps({"CopyJobId": "A", "State": "FAILED", "CreationDate": "2026-01-01"}).encode()))
    assert failed.rank > running.rank
    assert abs(failed.rank) < 2**63


def test_a_folder_is_read_with_all_below_it(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "one.json").write_text(event(1))
    (tmp_path / "below" / "two.json").write_text(event(2))
    assert [record.file.rsplit("/", 1)[1] for record in read(tmp_path)] == ["two.json", "one.json"]


def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path):
    export = event(1) + '{"CopyJobId": "B", "State": FAILED}\n' + event(2)
    (tmp_path / "jobs.json").write_text(export)
    with pytest.warns(ReadWarning, match="jobs.json:2"):
        assert len(list(read(tmp_path / "jobs.json"))) == 2
    kinds = [item.kind if isinstance(item, Complaint) else item.state for item in read_bytes(export.encode(), complaints=True)]
    assert kinds.count("FAILED") == 2
    assert len(kinds) == 3


def test_a_text_in_a_folder_is_no_message():
    (note,) = read_bytes(b"Access denied\n", in_folder=True, complaints=True)
    assert note.kind == "note"
    assert [job.message for job in read_bytes(b"Access denied\n")] == ["Access denied"]


def test_a_warning_can_be_made_an_error(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ReadWarning)
        with pytest.raises(ReadWarning):
            list(read_bytes(b"\x00\x01\x02"))


def test_what_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nothing.json")
    with pytest.raises(ValueError, match="en"):
        read(tmp_path, lang="fr")


def test_the_language_of_complaints():
    assert "Binärdaten" in next(read_bytes(b"\x00\x01\x02", lang="de", complaints=True)).text


def reading_threads():
    """How many threads there are whose name is that of those which read."""
    names = (path / "comm" for path in __import__("pathlib").Path("/proc/self/task").iterdir())
    return sum(1 for name in names if name.exists() and name.read_text().strip() == "copydoctor")


def test_who_has_seen_enough_ends_the_reading():
    content = "".join(event(number) for number in range(50_000)).encode()
    reader = read_bytes(content)
    assert next(reader).state == "FAILED"
    assert reading_threads() == 1
    del reader
    gc.collect()
    for _ in range(1000):
        if reading_threads() == 0:
            break
        time.sleep(0.01)
    assert reading_threads() == 0


def test_two_threads_share_a_reader():
    content = "".join(event(number) for number in range(2_000)).encode()
    reader = copydoctor._native.read_bytes("-", content, "en", False)
    found = []
    threads = [threading.Thread(target=lambda: found.extend(kind for kind, _ in reader)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(found) == {"record": 2_000}
