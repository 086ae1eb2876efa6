"""What the environment says: addresses, secrets and where data lives. Read once, by settings."""

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
KEY_FILE = DATA_DIR / "secret-key"


def secret_key(*, deployed: bool) -> str:
    """The SECRET_KEY of the environment; on one machine by itself, a key of its own in DATA_DIR.

    Raises ImproperlyConfigured for a deployment (one that serves other machines) without a key.
    """
    key = env.str("SECRET_KEY", default="")
    if key:
        return key
    if deployed:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, and ALLOWED_HOSTS serves other machines. Put a long random "
            "text into the environment; see .env.example and docs/deployment.md."
        )
    return own_key()


def own_key() -> str:
    """This machine's own key: random, made at first use, readable by its owner only."""
    if not KEY_FILE.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        KEY_FILE.touch(mode=0o600)
        KEY_FILE.write_text(secrets.token_urlsafe(50))
    return KEY_FILE.read_text().strip()


def serves_other_machines(hosts: list[str]) -> bool:
    """True when any allowed host is not this machine: then HTTPS is expected."""
    return bool(set(hosts) - LOOPBACK)
