"""Every form looks and speaks the same: label, hint, error, control, and what ties them together."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from nuserus.ui.examples import ExampleForm
from nuserus.ui.widgets import Chips, DayInput, Picture, Suggesting
from tests.ui.rendered import Reader


class Small(forms.Form):
    name = forms.CharField(label="Nom", help_text="Comme sur la porte.", max_length=20)
    story = forms.CharField(label="Récit", widget=forms.Textarea, max_length=300, required=False)
    kind = forms.ChoiceField(label="Sorte", choices=[("a", "Un"), ("b", "Deux")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="D’accord", help_text="Il le faut.")
    secret = forms.CharField(widget=forms.HiddenInput, initial="x")


def read(form: forms.Form) -> Reader:
    return Reader(str(form))


def test_text_field_ties_hint_and_error_to_the_control() -> None:
    page = read(Small({"secret": "x"}))
    control = page.one("input", name="name")
    assert control["class"] == "govuk-input"
    assert control["aria-describedby"] == "id_name_helptext id_name_error"
    assert control["aria-invalid"] == "true"
    assert page.one("label", for_="id_name")["class"] == "govuk-label"
    assert {"id_name_helptext", "id_name_error"} <= set(page.ids)


def test_every_described_id_exists_and_no_id_is_twice() -> None:
    page = read(ExampleForm({"title": ""}))
    named = " ".join(attributes.get("aria-describedby") or "" for _, attributes in page.elements).split()
    assert set(named) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_error_summary_links_to_the_first_control_of_each_field() -> None:
    page = read(Small({"secret": "x"}))
    links = [attributes["href"] for attributes in page.all("a")]
    assert links == ["#id_name", "#id_kind_0", "#id_agreed"]
    assert {link.removeprefix("#") for link in links if link} <= set(page.ids)
    assert "3 réponses sont à revoir" in page.text


def test_error_summary_says_what_a_hidden_field_or_the_form_refuses() -> None:
    class Refusing(Small):
        def clean(self) -> None:
            raise forms.ValidationError("Ces deux réponses se contredisent.")

    page = read(Refusing({"name": "x", "kind": "a", "agreed": "on"}))
    assert "Ces deux réponses se contredisent." in page.text
    assert "2 réponses sont à revoir" in page.text


def test_form_without_errors_has_no_summary() -> None:
    page = read(Small())
    assert not page.all("div", class_="govuk-error-summary")
    assert not [attributes for _, attributes in page.elements if "aria-invalid" in attributes]


def test_radios_are_one_group_with_a_legend() -> None:
    page = read(Small({"secret": "x"}))
    group = page.one("fieldset")
    assert group["aria-describedby"] == "id_kind_error"
    assert [attributes["value"] for attributes in page.all("input", type="radio")] == ["a", "b"]
    assert page.one("label", for_="id_kind_1")["class"] == "govuk-label govuk-radios__label"


def test_single_tick_box_has_its_label_after_it() -> None:
    page = read(Small())
    names = [attributes.get("name") or attributes.get("for") for tag, attributes in page.elements if tag != "div"]
    assert names.index("agreed") + 1 == names.index("id_agreed")
    assert page.one("input", name="agreed")["aria-describedby"] == "id_agreed_helptext"


def test_optional_is_marked_and_required_is_not() -> None:
    text = read(Small()).text
    assert "Récit (facultatif)" in text
    assert "Nom (facultatif)" not in text


def test_long_text_with_a_limit_is_counted_and_short_text_is_not() -> None:
    page = read(Small())
    assert [attributes["data-nu-count"] for attributes in page.all("div") if "data-nu-count" in attributes] == ["300"]
    assert "300 caractères au plus." in page.text


def test_hidden_fields_come_without_label() -> None:
    page = read(Small())
    assert page.one("input", type="hidden")["name"] == "secret"
    assert not page.all("label", for_="id_secret")


def test_own_classes_of_a_widget_are_added_once() -> None:
    class Classy(forms.Form):
        name = forms.CharField(widget=forms.TextInput({"class": "nu-input--short", "data-x": "1"}))

    control = read(Classy()).one("input")
    assert control["class"] == "govuk-input nu-input--short"
    assert control["data-x"] == "1"


def test_values_are_escaped() -> None:
    page = read(Small({"name": '"><script>', "story": "</textarea><script>", "secret": "x"}))
    assert not page.all("script")
    assert page.one("input", name="name")["value"] == '"><script>'


@pytest.mark.parametrize("shape", ["as_p", "as_div", "as_ul", "as_table"])
def test_other_shapes_are_ours_too(shape: str) -> None:
    """Libraries write ``{{ form.as_p }}``."""
    assert "govuk-input" in getattr(Small(), shape)()


def test_chips_are_tick_boxes() -> None:
    class Tools(forms.Form):
        tools = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=Chips)

    page = read(Tools({"tools": ["b"]}))
    boxes = page.all("input", type="checkbox")
    assert [("checked" in box) for box in boxes] == [False, True]


def test_day_is_iso_whatever_the_language() -> None:
    class Since(forms.Form):
        day = forms.DateField(widget=DayInput)

    control = read(Since(initial={"day": dt.date(2026, 11, 3)})).one("input")
    assert (control["type"], control["value"]) == ("date", "2026-11-03")


def test_picture_tells_the_program_its_limit() -> None:
    class Photo(forms.Form):
        photo = forms.FileField(widget=Picture(limit=1000), required=False)

    page = read(Photo())
    assert page.one("input", type="file")["accept"] == "image/*"
    assert [a["data-nu-picture-limit"] for a in page.all("div") if "data-nu-picture" in a] == ["1000"]


def test_suggesting_names_its_source() -> None:
    class Town(forms.Form):
        town = forms.CharField(widget=Suggesting("/annuaire/villes/"))

    page = read(Town())
    assert [a["data-nu-combobox-source"] for a in page.all("div") if "data-nu-combobox" in a] == ["/annuaire/villes/"]


def test_select_keeps_groups_and_choice() -> None:
    class Trade(forms.Form):
        trade = forms.ChoiceField(choices=[("", "Choisir"), ("Soin", [("n", "Infirmier")])])

    page = read(Trade({"trade": "n"}))
    assert page.one("optgroup")["label"] == "Soin"
    assert "selected" in page.one("option", value="n")


def test_no_style_attribute_and_no_inline_program() -> None:
    page = read(ExampleForm({"title": ""}))
    for tag, attributes in page.elements:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        assert tag not in {"script", "style"}


def test_questions_of_which_one_is_wanted_are_not_called_optional() -> None:
    class EitherForm(forms.Form):
        at_least_one = ("reason",)
        reason = forms.CharField(label="Raison", required=False)
        note = forms.CharField(label="Note", required=False)

    assert str(EitherForm()).count("(facultatif)") == 1
