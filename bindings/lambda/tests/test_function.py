"""The function on a small Runtime API on loopback: events in, golden answers out, texts on the topic."""

import json
import os
from pathlib import Path

import pytest
from local import TOPIC, Function, running

FIXTURES = Path(__file__).parents[3] / "tests" / "fixtures"
EXPORTS = FIXTURES / "exports"
ACCESS_DENIED = "Access Denied trying to call AWS Backup service"
GOLDEN = (FIXTURES / "golden.jsonl").read_text(encoding="utf-8").splitlines()


def event(message=ACCESS_DENIED, state="FAILED", **detail):
    """A change of state, as EventBridge hands it on."""
    job = {"copyJobId": "47C8EF56-74D8-059D-1301-C5BE1D5C926E", "state": state, **detail}
    if message is not None:
        job["statusMessage"] = message
    return json.dumps({"version": "0", "detail-type": "Copy Job State Change", "source": "aws.backup", "detail": job})


def queue(*bodies):
    records = [{"messageId": str(number), "eventSource": "aws:sqs", "body": body} for number, body in enumerate(bodies)]
    return json.dumps({"Records": records})


def notification(body):
    """What SNS sends a queue."""
    return json.dumps({"Type": "Notification", "MessageId": "1", "TopicArn": TOPIC, "Message": body})


def failures(response):
    kind, body = response
    assert kind == "response"
    return [failure["itemIdentifier"] for failure in json.loads(body)["batchItemFailures"]]


def test_the_answers_are_golden_byte_for_byte():
    with running(environment={"COPYDOCTOR_TOPIC_ARN": ""}) as function:
        for line in GOLDEN:
            # Nothing is known of the job but its message: what a job's id fills is left open in the corpus.
            bare = {"detail-type": "Copy Job State Change", "source": "aws.backup"}
            bare["detail"] = {"state": "FAILED", "statusMessage": json.loads(line)["message"]}
            kind, body = function.call(json.dumps(bare))
            assert kind == "response", body
            assert body == '{"jobs":[{"copy_job_id":null,"state":"FAILED","answer":' + line + "}]}"


def test_a_failed_job_is_published_with_its_own_accounts():
    detail = {"destinationBackupVaultArn": "arn:aws:backup:eu-central-1:444455556666:backup-vault:dr"}
    with running() as function:
        kind, body = function.call(event(**detail))
    assert kind == "response"
    assert json.loads(body)["jobs"][0]["answer"]["diagnosis"]["id"] == "vault-access-policy-denies-copy"
    ((subject, text),) = function.published
    assert subject.startswith("Copy job FAILED: The destination vault")
    assert len(subject) < 100 and "\n" not in subject
    assert "47C8EF56-74D8-059D-1301-C5BE1D5C926E" in text
    assert "arn:aws:backup:eu-central-1:444455556666:backup-vault:dr" in text


def test_german():
    with running(environment={"COPYDOCTOR_LANG": "de"}) as function:
        function.call(event())
        function.call(event("It rains."))
    assert [subject for subject, _ in function.published] == [
        "Kopierauftrag FAILED: Der Zieltresor lässt das Quellkonto nicht hineinkopieren",
        "Kopierauftrag FAILED: Ursache unbekannt",
    ]
    assert "Wer handelt" in function.published[0][1] or "Quellkonto" in function.published[0][1]


@pytest.mark.parametrize("state", ["CREATED", "RUNNING", "COMPLETED"])
def test_what_is_no_problem_is_answered_and_not_published(state):
    with running() as function:
        kind, body = function.call(event(None, state))
    assert kind == "response"
    assert json.loads(body) == {
        "jobs": [{"copy_job_id": "47C8EF56-74D8-059D-1301-C5BE1D5C926E", "state": state, "answer": None}]
    }
    assert function.published == []


def test_a_failed_job_without_a_message_is_published():
    with running() as function:
        function.call(event(None))
    assert [subject for subject, _ in function.published] == ["Copy job FAILED: root cause unknown"]


def test_only_the_messages_of_a_queue_that_fail_come_again():
    other = json.dumps({"detail-type": "Backup Job State Change", "source": "aws.backup", "detail": {"backupJobId": "A"}})
    bodies = [event(), "no JSON {", notification(event()), other, notification(notification(event())), ""]
    with running() as function:
        assert failures(function.call(queue(*bodies))) == ["1", "3", "5"]
        assert failures(function.call(queue(event()))) == []
        log = [json.loads(line) for line in function.end()]
    assert len(function.published) == 4
    assert [line["message_id"] for line in log if "error" in line] == ["1", "3", "5"]
    assert all(line["answer"]["diagnosis"]["id"] == "vault-access-policy-denies-copy" for line in log if "answer" in line)


def test_an_event_without_a_copy_job_is_an_error_that_says_so():
    with running() as function:
        for text in ["{}", "[]", '"x"', json.dumps({"detail-type": "x", "detail": {}})]:
            kind, body = function.call(text)
            assert kind == "error"
            assert json.loads(body)["errorMessage"].startswith("event:")
        assert function.call(event())[0] == "response"


def test_what_the_topic_refuses_comes_again():
    with running(refuses=True) as function:
        kind, body = function.call(event())
        assert kind == "error"
        assert "not allowed" in json.loads(body)["errorMessage"]
        assert failures(function.call(queue(event(), event(None, "COMPLETED")))) == ["0"]


@pytest.mark.parametrize(
    "name",
    [
        "03-eventbridge/single-event.documented-FAILED-verbatim.json",
        "03-eventbridge/lambda-event.sns-Records.json",
        "03-eventbridge/lambda-event.sqs-of-sns.double-wrapped.json",
    ],
)
def test_real_events(name):
    with running() as function:
        kind, body = function.call((EXPORTS / name).read_text(encoding="utf-8"))
    assert kind == "response"
    if "sqs" in name:
        assert json.loads(body) == {"batchItemFailures": []}
    else:
        assert json.loads(body)["jobs"]
    assert function.published


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [("COPYDOCTOR_LANG", "fr", "en or de"), ("COPYDOCTOR_TOPIC_ARN", "copy-jobs", "not the ARN of a topic")],
)
def test_what_cannot_be_meant_ends_the_function_at_once(name, value, says):
    function = Function(os.environ["COPYDOCTOR_LAMBDA"], {name: value})
    assert says in function.complaint()
    assert function.process.returncode == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can change the root")
def test_it_needs_nothing_of_the_machine(tmp_path):
    """In a folder with nothing but the binary and the names of hosts: as static as it says."""
    binary = Path(os.environ["COPYDOCTOR_LAMBDA"])
    # Behind the headers a program names what has to load it.
    if b"ld-linux" in binary.read_bytes()[:4096]:
        pytest.skip("this build is not static")
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "hosts").write_text("127.0.0.1 sns.test\n")
    (tmp_path / "bootstrap").write_bytes(binary.read_bytes())
    (tmp_path / "bootstrap").chmod(0o755)
    script = tmp_path / "run"
    script.write_text(f'#!/bin/sh\nexec chroot {tmp_path} /bootstrap\n')
    script.chmod(0o755)
    function = Function(script, {"PATH": os.environ["PATH"]})
    try:
        assert function.call(event())[0] == "response"
    finally:
        function.end()
    assert len(function.published) == 1
