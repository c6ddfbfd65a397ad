"""Loading the demonstration, once."""

from __future__ import annotations

from nuserus.devices.actions.release_figures import release_figures
from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.portal.demonstration.exchanges import load_exchanges
from nuserus.portal.demonstration.field_work import load_field_work
from nuserus.portal.demonstration.heard import load_heard
from nuserus.portal.demonstration.help_places import load_help_places
from nuserus.portal.demonstration.house_rules import load_charters
from nuserus.portal.demonstration.kept import load_kept
from nuserus.portal.demonstration.people import load_accounts
from nuserus.portal.demonstration.places import load_invented_institutions, load_programme_institutions
from nuserus.portal.demonstration.registers import load_registers
from nuserus.portal.demonstration.stories import load_sheets, load_trials
from nuserus.portal.demonstration.studies import load_studies
from nuserus.portal.demonstration.told import load_told
from nuserus.portal.demonstration.trained import load_training
from nuserus.portal.demonstration.words import load_words
from nuserus.search.actions.rebuild_index import rebuild_index


def load_demonstration() -> bool:
    """Load what is not there yet; False when institutions, people, sheets and trials are there already.

    These are one transaction; what follows has its own, and is taken up where a first load was cut.
    """
    made = _load_first()
    load_registers()
    load_field_work()
    if made:
        rebuild_index()
        release_figures(only_if_due=False)
    return made


def _load_first() -> bool:
    with as_system("load the demonstration"):
        if Institution.objects.filter(is_fictitious=True).exists():
            return False
        load_programme_institutions()
        institutions = load_invented_institutions()
        load_help_places()
        people = load_accounts(institutions)
        sheets = load_sheets(institutions, people)
        load_trials(institutions, people, sheets)
        load_told(people, sheets)
        load_words(sheets)
        load_exchanges(people, sheets)
        load_kept(sheets)
        load_charters(institutions, people)
        load_heard(people, sheets)
        load_training(load_studies(institutions, people), people)
    return True
