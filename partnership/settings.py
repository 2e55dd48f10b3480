"""Every setting of the portal. Without any environment variables it runs on a fresh clone: DEBUG, the embedded
PostgreSQL and Valkey, and a local mail server. In production `PORTAL_ENV=production` turns DEBUG off and makes some
variables required; an invalid value stops the start with a message that names the variable.
"""

import datetime as dt
import os
from pathlib import Path

from csp.constants import NONCE, SELF
from django.core.exceptions import ImproperlyConfigured

from partnership.environment import (
    broker_from_url,
    database_from_url,
    email_from_url,
    number_from,
    pair_from,
    reports_from_url,
    sms_from_url,
    yes_or_no_from,
)

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str | None = None) -> str:
    """Return an environment variable, or `default`; raise an error that names the variable if there is neither."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (see deploy/README.md).")
    return value


def env_number(name: str, default: str) -> int:
    """Return an environment variable as a number; raise an error that names it if it is none."""
    return number_from(name, env(name, default))


ENVIRONMENT = env("PORTAL_ENV", "development")
if ENVIRONMENT not in ("development", "production"):
    raise ImproperlyConfigured(f"PORTAL_ENV must be development or production, not {ENVIRONMENT!r}.")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = not PRODUCTION

SECRET_KEY = env("SECRET_KEY", None if PRODUCTION else "only-for-a-machine-that-nobody-else-can-reach-" + "x" * 20)
ALLOWED_HOSTS = env("ALLOWED_HOSTS", None if PRODUCTION else ".localhost,localhost,127.0.0.1,[::1]").split(",")
# The portal's public address: links in emails are made by a worker, which has no request.
PUBLIC_SCHEME = env("PUBLIC_SCHEME", "https" if PRODUCTION else "http")
PUBLIC_PORT = "" if PRODUCTION else env("PORT", "8000")

# -- Services ---------------------------------------------------------------------------------------------------------

if PRODUCTION:
    _local_database = _local_redis = None
else:  # production never loads the development tools
    from devtools import embedded

    _local_database, _local_redis = embedded.urls()
DATABASE_URL = env("DATABASE_URL", _local_database)
REDIS_URL = env("REDIS_URL", _local_redis)
EMAIL_URL = env("EMAIL_URL", None if PRODUCTION else "smtp://127.0.0.1:1025")

_database = database_from_url(DATABASE_URL)
DATABASES = {
    "default": {
        **_database,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database["OPTIONS"],
            "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
            # Statements are prepared once for each connection: a third less work for the database.
            "server_side_binding": True,
            "prepare_threshold": 3,
            # PostgreSQL's default for all three is no limit.
            "options": "-c lock_timeout=3s -c statement_timeout=10s -c idle_in_transaction_session_timeout=30s",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A public page may be a second old, so a thousand readers cost one rendering.
RUSH_SECONDS = env_number("RUSH_SECONDS", "1")
# `/readyz` is open to all, and what it looks at costs as much as several pages.
READY_SECONDS = 5
CACHES = {
    # Log-in limits are counted here and must survive the loss of Redis, so the cache is in the database.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Above this number a third is deleted, live counts too: Django's default of 300 would be full within a minute.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Rendered public pages; they can be made again, so each process keeps its own.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_server = email_from_url(EMAIL_URL)
EMAIL_HOST = _server.host
EMAIL_PORT = _server.port
EMAIL_HOST_USER = _server.user
EMAIL_HOST_PASSWORD = _server.password
EMAIL_USE_TLS = _server.tls
EMAIL_USE_SSL = _server.ssl
EMAIL_TIMEOUT = 10
# The sender of every partnership's messages; where one has its own (MAIL_FROM_OF=kalmar=portal@kalmar.example), of the
# others'. Each address needs SPF, DKIM and DMARC. Answers go to the partnership's contact in both cases.
DEFAULT_FROM_EMAIL = env("MAIL_FROM", None if PRODUCTION else "portal@randers.localhost")
_senders = env("MAIL_FROM_OF", "" if PRODUCTION else "kalmar=portal@kalmar.localhost")
MAIL_FROM_OF = dict(one.split("=", 1) for one in _senders.split(",") if "=" in one)
# Emails to one domain in a minute; more is spread over the next minutes. 0 for no limit.
MAIL_PER_DOMAIN_A_MINUTE = env_number("MAIL_PER_DOMAIN_A_MINUTE", "20000")
SENDING_ENABLED = yes_or_no_from("SENDING_ENABLED", env("SENDING_ENABLED", "yes"))
# Text messages go through an HTTP gateway (see partnership/outbox/channels/sms.py); without one, none are sent.
SMS_URL = sms_from_url(env("SMS_URL", ""))
# The number that texts are sent from, if they can be answered; without it the sender is the partnership's name.
SMS_FROM = env("SMS_FROM", "")
# The gateway sends answers to /sms/incoming with this user:password; without it the address does not exist.
SMS_WEBHOOK_SECRET = pair_from("SMS_WEBHOOK_SECRET", env("SMS_WEBHOOK_SECRET", ""))
# The address for bounces: bounces@example.dk becomes bounces+<message>@example.dk.
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS", "")
# The mail provider's notices of bounces and complaints come to /anymail/<provider>/tracking/ with this user:password.
_webhook_secret = pair_from("MAIL_WEBHOOK_SECRET", env("MAIL_WEBHOOK_SECRET", ""))
# The mail provider, by its name in those addresses ("postmark"): no other provider's address exists.
MAIL_PROVIDER = env("MAIL_PROVIDER", None if _webhook_secret else "")
ANYMAIL = {"WEBHOOK_SECRET": _webhook_secret} if _webhook_secret else {}

CELERY_BROKER_URL = broker_from_url(REDIS_URL)

# -- Applications -----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "partnership.people.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "crispy_forms",
    "crispy_dkfds",
    "csp",
    "partnership",
    "partnership.web",
    "partnership.paper",
    "partnership.places",
    "partnership.people",
    "partnership.outbox",
    "entrance",
    "neighbours",
    "talks",
    "advice",
    "figures",
    "dashboard",
    # The demonstration's cast and mailbox: not in production.
    *(["demo"] if DEBUG else []),
]

MIDDLEWARE = [
    "partnership.web.middleware.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "entrance.middleware.NotKeptMiddleware",
    "csp.middleware.CSPMiddleware",
    "partnership.web.middleware.LongQueryMiddleware",
    "partnership.web.charsets.CharsetMiddleware",
    "partnership.places.middleware.PartnershipMiddleware",
    "partnership.web.receipts.ForgettingMiddleware",
    "entrance.middleware.DeviceSessionMiddleware",
    "partnership.people.middleware.LanguageMiddleware",
    "partnership.web.middleware.RetryingMiddleware",
    "partnership.web.link_help.LinkHelpMiddleware",
    "partnership.web.middleware.NulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "partnership.web.long_forms.LongFormMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnership.people.middleware.HomePartnershipMiddleware",
    "entrance.middleware.LogInMiddleware",
    "entrance.middleware.ClosedByDefaultMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "entrance.middleware.SecondFactorMiddleware",
    "partnership.web.middleware.ByButtonMiddleware",
]

ROOT_URLCONF = "partnership.urls"
WSGI_APPLICATION = "partnership.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Every form reads what was typed in one way.
FORM_RENDERER = "partnership.fields.typed.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "dkfds"
CRISPY_TEMPLATE_PACK = "dkfds"
CRISPY_FAIL_SILENTLY = PRODUCTION

# -- Words and days ---------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "partnership.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"

# -- Static files -----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".data" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "partnership.web.static_files.OneSheetStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# -- Authentication ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "entrance.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "entrance.codes.CodeForm",
    "confirm_login_code": "entrance.codes.TypedCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Each log-in by an emailed code verifies the mailbox (people/mailboxes.py), so allauth need not ask for that.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # enough for an older person to walk to another computer and back
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Said on the page of privacy: how many days a backup is kept, and what is erased may still stand in one.
BACKUPS_KEPT_DAYS = env_number("BACKUPS_KEPT_DAYS", "30")
# The limit for one IP address, which may be that of a library or a hall full of neighbours; 0: no limit.
# Each public form may be sent this often, or a share of it that its room registers (people/limits.py).
FORMS_AN_HOUR = env_number("FORMS_AN_HOUR", "60")
# How long a form takes that a stranger types an address into, whether we know it or not.
FORMS_TAKE_SECONDS = 0.25
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,60/h/ip",
    "passkey_challenge": "20/m/ip,60/h/ip",
    # The pages of a log-in that waits for its code: in a hall, twenty log in within a minute.
    "waiting_log_in": "120/m/ip",
    # Wrong codes of the app: five of one person, and so many at one IP address that nobody there locks out the others.
    "login_failed": "120/m/ip,5/5m/key",
    # The limits for emails that somebody requests by typing an address. people/limits.py and entrance/owners.py say
    # which applies when.
    "mail_to_mailbox": "6/h/key,16/d/key",
    # From one IP address fewer, so that one stranger cannot use up what the owner asks for elsewhere.
    "mail_to_mailbox_from_here": "4/h/key,8/d/key",
    # The first from each form is sent all the same: others may have used up what one mailbox gets.
    "first_mail_to_mailbox": "1/d/key",
    # Evenings that are held for one mailbox until their links are opened, whether we know it or not.
    "evenings_for_mailbox": "3/2h/key",
    "mail_to_known_from_own_browser": "10/h/key",
    # By a person who is logged in; staff type many paper slips.
    "mail_from_person": "6/h/key,12/d/key",
    "mail_from_staff": "200/h/key",
    # Emails that staff cause to one mailbox, by one of them and by all: a call in which a talk is booked, moved and
    # sent again stays far below.
    "mail_to_mailbox_by_one_of_staff": "20/h/key,60/d/key",
    "mail_to_mailbox_by_staff": "40/h/key,120/d/key",
    # A card takes some seconds: a pile of a few hundred in an afternoon.
    "cards_from_staff": "600/h/key",
    # Numbers of reply cards that we do not know, by one of the staff: a pile has few, since their letter tells a slip
    # of the finger.
    "unknown_card": "30/h/key,100/d/key",
}
# The number of proxies in front: a wrong one gives all visitors one limit, or lets each choose their IP address.
ALLAUTH_TRUSTED_PROXY_COUNT = env_number("TRUSTED_PROXY_COUNT", "1" if PRODUCTION else "0")
# A household gets a /56 from most providers, and so 256 networks of the /64 that allauth counts.
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 56

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "entrance.passkeys.forms.AddPasskeyForm",
    "edit_webauthn": "entrance.passkeys.forms.EditPasskeyForm",
    "signup_webauthn": "entrance.passkeys.forms.SignUpByPasskeyForm",
    "login_webauthn": "entrance.passkeys.forms.LogInByPasskeyForm",
    "authenticate_webauthn": "entrance.passkeys.forms.ShowPasskeyForm",
    "reauthenticate_webauthn": "entrance.passkeys.forms.ShowPasskeyAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "entrance.library_words.FactorNames"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# -- Headers and cookies ----------------------------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "partnership.web.refusal_views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "entrance.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
# A session in which nobody has logged in holds a log-in under way, which allauth ends earlier.
SESSION_WITHOUT_PERSON = dt.timedelta(hours=1)
# Those who see other people's data are logged out after this long without a page, and this long after logging in.
STAFF_SESSION_IDLE = dt.timedelta(minutes=30)
STAFF_SESSION_AGE = dt.timedelta(hours=10)
SESSION_USE_RECORDED_EVERY = dt.timedelta(minutes=1)
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# -- Logging and error reports ----------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "partnership.web.masking.MaskingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"clients": {"()": "partnership.web.masking.ClientErrors"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["clients"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers would write the same lines again, unmasked.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
# Where unexpected errors are reported, without personal data; without it they are only in the log.
SENTRY_DSN = reports_from_url(env("SENTRY_DSN", ""))
if SENTRY_DSN:  # the package is loaded only where it is used
    from partnership import error_reporting

    error_reporting.start(SENTRY_DSN, environment=ENVIRONMENT)
    MIDDLEWARE = ["partnership.error_reporting.NameByRoute", *MIDDLEWARE]
