"""Departments: their codes in the registers, and roughly where they are."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

# FINESS writes the departments overseas with a letter
_LETTERS: Final = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9E": "975", "9F": "976"}
# two communities that the register keeps with the department they left
_WITH_GUADELOUPE: Final = frozenset({"977", "978"})
_CODE: Final = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-8]|98[4-9]")
_COMMUNE: Final = re.compile(r"[0-9][0-9AB]\d{3}")

# degrees around a department that are still believed: boxes below are drawn close
MARGIN: Final = 0.15


class Box(NamedTuple):
    """South, west, north, east, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return (
            self.south - MARGIN <= latitude <= self.north + MARGIN
            and self.west - MARGIN <= longitude <= self.east + MARGIN
        )


BOXES: Final = {
    "01": Box(45.61, 4.73, 46.52, 6.17),
    "02": Box(48.84, 2.96, 50.07, 4.26),
    "03": Box(45.93, 2.28, 46.80, 4.01),
    "04": Box(43.67, 5.50, 44.66, 6.97),
    "05": Box(44.19, 5.42, 45.13, 7.08),
    "06": Box(43.48, 6.64, 44.36, 7.72),
    "07": Box(44.26, 3.86, 45.37, 4.89),
    "08": Box(49.23, 4.03, 50.17, 5.40),
    "09": Box(42.57, 0.83, 43.32, 2.18),
    "10": Box(47.92, 3.38, 48.72, 4.87),
    "11": Box(42.65, 1.69, 43.46, 3.24),
    "12": Box(43.69, 1.84, 44.94, 3.45),
    "13": Box(43.16, 4.23, 43.93, 5.82),
    "14": Box(48.75, -1.16, 49.43, 0.45),
    "15": Box(44.61, 2.06, 45.49, 3.37),
    "16": Box(45.19, -0.47, 46.14, 0.95),
    "17": Box(45.09, -1.57, 46.38, 0.01),
    "18": Box(46.42, 1.77, 47.63, 3.08),
    "19": Box(44.92, 1.23, 45.77, 2.53),
    "2A": Box(41.33, 8.53, 42.39, 9.41),
    "2B": Box(41.83, 8.57, 43.03, 9.56),
    "21": Box(46.90, 4.06, 48.04, 5.52),
    "22": Box(48.03, -3.67, 48.91, -1.90),
    "23": Box(45.66, 1.37, 46.46, 2.62),
    "24": Box(44.57, -0.05, 45.72, 1.45),
    "25": Box(46.55, 5.69, 47.58, 7.07),
    "26": Box(44.11, 4.64, 45.35, 5.84),
    "27": Box(48.66, 0.29, 49.49, 1.81),
    "28": Box(47.95, 0.75, 48.95, 2.00),
    "29": Box(47.70, -5.15, 48.76, -3.38),
    "30": Box(43.46, 3.26, 44.46, 4.85),
    "31": Box(42.68, 0.44, 43.92, 2.05),
    "32": Box(43.31, -0.29, 44.08, 1.21),
    "33": Box(44.19, -1.27, 45.58, 0.32),
    "34": Box(43.21, 2.53, 43.97, 4.20),
    "35": Box(47.63, -2.30, 48.72, -1.01),
    "36": Box(46.34, 0.86, 47.28, 2.21),
    "37": Box(46.73, 0.05, 47.71, 1.37),
    "38": Box(44.69, 4.74, 45.89, 6.36),
    "39": Box(46.26, 5.25, 47.31, 6.21),
    "40": Box(43.48, -1.53, 44.54, 0.14),
    "41": Box(47.18, 0.58, 48.14, 2.25),
    "42": Box(45.23, 3.68, 46.28, 4.77),
    "43": Box(44.74, 3.08, 45.43, 4.50),
    "44": Box(46.86, -2.63, 47.84, -0.92),
    "45": Box(47.48, 1.51, 48.35, 3.13),
    "46": Box(44.20, 0.98, 45.05, 2.22),
    "47": Box(43.97, -0.15, 44.77, 1.08),
    "48": Box(44.11, 2.98, 44.98, 4.00),
    "49": Box(46.97, -1.36, 47.81, 0.24),
    "50": Box(48.45, -1.95, 49.73, -0.73),
    "51": Box(48.51, 3.39, 49.41, 5.04),
    "52": Box(47.57, 4.62, 48.69, 5.90),
    "53": Box(47.73, -1.24, 48.57, -0.04),
    "54": Box(48.35, 5.42, 49.57, 7.13),
    "55": Box(48.40, 4.88, 49.62, 5.86),
    "56": Box(47.27, -3.74, 48.22, -2.03),
    "57": Box(48.52, 5.89, 49.52, 7.65),
    "58": Box(46.65, 2.84, 47.59, 4.24),
    "59": Box(49.96, 2.06, 51.09, 4.24),
    "60": Box(49.06, 1.68, 49.77, 3.17),
    "61": Box(48.18, -0.87, 48.98, 0.98),
    "62": Box(50.02, 1.55, 51.01, 3.19),
    "63": Box(45.28, 2.38, 46.26, 3.99),
    "64": Box(42.77, -1.80, 43.60, 0.04),
    "65": Box(42.67, -0.33, 43.62, 0.65),
    "66": Box(42.33, 1.72, 42.92, 3.18),
    "67": Box(48.12, 6.94, 49.08, 8.24),
    "68": Box(47.42, 6.84, 48.32, 7.63),
    "69": Box(45.45, 4.24, 46.31, 5.16),
    "70": Box(47.25, 5.36, 48.03, 6.83),
    "71": Box(46.15, 3.62, 47.16, 5.47),
    "72": Box(47.56, -0.46, 48.49, 0.92),
    "73": Box(45.05, 5.62, 45.94, 7.19),
    "74": Box(45.68, 5.80, 46.41, 7.05),
    "75": Box(48.81, 2.22, 48.91, 2.47),
    "76": Box(49.25, 0.06, 50.08, 1.80),
    "77": Box(48.12, 2.39, 49.12, 3.56),
    "78": Box(48.43, 1.44, 49.09, 2.23),
    "79": Box(45.96, -0.91, 47.11, 0.23),
    "80": Box(49.57, 1.37, 50.37, 3.21),
    "81": Box(43.38, 1.53, 44.21, 2.94),
    "82": Box(43.76, 0.73, 44.40, 2.00),
    "83": Box(42.98, 5.65, 43.81, 6.94),
    "84": Box(43.65, 4.64, 44.44, 5.76),
    "85": Box(46.26, -2.40, 47.09, -0.53),
    "86": Box(46.04, -0.11, 47.18, 1.22),
    "87": Box(45.43, 0.62, 46.41, 1.91),
    "88": Box(47.81, 5.39, 48.52, 7.20),
    "89": Box(47.31, 2.84, 48.41, 4.35),
    "90": Box(47.43, 6.75, 47.83, 7.15),
    "91": Box(48.28, 1.91, 48.78, 2.59),
    "92": Box(48.72, 2.14, 48.96, 2.34),
    "93": Box(48.80, 2.28, 49.02, 2.61),
    "94": Box(48.68, 2.30, 48.87, 2.62),
    "95": Box(48.90, 1.60, 49.25, 2.60),
    "971": Box(15.83, -63.16, 18.14, -61.00),
    "972": Box(14.38, -61.24, 14.89, -60.80),
    "973": Box(2.11, -54.61, 5.76, -51.60),
    "974": Box(-21.40, 55.21, -20.86, 55.84),
    "975": Box(46.74, -56.42, 47.15, -56.11),
    "976": Box(-13.01, 45.01, -12.63, 45.31),
    "986": Box(-14.40, -178.30, -13.10, -176.10),
    "987": Box(-28.00, -155.00, -7.50, -134.00),
    "988": Box(-23.00, 158.00, -17.50, 172.20),
}


