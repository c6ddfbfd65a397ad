"""Descending hierarchical classification of segments after Reinert (1983, 1990).

`classify` divides a table of segments × forms, again and again, into the two parts whose vocabularies
differ most; `profile` says what each class over- and under-uses; `cross` keeps what two classifications
of different segment sizes agree on.
"""

from nuserus_analysis.reinert.crossing import Crossed, cross
from nuserus_analysis.reinert.descending import Classification, Division, Mode, Note, classify
from nuserus_analysis.reinert.profiles import Profile, profile, typical_segments

__all__ = [
    "Classification",
    "Crossed",
    "Division",
    "Mode",
    "Note",
    "Profile",
    "classify",
    "cross",
    "profile",
    "typical_segments",
]
