"""What may be the same place twice, side by side, for the moderators."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from nuserus.directory.enums import DuplicateKind, DuplicateStatus
from nuserus.directory.models import DuplicateProposal, FormerInstitution, Institution, Place
from nuserus.directory.queries.institutions import institution_for_page
from nuserus.directory.queries.telling import address_line, phone_of, site_of
from nuserus.directory.registry import Follower, followers
from nuserus.directory.rules import can_decide_duplicate
from nuserus.foundation.asking import Asking, as_system
from nuserus_analysis.text import fold


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said of both: its name, what each says, and whether they say the same."""

    key: str
    first: str
    second: str

    @property
    def same(self) -> bool:
        """Whether both say the same; a register writes in capitals and without accents."""
        return fold(self.first) == fold(self.second)


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal and the two objects that it names; `in_the_way` says why they cannot be merged."""

    proposal: DuplicateProposal
    first: Institution
    second: Institution | Place
    in_the_way: str = ""

    @property
    def is_link(self) -> bool:
        """Whether the answer is a link between a place and an institution, and no merging."""
        return isinstance(self.second, Place)


def duplicates_waiting_for(asking: Asking) -> QuerySet[DuplicateProposal]:
    """The proposals that the person decides: all that wait, for a moderator."""
    return can_decide_duplicate.filter(DuplicateProposal.objects.all(), asking).filter(status=DuplicateStatus.WAITING)


def pairs_of(proposals: list[DuplicateProposal]) -> list[Pair]:
    """The proposals whose two objects are still there."""
    institutions = institution_for_page().in_bulk({pk for one in proposals for pk in (one.first, one.second)})
    places = Place.objects.select_related("department").in_bulk({one.second for one in proposals})
    found = []
    for one in proposals:
        first, other = institutions.get(one.first), _second(one, institutions, places)
        if first is not None and other is not None:
            found.append(Pair(one, first, other, in_the_way(first, other)))
    return found


def _second(
    one: DuplicateProposal, institutions: dict[UUID, Institution], places: dict[UUID, Place]
) -> Institution | Place | None:
    if one.kind == DuplicateKind.INSTITUTIONS:
        return institutions.get(one.second)
    return places.get(one.second)


def in_the_way(first: Institution, second: Institution | Place) -> str:
    """Why two institutions cannot be merged; "" where they can."""
    if isinstance(second, Institution) and first.finess and second.finess:
        return _(
            "Le répertoire leur donne deux numéros : pour lui ce sont deux lieux, et le prochain import les séparerait "
            "de nouveau. Si c’est une erreur, c’est au répertoire de la corriger."
        )
    if isinstance(second, Place) and first.is_private_home:
        return _(
            "Des personnes vivent peut-être dans cet établissement chez elles : il n’est relié à aucune adresse. "
            "Si l’autre registre publie la leur, demandez-lui de la retirer."
        )
    return ""


def lines_of(pair: Pair) -> list[Line]:
    """What is said of both, what differs first; what neither says is left out."""
    first, second = _said(pair.first), _said(pair.second)
    if pair.first.is_private_home or getattr(pair.second, "is_private_home", False):
        for told in (first, second):
            told[_("Adresse")] = told[_("Téléphone")] = ""
    lines = [Line(key, first.get(key, ""), second.get(key, "")) for key in dict.fromkeys([*first, *second])]
    return sorted((line for line in lines if line.first or line.second), key=lambda line: line.same)


def hanging_on(pair: Pair) -> list[Line]:
    """How much hangs on each: numbers of rows that a moderator may not read, counted as the system.

    What hangs on neither is left out.
    """
    if not isinstance(pair.second, Institution):
        return []
    with as_system("count what hangs on two institutions"), connections["system"].cursor() as cursor:
        lines = []
        for follower in followers():
            if follower.label:
                first, second = (_count(cursor, follower, pk) for pk in (pair.first.pk, pair.second.pk))
                if first or second:
                    lines.append(Line(str(follower.label), str(first), str(second)))
    return lines


def successor_of(*, pk: UUID | None = None, slug: str = "") -> Institution:
    """What an institution that is no more became. Raises Http404 where it never was."""
    rows = FormerInstitution.objects.select_related("institution")
    former = (rows.filter(pk=pk) if pk is not None else rows.filter(slug=slug)).first()
    if former is None:
        raise Http404
    return former.institution


def _count(cursor: object, follower: Follower, pk: UUID) -> int:
    query = f'SELECT count(*) FROM {follower.table} WHERE "{follower.columns[0]}" = %s'  # noqa: S608 (declared names)
    cursor.execute(query, [pk])  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def _said(thing: Institution | Place) -> dict[str, str]:
    said = {
        _("Nom"): thing.name,
        _("Type"): str(thing.kind),
        _("Adresse"): address_line(thing),
        _("Ville"): thing.town_name,
        _("Téléphone"): phone_of(thing),
        _("Site"): site_of(thing),
        _("Numéro SIRET"): thing.siret,
    }
    if isinstance(thing, Institution):
        said |= {
            _("Numéro FINESS"): thing.finess or "",
            _("Nom au répertoire FINESS"): thing.register_name,
            _("Organisme gestionnaire"): str(thing.operator or ""),
            _("Fermé le"): thing.closed_on.isoformat() if thing.closed_on else "",
        }
    else:
        said[_("Registre")] = thing.get_source_display()
    return said
