"""Which migrations this program has, in a process of its own: no instance is needed, and none is touched."""

from __future__ import annotations

import json
import sys


def main() -> None:
    import django

    django.setup()
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    known = set(loader.disk_migrations or {})
    for migration in (loader.disk_migrations or {}).values():
        known.update((app, name) for app, name in migration.replaces)
    json.dump(sorted(known), sys.stdout)


if __name__ == "__main__":
    main()
