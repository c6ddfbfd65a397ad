"""A browser whose microphone is a tone every second, given to every page that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import ARGUMENTS, chromium

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="module")
def recording_browser(browser: Browser) -> Iterator[Browser]:
    launched = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, *MICROPHONE])
    yield launched
    launched.close()
