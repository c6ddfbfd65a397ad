"""Campaigns: `/campagnes/`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.community.actions.campaigns import change_campaign, open_campaign
from nuserus.community.forms.campaigns import CampaignForm
from nuserus.community.models import Campaign
from nuserus.community.queries.campaigns import campaign_for_reading, campaigns_visible_to, counted
from nuserus.community.rules import can_change_campaign, can_open_campaign
from nuserus.foundation.asking import asking_of
from nuserus.practices.queries.facets import facet_words
from nuserus.practices.queries.labels import labels

SHOWN = 24


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Campaigns under way, to come, and over."""
    asking = asking_of(request)
    lines = counted(list(campaigns_visible_to(asking)[:SHOWN]))
    context = {
        "groups": [
            (title, found)
            for title, when in ((_("En ce moment"), "now"), (_("Bientôt"), "soon"), (_("Terminées"), "past"))
            if (found := [line for line in lines if line.when == when])
        ],
        "may_open": can_open_campaign.allows(asking, Campaign()),
    }
    return render(request, "community/campaigns/list.html", context)


@login_not_required
@require_safe
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """One campaign, with its counter and the ways to take part."""
    asking = asking_of(request)
    (line,) = counted([campaign_for_reading(asking, campaign_id)])
    theme = line.campaign.theme
    context = {
        "line": line,
        "sheets": urlencode({"theme": theme}) if theme in facet_words("theme", labels()) else "",
        "may_change": can_change_campaign.allows(asking, line.campaign),
    }
    return render(request, "community/campaigns/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a campaign."""
    asking = asking_of(request)
    if not can_open_campaign.allows(asking, Campaign()):
        raise PermissionDenied(_("Les campagnes sont ouvertes par la modération ou l’administration du site."))
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = open_campaign(actor=asking, told=form.cleaned_data)
        messages.success(request, _("La campagne est ouverte. Elle paraît sur la page d’accueil pendant ses jours."))
        return redirect("campaigns:campaign", opened.pk)
    return render(request, "community/campaigns/form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Change a campaign."""
    asking = asking_of(request)
    held = campaign_for_reading(asking, campaign_id)
    can_change_campaign.require(asking, held)
    form = CampaignForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        change_campaign(actor=asking, campaign=held, told=form.cleaned_data)
        messages.success(request, _("La campagne est changée."))
        return redirect("campaigns:campaign", held.pk)
    context = {"form": form, "campaign": held}
    return render(request, "community/campaigns/form.html", context, status=422 if form.errors else 200)
