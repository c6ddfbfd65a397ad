"""Questions to peers: `/questions/`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.community.actions.becoming import start_sheet_from
from nuserus.community.actions.questions import (
    answer_question,
    ask_question,
    delete_answer,
    delete_question,
    say_helped,
)
from nuserus.community.forms.questions import AnswerForm, AskForm, carried_from
from nuserus.community.models import Question
from nuserus.community.queries.documents import said_about
from nuserus.community.queries.found import questions_found
from nuserus.community.queries.questions import (
    FILTERS,
    answer_for_reading,
    answers_of,
    question_for_reading,
    questions_listed,
    values_in_use,
)
from nuserus.community.queries.signatures import signature
from nuserus.community.rules import can_answer_question, can_ask_question, can_change_question, can_read_question
from nuserus.community.views.refused import say_in
from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.enums.telling import TELLING
from nuserus.practices.queries.facets import facet_words
from nuserus.practices.queries.found import find_sheets
from nuserus.practices.queries.labels import Labels, labels
from nuserus.practices.queries.sheets import sheets_visible_to

PAGE = 20
FOUND = 6
_TITLES = {
    "famille": gettext_lazy("Matériel"),
    "public": gettext_lazy("Pour qui"),
    "categorie": gettext_lazy("Type d’établissement"),
}


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Questions, newest first, narrowed by what they are about; or by words."""
    asking, lists = asking_of(request), labels()
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name) in facet_words(name, lists)}
    unanswered = request.GET.get("sans-reponse") == "1"
    mine = asking.user_id is not None and request.GET.get("les-miennes") == "1"
    words = request.GET.get("q", "")[:200]
    if words.strip():
        found = questions_found(asking, words, {name: [value] for name, value in chosen.items()}, limit=PAGE)
        ids = [one.pk for one in found]
        rows = {row.pk: row for row in questions_listed(asking, {}, unanswered=unanswered).filter(pk__in=ids)}
        questions: Any = [rows[one] for one in ids if one in rows]
    else:
        questions = questions_listed(asking, chosen, unanswered=unanswered)
        if mine:
            questions = questions.filter(author=asking.user_id)
    page = Paginator(questions, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [_line(asking, one, lists) for one in page.object_list],
        "words": words,
        "unanswered": unanswered,
        "mine": mine,
        "toggle": _address({**chosen, **({} if unanswered else {"sans-reponse": "1"})}),
        "chips": [
            {
                "label": facet_words(name, lists)[value],
                "url": _address({other: slug for other, slug in chosen.items() if other != name}),
            }
            for name, value in chosen.items()
        ],
        "groups": _groups(asking, chosen, lists, unanswered=unanswered),
        "may_ask": asking.is_anonymous or asking.verified,
    }
    return render(request, "community/questions/list.html", context)


def _address(chosen: dict[str, str]) -> str:
    return f"?{urlencode(chosen)}"


def _groups(asking: Asking, chosen: dict[str, str], lists: Labels, *, unanswered: bool) -> list[dict[str, Any]]:
    """The filters that still choose something, each value with its address."""
    more = {"sans-reponse": "1"} if unanswered else {}
    groups = []
    for name, slugs in values_in_use(asking).items():
        words = facet_words(name, lists)
        links = [
            (words[slug], _address({**chosen, **more, name: slug}))
            for slug in slugs[:12]
            if slug in words and chosen.get(name) != slug
        ]
        if links:
            groups.append({"title": str(_TITLES[name]), "values": links})
    return groups


