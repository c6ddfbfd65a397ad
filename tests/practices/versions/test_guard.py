"""The database itself lets no public change escape a version, whatever the program forgets."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection

from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.practices.actions.versions import keep_version
from nuserus.practices.models import Card, Contributor, Picture, Sheet, SheetVersion, VersionContent
from tests.factories.people import make_account
from tests.factories.practices import get_sheet, make_cover, make_published
from tests.factories.sheets import make_sheet

pytestmark = pytest.mark.usefixtures("database")

# What is not published, or is the state of the sheet and not its words.
NOT_CONTENT = {
    "id", "scope_level", "scope_institution", "scope_group", "scope_author", "scope_mission", "author", "status",
    "title_is_proposed", "licence_accepted_at", "version", "review_date", "stopped_at", "is_stale", "family",
    "adapted_from_version", "started_at", "changed_at", "sent_at", "published_at",
}  # fmt: skip


@pytest.fixture
def sheet() -> Sheet:
    make_account(Role.REVIEWER)
    return make_published()


@pytest.mark.parametrize(
    "forgotten",
    [
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(title="Un autre titre"),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(ethics={"qui-voit": "Tout le monde"}),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(version=9),
        lambda sheet: Card.objects.filter(sheet=sheet).first().delete(),
        lambda sheet: Card.objects.filter(sheet=sheet, position=0).update(text="Autre chose."),
        lambda sheet: Card.objects.create(sheet=sheet, position=4, text="Et encore."),
        lambda sheet: Contributor.objects.filter(sheet=sheet, contribution="ecriture").update(name="Quelqu’un"),
        lambda sheet: Picture.objects.create(sheet=sheet, width=1, height=1, sha256="0" * 64, alternative="Une table"),
    ],
    ids=["title", "ethics", "number", "card gone", "card said otherwise", "card more", "credit", "photo"],
)
def test_public_change_without_version_is_refused(sheet: Sheet, forgotten) -> None:
    with pytest.raises(IntegrityError, match="is in no version"), acting_as(sheet.author_id):
        forgotten(sheet)
    assert get_sheet(sheet).title == sheet.title


def test_change_that_is_not_public_needs_none(sheet: Sheet) -> None:
    with acting_as(sheet.author_id):
        Sheet.objects.filter(pk=sheet.pk).update(title_is_proposed=True)
        Contributor.objects.create(sheet=sheet, name="Une relectrice", contribution="relecture")


def test_version_holds_what_is_published_and_not_what_it_is_given(sheet: Sheet) -> None:
    with acting_as(sheet.author_id):
        Sheet.objects.filter(pk=sheet.pk).update(title="Deuxième titre", version=2)
        changed = Sheet.objects.get(pk=sheet.pk)
        version = SheetVersion(sheet=changed, number=2, made_by_id=sheet.author_id, fingerprint="faux")
        version.save(force_insert=True)
        VersionContent(version=version, content={"title": "Un mensonge"}).save(force_insert=True)
        kept = VersionContent.objects.get(version=version)
    assert kept.content["title"] == "Deuxième titre"
    assert (kept.scope_level, kept.scope_author, kept.scope_mission) == ("public", sheet.author_id, sheet.pk)


def test_versions_are_only_added_to(sheet: Sheet) -> None:
    for change in (
        lambda: SheetVersion.objects.filter(sheet=sheet).update(summary="Autre"),
        lambda: SheetVersion.objects.filter(sheet=sheet).delete(),
        lambda: VersionContent.objects.filter(version__sheet=sheet).update(content={}),
        lambda: VersionContent.objects.filter(version__sheet=sheet).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(sheet.author_id):
            change()


def test_version_of_another_number_is_refused(sheet: Sheet) -> None:
    with pytest.raises(IntegrityError, match="is not the one"), acting_as(sheet.author_id):
        SheetVersion(sheet=sheet, number=7).save(force_insert=True)


def test_nobody_else_adds_a_version() -> None:
    sheet, stranger = make_sheet(indexed=False), make_account()
    with as_system("test data"):
        Sheet.objects.filter(pk=sheet.pk).update(version=2)
    with pytest.raises(DatabaseError), acting_as(stranger.pk):
        keep_version(Sheet.objects.get(pk=sheet.pk), made_by=stranger.pk)


def test_every_column_is_published_or_said_not_to_be() -> None:
    make_cover_keys = {"cards", "pictures", "credits"}
    sheet = make_sheet(indexed=False)
    with acting_as(None):
        content = VersionContent.objects.get(version__sheet=sheet).content
    names = {field.name: field.attname for field in Sheet._meta.concrete_fields}
    published = {attname for name, attname in names.items() if name not in NOT_CONTENT}
    assert set(content) == published | make_cover_keys


def test_content_is_not_for_the_application_to_ask() -> None:
    sheet = make_sheet(indexed=False)
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, acting_as(sheet.author_id), connection.cursor() as cursor:
        cursor.execute("SELECT practices_content(%s)", [sheet.pk])


def test_photo_put_on_a_published_sheet_makes_a_version(sheet: Sheet) -> None:
    make_cover(sheet)
    with acting_as(None):
        content = VersionContent.objects.get(version__sheet=sheet, version__number=2).content
    assert [picture["alternative"] for picture in content["pictures"]] == ["Une tablette sur un coussin."]
