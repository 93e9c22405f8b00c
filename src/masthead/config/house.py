"""Django's settings for the publishing house, made of the operator's settings; which back ends stand behind what."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url

from masthead import wording
from masthead.config.hosts import Hosts
from masthead.config.settings import Settings
from masthead.config.storages import storages_of

KEY_FILE = "secret-key"
_COUNTED = 100_000  # tries that are remembered; with the usual 300 anybody could push their own out
_PACKAGE = Path(__file__).parents[1]
_SQLITE = {
    "transaction_mode": "IMMEDIATE",  # a writer waits for its turn at the beginning, not in the middle
    "timeout": 20,  # seconds
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
}


_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "masthead.accounts",
    "masthead.outbox",
    "masthead.webhooks",
    "masthead.library",
    "masthead.access",
    "masthead.annotations",
    "masthead.sharing",
    "masthead.orders",
    "masthead.comments",
    "masthead.forms",
    "masthead.production",
    "masthead.api",
    "masthead.statistics",
    "masthead.safekeeping",
]
_MIDDLEWARE = [
    "masthead.config.hosts.welcome",
    "masthead.faces.middleware.lengths",
    "masthead.faces.middleware.security_headers",
    "masthead.faces.observing.observe",
    "masthead.faces.middleware.RequestIds",
    "masthead.site.kept_answers.keep_answers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "masthead.accounts.staff_places.know_staff",
    "masthead.faces.hinting.hint",
    "masthead.faces.languages.speak",
    "masthead.faces.bodies.limit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "masthead.faces.refusals.Refusals",
    "allauth.account.middleware.AccountMiddleware",
    "masthead.accounts.seen.note_sessions",
]


def django_settings_of_house(settings: Settings) -> dict[str, Any]:
    """What Django needs to know to run the house."""
    return {
        "DEBUG": False,
        "SECRET_KEY": settings.secret_key or _kept_key(settings.data),
        "ALLOWED_HOSTS": Hosts(settings.host_names),
        "ROOT_URLCONF": "masthead.config.urls",
        "INSTALLED_APPS": _APPS,
        "MIDDLEWARE": _MIDDLEWARE,
        "TEMPLATES": _templates(),
        "DATABASES": {"default": database_of(settings)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "cache_entry",
                "OPTIONS": {"MAX_ENTRIES": _COUNTED},
            }
        },
        "STORAGES": storages_of(settings),
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 << 20,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 20_000,  # the editor of a long article is one form
        "FILE_UPLOAD_TEMP_DIR": str(settings.data / "incoming"),
        "SILENCED_SYSTEM_CHECKS": ["files.E001"],  # that folder is made at the start
        "FILE_UPLOAD_HANDLERS": ["django.core.files.uploadhandler.TemporaryFileUploadHandler"],
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [(code, code) for code in wording.languages()],
        "LOGGING_CONFIG": None,  # `logs.set_up` does it
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "SERVES": "house",
        "MASTHEAD": settings,
        **_sign_in(settings),
        **_cookies(settings),
        **mail_of(settings),
    }


def database_of(settings: Settings) -> dict[str, Any]:
    """The database: a file in the data folder, or a server."""
    address = settings.database or f"sqlite:///{(settings.data / 'masthead.sqlite3').absolute()}"
    found: dict[str, Any] = dict(dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True))
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {**found.get("OPTIONS", {}), **_SQLITE}
    return found


def mail_of(settings: Settings) -> dict[str, Any]:
    """Where mails go: to a server, or where there is none to the log."""
    sender = {"DEFAULT_FROM_EMAIL": settings.mail_from, "SERVER_EMAIL": settings.mail_from}
    if not settings.mail:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend", **sender}
    address = urlsplit(settings.mail)
    is_tls = address.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "masthead.outbox.mail.Backend",  # which sends them by the framework's own
        "EMAIL_HOST": address.hostname or "localhost",
        "EMAIL_PORT": address.port or (465 if is_tls else 25),
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls and address.port == 587,
        "EMAIL_TIMEOUT": 20,
        **sender,
    }


def make_secret_key(data: Path) -> None:
    """Make the key that signs cookies and links, once; only the house's own user can read it."""
    file = data / KEY_FILE
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48), encoding="ascii")


def _kept_key(data: Path) -> str:
    """The key of the data folder; before the first start one that outlives nothing."""
    file = data / KEY_FILE
    return file.read_text(encoding="ascii").strip() if file.is_file() else secrets.token_urlsafe(48)


def _templates() -> list[dict[str, Any]]:
    """Our own templates come first; the sign-in library's keep its language and take our layout."""
    rooms = [str(_PACKAGE / room / "templates") for room in ("faces", "accounts", "backoffice", "api", "site")]
    processors = [
        "django.template.context_processors.request",
        "django.contrib.messages.context_processors.messages",
        "masthead.faces.looks.context",
        "masthead.backoffice.framing.context",
    ]
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": rooms,
            "OPTIONS": {
                "environment": "masthead.exports.templates.house_environment",
                "context_processors": processors,
            },
        },
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [str(_PACKAGE / "accounts" / "layouts")],
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [*processors, "django.contrib.auth.context_processors.auth"]},
        },
    ]


def _sign_in(settings: Settings) -> dict[str, Any]:
    return {
        "AUTH_USER_MODEL": "accounts.User",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "PASSWORD_HASHERS": [
            "masthead.accounts.hashing.PacedArgon2",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 10},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {
                "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("email", "name")},
            },
        ],
        "PASSWORD_RESET_TIMEOUT": 24 * 3600,  # seconds
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/office/",
        "ACCOUNT_ADAPTER": "masthead.site.single_sign_out.SignInAndOut",
        "ACCOUNT_FORMS": {
            "reset_password_from_key": "masthead.accounts.resetting.NewPasswordForm",
            "set_password": "masthead.accounts.resetting.FirstPasswordForm",
        },
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "optional",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "/",
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,  # another address would get the link for a new password
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,  # who did not change it has to hear of it
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_USER_DISPLAY": str,
        "ALLAUTH_TRUSTED_PROXY_COUNT": settings.proxies,
        **_second_step(settings),
        "USERSESSIONS_TRACK_ACTIVITY": True,
    }


def _second_step(settings: Settings) -> dict[str, Any]:
    return {
        "MFA_ADAPTER": "masthead.accounts.second_step.SecondStep",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_FORMS": {
            "add_webauthn": "masthead.accounts.passkeys.AddPasskeyForm",
            "authenticate_webauthn": "masthead.accounts.passkeys.SecondStepForm",
            "login_webauthn": "masthead.accounts.passkeys.PasskeyForm",
            "reauthenticate_webauthn": "masthead.accounts.passkeys.OnceMoreForm",
        },
        # Browsers have passkeys over http on localhost alone.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not settings.origin.startswith("https://"),
        "MFA_TOTP_ISSUER": "Masthead",
    }


def _cookies(settings: Settings) -> dict[str, Any]:
    is_https = settings.origin.startswith("https://")
    return {
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "__Host-session" if is_https else "session",
        "CSRF_COOKIE_SECURE": is_https,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrf" if is_https else "csrf",
        "CSRF_TRUSTED_ORIGINS": [settings.origin] if settings.origin else [],
        "CSRF_FAILURE_VIEW": "masthead.faces.failures.forged",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if settings.proxies else None,
    }
