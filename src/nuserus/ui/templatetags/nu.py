"""Template tags of the user interface: ``{% load nu %}``."""

from django import template
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nuserus.ui.pictograms import drawing_for

register = template.Library()


@register.simple_tag
def pictogram(name: str, label: str = "", size: str = "") -> SafeString:
    """Draw one pictogram; ``label`` names it for screen readers when no text stands beside it.

    An unknown name draws the neutral one, so that a new family of devices never breaks a page.
    """
    address = f"{static('ui/dist/pictograms.svg')}#{drawing_for(name)}"
    look = "nu-pictogram nu-pictogram--large" if size == "large" else "nu-pictogram"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', look, label, address)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', look, address)


@register.simple_tag
def optional_mark(field: BoundField) -> str:
    """Say « (facultatif) » beside a question that may stay empty; required ones say nothing."""
    if field.field.required or field.field.disabled:
        return ""
    return format_html(' <span class="nu-optional">{}</span>', _("(facultatif)"))


@register.simple_tag
def error_count(form: BaseForm) -> int:
    """Count the messages of a form, so that the summary can say how many."""
    return sum(len(errors) for errors in form.errors.values())


@register.simple_tag
def first_control(field: BoundField) -> str:
    """Give the id of the control that a link of the error summary must reach."""
    for part in field.subwidgets:
        if part.id_for_label:
            return str(part.id_for_label)
    return str(field.id_for_label or field.auto_id)


@register.simple_tag(takes_context=True)
def current(context: Context, address: str) -> SafeString | str:
    """Mark a navigation link: the page itself, or a page below it."""
    request = context.get("request")
    path = request.path if request else ""
    if path == address:
        return format_html(' aria-current="{}"', "page")
    if address != "/" and path.startswith(address):
        return format_html(' aria-current="{}"', "true")
    return ""
