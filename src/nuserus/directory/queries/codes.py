"""The words of the codes that the registers of places of help use."""

from __future__ import annotations

from functools import cache


@cache
def _labels() -> dict[str, str]:
    from data_inclusion.schema import v1  # heavy, and only the page of a place needs it

    lists = (v1.Thematique, v1.Public, v1.TypeService, v1.Frais, v1.ModeAccueil, v1.ModeMobilisation, v1.ReseauPorteur)
    return {str(item.value): str(item.label) for each in lists for item in each}


def label_of(code: str) -> str:
    """The word of a code; a code that is not known, with spaces, is as good as can be."""
    known = _labels().get(code)
    if known:
        return known
    plain = code.rsplit("--", maxsplit=1)[-1].replace("-", " ").replace("_", " ").strip()
    return plain[:1].upper() + plain[1:]


def labels_of(codes: list[str]) -> list[str]:
    """The words of several codes, once each, in their order."""
    return list(dict.fromkeys(label_of(code) for code in codes if code))
