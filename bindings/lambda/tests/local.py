"""A small Lambda Runtime API and a small SNS on loopback, and the function between them."""

import os
import queue
import subprocess
import tempfile
import threading
import time
import urllib.parse
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TOPIC = "arn:aws:sns:eu-west-1:111122223333:copy-jobs"
PUBLISHED = (
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>1</MessageId>'
    "</PublishResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></PublishResponse>"
)
REFUSED = (
    '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>'
    "<Code>AuthorizationError</Code><Message>not allowed</Message></Error><RequestId>1</RequestId></ErrorResponse>"
)
#: Nothing here takes as long, in seconds.
PATIENCE = 60


class Server(ThreadingHTTPServer):
    """Answers by ``respond(method, path, body)``, which gives a status, headers and a body."""

    daemon_threads = True

    def __init__(self, respond):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body in one packet: two would wait for each other.
            wbufsize = -1
            disable_nagle_algorithm = True

            def _answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, headers, content = respond(self.command, self.path, body)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _answer

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        """A function that was killed leaves its connection behind."""

    @property
    def address(self):
        return f"127.0.0.1:{self.server_address[1]}"


class Function:
    """A running function. ``call`` gives it an event as Lambda does."""

    def __init__(self, binary, environment=None, refuses=False):
        self.events, self.responses = queue.Queue(), queue.Queue()
        #: Subjects and texts that were published.
        self.published = []
        self.refuses = refuses
        self.runtime, self.sns = Server(self._runtime), Server(self._sns)
        self.environment = {
            "AWS_LAMBDA_RUNTIME_API": self.runtime.address,
            "AWS_LAMBDA_FUNCTION_NAME": "copydoctor",
            "AWS_LAMBDA_FUNCTION_VERSION": "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
            "AWS_LAMBDA_LOG_GROUP_NAME": "copydoctor",
            "AWS_LAMBDA_LOG_STREAM_NAME": "1",
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AWS_REGION": "eu-west-1",
            "AWS_ENDPOINT_URL_SNS": f"http://{self.sns.address}",
            "COPYDOCTOR_TOPIC_ARN": TOPIC,
            **(environment or {}),
        }
        # Files, as nobody empties a pipe meanwhile.
        self.out, self.err = tempfile.TemporaryFile("w+"), tempfile.TemporaryFile("w+")
        self.begun = time.perf_counter()
        self.process = subprocess.Popen([binary], env=self.environment, stdout=self.out, stderr=self.err)

    def _runtime(self, method, path, body):
        if path.endswith("/invocation/next"):
            number, event = self.events.get()
            deadline = str(int((time.time() + PATIENCE) * 1000))
            headers = {
                "Lambda-Runtime-Aws-Request-Id": str(number),
                "Lambda-Runtime-Deadline-Ms": deadline,
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:111122223333:function:copydoctor",
                "Lambda-Runtime-Trace-Id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
            }
            return 200, headers, event
        self.responses.put((path.rsplit("/", 1)[1], body.decode()))
        return 202, {}, b""

    def _sns(self, method, path, body):
        fields = dict(urllib.parse.parse_qsl(body.decode()))
        assert fields["Action"] == "Publish" and fields["TopicArn"] == self.environment["COPYDOCTOR_TOPIC_ARN"]
        if self.refuses:
            return 403, {"Content-Type": "text/xml"}, REFUSED.encode()
        self.published.append((fields["Subject"], fields["Message"]))
        return 200, {"Content-Type": "text/xml"}, PUBLISHED.encode()

    def call(self, event):
        """``response`` or ``error``, and its body."""
        self.events.put((self.events.qsize() + 1, event.encode()))
        return self.responses.get(timeout=PATIENCE)

    def memory(self):
        """The most memory that it has used, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def end(self):
        """What it wrote to its log."""
        self.process.kill()
        self.process.wait()
        for server in (self.runtime, self.sns):
            server.shutdown()
        self.out.seek(0)
        return self.out.read().splitlines()

    def complaint(self):
        """What it says once it has ended by itself."""
        self.process.wait(timeout=PATIENCE)
        self.err.seek(0)
        return self.err.read()


@contextmanager
def running(**arguments):
    function = Function(os.environ["COPYDOCTOR_LAMBDA"], **arguments)
    try:
        yield function
    finally:
        function.end()
