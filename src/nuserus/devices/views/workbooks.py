"""The inventory as a workbook: take it, fill it in, send it back, see what changes, decide."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.devices.actions import import_inventory as actions
from nuserus.devices.forms.network import NetworkForm
from nuserus.devices.forms.workbooks import WorkbookForm
from nuserus.devices.models import Deployment, InventoryUpload
from nuserus.devices.queries import inventory_of
from nuserus.devices.queries.inventory import lines_to_export
from nuserus.devices.queries.network import network_counts
from nuserus.devices.queries.pictures import Words
from nuserus.devices.rules import can_add_deployment, can_read_upload
from nuserus.devices.workbooks.layout import HEAVIEST, TYPE
from nuserus.devices.workbooks.opening import too_heavy
from nuserus.devices.workbooks.planning import Lists, plan_of, rows_of
from nuserus.devices.workbooks.reading import MOST_FAULTS
from nuserus.devices.workbooks.taking_away import FORMATS, MOST_LINES, exported
from nuserus.devices.workbooks.writing import inventory_workbook
from nuserus.directory.models import Institution
from nuserus.directory.queries import institutions_in_brief
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.files import refused_upload_size

_TYPES = {"xlsx": TYPE, "csv": "text/csv; charset=utf-8"}


@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Take the workbook, send it back; the ones that wait for a decision."""
    institution, asking = _to_fill_in(request, institution_id)
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST":
        upload = _kept(request, form, asking, institution)
        if upload is not None:
            return redirect("devices:upload", institution.pk, upload.pk)
    waiting = can_read_upload.filter(InventoryUpload.objects.filter(institution=institution), asking).defer("content")
    context = {"institution": institution, "form": form, "waiting": waiting}
    return render(request, "devices/workbook.html", context)


@require_safe
def template(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """The workbook to fill in, with the inventory as it is."""
    institution, asking = _to_fill_in(request, institution_id)
    lines = list(inventory_of(asking, institution))
    lists = Lists(asking, lines)
    content = inventory_workbook(rows_of(lines, lists), lists.offered(), str(institution))
    return _file(content, "xlsx", f"inventaire-{institution.slug}")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, institution_id: UUID, upload_id: UUID) -> HttpResponse:
    """What a workbook would change, and the decision."""
    institution, asking = _to_fill_in(request, institution_id)
    rows = can_read_upload.filter(InventoryUpload.objects.select_related("institution"), asking)
    sent = get_object_or_404(rows.filter(institution=institution), pk=upload_id)
    if request.method == "POST":
        answer = _decided(request, asking, sent)
        if answer is not None:
            return answer
    context = {"institution": institution, "upload": sent, "most_faults": MOST_FAULTS}
    try:
        context["plan"] = plan_of(asking, institution, bytes(sent.content))
    except ValidationError as unreadable:
        context["unreadable"] = unreadable.messages[0]
    return render(request, "devices/upload.html", context)


@login_not_required
@require_safe
def export(request: HttpRequest, institution_id: UUID, form: str) -> HttpResponse:
    """What the person may read of an inventory, as a file."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    lines = lines_to_export(asking_of(request)).filter(institution=institution)
    return _file(exported(lines, _known(form)), form, f"inventaire-{institution.slug}")


@login_not_required
@require_safe
def export_all(request: HttpRequest, form: str) -> HttpResponse:
    """Every line that the person may read within the choice of the network view, as a file."""
    counts = network_counts({})
    chosen = NetworkForm(request.GET, counts=counts, words=Words([counts])).chosen()
    lines = list(lines_to_export(asking_of(request), chosen)[: MOST_LINES + 1])
    if len(lines) > MOST_LINES:
        return HttpResponseBadRequest(
            _("Il y a plus de %(most)d lignes. Choisissez une région ou un type de lieu, puis recommencez.")
            % {"most": MOST_LINES}
        )
    return _file(exported(lines, _known(form)), form, "releves")


def _to_fill_in(request: HttpRequest, institution_id: UUID) -> tuple[Institution, Asking]:
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    can_add_deployment.require(asking, Deployment(institution=institution, scope_institution=institution.pk))
    return institution, asking


def _kept(request: HttpRequest, form: WorkbookForm, asking: Asking, institution: Institution) -> InventoryUpload | None:
    """The file that was kept; what is wrong with it is said in the form."""
    if dropped := refused_upload_size(request):
        form.full_clean()
        form.errors.pop("workbook", None)
        form.add_error("workbook", too_heavy(dropped))
        return None
    if not form.is_valid():
        return None
    sent = form.cleaned_data["workbook"]
    try:
        if sent.size > HEAVIEST:
            raise too_heavy(sent.size)
        return actions.keep_upload(actor=asking, institution=institution, file_name=sent.name, content=sent.read())
    except ValidationError as problem:
        form.add_error("workbook", problem)
        return None


def _decided(request: HttpRequest, asking: Asking, sent: InventoryUpload) -> HttpResponse | None:
    """Where to go once it is done; None to show again what would change."""
    decision = request.POST.get("decision")
    if decision == "discard":
        actions.discard_upload(actor=asking, upload=sent)
        messages.success(request, _("Le fichier est jeté. L’inventaire n’a pas changé."))
        return redirect("devices:workbook", sent.institution_id)
    if decision not in {"all", "valid"}:
        return HttpResponseBadRequest(_("Ce bouton n’existe pas. Revenez à la page précédente."))
    try:
        done = actions.apply_upload(
            actor=asking,
            upload=sent,
            fingerprint=request.POST.get("plan", ""),
            without_faults=decision == "valid",
        )
    except actions.PlanChanged:
        messages.warning(
            request,
            _("L’inventaire a changé entre-temps. Rien n’est enregistré : voici ce qui changerait maintenant."),
        )
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _said(done))
        return redirect("devices:inventory", sent.institution_id)
    return None


def _said(done: actions.Applied) -> str:
    words = []
    if done.added:
        words.append(ngettext("%(n)d ligne ajoutée", "%(n)d lignes ajoutées", done.added) % {"n": done.added})
    if done.changed:
        words.append(ngettext("%(n)d ligne modifiée", "%(n)d lignes modifiées", done.changed) % {"n": done.changed})
    if done.left_out:
        left = ngettext("%(n)d ligne laissée de côté", "%(n)d lignes laissées de côté", done.left_out)
        words.append(left % {"n": done.left_out})
    return (", ".join(words) or _("Rien n’a changé")) + "."


def _known(form: str) -> str:
    if form not in FORMATS:
        raise Http404
    return form


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)[:80]}.{form}"'
    return response
