"""Form controls that Django does not have, or has too small for a thumb."""

from typing import Any

from django import forms


class Chips(forms.CheckboxSelectMultiple):
    """Several short values, each a chip that can be ticked."""

    template_name = "ui/forms/widgets/chips.html"


class ChipChoice(forms.RadioSelect):
    """One short value among several, each a chip."""

    template_name = "ui/forms/widgets/chips.html"


class Picture(forms.ClearableFileInput):
    """A picture from the phone: shown before it is sent, refused gently when too heavy.

    ``limit`` is in bytes and only spares the person a useless upload; the server decides.
    """

    template_name = "ui/forms/widgets/picture.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, limit: int = 20 * 1024 * 1024) -> None:
        super().__init__({"accept": "image/*", **(attrs or {})})
        self.limit = limit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["limit"] = self.limit
        return context


class Suggesting(forms.TextInput):
    """A text field with suggestions from ``source``, an address that answers ``?q=``.

    The reply is JSON, ``{"results": [{"value": "…", "label": "…"}]}``. Without JavaScript it stays a text field.
    """

    template_name = "ui/forms/widgets/suggesting.html"

    def __init__(self, source: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.source = source

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["source"] = self.source
        return context


class DayInput(forms.DateInput):
    """A date, picked with the device's own calendar; always ISO in the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
