"""The one tag that the page of components needs, so that its address needs no view of its own."""

from typing import Any

from django import template

from nuserus.ui.examples import example_parts
from nuserus.ui.pictograms import FAMILIES

register = template.Library()


@register.simple_tag
def styleguide_examples() -> dict[str, Any]:
    """Give the examples and the slugs of all drawings of device families."""
    return {**example_parts(), "families": sorted(FAMILIES)}
