"""Template tags of the user interface: ``{% load nu %}``.

Each component is shown with its call in ``ui/styleguide.html``.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.core.paginator import Page
from django.template import defaultfilters
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from nuserus.ui.addresses import ADDRESSES
from nuserus.ui.dates import in_words
from nuserus.ui.outcomes import bars_of
from nuserus.ui.pictograms import drawing_for
from nuserus.ui.typography import french_spaces

register = template.Library()

#: Step of the ladder → its rank and its words; the names are those that a sheet computes.
LADDER: Final = {
    "idee": _("idée"),
    "essaye": _("essayé ici"),
    "essaye3": _("essayé dans 3 lieux"),
    "evalue": _("évalué"),
}

#: Kind of tag → the shape that goes with its colour.
SHAPES: Final = {"ok": "ok", "care": "attention", "stop": "stop", "said": "citation", "waits": "horloge", "": "info"}


# These two take the place of Django's own in every template.
@register.filter(expects_localtime=True, is_safe=False)
def date(value: object, form: str = "DATE_FORMAT") -> str:
    """A day or a moment, as it is read: « 1er décembre 2026 », « 16 h »."""
    return str(defaultfilters.date(value, in_words(value, form)))  # type: ignore[arg-type] # it takes anything


@register.filter(expects_localtime=True, is_safe=False)
def time(value: object, form: str = "TIME_FORMAT") -> str:
    """An hour, as it is read: « 16 h », « 16 h 30 »."""
    return str(defaultfilters.time(value, in_words(value, form)))  # type: ignore[arg-type] # it takes anything


@register.filter
def typeset(text: object) -> str:
    """What somebody typed, with the no-break spaces of French; for titles, where a lone sign shows most."""
    return french_spaces(str(text))


@register.filter
def authored(text: object) -> SafeString:
    """What somebody wrote, in paragraphs with French spaces that say their language: sheets are French on every page.

    Text that is already HTML (a comparison) stays so.
    """
    escaped = linebreaks(french_spaces(str(text)), autoescape=not isinstance(text, SafeData))
    return mark_safe(escaped.replace("<p>", '<p lang="fr">'))  # noqa: S308 - escaped just before


@register.filter
def one_per_line(text: object) -> SafeString:
    """The lines that somebody wrote as a list, one idea each: a simple version is read line by line."""
    lines = [line.strip() for line in str(text).splitlines() if line.strip()]
    return format_html(
        '<ul lang="fr">{}</ul>', format_html_join("", "<li>{}</li>", ((french_spaces(line),) for line in lines))
    )


@register.simple_tag
def pictogram(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw one pictogram; ``label`` names it for screen readers when no text stands beside it.

    An unknown name draws the neutral one, so that a new family of devices never breaks a page.
    """
    address = f"{static('ui/dist/pictograms.svg')}#{drawing_for(name)}"
    look = "nu-pictogram nu-pictogram--large" if size == "large" else "nu-pictogram"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', look, label, address)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', look, address)


@register.simple_tag
def address(place: str) -> str:
    """Give one of the stable addresses by its word (``ui.addresses``)."""
    return ADDRESSES[place]


@register.simple_tag(takes_context=True)
def current(context: Context, place: str) -> SafeString | str:
    """Mark a navigation link: the page itself, or a page below it."""
    request = context.get("request")
    path = request.path if request else ""
    if path == ADDRESSES[place]:
        return format_html(' aria-current="{}"', "page")
    if path.startswith(ADDRESSES[place]):
        return format_html(' aria-current="{}"', "true")
    return ""


@register.inclusion_tag("ui/components/status_tag.html")
def status_tag(kind: str, word: str) -> dict[str, Any]:
    """A state in a word and a shape; ``kind`` is ok, care, stop, said, waits or empty."""
    known = kind if kind in SHAPES else ""
    return {"kind": known, "word": word, "shape": SHAPES[known]}


@register.inclusion_tag("ui/components/ladder.html")
def ladder(step: str) -> dict[str, Any]:
    """The four steps, those reached filled; ``step`` is a key of ``LADDER``."""
    return {"rungs": _rungs(step)}


@register.inclusion_tag("ui/components/ladder_line.html")
def ladder_line(step: str) -> dict[str, Any]:
    """The ladder on one line, for lists: four small marks and the word of the step."""
    return {"rungs": _rungs(step), "word": LADDER.get(step, LADDER["idee"])}


