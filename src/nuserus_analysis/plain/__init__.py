"""Advice on plain writing, after the rules for French that is easy to read and understand (FALC).

    from nuserus_analysis.plain import advise

    for advice in advise("La tablette est utilisée par les résidents."):
        print(advice.rule, advice.found, advice.say)

Advice is never a verdict: only people concerned can say that a text is easy. Offsets are code
points, half-open, into the very text that was given.
"""

from nuserus_analysis.plain.advice import RULES, Advice, Rule
from nuserus_analysis.plain.reading import advise

__all__ = ["RULES", "Advice", "Rule", "advise"]
