"""A served demo of its own, and a Chromium that keeps what its pages complain about.

Fixtures end with this package: while Playwright runs its loop, Django refuses its database to the
other tests.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.requirements import CHROMIUM, first_on_path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "Daqiao-2025"
DESKTOP = {"width": 1440, "height": 900}
# A browser without graphics, and without errands of its own on a network that refuses them.
ALONE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(environment, *arguments):
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def wait_until_up(address):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with urlopen(f"{address}/healthz"):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the application did not start")


@pytest.fixture(scope="package")
def database(tmp_path_factory):
    """The file of the served demo's database."""
    return tmp_path_factory.mktemp("database") / "demo.sqlite3"


@pytest.fixture(scope="package")
def served(tmp_path_factory, database):
    """The address of the demo, served by gunicorn from a data directory of its own."""
    port = free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "dangjian.settings",
        "DATA_DIR": str(tmp_path_factory.mktemp("served")),
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "only-for-the-browser-tests-0123456789-0123456789",
        "DEMO_PASSWORD": PASSWORD,
        "PORT": str(port),
    }
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "load_demo", "--verbosity", "0")
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "dangjian.wsgi"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(address)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)


@pytest.fixture(scope="package")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=first_on_path(CHROMIUM), args=ALONE, timeout=30_000
        )
        yield browser
        browser.close()


class Visitor:
    """A user's browser window, and what its console said on the page now open."""

    def __init__(self, context):
        self.complaints = []
        self.page = context.new_page()
        self.page.on("console", self.listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def listen(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def sign_in(self, username, password=PASSWORD):
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", password)
        # A page closed in the middle of a navigation leaves Chromium waiting for ever.
        with self.page.expect_navigation():
            self.page.click("button[type=submit]")

    def open(self, path):
        """Open an address; its HTTP status."""
        self.complaints.clear()
        return self.page.goto(path, wait_until="load").status


@pytest.fixture(scope="package")
def signed_in(chromium, served):
    """`signed_in("clerk")` is a browser with that demo user signed in; without a name, nobody."""
    contexts = {}

    def browsing(username):
        if username not in contexts:
            contexts[username] = chromium.new_context(
                base_url=served, locale="zh-CN", viewport=DESKTOP
            )
            if username:
                window = Visitor(contexts[username])
                window.open("/login/")
                window.sign_in(username)
                window.page.close()
        return contexts[username]

    return browsing


@pytest.fixture
def visitor(signed_in):
    """`visitor("clerk")` is a new window of that demo user's; without a name, of a stranger's."""
    opened = []

    def visiting(username=""):
        opened.append(Visitor(signed_in(username)))
        return opened[-1]

    yield visiting
    for window in opened:
        window.page.close()
