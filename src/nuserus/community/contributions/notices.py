"""What the exchanges tell people: kinds of notice, and their lines of the weekly digest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuserus.community.enums import Content, Step
from nuserus.community.models import Question
from nuserus.community.queries.questions import unanswered_questions_for
from nuserus.foundation.asking import current_asking
from nuserus.notifications.enums import Frequency
from nuserus.notifications.registry import DigestLine, register_digest_section, register_notice_kind
from nuserus.practices.models import Sheet

Details = Mapping[str, str]


def _questions(ids: Collection[UUID]) -> set[UUID]:
    return set(Question.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _sheets(ids: Collection[UUID]) -> set[UUID]:
    return set(Sheet.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _any(ids: Collection[UUID]) -> Collection[UUID]:
    """These sentences hold no title, only what sort of thing it is."""
    return ids


def _answer(details: Details) -> str:
    return _("Un·e collègue répond à votre question : « %(question)s »") % {"question": details["question"]}


def _helped(details: Details) -> str:
    return _("Votre réponse aide qui demandait : « %(question)s ». Elle ferait une bonne fiche.") % {
        "question": details["question"]
    }


def _comment(details: Details) -> str:
    return _("Un commentaire sur votre fiche « %(sheet)s »") % {"sheet": details["sheet"]}


def _reply(details: Details) -> str:
    return _("On répond à votre commentaire sur « %(sheet)s »") % {"sheet": details["sheet"]}


def _content(details: Details) -> str:
    known = details.get("content", "")
    return str(Content(known).label) if known in Content.values else _("un texte")


def _report(details: Details) -> str:
    return _("On vous demande de regarder %(content)s") % {"content": _content(details)}


def _urgent(details: Details) -> str:
    return _("Urgent : une personne serait reconnaissable dans %(content)s") % {"content": _content(details)}


def _author_answered(details: Details) -> str:
    return _("Qui a écrit %(content)s répond à la modération") % {"content": _content(details)}


def _decided(details: Details) -> str:
    words = {
        Step.HIDDEN: _("Merci. Ce que vous avez signalé n’est plus visible."),
        Step.KEPT: _("Ce que vous avez signalé reste masqué."),
        Step.SHOWN: _("Ce que vous avez signalé est de nouveau visible, après échange avec son auteur ou autrice."),
        Step.LEFT: _("Merci. Après lecture, les modérateurs ont laissé visible ce que vous avez signalé."),
    }
    return words.get(Step(details["step"]), "") if details.get("step") in Step.values else words[Step.LEFT]


def _hidden(details: Details) -> str:
    return _("La modération a masqué %(content)s de vous. Lisez pourquoi, et répondez.") % {
        "content": _content(details)
    }


def _moderated(details: Details) -> str:
    if details.get("step") == Step.SHOWN:
        return _("La modération montre de nouveau %(content)s de vous.") % {"content": _content(details)}
    return _("Après votre réponse, la modération laisse masqué %(content)s de vous.") % {"content": _content(details)}


def _lines(account: UUID) -> list[DigestLine]:
    """Unanswered questions about what the places of this account own; asked acting as it."""
    asking = current_asking()
    if asking is None or asking.user_id != account:
        return []
    return [
        DigestLine(question.title, reverse("questions:question", args=[question.pk]))
        for question in unanswered_questions_for(asking, 5)
    ]


def register_notices() -> None:
    """Declare everything above. Called once, when the app is ready."""
    now, weekly = Frequency.IMMEDIATE, Frequency.WEEKLY
    for key, label, sentence, default, readable in (
        ("answer", gettext_lazy("Une réponse à ma question"), _answer, now, _questions),
        ("helped", gettext_lazy("Ma réponse a aidé"), _helped, weekly, _questions),
        ("comment", gettext_lazy("Un commentaire sur ma fiche"), _comment, now, _sheets),
        ("reply", gettext_lazy("Une réponse à mon commentaire"), _reply, now, _sheets),
        ("decided", gettext_lazy("Ce que devient mon signalement"), _decided, now, _any),
        ("hidden", gettext_lazy("Un texte de moi est masqué"), _hidden, now, _any),
        ("moderated", gettext_lazy("La suite donnée à ma réponse à la modération"), _moderated, now, _any),
        ("urgent", gettext_lazy("Modération : un signalement urgent"), _urgent, now, _any),
        ("report", gettext_lazy("Modération : un signalement"), _report, weekly, _any),
        ("author_answered", gettext_lazy("Modération : un auteur répond"), _author_answered, now, _any),
    ):
        register_notice_kind(
            f"community.{key}",
            label=label,
            sentence=sentence,
            default=default,
            readable=readable,
            roles=("moderator",) if key in ("urgent", "report", "author_answered") else (),
        )
    register_digest_section(
        "community.questions",
        30,
        _lines,
        heading=gettext_lazy("Des collègues demandent, à propos de matériel que vous avez"),
    )
