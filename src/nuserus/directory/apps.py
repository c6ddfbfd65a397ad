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
        from nuserus.directory.actions.imports.asking import LARGEST
        from nuserus.directory.queries.imports import may_send_registers
        from nuserus.directory.queries.notices import register_notices
        from nuserus.foundation.asking import register_standing
        from nuserus.foundation.files.quota import allow_heavy_uploads
        from nuserus.foundation.files.sizes import MEGABYTE

        register_notices()
        # the national registers weigh hundreds of megabytes
        allow_heavy_uploads("/annuaire/imports/lire/", quota=LARGEST + MEGABYTE, allowed=may_send_registers)
        register_standing("institutions", f"SELECT institution_id {_MINE}")
        register_standing("managed", f"SELECT institution_id {_MINE} AND is_referent")
        register_standing("verified", f"SELECT 1 {_MINE}")
        register_standing("roles", f"SELECT 'member'::text {_MINE}")
        register_standing("roles", f"SELECT 'referent'::text {_MINE} AND is_referent")
