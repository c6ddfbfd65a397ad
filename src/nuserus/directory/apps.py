from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

_MINE = "FROM directory_membership WHERE account_id = nuserus_user() AND status = 'confirmed'"


class DirectoryConfig(AppConfig):
    name = "nuserus.directory"
    label = "directory"
    verbose_name = _("annuaire")

    def ready(self) -> None:
        from nuserus.directory import rules  # noqa: F401 (rules register themselves)
        from nuserus.directory.queries.notices import register_notices
        from nuserus.foundation.asking import register_standing

        register_notices()
        register_standing("institutions", f"SELECT institution_id {_MINE}")
        register_standing("managed", f"SELECT institution_id {_MINE} AND is_referent")
        register_standing("verified", f"SELECT 1 {_MINE}")
        register_standing("roles", f"SELECT 'member'::text {_MINE}")
        register_standing("roles", f"SELECT 'referent'::text {_MINE} AND is_referent")
