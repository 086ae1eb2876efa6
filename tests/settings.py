"""The application's settings, independent of this machine's environment, .env and data.

Only DATABASE_URL is taken from outside: the Makefile runs the tests on both databases.
"""

import atexit
import os
import shutil
import tempfile

from tests.templates import FailingVariable

DIRECTORY = tempfile.mkdtemp(prefix="dangjian-tests-")
atexit.register(shutil.rmtree, DIRECTORY, ignore_errors=True)
os.environ.update(
    SECRET_KEY="only-for-tests",
    DEBUG="off",
    ALLOWED_HOSTS="127.0.0.1,localhost",
    HTTPS="off",
    PROXY_COUNT="0",
    DATA_DIR=DIRECTORY,
    DEMO_PASSWORD="Daqiao-2025",
)

from dangjian.settings import *  # noqa: E402, F403 - reads the environment set above

# Static files are served from where they lie: nothing is collected before tests.
STORAGES["staticfiles"] = {  # noqa: F405 - from the star above
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# argon2 is slow on purpose: 0.1 s for every account a test makes.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = FailingVariable()  # noqa: F405 - from the star above
