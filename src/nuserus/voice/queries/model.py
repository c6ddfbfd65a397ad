"""The model that turns a voice into a text: the operator's folder, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext

# What faster-whisper reads in a converted model; without the last one it would look for it on a network.
NEEDED = ("model.bin", "config.json", "tokenizer.json")
PROGRAM = "faster_whisper"


def model_problem(folder: str, _: Callable[[str], str] = gettext) -> str:
    """What keeps this folder from being used, in one line; empty when nothing does.

    The command line gives its own `_`: it speaks the language of the terminal, without the site.
    """
    path = Path(folder)
    if not path.is_absolute():
        return _("NUSERUS_SPEECH_MODEL doit être un chemin complet : %(folder)s") % {"folder": folder}
    if not path.is_dir():
        return _("le dossier du modèle n’existe pas : %(folder)s") % {"folder": folder}
    missing = [name for name in NEEDED if not (path / name).is_file()]
    if missing:
        return _("le dossier %(folder)s n’est pas un modèle faster-whisper : il y manque %(missing)s") % {
            "folder": folder,
            "missing": ", ".join(missing),
        }
    if find_spec(PROGRAM) is None:
        return _("le programme faster-whisper n’est pas installé (extra « voice »)")
    return ""
