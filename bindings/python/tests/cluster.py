"""A Spark cluster of real processes on this machine: one master, two workers with an executor each."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

HOME = Path(pyspark.__file__).parent
HOST = "127.0.0.1"
#: What the tools of this machine need to come up, in seconds, and then some.
PATIENCE = 120


def free_port():
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


def session(master, environment, **settings):
    """A session on a master, whose executors are small and which says nothing of its own."""
    os.environ.update(environment)
    quiet = {
        "spark.driver.host": HOST,
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(master)
    for name, value in {**quiet, **settings}.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


class Cluster:
    """Processes of Spark, each the head of a group that can be killed as a machine dies: at once, with all on it."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.url = f"spark://{HOST}:{free_port()}"
        self.processes = {}

    def start(self, name, role, *arguments):
        log = self.folder / f"{name}.log"
        ui = ["--webui-port", str(free_port())]
        command = [HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{role}", "--host", HOST, *ui, *arguments]
        with log.open("wb") as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, env=self.environment, start_new_session=True)
        self.processes[name] = process
        return log

    def wait_for(self, log, sentence):
        deadline = time.monotonic() + PATIENCE
        while not re.search(sentence, log.read_text(errors="replace")):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{log} never said {sentence!r}:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)

    def kill(self, name):
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def cluster():
    """A running cluster, whose processes end with it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "SPARK_LOCAL_IP": HOST,
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_WORKER_DIR": folder,
            "SPARK_LOCAL_DIRS": folder,
        }
        running = Cluster(Path(folder), environment)
        try:
            port = running.url.rsplit(":", 1)[1]
            running.wait_for(running.start("master", "master.Master", "--port", port), "I have been elected leader")
            for name in ("one", "two"):
                log = running.start(name, "worker.Worker", "--cores", "1", "--memory", "1g", running.url)
                running.wait_for(log, "Successfully registered with master")
            yield running
        finally:
            for name in list(running.processes):
                running.kill(name)
