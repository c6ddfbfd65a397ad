"""Titles made from the answers."""

from __future__ import annotations

import pytest

from nuserus.foundation.plain import plain_line
from nuserus.practices.queries.titles import MAX_TITLE, title_from
from tests.factories.practices import TOLD, answer, get_sheet, make_draft

CAR = "Nous photographions le car. Ensuite, on range."


@pytest.mark.parametrize(
    ("devices", "publics", "did", "title"),
    [
        (
            ["Tablette"],
            ["Enfants autistes"],
            CAR,
            "Tablette avec des enfants autistes\u00a0: nous photographions le car",
        ),
        (
            ["Tablette", "Minuteur"],
            ["Jeunes enfants et leurs familles"],
            "",
            "Tablette et minuteur avec de jeunes enfants et leurs familles",
        ),
        (
            ["BAO PAO"],
            ["Jeunes majeurs", "Adolescents"],
            "",
            "BAO PAO avec des jeunes majeurs et des adolescents",
        ),
        (["minuteur de la cuisine"], [], "", "Minuteur de la cuisine"),
        ([""], ["Enfants autistes"], "", "Des enfants autistes"),
        ([], [], CAR, "Nous photographions le car"),
        ([], [], "", ""),
    ],
)
def test_a_title_in_good_french(devices: list[str], publics: list[str], did: str, title: str) -> None:
    assert title_from(devices, publics, did) == title


def test_a_title_is_never_too_long_nor_cut_in_a_word() -> None:
    title = title_from(["Un dispositif " * 9], ["Personnes " * 9], "mot " * 200)
    assert len(title) <= MAX_TITLE
    assert title.endswith("…")


@pytest.mark.usefixtures("database")
def test_the_title_follows_until_somebody_writes_one() -> None:
    sheet = make_draft(answers=TOLD)
    proposed = get_sheet(sheet).title
    answer(sheet, sheet.author, "check", {"title": plain_line(proposed)})
    answer(sheet, sheet.author, "did", {"text_1": "Autre chose commence ici."})
    assert get_sheet(sheet).title.endswith("autre chose commence ici")
    answer(sheet, sheet.author, "check", {"title": "Le mien"})
    answer(sheet, sheet.author, "did", {"text_1": "Encore une autre chose."})
    assert get_sheet(sheet).title == "Le mien"
    answer(sheet, sheet.author, "check", {"title": ""})
    assert get_sheet(sheet).title.endswith("encore une autre chose")
