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
        _register_followers()


def _register_followers() -> None:
    """What hangs on an institution here, and in the apps below, which do not know what one is."""
    from nuserus.directory.registry import register_follower
    from nuserus.directory.statements import MEMBERS_OF_BOTH, ROLES_IN_BOTH, WORDS_OF_BOTH

    both = ("institution_id", "scope_institution")
    register_follower("directory.Membership", *both, label=_("Personnes membres"), before=MEMBERS_OF_BOTH)
    register_follower("directory.Correction", *both)
    register_follower("directory.Place", "institution_id", label=_("Lieux où se faire aider"))
    register_follower("directory.FormerInstitution", "institution_id")
    for words in ("publics", "trades"):
        register_follower(f"directory.Institution_{words}", "institution_id", before=WORDS_OF_BOTH[words])
    register_follower("people.RoleGrant", before=ROLES_IN_BOTH)
    register_follower("search.Entry")
    register_follower("screening.Flag")
