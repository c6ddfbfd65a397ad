"""Addresses under /materiel/."""

from __future__ import annotations

from django.urls import path

from nuserus.devices import views

app_name = "devices"

_inventory = "inventaire/<uuid:institution_id>/"

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("reseau/", views.network, name="network"),
    path("proposer/", views.propose, name="propose"),
    path("propositions/", views.proposals, name="proposals"),
    path("propositions/<uuid:device_id>/", views.answer_proposal, name="answer_proposal"),
    path(_inventory, views.inventory, name="inventory"),
    path(f"{_inventory}ajouter/", views.add_deployment, name="add_deployment"),
    path(f"{_inventory}comparer/", views.compare, name="compare"),
    path(f"{_inventory}confirmer/", views.confirm_deployments, name="confirm"),
    path(f"{_inventory}classeur/", views.workbook, name="workbook"),
    path(f"{_inventory}classeur/a-remplir.xlsx", views.template, name="template"),
    path(f"{_inventory}classeur/<uuid:upload_id>/", views.upload, name="upload"),
    path(f"{_inventory}releves.<slug:form>", views.export, name="export"),
    path(f"{_inventory}<uuid:deployment_id>/", views.change_deployment, name="change_deployment"),
    path(
        f"{_inventory}<uuid:deployment_id>/retirer/",
        views.remove_deployment,
        name="remove_deployment",
    ),
    path("releves.<slug:form>", views.export_all, name="export_all"),
    path("<slug:slug>/fusionner/", views.merge, name="merge"),
    path("<slug:slug>/", views.device, name="device"),
]
