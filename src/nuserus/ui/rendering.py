"""How forms become HTML: one renderer, named in the setting ``FORM_RENDERER``."""

from django.forms.renderers import DjangoTemplates
from django.template.exceptions import TemplateDoesNotExist

BUILT_IN = "django/forms/"
OURS = "ui/forms/"


class FormRenderer(DjangoTemplates):
    """Render every form, allauth's and Django's own included, with the templates of ``ui/forms``.

    A built-in template name (``django/forms/widgets/text.html``) is answered with ours of the
    same name where there is one, else with Django's. Names of other apps are left alone.
    """

    form_template_name = "ui/forms/div.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> object:
        if template_name.startswith(BUILT_IN):
            try:
                return super().get_template(OURS + template_name.removeprefix(BUILT_IN))
            except TemplateDoesNotExist:
                pass
        return super().get_template(template_name)
