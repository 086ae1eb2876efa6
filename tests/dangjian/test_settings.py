import re
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from dangjian import env
from dangjian.env import BASE_DIR

SECURE = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
)


def read(expression, tmp_path, **environment):
    """What Python prints for an expression over the settings, under this environment alone."""
    return subprocess.run(  # noqa: S603 - this Python, and an expression of this file
        [sys.executable, "-c", f"from dangjian import settings; print({expression})"],
        env={"DATA_DIR": str(tmp_path), "PYTHONUTF8": "1", **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_of_deployment_without_key_say_what_to_do(tmp_path):
    started = read("settings.SECRET_KEY", tmp_path, ALLOWED_HOSTS="dangjian.example.test")

    assert started.returncode == 1
    assert started.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: SECRET_KEY is not set, and ALLOWED_HOSTS "
        "serves other machines. Put a long random text into the environment; see .env.example "
        "and docs/deployment.md."
    )


def test_settings_of_one_machine_make_a_key(tmp_path):
    started = read("settings.SECRET_KEY", tmp_path)

    assert started.stdout.strip() == (tmp_path / "secret-key").read_text()


@pytest.mark.parametrize(
    ("hosts", "environment", "secure"),
    [
        ("127.0.0.1,localhost", {}, False),
        ("dangjian.example.test", {}, True),
        ("dangjian.example.test", {"HTTPS": "off"}, False),
    ],
    ids=["this machine", "other machines", "closed network"],
)
def test_settings_https(tmp_path, hosts, environment, secure):
    values = f"[getattr(settings, name) for name in {SECURE}]"
    started = read(values, tmp_path, SECRET_KEY="x", ALLOWED_HOSTS=hosts, **environment)

    assert started.stdout.strip() == str([secure] * len(SECURE))


def test_settings_debug_is_off_by_default(tmp_path):
    assert read("settings.DEBUG", tmp_path, SECRET_KEY="x").stdout.strip() == "False"


def test_settings_database_by_default(tmp_path):
    started = read("settings.DATABASES['default']['NAME']", tmp_path, SECRET_KEY="x")

    assert started.stdout.strip() == str(tmp_path / "dangjian.sqlite3")


def test_settings_database_by_address(tmp_path):
    address = "postgres://office:secret@db.example.test:5433/dangjian"
    values = "[settings.DATABASES['default'][key] for key in ('ENGINE', 'HOST', 'PORT', 'NAME')]"
    started = read(values, tmp_path, SECRET_KEY="x", DATABASE_URL=address)

    assert started.stdout.strip() == str(
        ["django.db.backends.postgresql", "db.example.test", 5433, "dangjian"]
    )


@pytest.fixture
def no_key(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setattr(env, "DATA_DIR", tmp_path / "data")
    monkeypatch.setattr(env, "KEY_FILE", tmp_path / "data" / "secret-key")


def test_secret_key_of_the_environment(no_key, monkeypatch):
    env.own_key()
    monkeypatch.setenv("SECRET_KEY", "from the environment")

    assert env.secret_key(deployed=False) == "from the environment"


def test_secret_key_of_deployment_is_never_the_machine_s_own(no_key):
    env.own_key()

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        env.secret_key(deployed=True)


def test_own_key_is_long_enough_for_deployment(no_key):
    assert len(env.own_key()) >= 50


def test_own_key_is_its_owners_only(no_key):
    env.own_key()

    assert stat.filemode(env.KEY_FILE.stat().st_mode) == "-rw-------"


def test_own_key_is_kept(no_key):
    assert env.own_key() == env.own_key()


@pytest.mark.parametrize(
    ("hosts", "serves"),
    [
        ([], False),
        (["127.0.0.1", "localhost", "[::1]"], False),
        (["127.0.0.1", "192.168.1.8"], True),
        (["*"], True),
    ],
)
def test_serves_other_machines(hosts, serves):
    assert env.serves_other_machines(hosts) is serves


def test_env_example_names_every_variable():
    sources = [path.read_text() for app in ("dangjian", "reports") for path in python_files(app)]
    read_as = r"(?:env\.(?:str|bool|int|list|db_url)|environ\.get)\(\s*\"([A-Z_]+)\""
    example = (BASE_DIR / ".env.example").read_text()

    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert named == set(re.findall(read_as, "".join(sources)))


def python_files(app):
    return (BASE_DIR / app).rglob("*.py")
