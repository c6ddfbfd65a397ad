"""The largest photo that is accepted does not take the memory of the machine."""

from __future__ import annotations

import subprocess
import sys

from nuserus.foundation.files.intake import PIXEL_LIMIT

MOST_MEGABYTES = 700  # the pixels of the photo, and one copy while they are averaged

TAKE_IT = f"""
import io, resource
from django.conf import settings
settings.configure(USE_I18N=False)
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from nuserus.foundation.files.intake import take_picture
target = io.BytesIO()
Image.new("P", (10_000, {PIXEL_LIMIT // 10_000})).save(target, "PNG", transparency=0)
take_picture(SimpleUploadedFile("plan.png", target.getvalue()))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_largest_transparent_picture_stays_within_bounds() -> None:
    said = subprocess.run([sys.executable, "-c", TAKE_IT], capture_output=True, text=True, check=True)
    assert int(said.stdout) < MOST_MEGABYTES
