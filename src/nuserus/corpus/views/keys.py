"""The tables of names of a study, and who keeps them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.corpus.actions.keys import end_key_holder, name_key_holder, open_key_table
from nuserus.corpus.forms.masking import HolderForm
from nuserus.corpus.queries.keys import (
    holders_of,
    may_open,
    people_who_may_keep,
    place_of_materials,
    places_to_keep,
    readable_holder,
)
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.studies.queries.studies import readable_study
from nuserus.studies.rules import can_change_study


@require_safe
def keys(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Who keeps the tables of names, and the door to each."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    places = places_to_keep(asking, study)
    leads = can_change_study.allows(asking, study)
    if not places and not leads:
        raise Unreadable
    holders = holders_of(asking, study)
    named = {holder.account_id for holder, _name in holders}
    people = [one for one in people_who_may_keep(asking, study) if one.pk not in named] if leads else []
    context = {
        "study": study,
        "places": [(place, may_open(asking, place)) for place in places],
        "holders": holders,
        "leads": leads,
        "form": HolderForm(people=people) if people else None,
    }
    return render(request, "corpus/keys.html", context)


@require_POST
def open_table(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Who is who in one place. Opened by a button alone: each opening is in the journal."""
    asking = asking_of(request)
    place = place_of_materials(asking, place_id)
    lines = open_key_table(actor=asking, place=place)
    context = {"study": place.study, "place": place, "lines": lines, "closed": any(one.words is None for one in lines)}
    return render(request, "corpus/key_table.html", context)


@require_POST
def name_holder(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Let somebody of the team open the tables."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    if not can_change_study.allows(asking, study):
        raise Unreadable
    form = HolderForm(request.POST, people=people_who_may_keep(asking, study))
    if not form.is_valid():
        messages.warning(request, _("Choisissez une personne de l’équipe."))
        return redirect("corpus:keys", study.pk)
    try:
        name_key_holder(actor=asking, study=study, account_id=UUID(form.cleaned_data["person"]))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Cette personne peut ouvrir la table des noms."))
    return redirect("corpus:keys", study.pk)


@require_POST
def end_holder(request: HttpRequest, holder_id: UUID) -> HttpResponse:
    """From now on the person opens no table."""
    asking = asking_of(request)
    holder = readable_holder(asking, holder_id)
    end_key_holder(actor=asking, holder=holder)
    messages.success(request, _("Cette personne n’ouvre plus la table des noms."))
    return redirect("corpus:keys", holder.study_id)