def _line(asking: Asking, question: Question, lists: Labels) -> dict[str, Any]:
    return {
        "question": question,
        "by": signature(question.author, asking),
        "facts": said_about(question, lists)[:4],
        "answers": getattr(question, "answer_count", 0),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask: what was looked for is there already, the second tap sends."""
    asking = asking_of(request)
    if not can_ask_question.allows(asking, Question(scope_author=asking.user_id)):
        return render(request, "community/questions/not_yet.html", status=403)
    if request.method == "POST":
        form = AskForm(request.POST)
        if form.is_valid():
            try:
                asked = ask_question(actor=asking, asked=form.asked())
            except ValidationError as refusal:
                say_in(form, refusal)
            else:
                messages.success(request, _("Votre question est envoyée. Vous serez prévenu·e à la première réponse."))
                return redirect("questions:question", asked.pk)
        return render(request, "community/questions/ask.html", {"form": form}, status=422)
    carried = carried_from(request.GET)
    near = questions_found(asking, carried["title"], limit=3)
    return render(request, "community/questions/ask.html", {"form": AskForm(initial=carried), "near": near})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """A question with its answers; who may, answers."""
    asking = asking_of(request)
    asked = question_for_reading(asking, question_id)
    may_answer = asked.hidden_at is None and can_answer_question.allows(asking, asked)
    form = AnswerForm()
    status = 200
    if request.method == "POST":
        if not may_answer:
            raise PermissionDenied(_("Les professionnels vérifiés répondent aux questions."))
        form = AnswerForm(request.POST, found=_sheets_to_show(request, asking))
        if "chercher" not in request.POST:
            answered = _answer(request, asking, asked, form)
            if answered is not None:
                return answered
            status = 422
        else:
            form.errors.clear()
    return render(request, "community/questions/question.html", _page(asking, asked, form, may_answer), status=status)


def _answer(request: HttpRequest, asking: Asking, asked: Question, form: AnswerForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        answer = answer_question(
            actor=asking, question=asked, text=form.cleaned_data["text"], sheets=form.cleaned_data.get("sheets", [])
        )
    except ValidationError as refusal:
        say_in(form, refusal)
        return None
    messages.success(request, _("Merci. Votre réponse est là, et qui demandait est prévenu."))
    response = redirect("questions:question", asked.pk)
    response["Location"] += f"#reponse-{answer.pk}"
    return response


def _sheets_to_show(request: HttpRequest, asking: Asking) -> list[tuple[UUID, str]]:
    """The sheets that were ticked, then those that the words find."""
    ticked = [UUID(one) for one in request.POST.getlist("sheets")[:20] if _is_id(one)]
    kept = dict(sheets_visible_to(asking).filter(pk__in=ticked).values_list("pk", "title")) if ticked else {}
    words = request.POST.get("words", "")[:200]
    if "chercher" in request.POST and words.strip():
        for sheet in find_sheets(asking, words, {}, 1).sheets[:FOUND]:
            kept.setdefault(sheet.id, sheet.title)
    return list(kept.items())


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _page(asking: Asking, asked: Question, form: AnswerForm, may_answer: bool) -> dict[str, Any]:  # noqa: FBT001
    mine = can_change_question.allows(asking, asked)
    return {
        "question": asked,
        "by": signature(asked.author, asking),
        "facts": said_about(asked, labels()),
        "answers": [
            {"line": line, "by": signature(line.answer.author, asking), "mine": line.answer.author_id == asking.user_id}
            for line in answers_of(asking, asked)
        ],
        "form": form,
        "may_answer": may_answer,
        "mine": mine,
        "why": can_read_question.why(asking, asked) if asked.scope_level != "public" else "",
    }


@require_POST
def helped(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """« Ça m’aide », or not any more."""
    asking = asking_of(request)
    answer = answer_for_reading(asking, answer_id)
    say_helped(actor=asking, answer=answer, helped=request.POST.get("aide", "1") == "1")
    response = redirect("questions:question", answer.question_id)
    response["Location"] += f"#reponse-{answer.pk}"
    return response


@require_POST
def become(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """One's own answer becomes the beginning of a sheet."""
    asking = asking_of(request)
    sheet = start_sheet_from(actor=asking, answer=answer_for_reading(asking, answer_id))
    messages.success(request, _("Votre fiche est commencée avec votre réponse. Complétez-la à votre rythme."))
    return redirect("telling:question", sheet.pk, next(iter(TELLING)))


@require_POST
def remove_answer(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """Take back one's own answer."""
    asking = asking_of(request)
    answer = answer_for_reading(asking, answer_id)
    question_id = answer.question_id
    try:
        delete_answer(actor=asking, answer=answer)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Votre réponse est retirée. Il n’en reste rien."))
    return redirect("questions:question", question_id)


@require_POST
def remove(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take back one's own question while nobody answered."""
    asking = asking_of(request)
    try:
        delete_question(actor=asking, question=question_for_reading(asking, question_id))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("questions:question", question_id)
    messages.success(request, _("Votre question est retirée. Il n’en reste rien."))
    return redirect("questions:list")
