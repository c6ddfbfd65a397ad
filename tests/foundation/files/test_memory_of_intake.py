"""The largest photo that is accepted does not take the memory of the machine."""

from __future__ import annotations

import subprocess
import sys

from nuserus.foundation.files.intake import PIXEL_LIMIT
from tests.config.processes import ON_LINUX

MOST_MEGABYTES = 700  # the pixels of the photo, and one copy while they are averaged

TAKE_IT = f"""
import io, pathlib, re
from django.conf import settings
settings.configure(USE_I18N=False)
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from nuserus.foundation.files.intake import take_picture
target = io.BytesIO()
Image.new("P", (10_000, {PIXEL_LIMIT // 10_000})).save(target, "PNG", transparency=0)
take_picture(SimpleUploadedFile("plan.png", target.getvalue()))
# not ru_maxrss, which begins with what the process that started us had
print(int(re.search(r'VmHWM:\\s+([0-9]+)', pathlib.Path('/proc/self/status').read_text())[1]) // 1024)
"""


@ON_LINUX
def test_largest_transparent_picture_stays_within_bounds() -> None:
    said = subprocess.run([sys.executable, "-c", TAKE_IT], capture_output=True, text=True, check=True)
    assert int(said.stdout) < MOST_MEGABYTES
