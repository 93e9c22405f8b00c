"""The servers of a house at scale, for one test run: PostgreSQL, Redis and an S3-compatible storage, on free ports.

Each is a real one, started in a folder of its own as a user without rights, and ended with the test.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 180  # a machine that does much else at the same time is slow, not broken
KEY, SECRET, BUCKET = "harbour-key", "harbour-secret", "harbour"
_POSTGRESQL = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/bin")


@dataclass(frozen=True)
class Servers:
    """Where they answer."""

    database: str
    queue: str
    storage: str

    def environment(self) -> dict[str, str]:
        """The settings of a house over them."""
        return {
            "MASTHEAD_DATABASE": self.database,
            "MASTHEAD_QUEUE": self.queue,
            **over_storage(self.storage),
        }


def over_storage(address: str) -> dict[str, str]:
    """The settings of a house whose files lie in a storage."""
    return {
        "MASTHEAD_STORAGE": f"s3://{BUCKET}/press",
        "MASTHEAD_STORAGE_ENDPOINT": address,
        "MASTHEAD_STORAGE_REGION": "us-east-1",
        "MASTHEAD_STORAGE_KEY": KEY,
        "MASTHEAD_STORAGE_SECRET": SECRET,
        "MASTHEAD_SECRET_KEY": "a-key-that-every-machine-of-the-house-has",
    }


def missing() -> list[str]:
    """The programs that are not installed here."""
    found = {"PostgreSQL": _postgresql("initdb"), "Redis": shutil.which("redis-server"), "SeaweedFS": _weed()}
    return [name for name, path in found.items() if not path]


@contextmanager
def running(folder: Path) -> Iterator[Servers]:
    """All three; raises AssertionError where one does not start."""
    folder.mkdir(parents=True)
    with ExitStack() as stack:
        yield Servers(
            stack.enter_context(database()),
            stack.enter_context(_queue(folder / "redis")),
            stack.enter_context(_storage(folder / "storage")),
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until(true: Callable[[], object], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what} did not come about"
        time.sleep(0.2)


def _postgresql(program: str) -> str | None:
    for pattern in _POSTGRESQL:
        for folder in sorted(Path("/").glob(pattern[1:]), reverse=True):
            if (folder / program).is_file():
                return str(folder / program)
    return None


def _weed() -> str | None:
    """The Python package brings the program into the environment's own folder."""
    return shutil.which("weed", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


def _user() -> tuple[Sequence[str], str]:
    """What goes before a program that refuses to run as root, and who it is then."""
    if os.getuid() != 0:
        return (), os.environ.get("USER", "postgres")
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"), "postgres"


class Database:
    """A PostgreSQL of its own that can be stopped and started again over the same rows."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port, self._stack = folder, free_port(), ExitStack()
        self._prefix, _ = _user()
        self.address = f"postgresql://house@127.0.0.1:{self._port}/postgres"

    def make(self) -> None:
        """Its files, as the user without rights."""
        _, name = _user()
        self._folder.mkdir()
        self._folder.chmod(0o700)
        if self._prefix:
            shutil.chown(self._folder, name, name)
        initdb = _postgresql("initdb")
        assert initdb
        options = ["-U", "house", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command = [*self._prefix, initdb, "-D", str(self._folder / "data"), *options]
        subprocess.run(command, check=True, capture_output=True, cwd="/")

    def start(self) -> None:
        """Until it answers."""
        postgres = _postgresql("postgres")
        assert postgres
        options = ["-D", str(self._folder / "data"), "-p", str(self._port), "-k", ""]
        options += ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"]
        log = self._folder.parent / "postgresql.log"
        self._process = self._stack.enter_context(_process([*self._prefix, postgres, *options], log))
        until(lambda: _answers_sql(self.address), START_SECONDS, "PostgreSQL")

    def stop(self) -> None:
        """As an operator restarts it: who is connected is thrown out."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(START_SECONDS)
        self._stack.close()


@contextmanager
def stoppable_database() -> Iterator[Database]:
    """In a folder that a user without rights can reach; those of pytest are shut again by each run of pytest."""
    with tempfile.TemporaryDirectory(prefix="masthead-server-") as home:
        Path(home).chmod(0o711)
        made = Database(Path(home) / "postgresql")
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def database() -> Iterator[str]:
    with stoppable_database() as made:
        yield made.address


@contextmanager
def _queue(folder: Path) -> Iterator[str]:
    folder.mkdir()
    port, program = free_port(), shutil.which("redis-server")
    assert program
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    with _process(command, folder.parent / "redis.log"):
        until(lambda: _listens(port), START_SECONDS, "Redis")
        yield f"redis://127.0.0.1:{port}/0"


class Storage:
    """A SeaweedFS of its own that can be stopped and started again over the same files."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._ports = folder, [free_port() for _ in range(4)]
        self.address = f"http://127.0.0.1:{self._ports[3]}"

    def start(self) -> None:
        """Until it takes a file."""
        program = _weed()
        assert program
        self._folder.mkdir(exist_ok=True)
        keys = self._folder / "keys.json"
        person = {"name": "house", "credentials": [{"accessKey": KEY, "secretKey": SECRET}]}
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        keys.write_text(json.dumps({"identities": [{**person, "actions": actions}]}))
        names = ("master.port", "volume.port", "filer.port", "s3.port")
        command = [program, "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={self._folder}", "-filer", "-s3"]
        command += [f"-s3.config={keys}", "-volume.max=20", "-master.volumeSizeLimitMB=64"]
        command += [f"-{name}={port}" for name, port in zip(names, self._ports, strict=True)]
        self._stack = ExitStack()
        self._stack.enter_context(_process(command, self._folder.parent / "storage.log"))
        until(self._takes_a_file, START_SECONDS, "the storage")

    def stop(self) -> None:
        """Nobody answers at its address any more."""
        self._stack.close()

    def _takes_a_file(self) -> bool:
        import boto3
        from botocore.exceptions import BotoCoreError, ClientError

        client = boto3.client(
            "s3",
            endpoint_url=self.address,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )
        try:
            if BUCKET not in [one["Name"] for one in client.list_buckets()["Buckets"]]:
                client.create_bucket(Bucket=BUCKET)
            client.put_object(Bucket=BUCKET, Key="probe", Body=b"here")
        except (BotoCoreError, ClientError):
            return False
        return True


@contextmanager
def stoppable_storage(folder: Path) -> Iterator[Storage]:
    made = Storage(folder)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def _storage(folder: Path) -> Iterator[str]:
    with stoppable_storage(folder) as made:
        yield made.address


@contextmanager
def _process(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, cwd="/", start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(4)  # SeaweedFS takes its time, and nothing of it is wanted any more
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers_sql(address: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False
