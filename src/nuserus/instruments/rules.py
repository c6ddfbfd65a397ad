"""Who may do what with grids and questionnaires.

Those of the place or of the study read them, speak of them and fill them in. The referents of the place, and
those who conduct the study, change them. What was answered is read by who answered and by the people named
for that, nobody else: a colleague, a referent or a practitioner-researcher has no more standing than others.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import (
    Rule,
    ScopedRow,
    Term,
    author,
    in_group,
    manages_institution,
    readable,
    same_institution,
)


class _ConductsStudy(Term):
    """The person conducts the study of the row: its group and its mission have the id of the study."""

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return row.scope_level == Level.GROUP and row.scope_group in asking.missions

    def as_q(self, asking: Asking) -> Q:
        return Q(scope_level=Level.GROUP, scope_group__in=asking.missions)

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return _("Vous conduisez l’étude.")


leads = manages_institution | (in_group & _ConductsStudy())
belongs = same_institution | in_group

can_read_instrument = Rule("instruments.Instrument", "read", readable)
can_start_instrument = Rule("instruments.Instrument", "add", leads)
can_lead_instrument = Rule("instruments.Instrument", "change", leads)

can_read_version = Rule("instruments.InstrumentVersion", "read", readable)
can_add_version = Rule("instruments.InstrumentVersion", "add", leads)
can_publish_version = Rule("instruments.InstrumentVersion", "change", leads)

can_read_remark = Rule("instruments.Remark", "read", readable)
can_remark = Rule("instruments.Remark", "add", author & belongs)
can_decide_remark = Rule("instruments.Remark", "change", leads)
can_take_back_remark = Rule("instruments.Remark", "delete", author & belongs)

can_read_submission = Rule("instruments.Submission", "read", readable)
can_submit = Rule("instruments.Submission", "add", author)
can_review_submission = Rule("instruments.Submission", "change", readable)
can_read_submitted_file = Rule("instruments.SubmittedFile", "read", readable)

can_read_tablet = Rule("instruments.Tablet", "read", author)
can_add_tablet = Rule("instruments.Tablet", "add", author)
can_revoke_tablet = Rule("instruments.Tablet", "change", author)
