"""Fiches with a photo, sent to a real site as the program of the field sends them: until the reply names them whole."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psycopg
import requests

from tests.config.processes import run_nuserus
from tests.config.site import Site
from tests.factories.instruments import workbook_of
from tests.reliability.test_acknowledged import Teller

MAKE = """
from pathlib import Path
from nuserus.foundation.asking import acting_as
from nuserus.instruments.actions.instruments import Belonging, keep_check, publish_version, start_instrument
from nuserus.people.models import Account
lead = Account.objects.get(email=%(lead)r)
with acting_as(lead.pk) as asking:
    place = lead.memberships.get().institution
    version = start_instrument(
        actor=asking, where=Belonging(institution=place), kind="grid", title="La grille du Test",
        workbook=Path(%(workbook)r).read_bytes(),
    )
with acting_as(lead.pk) as asking:
    keep_check(actor=asking, version=version, engine="essai", problem="")
    publish_version(actor=asking, version=version)
print("SEEN", version.instrument.form_id)
"""


def new_grid(site: Site, lead: str) -> str:
    """A grid of the place of this person, published; how the answers name it."""
    workbook = site.place / "grille.xlsx"
    workbook.write_bytes(workbook_of())
    script = MAKE % {"lead": lead, "workbook": str(workbook)}
    done = run_nuserus("manage", "shell", "--no-imports", "-c", script, NUSERUS_DATA=str(site.data))
    assert done.returncode == 0, done.stderr
    return re.findall(r"SEEN (\S+)", done.stdout)[0]


@dataclass
class Fiche:
    """One fiche of one person, with its photo."""

    teller: Teller
    form_id: str
    number: int
    http: requests.Session = field(default_factory=requests.Session)
    acknowledged: bool = False
    tries: int = 0
    refusals: set[int] = field(default_factory=set)

    @property
    def instance_id(self) -> str:
        return f"uuid:in-flight-{self.number}"

    @property
    def photo(self) -> bytes:
        return b"\xff\xd8\xff\xe0" + Random(self.number).randbytes(20_000 + self.number)

    @property
    def xml(self) -> bytes:
        return (
            f'<data xmlns:orx="http://openrosa.org/xforms" id="{self.form_id}" version="1">'
            "<situation><lieu>la salle</lieu><combien>4</combien><aide>oui</aide><geste>Elle montre.</geste></situation>"
            f"<traces><photo>{self.number}.jpg</photo></traces>"
            f"<orx:meta><orx:instanceID>{self.instance_id}</orx:instanceID></orx:meta></data>"
        ).encode()

    def send(self, until: float) -> None:
        self.http.cookies.update(self.teller.http.cookies)
        address = self.teller.url("/grilles/remplir/envoi/")
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], "Referer": self.teller.url("/")}
        while not self.acknowledged and time.monotonic() < until:
            self.tries += 1
            parts = {
                "xml_submission_file": ("xml_submission_file", self.xml, "text/xml"),
                f"{self.number}.jpg": (f"{self.number}.jpg", self.photo, "image/jpeg"),
            }
            try:
                reply = self.http.post(address, files=parts, timeout=30, headers=headers)
                self._hear(reply)
            except requests.RequestException:
                time.sleep(0.2)

    def _hear(self, reply: requests.Response) -> None:
        if reply.status_code not in {201, 202}:
            self.refusals.add(reply.status_code)
            time.sleep(0.2)
            return
        said = reply.json()
        files = [(one["name"], one["sha256"]) for one in said["files"]]
        assert (said["instanceID"], said["sha256"]) == (self.instance_id, hashlib.sha256(self.xml).hexdigest())
        assert files == [(f"{self.number}.jpg", hashlib.sha256(self.photo).hexdigest())]
        self.acknowledged = True


def kept_fiches(admin_url: str, form_id: str, files: Path) -> list[tuple[str, bytes, bytes]]:
    """Every fiche of a grid and the bytes of its photo on the disk, read past every rule."""
    with psycopg.connect(admin_url.replace("/postgres?", "/nuserus?")) as connection:
        rows = connection.execute(
            "SELECT s.instance_id, s.xml, f.file FROM instruments_submission s LEFT JOIN instruments_submittedfile f "
            "ON f.submission_id = s.id WHERE s.instrument_id = %s ORDER BY 1",
            [form_id.removeprefix("nuserus-")],
        ).fetchall()
    return [(name, bytes(xml), (files / file).read_bytes() if file else b"") for name, xml, file in rows]
