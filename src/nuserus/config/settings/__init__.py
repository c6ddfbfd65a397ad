"""Settings of the one Django project, the same embedded and hosted.

Everything that differs between two instances comes from the environment; each variable is
described in docs/operate/settings.md (a test compares the two).
"""

from __future__ import annotations

from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from nuserus.config.settings.databases import DATABASE_ROUTERS, DATABASES, DB_ROLES
from nuserus.config.settings.environment import (
    SOURCE,
    audit_key_file,
    backup_days,
    data_folder,
    flag,
    key_table_key,
    ledger_path,
    secret_key,
    setting,
    tiles_address,
    words,
)
from nuserus.config.settings.sign_in import *  # noqa: F403 (allauth reads its settings from here)

__all__ = ["DATABASES", "DATABASE_ROUTERS", "DB_ROLES"]

NUSERUS_DATA = data_folder()
NUSERUS_AUDIT_KEY_FILE = audit_key_file()
NUSERUS_KEY_TABLE_KEY = key_table_key()
NUSERUS_LEDGER = ledger_path()
# How many days a backup is kept, for the receipts of withdrawals; None: not said.
NUSERUS_BACKUP_DAYS = backup_days()
NUSERUS_DEMO = flag("NUSERUS_DEMO")
# Folder of a faster-whisper model; empty: recordings are written down by people.
NUSERUS_SPEECH_MODEL = setting("NUSERUS_SPEECH_MODEL")
# Recordings of interviews: of one, and of all those of one place of a study.
NUSERUS_RECORDING_MEGABYTES = int(setting("NUSERUS_RECORDING_MEGABYTES", "1024"))
NUSERUS_RECORDINGS_GIGABYTES = int(setting("NUSERUS_RECORDINGS_GIGABYTES", "20"))

SECRET_KEY = secret_key()
DEBUG = False
# Links in mails outlive a change of key: with the old ones a thief could do no more than stop mails.
NUSERUS_OLD_SECRET_KEYS = words("NUSERUS_OLD_SECRET_KEYS", "")
NUSERUS_ADDRESS = setting("NUSERUS_ADDRESS", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = words("NUSERUS_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = words("NUSERUS_TRUSTED_ORIGINS", "")
if flag("NUSERUS_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "nuserus.portal",
    "nuserus.community",
    "nuserus.learning",
    "nuserus.charters",
    "nuserus.facilitation",
    "nuserus.practices",
    "nuserus.fieldwork",
    "nuserus.instruments",
    "nuserus.corpus",
    "nuserus.studies",
    "nuserus.consent",
    "nuserus.devices",
    "nuserus.directory",
    "nuserus.people",
    "nuserus.notifications",
    "nuserus.search",
    "nuserus.screening",
    "nuserus.voice",
    "nuserus.ui",
    "nuserus.foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # tokens are masked and the length is padded against BREACH
    "csp.middleware.CSPMiddleware",
    "nuserus.foundation.powers.PowersMiddleware",
    "nuserus.foundation.asking.keeping.NotKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nuserus.foundation.input.PlainInputMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # around the transaction, since allauth sends some of its mail when it is committed
    "allauth.account.middleware.AccountMiddleware",
    "nuserus.foundation.asking.middleware.AskingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "nuserus.config.urls"
WSGI_APPLICATION = "nuserus.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nuserus.foundation.asking.context.asking",
                "csp.context_processors.nonce",
            ],
            "builtins": ["django.templatetags.i18n", "nuserus.ui.templatetags.nu"],
        },
    }
]
FORM_RENDERER = "nuserus.ui.rendering.FormRenderer"

AUTH_USER_MODEL = "people.Account"
_THROTTLE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "foundation_throttle",
    "OPTIONS": {"MAX_ENTRIES": 100_000},
}
# allauth knows the alias "default" only, and counts attempts there: the two are one table. What one
# process keeps for itself goes into "local".
CACHES = {
    "default": _THROTTLE,
    "throttle": _THROTTLE,
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français")), ("en", _("anglais"))]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = NUSERUS_DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "nuserus.foundation.files.storage.WholeFileStorage",
        "OPTIONS": {"location": NUSERUS_DATA / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "nuserus.ui.storage.VersionedStaticFiles"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# addresses carry a hash of the content
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = [
    "nuserus.foundation.files.quota.QuotaUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A photo may weigh 20 MB; a little more is read so that the refusal can say its real size.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

EMAIL_BACKEND = setting("NUSERUS_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = str(NUSERUS_DATA / "mail")
EMAIL_HOST = setting("NUSERUS_EMAIL_HOST", "localhost")
EMAIL_PORT = int(setting("NUSERUS_EMAIL_PORT", "25"))
EMAIL_HOST_USER = setting("NUSERUS_EMAIL_USER")
EMAIL_HOST_PASSWORD = setting("NUSERUS_EMAIL_PASSWORD")
EMAIL_USE_TLS = flag("NUSERUS_EMAIL_TLS")
EMAIL_TIMEOUT = 10  # seconds; a silent mail server would hold a thread of the site for ever
DEFAULT_FROM_EMAIL = setting("NUSERUS_EMAIL_FROM", "nuserus <ne-pas-repondre@localhost>")

HTTPS = flag("NUSERUS_HTTPS")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE, "'strict-dynamic'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF, *OIDC_FORM_TARGETS, *words("NUSERUS_FORM_TARGETS", "")],  # noqa: F405
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "nuserus.config.logs.HideSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    # where addresses are written, for the handlers that others add
    "loggers": {name: {"filters": ["secrets"]} for name in ("django.request", "django.security.csrf")},
    "root": {"handlers": ["stderr"], "level": setting("NUSERUS_LOG_LEVEL", "WARNING")},
}

# the map needs no tiles; an operator who has a tile server says where, and whom to thank for it
MAP_TILES = tiles_address()
MAP_TILES_CREDIT = setting("NUSERUS_MAP_TILES_CREDIT")

PROCRASTINATE_DATABASE_ALIAS = "default"
