"""Pseudonymising a source, decision by decision."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from nuserus.corpus.actions.masking import (
    Where,
    add_words,
    begin_masking,
    leave_words,
    look_again,
    replace_words,
    undo_replacement,
)
from nuserus.corpus.actions.sealing import finish_masking
from nuserus.corpus.forms.masking import DecideForm, FinishForm, UndoForm, WordsForm
from nuserus.corpus.models import Detail, Source
from nuserus.corpus.queries.details import (
    GROUPS_A_PAGE,
    details_of,
    done_groups,
    masking_of,
    open_groups,
    proposals_for,
    pseudonyms_of,
)
from nuserus.corpus.queries.keys import may_open
from nuserus.corpus.queries.sealing import has_key
from nuserus.corpus.queries.sources import obstacle_of, readable_source, version_of
from nuserus.corpus.rules import can_decide_detail
from nuserus.foundation.asking import Asking, asking_of
from nuserus.screening.queries.names_program import names_finder


@require_safe
def masking(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """What may point at somebody, what was replaced, and « c’est fini »."""
    asking = asking_of(request)
    source = _source(asking, source_id)
    version = version_of(asking, source)
    begun = masking_of(asking, source)
    is_current = begun is not None and begun.version_id == version.pk
    details = details_of(asking, source) if is_current else []
    groups = open_groups(details, version, proposals_for(source) if details and has_key() else {})
    context = {
        "source": source,
        "study": source.study,
        "version": version,
        "begun": begun,
        "is_current": is_current,
        "has_key": has_key(),
        "has_model": names_finder() is not None,
        "obstacle": obstacle_of(source),
        "page": Paginator(groups, GROUPS_A_PAGE).get_page(request.GET.get("page")),
        "waiting": sum(group.count for group in groups),
        "done": done_groups(details),
        "pseudonyms": pseudonyms_of(source) if groups else [],
        "words_form": WordsForm(),
        "may_open": may_open(asking, source.place),
    }
    return render(request, "corpus/masking.html", context)


@require_POST
def look(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Begin, or look again after the text changed."""
    asking = asking_of(request)
    source = _source(asking, source_id)
    act = begin_masking if masking_of(asking, source) is None else look_again
    return _done(request, source, lambda: act(actor=asking, source=source), _("La recherche est faite."))


@require_POST
def decide(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Replace the same words, or let them stand."""
    asking = asking_of(request)
    source = _source(asking, source_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Rien n’a changé : relisez ce que vous avez choisi."))
        return _back(request, source)
    digest = form.cleaned_data["digest"]
    if request.POST.get("do") == "leave":
        return _done(request, source, lambda: leave_words(actor=asking, source=source, digest=digest), _left)
    return _done(
        request,
        source,
        lambda: replace_words(
            actor=asking,
            source=source,
            digest=digest,
            shown=form.cleaned_data["shown"],
            where=Where(form.only(), form.everywhere()),
        ),
        _replaced,
    )


@require_POST
def add(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Words that nothing found."""
    asking = asking_of(request)
    source = _source(asking, source_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Écrivez les mots à chercher, comme ils sont dans le texte."))
        return _back(request, source)
    words = form.cleaned_data["words"]
    return _done(request, source, lambda: add_words(actor=asking, source=source, words=words), _added)


@require_POST
def undo(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Put the words of before back."""
    asking = asking_of(request)
    source = _source(asking, source_id)
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Rien n’a changé : relisez ce que vous avez choisi."))
        return _back(request, source)
    given = form.cleaned_data
    return _done(
        request,
        source,
        lambda: undo_replacement(actor=asking, source=source, digest=given["digest"], shown=given["shown"]),
        _("Les mots d’avant sont revenus."),
    )


@require_POST
def finish(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Seal what was before; open to coding when nothing else stands between."""
    asking = asking_of(request)
    source = _source(asking, source_id)
    form = FinishForm(request.POST)
    leave_rest = form.is_valid() and form.cleaned_data["leave_rest"]
    try:
        obstacle = finish_masking(actor=asking, source=source, leave_rest=leave_rest)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return _back(request, source)
    if obstacle is None:
        messages.success(request, _("C’est fini : le texte d’origine est scellé, le matériau est prêt à coder."))
    else:
        messages.success(request, _("C’est fini : le texte d’origine est scellé."))
        messages.warning(request, _("On ne code pas encore : %(why)s") % {"why": obstacle.label})
    return redirect("corpus:source", source.pk)


def _source(asking: Asking, source_id: UUID) -> Source:
    """The source, for those who pseudonymise it. Raises Unreadable, PermissionDenied."""
    source = readable_source(asking, source_id)
    can_decide_detail.require(
        asking,
        Detail(
            source=source,
            scope_level=source.scope_level,
            scope_author=source.scope_author,
            scope_mission=source.scope_mission,
        ),
    )
    return source


def _done(
    request: HttpRequest, source: Source, act: Callable[[], int | None], said: str | Callable[[int], str]
) -> HttpResponse:
    try:
        count = act()
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, said if isinstance(said, str) else said(count or 0))
    return _back(request, source)


def _back(request: HttpRequest, source: Source) -> HttpResponse:
    page = request.POST.get("page", "")
    address = reverse("corpus:masking", args=[source.pk])
    return redirect(f"{address}?page={page}" if page.isascii() and page.isdigit() else address)


def _replaced(count: int) -> str:
    return ngettext("Remplacé une fois.", "Remplacé %(count)d fois.", count) % {"count": count}


def _left(count: int) -> str:
    return ngettext("Laissé une fois.", "Laissé %(count)d fois.", count) % {"count": count}


def _added(count: int) -> str:
    return ngettext("Trouvé une fois : décidez.", "Trouvé %(count)d fois : décidez.", count) % {"count": count}
