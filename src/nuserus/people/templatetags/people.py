"""Tags of the pages of people."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _

from nuserus.people.demonstration import TrialAccount, trial_accounts
from nuserus.people.queries.provider import Provider, openid_provider

register = template.Library()

# Order matters: Edge and Opera also say Chrome, Chrome also says Safari.
BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(?:Firefox|FxiOS)/"),
    ("Chrome", r"(?:Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)


def _first(table: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in table if re.search(pattern, text)), "")


@register.filter
def device(user_agent: str) -> str:
    """Browser and system in two words, from what the browser says of itself.

    >>> device("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0")
    'Firefox · Linux'
    """
    found = [name for name in (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)) if name]
    return " · ".join(found) or _("appareil inconnu")


@register.simple_tag(name="trial_accounts")
def tell_trial_accounts() -> list[TrialAccount]:
    """Accounts to try, on a demonstration."""
    return trial_accounts()


@register.simple_tag(name="openid_provider")
def tell_provider() -> Provider | None:
    """The OpenID Connect provider of this instance, if it has one."""
    return openid_provider()
