from __future__ import annotations

import pytest

from nuserus.foundation.asking import acting_as, as_system
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Picture
from nuserus.practices.queries.listed_at_once import listed_in_order
from nuserus.practices.queries.listing import listed
from nuserus.practices.queries.sheets import for_list, sheets_visible_to
from tests.factories.directory import make_institution
from tests.factories.sheets import make_evaluation, make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")


def test_one_statement_says_the_same_as_the_orm() -> None:
    plain = make_sheet()
    named = make_sheet(make_institution("IME Nommé", kind_label="centre médico-éducatif"), shows_institution=True)
    tried = make_sheet(happened="Cela marche.")
    make_trial(tried)
    make_trial(tried)
    evaluated = make_sheet(devices=[], own_devices="Une lampe")
    make_evaluation(evaluated)
    with as_system("test"):
        for is_cover in (False, True):
            Picture.objects.create(
                sheet=plain, file="a.jpg", small="b.jpg", alternative="Un car", width=1, height=1, is_cover=is_cover
            )
    hidden = make_sheet(status=SheetStatus.DRAFT)
    ids = [evaluated.pk, hidden.pk, tried.pk, named.pk, plain.pk]
    with acting_as(None) as asking:
        found = listed_in_order(asking, ids)
        by_id = {sheet.pk: listed(sheet) for sheet in for_list(sheets_visible_to(asking)).filter(pk__in=ids)}
    assert found == [by_id[one] for one in ids if one != hidden.pk]
    assert len(found) == 4
