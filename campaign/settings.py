"""Every setting of the site, in one place. What differs between machines comes from the environment (README: environment)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ

from campaign.environment import readable, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")))

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(0o711, parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = secret_key(env.str("SECRET_KEY", ""), Path(env.str("SECRET_KEY_FILE", str(VAR_DIR / "secret-key"))))

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", f"http://localhost:{env.int('PORT', 8000)}").rstrip("/")
"""Where readers find the site: the base of every absolute address in feeds, texts, cards and sitemaps."""
TLS = SITE_URL.startswith("https://")
ON_THIS_MACHINE = urlsplit(SITE_URL).hostname in ("localhost", "127.0.0.1", "::1")

# The desk: the only path with sessions, CSRF cookies and messages.
ADMIN_PATH = env.str("ADMIN_PATH", "admin/").strip("/") + "/"

INSTALLED_APPS = [
    "campaign",
    "appeals",
    "articles",
    "campaign.apps.DeskConfig",  # django.contrib.admin, with a desk of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django_countries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "campaign.middleware.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "campaign.middleware.LanguageByPath",
    "campaign.answers.MethodNotAllowed",
    "django.middleware.common.CommonMiddleware",
    "campaign.answers.OldAddresses",
    "campaign.middleware.DeskSession",
    "campaign.middleware.DeskCsrf",
    "campaign.middleware.DeskAuthentication",
    "campaign.middleware.DeskActor",
    "campaign.middleware.DeskMessages",
    "campaign.desk.held.HeldWords",
    "campaign.desk.factor_gate.FactorGate",
]
CSRF_FAILURE_VIEW = "campaign.desk.held.csrf_failure"
SILENCED_SYSTEM_CHECKS = [
    "admin.E402",  # `user` and `perms` come from campaign.middleware.desk_context, on the desk's path alone
    "admin.E404",  # and so do `messages`
    "security.W003",  # the CSRF middleware is there, as campaign.middleware.DeskCsrf
    "security.W002",  # so is X-Frame-Options: campaign.middleware.Headers sends DENY, and the CSP has frame-ancestors
]

ROOT_URLCONF = "campaign.urls"
WSGI_APPLICATION = "campaign.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "campaign.frame.context",
                "django.template.context_processors.request",
                "campaign.middleware.desk_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                *(f"articles.templatetags.{library}" for library in ("articles", "kept", "known")),
            ],
        },
    }
]

# Databases. SQLite's options were measured: an immediate transaction never fails halfway to a lock, FULL survives power loss.
with readable("DATABASE_URL"):
    DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'site.sqlite3'}")}
    database = DATABASES["default"]
    if not database["ENGINE"].endswith(("sqlite3", "postgresql")):
        raise ValueError
database["CONN_MAX_AGE"] = 600
database["CONN_HEALTH_CHECKS"] = True
if database["ENGINE"].endswith("sqlite3"):
    database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }
else:
    database.setdefault("OPTIONS", {})["options"] = "-c statement_timeout=10s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"

# Rate limits and lock-outs only: many nodes share them through Redis or Valkey.
FORM_LIMITS = {"sent": (60, 3600), "message": (10, 3600), "failed": (30, 3600)}
"""How often one connection may send a public form, and in how many seconds: generous, for a mobile network is one connection too."""
TRUSTED_PROXY = env.str("TRUSTED_PROXY", "")
"""The header in which our own proxy names the client's address ("X-Real-IP"); empty: the connection itself is believed."""
with readable("CACHE_URL"):
    CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Language and zone: addresses hang on them, so they are settings and not content.
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb")
LANGUAGES = [
    (code, name)
    for code, name in (("en-gb", "English"), ("ru", "Русский"), ("kk", "Қазақша"))
    if code in env.list("INTERFACE_LANGUAGES", default=[LANGUAGE_CODE])
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True

SITE_PROFILE = "campaign.frame.profile"
"""Who tells the lower floors what the site is called."""

REVISION_MAX_AGE = 0.5
"""Seconds for which a process may believe the revision token it has read."""

PAGE_CACHE_BYTES = env.int("PAGE_CACHE_MB", 32) * 1024**2
"""What each process may keep of rendered pages; 0 turns the page cache off."""

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "campaign.staticfiles.JoinedStaticFilesStorage"},
}

MIRROR_KEY = Path(env.str("MIRROR_KEY", str(VAR_DIR / "mirror.key")))
"""The secret key that signs the mirror; `manage.py mirror --make-key` makes it."""
MIRROR_ZIP = VAR_DIR / "mirror.zip"
"""What readers may take away in one piece: stands beside the folder of `manage.py mirror var/mirror`."""
ONION_URL = env.str("ONION_URL", "").rstrip("/")
"""The site's address as an onion service; browsers that can are told of it."""

# Cookies exist on the desk's path alone.
for name in ("SESSION", "CSRF"):
    prefix = "__Secure-" if TLS else ""
    globals().update(
        {
            f"{name}_COOKIE_NAME": f"{prefix}{name.lower()}",
            f"{name}_COOKIE_PATH": f"/{ADMIN_PATH}",
            f"{name}_COOKIE_SECURE": TLS,
            f"{name}_COOKIE_HTTPONLY": True,
            f"{name}_COOKIE_SAMESITE": "Strict",
        }
    )
SESSION_ENGINE = "campaign.desk.session_store"
SESSION_COOKIE_AGE = CSRF_COOKIE_AGE = 12 * 60 * 60
"""Django's own year for the second would tell, of any device that is seized, that an editor's desk was opened on it."""
SECOND_FACTOR = env.bool("SECOND_FACTOR", not ON_THIS_MACHINE)
"""Whether the desk asks every account for a code besides its password: everywhere but where one tries the site out (an onion has no TLS)."""
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Who hears of errors, by e-mail and by security.txt. What is sent is a line of the log (campaign.alerts).
ADMINS = [("", address) for address in env.list("ADMINS", default=[])]
SERVER_EMAIL = env.str("SERVER_EMAIL", f"campaign@{urlsplit(SITE_URL).hostname}")
EMAIL_SUBJECT_PREFIX = f"[{urlsplit(SITE_URL).hostname}] "
EMAIL_TIMEOUT = 10
with readable("EMAIL_URL"):
    globals().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
SECURITY_CONTACT = env.list("SECURITY_CONTACT", default=[])
"""Where whoever finds a hole tells us, the best way first: addresses, `https://` pages or telephone numbers (`tel:`)."""

SECURE_SSL_REDIRECT = TLS and env.bool("SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer breaks some form posts
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("TRUST_FORWARDED_PROTO", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORMS_URLFIELD_ASSUME_HTTPS = True  # what Django 6 does; goes with 5.2
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WHITENOISE_MAX_AGE = 60

# Nothing is logged for a 4xx: Django's warnings hold the reader's path. Errors are logged by view and id (campaign.errors).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}, "null": {"class": "logging.NullHandler"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.request": {"handlers": ["null"], "propagate": False},
        "django.security": {"handlers": ["null"], "propagate": False},
        "campaign": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
