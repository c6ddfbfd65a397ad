"""Files that people give: taken in with suspicion, kept outside static files, served by asking the rules."""

from nuserus.foundation.files.intake import PICTURE_LIMIT, TakenPicture, take_picture
from nuserus.foundation.files.quota import refused_upload_size
from nuserus.foundation.files.serving import serve_picture
from nuserus.foundation.files.sizes import megabytes
from nuserus.foundation.files.sound import SOUND_LIMIT, TakenSound, take_sound

__all__ = [
    "PICTURE_LIMIT",
    "SOUND_LIMIT",
    "TakenPicture",
    "TakenSound",
    "megabytes",
    "refused_upload_size",
    "serve_picture",
    "take_picture",
    "take_sound",
]