@register.inclusion_tag("ui/components/outcome_bars.html")
def outcome_bars(worked: int, partly: int, not_here: int) -> dict[str, Any]:
    """What happened where it was tried: three bars, their numbers, and the table one tap away."""
    return {"bars": bars_of(worked, partly, not_here), "total": worked + partly + not_here, "worked": worked}


@register.inclusion_tag("ui/components/search_box.html")
def search_box(action: str, value: str = "", source: str = "", placeholder: str = "") -> dict[str, Any]:
    """The search field; ``source`` answers ``?q=`` with suggestions (see ``widgets.Suggesting``)."""
    return {"action": action, "value": value, "source": source, "placeholder": placeholder}


@register.inclusion_tag("ui/components/chips.html")
def chips(items: Iterable[Mapping[str, str]], clear_url: str = "") -> dict[str, Any]:
    """Chosen facets, read as a sentence; each ``{"label", "url"}``: the address without it."""
    return {"items": list(items), "clear_url": clear_url}


@register.inclusion_tag("ui/components/card.html")
def card(**parts: Any) -> dict[str, Any]:
    """One line of a list: ``url``, ``title``, and whatever is known of the other parts below.

    ``facts`` are short texts in the order device, public, kind of place. ``heading`` is the level (2 or 3).
    """
    known = ("url", "title", "picture", "alt", "family", "facts", "step", "tag_kind", "tag", "excerpt", "fictitious")
    return {**dict.fromkeys(known, ""), "heading": 3, **parts}


@register.inclusion_tag("ui/components/lineage.html")
def lineage(roots: Iterable[Mapping[str, Any]], label: str = "") -> dict[str, Any]:
    """The family of a sheet; each node ``{"title", "url", "note", "here", "children"}``."""
    return {"nodes": list(roots), "label": label or _("D’où vient cette pratique, où elle est allée")}


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Answers in order; each ``{"key", "value"}`` and if it can be changed ``{"url", "action"}``."""
    return {"rows": list(rows)}


@register.inclusion_tag("ui/components/progress_dots.html")
def progress_dots(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Where one is; each ``{"label", "url", "state"}``, state being done, passed, here or todo."""
    listed = list(steps)
    place = next((rank for rank, step in enumerate(listed, 1) if step["state"] == "here"), 0)
    return {"steps": listed, "place": place, "total": len(listed)}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Links to the other pages; the rest of the address (search, facets) is kept."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": [(number, address(number) if isinstance(number, int) else "") for number in around],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "", drawing: str = "vide") -> dict[str, Any]:
    """Nothing here yet: say so, and what can be done."""
    return {"title": title, "text": text, "url": url, "action": action, "drawing": drawing}


@register.inclusion_tag("ui/components/why.html")
def why_i_see(sentence: str) -> dict[str, Any]:
    """« Pourquoi je vois ceci », folded, on whatever is not public."""
    return {"sentence": sentence}


@register.inclusion_tag("ui/components/quote.html")
def said(text: str, by: str = "") -> dict[str, Any]:
    """Words of a person, in their colour and between marks."""
    return {"text": text, "by": by}


@register.inclusion_tag("ui/components/steps.html")
def steps(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What we did, numbered; each ``{"text"}`` and if known ``{"title", "picture", "alt"}``."""
    return {"items": list(items)}


@register.inclusion_tag("ui/components/compare.html")
def compare(cards: Iterable[Mapping[str, Any]], theirs: str = "", ours: str = "") -> dict[str, Any]:
    """Their card left, ours right; each ``{"title", "theirs", "ours", "change"}``.

    ``change`` is same, changed, added or removed; ``theirs`` and ``ours`` name the two places.
    """
    return {"cards": list(cards), "theirs": theirs or _("La fiche d’origine"), "ours": ours or _("Chez nous")}


@register.inclusion_tag("ui/components/fictitious.html")
def fictitious() -> dict[str, Any]:
    """Say that the place and the story are invented."""
    return {}


@register.inclusion_tag("ui/components/example.html")
def example(text: str) -> dict[str, Any]:
    """An example of an answer, folded away so that nobody copies it by reflex."""
    return {"text": text}


@register.inclusion_tag("ui/components/page_actions.html")
def page_actions(paper: str = "") -> dict[str, Any]:
    """Print and copy the link; both need the browser's help and hide without it.

    ``paper`` is the address of the page as PDF, for those that have one.
    """
    return {"paper": paper}


def _rungs(step: str) -> list[dict[str, Any]]:
    names = list(LADDER)
    reached = names.index(step) if step in LADDER else 0
    return [
        {"word": word, "done": rank <= reached, "here": rank == reached, "x": rank * 25 + 1}
        for rank, word in enumerate(LADDER.values())
    ]
