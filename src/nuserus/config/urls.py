"""The addresses of the site: each app has its own, these are where they begin."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from nuserus.config.health import healthz
from nuserus.directory.urls import map_patterns

handler500 = "nuserus.config.failures.failed"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("pratiques/", include("nuserus.search.urls")),
    path("pratiques/photos/", include("nuserus.practices.urls.pictures")),
    path("pratiques/", include("nuserus.practices.urls.reading")),
    path("pratiques/", include("nuserus.community.urls.discussion")),
    path("questions/", include("nuserus.community.urls.questions")),
    path("signalements/", include("nuserus.community.urls.moderation")),
    path("selections/", include("nuserus.community.urls.collections")),
    path("campagnes/", include("nuserus.community.urls.campaigns")),
    path("partager/avec-quelqu-un/", include("nuserus.facilitation.urls")),
    path("partager/<uuid:sheet_id>/details/", include("nuserus.practices.urls.details")),
    path("partager/", include("nuserus.practices.urls.telling")),
    path("voix/", include("nuserus.voice.urls")),
    path("relecture/synonymes/", include("nuserus.search.urls.synonyms")),
    path("relecture/", include("nuserus.practices.urls.reviewing")),
    path("se-former/", include("nuserus.learning.urls")),
    path("regles/", include("nuserus.charters.urls")),
    path("etudes/", include("nuserus.studies.urls")),
    path("terrain/", include("nuserus.fieldwork.urls")),
    path("corpus/", include("nuserus.corpus.urls")),
    path("grilles/remplir/", include("nuserus.instruments.urls.filling")),
    path("grilles/", include("nuserus.instruments.urls")),
    path("openrosa/", include("nuserus.instruments.urls.openrosa")),
    path("materiel/", include("nuserus.devices.urls")),
    path("annuaire/", include("nuserus.directory.urls")),
    path("carte/", include((map_patterns, "map"))),
    path("mon-espace/accords/", include("nuserus.consent.urls")),
    path("compte/", include("nuserus.people.urls")),
    path("mon-espace/avis/", include("nuserus.notifications.urls")),
    path("avis/arreter/", include("nuserus.notifications.urls.stopping")),
    path("", include("nuserus.portal.urls")),
]
