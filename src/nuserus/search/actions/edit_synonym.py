"""What moderators do with the synonyms."""

from __future__ import annotations

from collections.abc import Sequence

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.search.models import Synonym
from nuserus.search.rules import ANY_SYNONYM, can_add_synonym, can_change_synonym, can_delete_synonym


def edit_synonym(*, actor: Asking, synonym: Synonym, terms: Sequence[str], one_way: bool) -> Synonym:
    """Write one line of synonyms, new or known. It counts from the next search on.

    Raises PermissionDenied for who does not moderate.
    """
    is_new = synonym.is_new
    (can_add_synonym if is_new else can_change_synonym).require(actor, ANY_SYNONYM)
    synonym.terms = list(terms)
    synonym.one_way = one_way
    synonym.list_version = ""
    synonym.save()
    action = "add synonym" if is_new else "change synonym"
    record(action, actor=actor.user_id, object_id=synonym.pk, content=str(synonym))
    return synonym


def delete_synonym(*, actor: Asking, synonym: Synonym) -> None:
    """Remove one line of synonyms. Raises PermissionDenied for who does not moderate."""
    can_delete_synonym.require(actor, ANY_SYNONYM)
    record("delete synonym", actor=actor.user_id, object_id=synonym.pk, content=str(synonym))
    synonym.delete()
