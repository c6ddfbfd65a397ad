"""Mail as a reader shows it: no finding of axe, in the light and in the dark, and nothing asked from anywhere."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from playwright.sync_api import Browser

from nuserus.notifications.actions.writing import digest_mail, notice_mail
from nuserus.notifications.queries.digest import Digest, Part
from nuserus.notifications.queries.told import Told
from nuserus.notifications.registry import DigestLine
from tests.browser.conftest import DESKTOP, PHONE, axe_findings

SOMEBODY = UUID(int=1)


def told(sentence: str) -> Told:
    return Told(UUID(int=2), "practices.tried", "Ma fiche est essayée ailleurs", sentence, "/", timezone.now(), True)


def mails() -> list[EmailMultiAlternatives]:
    """A notice, and a digest with everything that it may hold."""
    notices = [
        told("Merci\u00a0: votre fiche «\u00a0Finir la tablette sans larmes\u00a0» a été essayée ailleurs"),
        told("Un·e collègue répond à votre question\u00a0: «\u00a0Qui a un minuteur qui parle\u00a0?\u00a0»"),
    ]
    parts = [
        Part("Ce qui vous attend", [DigestLine("Brouillon\u00a0: «\u00a0La radio du jeudi\u00a0»", "/partager/")]),
        Part("", [DigestLine("Une ligne sans rubrique", "/")]),
    ]
    digest = Digest(notices=notices, more=3, parts=parts)
    return [
        notice_mail(notices[0], account_id=SOMEBODY, sending_id=SOMEBODY, to="ana@exemple.test"),
        digest_mail(digest, account_id=SOMEBODY, sending_id=SOMEBODY, to="ana@exemple.test"),
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_mail_is_readable_by_everybody(browser: Browser, *, dark: bool) -> None:
    for name, mail in zip(("notice", "digest"), mails(), strict=True):
        for window in (PHONE, DESKTOP):
            context = browser.new_context(viewport=window, color_scheme="dark" if dark else "light")
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.set_content(str(mail.alternatives[0][0]))
            assert axe_findings(page) == [], name
            assert asked == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            context.close()
