"""Template tags that only the form templates of ``ui`` need."""

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def optional_mark(field: BoundField) -> str:
    """Say « (facultatif) » beside a question that may stay empty; required ones say nothing.

    Neither do those of which a form wants at least one: it names them in ``at_least_one``.
    """
    if field.field.required or field.field.disabled or field.name in getattr(field.form, "at_least_one", ()):
        return ""
    return format_html(' <span class="nu-optional">{}</span>', _("(facultatif)"))


@register.simple_tag
def error_count(form: BaseForm) -> int:
    """Count the messages of a form, so that the summary can say how many."""
    return sum(len(errors) for errors in form.errors.values())


@register.simple_tag
def lead_in(field: BoundField) -> str:
    """The label of a question before its error: a colon follows, unless the label ends with one or is a question."""
    label = str(field.label).rstrip()
    return label if label.endswith((":", "?", "…")) else f"{label} :"


@register.simple_tag
def first_control(field: BoundField) -> str:
    """Give the id of the control that a link of the error summary must reach."""
    for part in field.subwidgets:
        if part.id_for_label:
            return str(part.id_for_label)
    return str(field.id_for_label or field.auto_id)
