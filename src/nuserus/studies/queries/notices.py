"""The notices of a study: the text to show for each purpose, and what the study itself says beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nuserus.consent.enums import NoticeFormat, Purpose
from nuserus.consent.models import NoticeVersion
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import LegalBasis
from nuserus.studies.models import RetentionRule, Study, StudyPlace
from nuserus.studies.queries.studies import retention_of

NOTICES: dict[str, str] = {
    Purpose.TAKE_PART: "etude-participer",
    Purpose.RECORD_AUDIO: "etude-enregistrer-la-voix",
    Purpose.IMAGE: "etude-image",
    Purpose.INTERNAL_USE: "etude-usage-interne",
    Purpose.SHARE: "etude-partager",
    Purpose.QUOTE: "etude-citer",
    Purpose.PUBLISH: "etude-publier",
    Purpose.REUSE: "etude-reutiliser",
    Purpose.RECONTACT: "etude-recontacter",
}


@dataclass(frozen=True, slots=True)
class Around:
    """What a study says beside each notice: what it is, who answers for the data, on what basis, for how long."""

    study: Study
    place: StudyPlace
    retention: list[RetentionRule]

    @property
    def apart(self) -> list[str]:
        """What the law asks to be said, apart from the agreement of the person: a sentence each."""
        study = self.study
        lines = []
        if study.legal_basis != LegalBasis.UNSETTLED:
            basis = LegalBasis(study.legal_basis).label
            lines.append(_("Base légale pour garder ces données : %(basis)s (RGPD, article 6).") % {"basis": basis})
        if study.controller:
            lines.append(_("Responsable des données : %(who)s.") % {"who": study.controller.rstrip(".")})
        if study.contact:
            lines.append(_("À qui s’adresser : %(who)s") % {"who": study.contact})
        lines += [_kept(rule) for rule in self.retention]
        lines.append(_("Vous pouvez demander à voir, à corriger ou à effacer ce qui vient de vous."))
        lines.append(_("Vous pouvez vous plaindre à la CNIL : cnil.fr."))
        return lines


def _kept(rule: RetentionRule) -> str:
    what = str(rule.get_material_display())
    told = {
        "what": what[:1].upper() + what[1:],
        "start": rule.get_kept_from_display(),
        "then": rule.get_then_display(),
        "months": rule.months,
    }
    if not rule.months:
        return _("%(what)s : jusqu’à %(start)s. Ensuite : %(then)s.") % told
    return _("%(what)s : %(months)d mois après %(start)s. Ensuite : %(then)s.") % told


def around_notice(asking: Asking, place: StudyPlace) -> Around:
    """What is said beside the notices of a place."""
    return Around(place.study, place, list(retention_of(asking, place.study)))


def wordings(form: NoticeFormat | str, language: str) -> dict[str, NoticeVersion]:
    """The last wording of every purpose in a format and a language. Raises Unreadable when one lacks."""
    rows = NoticeVersion.objects.select_related("notice").filter(
        notice__slug__in=NOTICES.values(), format=form, language=language
    )
    last = {row.notice.purpose: row for row in rows.order_by("number")}
    if set(last) != set(NOTICES):
        raise Unreadable
    return {purpose: last[purpose] for purpose in NOTICES}


def formats_in(language: str) -> list[NoticeFormat]:
    """The formats in which every purpose is written, in this language."""
    return [NoticeFormat.WRITTEN] if language == "en" else list(NoticeFormat)
