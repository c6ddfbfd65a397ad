"""The program of the field beside the others of a device: the browser itself finds that it can be installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.conftest import PHONE, axe_findings, sign_in
from tests.browser.test_field import FIELD, ready
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import make_version
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")


def test_the_browser_offers_to_install_it(browser: Browser, live_url: str, tmp_path: Path) -> None:
    place = make_institution("FAM Canari", category="437", department="13")
    make_version(place, make_referent(place))
    # a person's own profile: a private window never installs; the flag stands for days of use
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path / "profile"),
        executable_path=chromium(),
        args=[*ARGUMENTS, "--bypass-app-banner-engagement-checks"],
        base_url=live_url,
        viewport=PHONE,
        locale="fr-FR",
    )
    try:
        sign_in(context, make_member(place), live_url)
        page = context.new_page()
        page.goto(FIELD)
        ready(page)
        asked = context.new_cdp_session(page)
        manifest = asked.send("Page.getAppManifest")
        assert manifest["url"].endswith("application.webmanifest")
        assert manifest["errors"] == []
        assert asked.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        # the browser's own event, not one that a test made
        page.reload()
        install = page.get_by_role("button", name="Installer sur cet appareil")
        expect(install).to_be_visible(timeout=20_000)
        assert axe_findings(page) == []
    finally:
        context.close()
