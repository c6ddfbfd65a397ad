"""The page of a sheet: `/pratiques/<id>/`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import ANONYMOUS, Asking, asking_of
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import AbsentSheet, Card, Picture, Sheet
from nuserus.practices.queries.adaptations import origin_words_stand
from nuserus.practices.queries.credits import credit_lines
from nuserus.practices.queries.differences import compared_cards
from nuserus.practices.queries.facets import in_a_sentence, what_it_touches, worded
from nuserus.practices.queries.found import related_ids
from nuserus.practices.queries.freshness import freshness_of
from nuserus.practices.queries.jsonld import as_script_text, linked_data
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.ladder import ladder_step, tells_what_happened
from nuserus.practices.queries.listed_at_once import listed_in_order
from nuserus.practices.queries.listing import card_of, picture_address
from nuserus.practices.queries.page_state import page_state
from nuserus.practices.queries.plain import plain_review_of
from nuserus.practices.queries.sections import ethics_answers, evidence_words, sections_after, sections_before
from nuserus.practices.queries.sheets import (
    absent_sheet,
    cards_of,
    contributors_of,
    evaluations_of,
    family_of,
    pictures_of,
    place_of,
    sheet_for_reading,
    trials_of,
)
from nuserus.practices.queries.trials import outcome_counts, told_trials
from nuserus.practices.queries.versions import current_version
from nuserus.practices.registry import quotations_of
from nuserus.practices.rules import can_adapt_sheet, can_change_sheet, can_evaluate_sheet, can_read_sheet
from nuserus.practices.sections import SHEET_SECTIONS
from nuserus.practices.views.compared import compare_cards
from nuserus.practices.views.family import lineage_nodes
from nuserus.practices.views.kept import KEPT, RELATED, PageKey, PageParts, as_a_visitor
from nuserus.search.queries.version import index_version

# Everything that a page can offer to its reader (`PageKey.offers`).
OFFERS = (None, (False, False), (False, True), (True, False), (True, True))


@login_not_required
@require_safe
def detail(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """A sheet. What was withdrawn says so (410); what may not be read does not exist (404)."""
    asking = asking_of(request)
    near = _related(asking, sheet_id)
    state = page_state(sheet_id, near)
    key = PageKey(sheet_id, get_language() or "", request.build_absolute_uri("/"), _offers(asking))
    if state is None or state.own:
        for offers in OFFERS if state is None else ():
            KEPT.forget(replace(key, offers=offers))
        return _fresh(request, asking, sheet_id, near)
    fingerprint = state.fingerprint + labels().edition
    parts = KEPT.get(key, fingerprint)
    if parts is None:
        parts = _parts(_page(request, asking, sheet_for_reading(asking, sheet_id), near))
        KEPT.keep(key, fingerprint, parts)
    return render(request, "practices/reading/sheet.html", {"page": parts})


def _offers(asking: Asking) -> tuple[bool, bool] | None:
    """What the page of somebody else's sheet offers to this reader: to adapt it, to evaluate it."""
    if asking.is_anonymous:
        return None
    someone_elses = Sheet(scope_level=Level.PUBLIC)
    return can_adapt_sheet.allows(asking, someone_elses), can_evaluate_sheet.allows(asking, someone_elses)


def _related(asking: Asking, sheet_id: UUID) -> list[UUID]:
    """Published sheets near one: they are public, so they are the same for everybody."""
    version = str(index_version())
    kept = RELATED.get(sheet_id, version)
    if kept is None:
        with as_a_visitor(asking):
            kept = tuple(related_ids(ANONYMOUS, sheet_id))
        RELATED.keep(sheet_id, version, kept)
    return list(kept)


def _fresh(request: HttpRequest, asking: Asking, sheet_id: UUID, near: list[UUID]) -> HttpResponse:
    try:
        sheet = sheet_for_reading(asking, sheet_id)
    except Unreadable:
        trace = absent_sheet(sheet_id)
        if trace is None:
            raise
        return _gone(request, asking, trace)
    parts = _parts(_page(request, asking, sheet, near))
    return render(request, "practices/reading/sheet.html", {"page": parts})


def _parts(page: dict[str, Any]) -> PageParts:
    return PageParts(
        title=str(page["sheet"]),
        main=render_to_string("practices/reading/_main.html", page),
        second=render_to_string("practices/reading/_second.html", page),
        linked_data=page["linked_data"],
    )


