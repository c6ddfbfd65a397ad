"""A sheet of the commons as Markdown: for eyes, and for whatever comes after this program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# What Markdown, or HTML in it, would read as a sign: kept as the sign that was typed.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_THE_START = re.compile(r"^(\s*)([#+\-=]|\d+(?=[.)]))", re.MULTILINE)


def quoted(text: str) -> str:
    r"""What somebody wrote, so that Markdown shows it as it is.

    >>> quoted("# <b> *x*")
    '\\# \\<b\\> \\*x\\*'
    """

    def shielded(start: re.Match[str]) -> str:
        sign = start[2]
        return f"{start[1]}{sign}\\" if sign.isdigit() else f"{start[1]}\\{sign}"

    return _AT_THE_START.sub(shielded, _SIGNS.sub(r"\\\1", text.replace("\r", "")))


def as_markdown(data: dict[str, Any]) -> str:
    """The sheet from its linked data (`queries.commons`), in the order of its page."""
    return "\n\n".join(part for part in _parts(data) if part) + "\n"


def _parts(data: dict[str, Any]) -> Iterator[str]:
    def ours(key: str) -> Any:
        return data[f"nuserus:{key}"]

    yield f"# {_line(data['name'])}"
    yield f"{_line(ours('place'))} · {_line(ours('ladder'))}" + (" · exemple fictif" if ours("fictitious") else "")
    simple = "Facile à lire et à comprendre (FALC)" if ours("easyToRead") else "Version simple"
    yield _section(simple, "\n".join(f"- {_line(one)}" for one in ours("simpleVersion").splitlines() if one))
    for image in data["image"][:1]:
        yield f"![{_line(image['description'])}]({image['contentUrl']})"
    yield _section("Avec quoi, pour qui", _about(data))
    yield _section("Ce que nous avons fait", "\n".join(map(_step, data.get("step", []))))
    yield _section("Ce qui s’est passé", quoted(ours("happened")))
    yield _section("Et ailleurs", _trials(ours("trials")))
    yield _section("À quoi faire attention", quoted(ours("watchFor")))
    for part in ours("sections"):
        yield _section(part["heading"], quoted(part["text"]))
    for one in ours("evaluations"):
        said = f"{one['result']}\n\n{one['how']}\n\n{one['onWhom']} ({one['byWhom']}, {one['on']})"
        yield _section("Ce que dit l’évaluation", quoted(said))
    answered = (f"**{_line(one['question'])}** {quoted(one['answer'])}" for one in ours("ethics"))
    yield _section("Éthique et droit", "\n\n".join(answered))
    yield _section("D’où elle vient, où elle va", _lineage(ours("lineage")))
    yield _section("Qui l’a faite", "\n".join(f"- {_line(one['name'])} ({one['did']})" for one in ours("credits")))
    yield f"Version {data['version']}, du {data.get('dateModified', '')}. Licence : {data['license']}"


def _line(text: str) -> str:
    return quoted(" ".join(text.split()))


def _section(title: str, text: str) -> str:
    return f"## {_line(title)}\n\n{text}" if text.strip() else ""


def _about(data: dict[str, Any]) -> str:
    tools = [tool["name"] for tool in data.get("tool", [])]
    return "\n".join(f"- {_line(word)}" for word in [*tools, *data.get("keywords", [])])


def _step(step: dict[str, Any]) -> str:
    text = quoted(step["text"]).replace("\n", "\n   ")
    picture = f"\n   ![]({step['image']})" if "image" in step else ""
    return f"{step['position']}. {text}{picture}"


def _trials(trials: dict[str, Any]) -> str:
    counts = trials["counts"]
    lines = [f"A marché : {counts['worked']} · en partie : {counts['partly']} · pas chez nous : {counts['not_here']}"]
    lines += [f"- {_line(one['outcome'])}, {_line(one['place'])} : {_line(one['comment'])}" for one in trials["told"]]
    return "\n".join(lines[:1]) + ("\n\n" + "\n".join(lines[1:]) if lines[1:] else "")


def _lineage(lineage: dict[str, Any]) -> str:
    lines = []
    if lineage["adaptedFrom"]:
        lines.append(f"- Déclinaison de [{lineage['adaptedFrom']}](../{lineage['adaptedFrom']}/fiche.md)")
    lines += [f"- Déclinée en [{one}](../{one}/fiche.md)" for one in lineage["adaptations"]]
    if lineage["whyChanged"]:
        lines.append(f"- Pourquoi : {_line(lineage['whyChanged'])}")
    return "\n".join(lines)
