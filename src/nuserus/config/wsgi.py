"""The program that the web server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from nuserus.config.leaving import close_with_threads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuserus.config.settings")
application = get_wsgi_application()
close_with_threads()