@login_not_required
@require_safe
def differences(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """An adaptation beside the sheet it comes from."""
    asking = asking_of(request)
    sheet = sheet_for_reading(asking, sheet_id)
    origin = sheet.adapted_from
    if origin is None:
        raise Unreadable
    ours = cards_of(sheet)
    if not origin_words_stand(asking, sheet):
        for card in ours:
            card.origin_text = ""
    rows = compared_cards(cards_of(origin), ours)
    context = {"sheet": sheet, "origin": origin, "place": place_of(sheet), "cards": compare_cards(rows)}
    return render(request, "practices/reading/differences.html", context)


def _gone(request: HttpRequest, asking: Asking, trace: AbsentSheet) -> HttpResponse:
    kin = family_of(asking, trace.family, shown=trace.pk)
    context = {"trace": trace, "family": lineage_nodes(kin, here=trace.pk) if len(kin) > 1 else []}
    return render(request, "practices/reading/gone.html", context, status=410)


def _page(request: HttpRequest, asking: Asking, sheet: Sheet, near: list[UUID]) -> dict[str, Any]:
    published = sheet.status == SheetStatus.PUBLISHED
    cards = cards_of(sheet)
    pictures = pictures_of(sheet)
    cover = next(iter(pictures.values()), None)
    trials = trials_of(asking, sheet) if published else []
    evaluations = evaluations_of(sheet)
    origin = sheet.adapted_from
    kin = family_of(asking, sheet.family, shown=sheet.pk)
    people = list(contributors_of(sheet.pk, *([origin.pk] if origin else [])))
    own = [person for person in people if person.sheet_id == sheet.pk]
    lists = labels()
    address = request.build_absolute_uri(request.path)
    keywords = worded(sheet.publics, lists.publics)
    tools = worded(sheet.devices, lists.device_names)
    version = current_version(sheet) if published else None
    data = linked_data(
        sheet,
        address=address,
        origin_address=request.build_absolute_uri(reverse("sheets:detail", args=[origin.pk])) if origin else "",
        cards=cards,
        contributors=own,
        keywords=keywords,
        tools=tools,
        published=version,
    )
    return {
        "sheet": sheet,
        "published": published,
        "version": version,
        "freshness": freshness_of(sheet) if published else {},
        "plain": plain_review_of(sheet),
        "place": place_of(sheet),
        "fictitious": sheet.institution is not None and sheet.institution.is_fictitious,
        "facets": in_a_sentence(sheet, lists),
        "touches": what_it_touches(sheet, lists),
        "drawing": lists.drawing_of(sheet.devices),
        "cover": {"url": picture_address(cover.pk, small=False), "alt": cover.alternative} if cover else None,
        "steps": [_step(card, pictures, cover) for card in cards],
        "before": sections_before(sheet),
        "after": sections_after(sheet),
        "evidence": evidence_words(sheet),
        "ethics": ethics_answers(sheet),
        "step": ladder_step(
            home=sheet.institution_id,
            tells=tells_what_happened(sheet.happened),
            tried_in=[trial.institution_id for trial in trials],
            evaluations=len(evaluations),
        ),
        "outcomes": outcome_counts(trials),
        "trials": told_trials(asking, trials, lists),
        "evaluations": evaluations,
        "credits": credit_lines(own),
        "origin": origin,
        "origin_credits": credit_lines(person for person in people if person.sheet_id != sheet.pk),
        "family": lineage_nodes(kin, here=sheet.pk) if len(kin) > 1 or sheet.adapted_from_id else [],
        "adaptations": sum(one.adapted_from == sheet.pk and not one.absent for one in kin),
        "related": [card_of(one, lists) for one in listed_in_order(asking, near)] if published else [],
        "quotations": quotations_of(sheet) if published else [],
        "sections": SHEET_SECTIONS.of(request, sheet) if published else [],
        "why": "" if published else can_read_sheet.why(asking, sheet),
        "may_change": can_change_sheet.allows(asking, sheet),
        "may_evaluate": published and can_evaluate_sheet.allows(asking, sheet),
        "may_adapt": published and (asking.is_anonymous or can_adapt_sheet.allows(asking, sheet)),
        "linked_data": as_script_text(data) if published else "",
    }


def _step(card: Card, pictures: dict[UUID, Picture], cover: Picture | None) -> dict[str, str]:
    picture = pictures.get(card.picture_id) if card.picture_id else None
    if picture is None or picture == cover:
        return {"text": card.text}
    return {"text": card.text, "picture": picture_address(picture.pk), "alt": picture.alternative}
