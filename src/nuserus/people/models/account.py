"""`Account`: somebody who may sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Identified
from nuserus.foundation.plain import plain_line
from nuserus.people.models.trade import Trade


class AccountManager(BaseUserManager["Account"]):
    """Accounts, found by their e-mail address whatever its case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """A new account. Raises ValueError without an address, IntegrityError when it is taken."""
        if not email.strip():
            raise ValueError("An account needs an e-mail address")
        account = self.model(email=email, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser, Identified):
    """Somebody who may sign in: an address, a name to show, a trade. Nothing else is asked.

    Read before anyone is known, so not under the floor (docs/access/before-anyone.md).
    """

    email = models.EmailField(
        _("adresse e-mail"),
        unique=True,
        error_messages={"unique": _("Cette adresse ne peut pas être utilisée.")},
    )
    display_name = models.CharField(_("nom affiché"), max_length=80, blank=True)
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("métier"))
    language = models.CharField(_("langue"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    is_active = models.BooleanField(_("ouvert"), default=True)
    created_at = models.DateTimeField(_("ouvert le"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="account_email_is_lower_case")
        ]

    def __str__(self) -> str:
        return self.shown_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        self.display_name = plain_line(self.display_name)
        super().save(*args, **kwargs)

    @property
    def shown_name(self) -> str:
        """The name that others read; never the address."""
        return self.display_name or _now("Une personne de nuserus")
