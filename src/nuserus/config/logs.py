"""What the logs do not keep: an address with a secret in it opens what it leads to, for whoever reads it."""

from __future__ import annotations

import logging
import re

# Where an address goes on with a secret (a test compares them with the addresses of the site).
BEFORE_SECRETS = ("/etudes/agenda/", "/etudes/invitation/", "/avis/arreter/", "/pratiques/toujours-valable/")
_SECRET = re.compile(rf"({'|'.join(map(re.escape, BEFORE_SECRETS))})[^/\s?#'\"<>]+")


class HideSecrets(logging.Filter):
    """Write an ellipsis where an address has its secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        hidden = _SECRET.sub(r"\1…", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
