"""Starting rules of use, and writing them: the referents of the place do."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nuserus.charters.enums import MOST_RULES, CharterTemplate, Drawing
from nuserus.charters.models import Charter, CharterVersion, HouseRule
from nuserus.charters.rules import can_delete_charter, can_read_version, can_start_charter, can_work_on_charter
from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.practices.queries.places import said_place


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The words of one rule; `pictogram` is a Drawing."""

    sentence: str
    why: str = ""
    otherwise: str = ""
    pictogram: str = Drawing.YES

    def cleaned(self) -> RuleWords:
        """Without what cannot be seen. Raises ValidationError without a sentence."""
        sentence = plain_line(self.sentence)[:160]
        if not sentence:
            raise ValidationError({"sentence": _("Écrivez la règle en une phrase courte.")})
        drawing = self.pictogram if self.pictogram in Drawing.values else Drawing.YES.value
        return RuleWords(sentence, plain_text(self.why)[:600], plain_text(self.otherwise)[:600], drawing)


@transaction.atomic
def start_charter(
    *,
    actor: Asking,
    institution: Institution,
    title: str,
    template: CharterTemplate | None = None,
    version: CharterVersion | None = None,
) -> Charter:
    """Rules of use for a place: from a template, from another place's adopted version, or empty.

    Raises PermissionDenied for who is not its referent, ValidationError without a title.
    """
    charter = Charter(institution=institution, scope_institution=institution.pk, started_by_id=actor.user_id)
    if not can_start_charter.allows(actor, charter):
        raise PermissionDenied(_("Seuls les référents de ce lieu écrivent ses règles d’usage."))
    charter.title = plain_line(title)[:120]
    words: list[RuleWords] = []
    if version is not None:
        can_read_version.require(actor, version)
        charter.topic, charter.about, charter.simple = version.topic, version.about, version.simple
        charter.title = charter.title or version.title
        charter.taken_from = version.pk
        charter.taken_from_words = _("« %(title)s », %(place)s, version %(number)d") % {
            "title": version.title,
            # these words go wherever the new rules go
            "place": said_place(version.institution, named=version.named and version.scope_level == Level.PUBLIC),
            "number": version.number,
        }
        words = [RuleWords(*(rule[name] for name in _WORDS)) for rule in version.rules]
    elif template is not None:
        charter.topic, charter.about, charter.simple = template.slug, template.about, template.simple
        charter.title = charter.title or template.title
        words = [RuleWords(rule.sentence, rule.why, rule.otherwise, rule.pictogram) for rule in template.rules]
    if not charter.title:
        raise ValidationError({"title": _("Donnez un titre à ces règles, par exemple « Les écrans le soir ».")})
    charter.save(force_insert=True)
    for position, rule in enumerate(words[:MOST_RULES], 1):
        _put(HouseRule(charter=charter, position=position), rule.cleaned())
    record("start charter", actor=actor.user_id, object_id=charter.pk)
    return charter


_WORDS = ("sentence", "why", "otherwise", "pictogram")


@transaction.atomic
def add_rule(*, actor: Asking, charter: Charter, words: RuleWords) -> HouseRule:
    """Add a rule at the end. Raises ValidationError when there are too many to remember."""
    can_work_on_charter.require(actor, charter)
    rules = HouseRule.objects.filter(charter=charter)
    if rules.count() >= MOST_RULES:
        raise ValidationError(
            _("Il y a déjà %(most)d règles : personne n’en retient davantage. Retirez-en une d’abord.")
            % {"most": MOST_RULES}
        )
    last = rules.aggregate(last=Max("position"))["last"] or 0
    rule = HouseRule(charter=charter, position=last + 1)
    _put(rule, words.cleaned())
    _touch(charter, actor, "add house rule")
    return rule


@transaction.atomic
def change_rule(*, actor: Asking, rule: HouseRule, words: RuleWords) -> None:
    """Write one rule again."""
    can_work_on_charter.require(actor, rule.charter)
    _put(rule, words.cleaned())
    _touch(rule.charter, actor, "change house rule")


@transaction.atomic
def remove_rule(*, actor: Asking, rule: HouseRule) -> None:
    """Take one rule off what is worked on; versions keep theirs."""
    can_work_on_charter.require(actor, rule.charter)
    charter = rule.charter
    rule.delete()
    _number_again(charter, list(HouseRule.objects.filter(charter=charter).order_by("position", "id")))
    _touch(charter, actor, "remove house rule")


@transaction.atomic
def move_rule(*, actor: Asking, rule: HouseRule, up: bool) -> None:
    """Change places with the rule before, or after."""
    can_work_on_charter.require(actor, rule.charter)
    rules = list(HouseRule.objects.filter(charter=rule.charter).order_by("position", "id"))
    place = next(rank for rank, one in enumerate(rules) if one.pk == rule.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rules):
        rules[place], rules[other] = rules[other], rules[place]
    _number_again(rule.charter, rules)
    _touch(rule.charter, actor, "move house rule")


@transaction.atomic
def describe_charter(*, actor: Asking, charter: Charter, title: str, about: str) -> None:
    """Change the title and what it is about."""
    can_work_on_charter.require(actor, charter)
    charter.title, charter.about = plain_line(title)[:120], plain_text(about)[:600]
    if not charter.title:
        raise ValidationError({"title": _("Donnez un titre à ces règles, par exemple « Les écrans le soir ».")})
    charter.save()
    record("describe charter", actor=actor.user_id, object_id=charter.pk)


@transaction.atomic
def drop_charter(*, actor: Asking, charter: Charter) -> None:
    """Throw away what was never adopted. Raises ValidationError once a version was."""
    can_delete_charter.require(actor, charter)
    if CharterVersion.objects.filter(charter=charter).exists():
        raise ValidationError(_("Ces règles ont été adoptées : leurs versions sont gardées."))
    record("drop charter", actor=actor.user_id, object_id=charter.pk)
    charter.delete()


def _put(rule: HouseRule, words: RuleWords) -> None:
    for name in _WORDS:
        setattr(rule, name, getattr(words, name))
    rule.save()


def _number_again(charter: Charter, rules: list[HouseRule]) -> None:
    for position, rule in enumerate(rules, 1):
        if rule.position != position:
            HouseRule.objects.filter(pk=rule.pk, charter=charter).update(position=position)


def _touch(charter: Charter, actor: Asking, what: str) -> None:
    charter.save()
    record(what, actor=actor.user_id, object_id=charter.pk)
