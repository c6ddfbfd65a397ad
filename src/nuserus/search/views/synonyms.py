"""The page where moderators keep the synonyms."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.search.actions.edit_synonym import delete_synonym, edit_synonym
from nuserus.search.forms.synonym import SynonymForm
from nuserus.search.models import Synonym
from nuserus.search.queries.synonyms import all_synonyms
from nuserus.search.rules import ANY_SYNONYM, can_add_synonym, can_change_synonym


@require_safe
def synonym_list(request: HttpRequest) -> HttpResponse:
    """Every line of synonyms."""
    can_change_synonym.require(asking_of(request), ANY_SYNONYM)
    return render(request, "search/synonyms.html", {"synonyms": all_synonyms()})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new line."""
    can_add_synonym.require(asking_of(request), ANY_SYNONYM)
    return _edit(request, Synonym())


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A known line."""
    can_change_synonym.require(asking_of(request), ANY_SYNONYM)
    return _edit(request, get_object_or_404(Synonym, pk=pk))


@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a line."""
    can_change_synonym.require(asking_of(request), ANY_SYNONYM)
    delete_synonym(actor=asking_of(request), synonym=get_object_or_404(Synonym, pk=pk))
    messages.success(request, _("La ligne est supprimée. Les prochaines recherches n’en tiennent plus compte."))
    return redirect("synonyms:list")


def _edit(request: HttpRequest, synonym: Synonym) -> HttpResponse:
    known = {"terms": "\n".join(synonym.terms or []), "one_way": synonym.one_way}
    form = SynonymForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        edit_synonym(
            actor=asking_of(request),
            synonym=synonym,
            terms=form.cleaned_data["terms"],
            one_way=form.cleaned_data["one_way"],
        )
        messages.success(request, _("C’est enregistré. Les prochaines recherches en tiennent compte."))
        return redirect("synonyms:list")
    return render(request, "search/synonym_edit.html", {"form": form, "synonym": synonym})
