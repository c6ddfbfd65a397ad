"""The program that fills in without network: everything below `/grilles/remplir/`, which is all its worker sees."""

from __future__ import annotations

from django.urls import path

from nuserus.instruments.views import shell

app_name = "filling"
urlpatterns = [
    path("", shell.shell, name="shell"),
    path("veilleur.js", shell.worker, name="worker"),
    path("application.webmanifest", shell.manifest, name="manifest"),
    path("etat/", shell.state, name="state"),
    path("envoi/", shell.send, name="send"),
]
