"""The ledger of withdrawals that a restoration demands: without it, what people took back would come back."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from nuserus.config.instance import Instance
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _
from nuserus.foundation.ledger import lines


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the operator gave: the file, or their word that there is none."""

    file: Path | None
    without: bool

    def refuse_unusable(self, last: str, key: bytes) -> None:
        """Raise Refusal when it is missing, changed, of another instance or older than the backup (`last`: an id)."""
        if self.file is None:
            if self.without:
                return
            raise Refusal(
                _(
                    "Donnez le registre des retraits (--ledger FICHIER, dans l’instance d’origine : "
                    "ledger/withdrawals.jsonl). Sans lui, ce que des personnes ont retiré depuis la sauvegarde "
                    "reviendrait. S’il est perdu : --without-ledger, et prévenez ces personnes."
                )
            )
        try:
            known = {str(entry.id) for entry in lines.read(self.file, key)}
        except OSError as error:
            raise Refusal(
                _("Impossible de lire %(file)s : %(reason)s.") % {"file": self.file, "reason": error.strerror}
            ) from None
        except lines.LedgerBroken as broken:
            raise Refusal(
                _(
                    "Le registre %(file)s a été modifié à la ligne %(line)d, ou vient d’une autre instance. "
                    "Rien n’a été touché."
                )
                % {"file": self.file, "line": broken.line}
            ) from None
        if last and last not in known:
            raise Refusal(
                _("Le registre %(file)s est plus vieux que la sauvegarde : donnez le dernier. Rien n’a été touché.")
                % {"file": self.file}
            )

    def put_into(self, instance: Instance) -> None:
        """Make it the ledger of the new instance, where its settings look for it."""
        if self.file is None:
            return
        target = Path(os.environ.get("NUSERUS_LEDGER") or instance.folder / "ledger" / "withdrawals.jsonl")
        if target.exists() and target.samefile(self.file):
            return
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        shutil.copyfile(self.file, part)
        part.chmod(0o600)
        part.replace(target)
