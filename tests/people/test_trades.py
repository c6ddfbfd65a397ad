"""The list of trades."""

from __future__ import annotations

import pytest
from django.db import transaction

from nuserus.people.actions import trades as loading
from nuserus.people.models import Trade
from nuserus.people.queries.trades import trade_choices
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")


def test_list_is_loaded_with_its_version_and_the_professions_of_r1110_2():
    content = loading.read_trades()
    assert Trade.objects.count() == len(content["items"])
    assert set(Trade.objects.values_list("list_version", flat=True)) == {str(content["version"])}
    aes = Trade.objects.get(slug="aes")
    assert (aes.r1110_2, aes.r1110_2_ref) == (True, "2° b")


def test_loading_again_changes_nothing():
    before = list(Trade.objects.order_by("slug").values())
    with transaction.atomic():
        loading.load_trades(Trade.objects)
    assert list(Trade.objects.order_by("slug").values()) == before


def test_trade_that_leaves_the_list_is_retired_and_kept(monkeypatch: pytest.MonkeyPatch):
    content = loading.read_trades()
    account = make_account(trade="cuisinier")
    shorter = [item for item in content["items"] if item["slug"] != "cuisinier"]
    monkeypatch.setattr(loading, "read_trades", lambda: {**content, "version": "2", "items": shorter})
    loading.load_trades(Trade.objects)
    gone = Trade.objects.get(slug="cuisinier")
    assert gone.retired
    offered = [slug for _family, group in trade_choices()[1:] for slug, _label in group]
    assert gone.pk not in offered
    own = [slug for _family, group in trade_choices(account)[1:] for slug, _label in group]
    assert gone.pk in own
