"""`/campagnes/`."""

from __future__ import annotations

from django.urls import path

from nuserus.community.views import campaigns

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.listing, name="list"),
    path("nouvelle/", campaigns.new, name="new"),
    path("<uuid:campaign_id>/", campaigns.campaign, name="campaign"),
    path("<uuid:campaign_id>/modifier/", campaigns.change, name="change"),
]
