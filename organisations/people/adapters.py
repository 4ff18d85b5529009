"""How django-allauth is fitted to the portal."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from organisations.people import letters
from organisations.people.models import User
from organisations.people.second_factor import KINDS, has_second_factor, needs_second_factor

# allauth's letters → ours: those with a code, and notices of what was changed.
CODE_LETTERS = {
    "account/email/login_code": "sign-in-code",
    "account/email/email_confirmation": "address-code",
    "account/email/email_confirmation_signup": "address-code",
    "account/email/password_reset_code": "password-code",
}
NOTICE_LETTERS = {
    "account/email/email_changed": "address-changed",
    "account/email/email_deleted": "address-removed",
    "account/email/password_changed": "password-changed",
    "account/email/password_reset": "password-changed",
    "account/email/password_set": "password-set",
    "mfa/email/recovery_codes_generated": "recovery-codes-made",
    "mfa/email/totp_activated": "app-added",
    "mfa/email/totp_deactivated": "app-removed",
    "mfa/email/webauthn_added": "key-added",
    "mfa/email/webauthn_removed": "key-removed",
}
PLAIN_LETTERS = {
    "account/email/unknown_account": "address-closed",
    "account/email/account_already_exists": "address-taken",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sends every letter about signing in through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no sign-up of its own: the sign-in code makes the account."""
        return False

    def send_notification_mail(self, template_prefix: str, *args: Any, **kwargs: Any) -> None:
        """Tell of changes; the first sign-in, which confirms the address, is none."""
        if template_prefix != "account/email/email_confirm":
            super().send_notification_mail(template_prefix, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter that stands for allauth's `template_prefix`.

        :raises KeyError: for a letter of allauth's that nobody has written yet.
        """
        language = get_language() or settings.LANGUAGE_CODE
        if kind := CODE_LETTERS.get(template_prefix):
            letters.queue_code(kind, email=email, language=language, code=context["code"])
        elif kind := PLAIN_LETTERS.get(template_prefix):
            letters.queue_plain(kind, email=email, language=language)
        else:
            user = self.request.user
            notice = NOTICE_LETTERS[template_prefix]
            if not user.is_authenticated:
                user = User.objects.get(email__iexact=email)
            letters.queue_notice(notice, user, email=email)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the last second factor of those whose role needs one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your role needs a second factor: add another one before you remove this."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to remove the last one of a person whose role needs one."""
        user = authenticator.user
        if not settings.REQUIRE_SECOND_FACTOR or not needs_second_factor(user):
            return True
        if authenticator.type not in KINDS:
            return True
        return has_second_factor(user, besides=authenticator.pk)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Suggest a name for a passkey; its owner changes it."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("My passkey %(number)d") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        """Keep the app's secret unreadable for who sees only the database."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Undo `encrypt`, with the present key or an earlier one that settings still name."""
        return _lock().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)


def _lock() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor" + key.encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
