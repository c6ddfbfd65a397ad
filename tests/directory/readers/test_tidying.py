"""Words, telephones, addresses and dates of registers."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.readers.addresses import street, town_line
from nuserus.directory.readers.tidying import day, digits, email, line, listed, paragraphs, phone, url


@given(st.text(), st.integers(1, 80))
def test_a_line_is_one_bounded_line_and_tidying_again_changes_nothing(text: str, limit: int) -> None:
    kept = line(text, limit)
    assert len(kept) <= limit
    assert kept == kept.strip()
    assert "\n" not in kept
    assert "  " not in kept
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Co"} for one in kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert line(kept, limit) == kept


@given(st.text(), st.integers(1, 80))
def test_paragraphs_are_bounded_and_hold_no_control(text: str, limit: int) -> None:
    kept = paragraphs(text, limit)
    assert len(kept) <= limit
    assert "\n\n\n" not in kept
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Co"} for one in kept if one != "\n")


def test_words_are_in_one_form_of_unicode() -> None:
    assert line("e\u0301t\u00e9\u200b \t a\x00b", 20) == "été ab"
    assert line("x" * 30, 10) == "xxxxxxxxx…"


@pytest.mark.parametrize(
    ("given_phone", "kept"),
    [
        ("0428631234", "04 28 63 12 34"),
        ("+33 4 28 63 12 34", "04 28 63 12 34"),
        ("0033(0)428631234", "04 28 63 12 34"),
        ("0690291988/0590895757", "06 90 29 19 88"),
        ("04.28.63.12.34 ou 06 00 00 00 00", "04 28 63 12 34"),
        ("+262 262 12 34 56", "02 62 12 34 56"),
        ("428631234", "04 28 63 12 34"),
        ("3919", "3919"),
        ("115", "115"),
        ("+41 22 123 45 67", "+41221234567"),
        ("00000", ""),
        ("0000000000", ""),
        ("appeler l’accueil", ""),
        ("", ""),
    ],
)
def test_telephones(given_phone: str, kept: str) -> None:
    assert phone(given_phone) == kept
    assert phone(kept) == kept


@given(st.text(max_size=60))
def test_what_is_kept_of_a_telephone_is_short_and_dialled(text: str) -> None:
    kept = phone(text)
    assert len(kept) <= 20
    assert set(kept) <= set("0123456789+ ")


@pytest.mark.parametrize(
    ("given_url", "kept"),
    [
        ("https://a.example/é?x=1", "https://a.example/é?x=1"),
        ("www.lilas.example", "https://www.lilas.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://lilas.example", ""),
        ("https://compte:secret@lilas.example", ""),
        ("https://lilas.example/" + "a" * 600, ""),
        ("http://[", ""),
        ("non", ""),
        ("", ""),
    ],
)
def test_addresses_on_the_web(given_url: str, kept: str) -> None:
    assert url(given_url) == kept


def test_electronic_addresses() -> None:
    assert email(" Accueil@Lilas.example ") == "accueil@lilas.example"
    assert email("mailto:a@b.example") == "a@b.example"
    assert [email(one) for one in ("a@b", "a b@c.example", "", "a@b.example; c@d.example")] == [""] * 4


def test_dates_and_numbers() -> None:
    assert day("2026-05-12T10:00:00Z") == day("12/05/2026") == day("2026-05-12") == date(2026, 5, 12)
    assert [day(one) for one in ("", "2026-13-01", "31/02/2026", "hier", "2026-05-123")] == [None] * 5
    assert digits("123 456 789 00011", 14) == "12345678900011"
    assert [digits(one, 14) for one in ("123", "١٢٣٤٥٦٧٨٩٠١٢٣٤", "")] == [""] * 3


def test_lists_hold_each_value_once() -> None:
    assert listed(" a | b|a||c ") == ("a", "b", "c")


def test_addresses_of_streets() -> None:
    assert street("62", "AV", "DE JASSERON") == "62 AVENUE DE JASSERON"
    assert street("", "", "", "LE BOURG") == "LE BOURG"
    assert street("1", "CITE", "DES PINS", "", "BP 12") == "1 CITE DES PINS, BP 12"
    assert town_line("01440 VIRIAT CEDEX 9") == ("01440", "VIRIAT")
    assert town_line("BOURG EN BRESSE") == ("", "BOURG EN BRESSE")
