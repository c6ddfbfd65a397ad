"""`nuserus manage grant_role ADDRESS ROLE --reason …`: the first administrator of a new instance."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from nuserus.people.actions.roles import install_role
from nuserus.people.enums import Role
from nuserus.people.queries.accounts import account_with_address


class Command(BaseCommand):
    help = "Donne un rôle à un compte existant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=[role for role in Role.values if role != Role.REFERENT])
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        account = account_with_address(options["email"])
        if account is None:
            raise CommandError(_("Aucun compte ouvert n’a cette adresse."))
        grant = install_role(account=account, role=Role(options["role"]), reason=options["reason"])
        self.stdout.write(_("%(name)s : %(role)s.") % {"name": account.shown_name, "role": str(grant)})
