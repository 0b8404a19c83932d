"""The site's settings, made independent of this machine's .env and quick for tests."""

import atexit
import os
import shutil
import tempfile

var = tempfile.mkdtemp(prefix="campaign-tests-")
atexit.register(shutil.rmtree, var, ignore_errors=True)
os.environ.update(ENV_FILE=os.devnull, VAR_DIR=var, SECRET_KEY="a secret that only the tests know, of fifty letters and more")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright leaves its event loop running in the tests' own thread

from campaign.settings import *  # noqa: E402, F403
from campaign.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir()  # WhiteNoise warns when there is none

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_campaign_{os.getpid()}"}  # two runs side by side do not meet

REVISION_MAX_AGE = 0  # a test sees what it has just written
