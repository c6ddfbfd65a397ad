from __future__ import annotations

from django.urls import path

from nuserus.portal.views import help as help_views
from nuserus.portal.views.home import home
from nuserus.portal.views.my_work import my_work
from nuserus.portal.views.need import need

app_name = "portal"

urlpatterns = [
    path("", home, name="home"),
    path("besoin/", need, name="need"),
    path("mon-espace/", my_work, name="my_work"),
    path("aide/", help_views.guide, name="help"),
    path("aide/composants/", help_views.components, name="components"),
    path("aide/<slug:slug>/", help_views.guide, name="guide"),
]
