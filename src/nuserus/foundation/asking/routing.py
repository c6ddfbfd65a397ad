"""Which connection a query takes."""

from __future__ import annotations

from typing import Any

from django.db import models

from nuserus.foundation.asking.system import system_reason


class AskingRouter:
    """The application role, unless we act as the system; the throttle counts on its own connection."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        if model._meta.app_label == "django_cache":
            return "throttle"
        return "system" if system_reason() else "default"

    db_for_write = db_for_read

    def allow_relation(self, obj1: models.Model, obj2: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
