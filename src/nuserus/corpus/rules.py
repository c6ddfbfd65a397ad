"""Who may do what with the materials of a study.

A source is read by who collected it and by those on the mission of its place, which the database gives to
no colleague of that place; it is written by the second alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Rule, ScopedRow, Term, author, on_mission
from nuserus.studies.enums import Part
from nuserus.studies.rules import collected, leads_study, part_in, studies_with_part

KEY_HOLDER = "key_holder"


class _HoldsKey(Term):
    """The person leads the study of the row, or its lead lets them open its table of names."""

    key: ClassVar[str] = "study_id"

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        study = getattr(row, self.key)
        return part_in(asking, study, Part.LEAD) or f"{KEY_HOLDER}:{study}" in asking.roles

    def as_q(self, asking: Asking) -> Q:
        told = (role.partition(":") for role in asking.roles)
        held = [study for name, _colon, study in told if study and name == KEY_HOLDER]
        return Q(**{f"{self.key}__in": [*studies_with_part(asking, Part.LEAD), *held]})

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return _("Vous gardez la table des noms de cette étude.")


holds_key = _HoldsKey()

can_read_source = Rule("corpus.Source", "read", collected | on_mission)
can_add_source = Rule("corpus.Source", "add", on_mission)
can_change_source = Rule("corpus.Source", "change", on_mission)
can_read_source_version = Rule("corpus.SourceVersion", "read", collected | on_mission)
can_add_source_version = Rule("corpus.SourceVersion", "add", on_mission)
can_read_turn = Rule("corpus.Turn", "read", collected | on_mission)
can_change_turn = Rule("corpus.Turn", "change", on_mission)
can_read_excerpt = Rule("corpus.Excerpt", "read", collected | on_mission)
can_add_excerpt = Rule("corpus.Excerpt", "add", on_mission)
can_change_excerpt = Rule("corpus.Excerpt", "change", on_mission)
can_remove_excerpt = Rule("corpus.Excerpt", "delete", on_mission)

# Pseudonymising is the work of those on the mission. Who is who is for the key holders among them: the lead of the
# study, and whom the lead names. Nobody is one by a role of the site, an administrator no more than others.
can_read_masking = Rule("corpus.Masking", "read", collected | on_mission)
can_mask = Rule("corpus.Masking", "add", on_mission)
can_read_detail = Rule("corpus.Detail", "read", collected | on_mission)
can_decide_detail = Rule("corpus.Detail", "change", on_mission)
can_open_key = Rule("corpus.KeyEntry", "read", on_mission & holds_key)
can_write_key = Rule("corpus.KeyEntry", "add", on_mission)
can_open_original = Rule("corpus.SealedOriginal", "read", on_mission & holds_key)
can_seal_original = Rule("corpus.SealedOriginal", "add", on_mission)
can_read_key_holder = Rule("corpus.KeyHolder", "read", author | on_mission)
can_name_key_holder = Rule("corpus.KeyHolder", "add", leads_study)
can_end_key_holder = Rule("corpus.KeyHolder", "change", leads_study)
