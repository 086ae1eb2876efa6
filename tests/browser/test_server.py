"""The server as browsers use it."""

import socket
from contextlib import ExitStack
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser


def test_silent_connections_hold_nobody_up(served):
    place = urlsplit(served)

    with ExitStack() as spare:
        for _ in range(20):
            spare.enter_context(socket.create_connection((place.hostname, place.port)))
        with urlopen(f"{served}/login/", timeout=10) as answer:  # noqa: S310 - our own address
            assert answer.status == 200