def department_code(given: str) -> str:
    """The code of the directory for a code of a register ("9D" is "974", "1" is "01"); "" when it is none."""
    code = given.strip().upper()
    code = _LETTERS.get(code, code)
    if len(code) == 1 and code.isdigit():
        code = f"0{code}"
    return code if _CODE.fullmatch(code) else ""


def commune_code(given: str) -> str:
    """An INSEE code of a town, five characters; "" when it is none."""
    code = given.strip().upper()
    return code if _COMMUNE.fullmatch(code) and department_of(code) else ""


def commune_from_parts(department: str, town: str) -> str:
    """The INSEE code from the two parts that FINESS writes apart: ("9D", "411") is "97411"."""
    code = department_code(department)
    return commune_code(code[:2] + town.strip().zfill(3)) if code and town.strip().isdigit() else ""


def department_of(commune: str) -> str:
    """The department of an INSEE code ("97411" is in "974"); "" when it has none."""
    code = commune.strip().upper()
    found = code[:3] if code.startswith(("97", "98")) else code[:2]
    if found in _WITH_GUADELOUPE:
        return "971"
    return found if len(code) == 5 and _CODE.fullmatch(found) else ""


def holds(department: str, latitude: float, longitude: float) -> bool:
    """Whether a point may be in a department; anywhere in the country where the department is unknown."""
    box = BOXES.get(department)
    if box is not None:
        return box.holds(latitude, longitude)
    return any(one.holds(latitude, longitude) for one in BOXES.values())
