"""The real program as a service of its own, for the campaigns: start, stop, ask. Standard library only."""

import atexit
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "een lang wachtwoord 42"


def program():
    """The program of COMBIZITTING_PROGRAMMA, or a release build."""
    given = os.environ.get("COMBIZITTING_PROGRAMMA")
    if given:
        return pathlib.Path(given).resolve()
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "combizitting"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def family(reference):
    """The demo family under another reference."""
    file = json.loads((ROOT / "templates/demo/gezin.json").read_text())
    return {**file, "reference": reference}


class Service:
    def __init__(self, binary, data, url=None, limits="0", extra=None):
        self.binary, self.port = binary, free_port()
        url = url or f"sqlite:{data}/c.db"
        own = {"COMBIZITTING_DATA": str(data), "DATABASE_URL": url, "COMBIZITTING_POORT": str(self.port)}
        own |= {"COMBIZITTING_GRENS_ACCOUNT": limits, "COMBIZITTING_GRENS_ADRES": limits, "RUST_LOG": "warn"}
        self.settings = {**os.environ, **own}
        self.extra = extra or {}
        self.process = None

    def command(self, *arguments, said=None):
        """Another command of the program on the same database: its code and all it says."""
        done = subprocess.run([self.binary, *arguments], env=self.settings, input=said, text=True, capture_output=True)
        return done.returncode, (done.stdout + done.stderr).strip()

    def add_user(self, login, role):
        code, said = self.command("user", "add", "--login", login, "--name", login, "--role", role, said=PASSWORD + "\n")
        assert code == 0, said

    def start(self, log):
        self.process = subprocess.Popen(
            [self.binary, "serve"], env={**self.settings, **self.extra}, stdout=subprocess.DEVNULL, stderr=open(log, "ab")
        )
        # Whatever happens to the campaign, the service does not outlive it.
        atexit.register(self.stop, signal.SIGKILL)
        self.until(lambda: self.ask("GET", "/gezondheid/gereed").status == 200, 60)
        return self

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(60)

    def until(self, done, seconds):
        """Waits until something is so; how long that took."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            assert self.process.poll() is None, "the service stopped"
            try:
                if done():
                    return time.monotonic() - begin
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} seconds")

    def ask(self, method, path, token=None, body=None, headers=None):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json", **(headers or {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        link.request(method, path, None if body is None else json.dumps(body), headers)
        answer = link.getresponse()
        answer.content = answer.read()
        link.close()
        return answer

    def sign_in(self, login):
        answer = self.ask("POST", "/v1/sessies", body={"gebruikersnaam": login, "wachtwoord": PASSWORD})
        assert answer.status == 201, (answer.status, answer.content)
        return json.loads(answer.content)["token"]


class Postgres:
    """A cluster of its own, with everything that makes a write last, on a socket of its own."""

    def __init__(self, home):
        self.home, self.data = pathlib.Path(home), pathlib.Path(home) / "data"
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        assert found, "PostgreSQL is not installed (apt-get install postgresql)"
        self.folder = found[-1].parent
        self.home.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(self.home, 65534, 65534)
        self.home.chmod(0o700)
        atexit.register(self.stop, "immediate", False)
        self.run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D", self.data)
        self.url = "postgres://combizitting@" + str(self.home).replace("/", "%2F") + "/combizitting"

    def run(self, name, *arguments, must=True):
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [self.folder / name, *arguments], cwd=self.home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, **user,
        )
        assert done.returncode == 0 or not must, done.stderr

    def start(self):
        options = f"-c listen_addresses= -c unix_socket_directories={self.home} -c wal_level=minimal -c max_wal_senders=0"
        self.run("pg_ctl", "start", "--wait", "-o", options, "-l", self.home / "log", "-D", self.data)
        if not (self.home / "filled").exists():
            # An ordinary role: the service refuses one that can go around the lock on rows.
            self.run("createuser", "--host", self.home, "--username", "postgres", "combizitting")
            self.run("createdb", "--host", self.home, "--username", "postgres", "--owner", "combizitting", "combizitting")
            (self.home / "filled").touch()
        return self

    def stop(self, how, must=True):
        if self.data.exists():
            self.run("pg_ctl", "stop", "--wait", "-m", how, "-D", self.data, must=must)
