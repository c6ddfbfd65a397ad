"""Materials of studies: everything below `/corpus/`."""

from __future__ import annotations

from django.urls import path

from nuserus.corpus.urls import pseudonyms
from nuserus.corpus.views import adding, correcting, excerpts, listing, reading, speakers

app_name = "corpus"
urlpatterns = [
    *pseudonyms.urlpatterns,
    path("etude/<uuid:study_id>/", listing.sources, name="list"),
    path("etude/<uuid:study_id>/ajouter/", adding.add, name="add"),
    path("passages/<uuid:excerpt_id>/confirmer/", excerpts.confirm, name="confirm"),
    path("passages/<uuid:excerpt_id>/retirer/", excerpts.remove, name="remove_excerpt"),
    path("<uuid:source_id>/", reading.source, name="source"),
    path("<uuid:source_id>/decrire/", adding.describe, name="describe"),
    path("<uuid:source_id>/etape/", reading.advance, name="advance"),
    path("<uuid:source_id>/qui-parle/", speakers.speakers, name="speakers"),
    path("<uuid:source_id>/texte/", correcting.text, name="text"),
    path("<uuid:source_id>/tours/<int:position>/", correcting.turn, name="turn"),
    path("<uuid:source_id>/tours/<int:position>/reperer/", excerpts.pick, name="pick"),
    path("<uuid:source_id>/passages/", excerpts.excerpts, name="excerpts"),
    path("<uuid:source_id>/versions/", reading.versions, name="versions"),
    path("<uuid:source_id>/versions/<int:number>/", reading.version, name="version"),
]
