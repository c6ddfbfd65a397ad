"""A small world with somebody in every role and something at every level, each with its canary.

A canary is a string that stands in one thing only; whoever may not read the thing must never meet it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from nuserus.devices.models import Deployment, Device
from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Institution, Membership, Place
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.models import MissionHolder
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant
from nuserus.practices.enums import SheetEventKind, SheetStatus
from nuserus.practices.models import (
    AbsentSheet,
    Answer,
    AnswerSave,
    Card,
    CardComment,
    Contributor,
    Evaluation,
    Picture,
    Review,
    Sheet,
    SheetEvent,
    Trial,
)
from nuserus.voice.models import Recording
from tests.access.world_charters import CHARTERS_MODELS, add_charters
from tests.access.world_claims import CLAIMS_MODELS, add_claims
from tests.access.world_community import COMMUNITY_MODELS, add_community
from tests.access.world_corpus import CORPUS_MODELS, add_corpus
from tests.access.world_corpus_pseudonyms import PSEUDONYMS_MODELS, add_pseudonyms
from tests.access.world_devices import DEVICES_MODELS, add_devices
from tests.access.world_directory import DIRECTORY_MODELS, add_directory
from tests.access.world_facilitation import FACILITATION_MODELS, add_facilitation
from tests.access.world_fieldwork import FIELDWORK_MODELS, add_fieldwork
from tests.access.world_fieldwork_interviews import FIELDWORK_INTERVIEWS_MODELS, add_interviews
from tests.access.world_instruments import INSTRUMENTS_MODELS, add_instruments
from tests.access.world_learning import LEARNING_MODELS, add_learning
from tests.access.world_notifications import NOTIFICATIONS_MODELS, add_notifications
from tests.access.world_practices import VERSIONS_MODELS, add_versions
from tests.access.world_screening import SCREENING_MODELS, add_screening
from tests.access.world_studies import STUDIES_MODELS, add_studies
from tests.access.world_voice import add_voices
from tests.access.world_withdrawals import WITHDRAWALS_MODELS, add_withdrawals
from tests.factories.devices import make_deployment, make_proposal
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.sheets import make_evaluation, make_sheet, make_trial, withdraw

DRAFT = "CANARI-BROUILLON"
REVIEWED = "CANARI-EN-RELECTURE"
COMMENT = "CANARI-REMARQUE"
IN_PLACE = "CANARI-INVENTAIRE-LIEU"
IN_NETWORK = "CANARI-INVENTAIRE-RESEAU"
REQUEST = "CANARI-DEMANDE"
PROPOSAL = "CANARI-PROPOSITION"
PLACE_NAME = "CANARI-NOM-DU-LIEU"
RESTRICTED_SAVE = "CANARI-ANCIENNE-REPONSE"
WITHDRAWN = "CANARI-RETIREE"


@dataclass
class World:
    """`people` by the names of the columns of the matrix; `rows` by the label of their model.

    Rows of one label and one level stand in the same relation to everybody; a sheet under review is
    another case than a draft, so it has a label of its own, after " · ".
    """

    people: dict[str, Account | None] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)
    readers: dict[str, set[str]] = field(default_factory=dict)
    consents: dict[str, str] = field(default_factory=dict)  # by label: the state of consent that its rows are in
    help_place: Place | None = None  # public: no rule, no line of the matrix
    sessions: dict[str, str] = field(default_factory=dict)
    place: Institution = field(default_factory=Institution)
    elsewhere: Institution = field(default_factory=Institution)

    def keep(self, *rows: Any, case: str = "") -> None:
        for row in rows:
            label = f"{row._meta.label} · {case}" if case else row._meta.label
            self.rows.setdefault(label, []).append(row)


def build_world() -> World:
    """Everything, written as the system; read `people` for who is there."""
    world = World()
    world.place = make_institution(f"{PLACE_NAME} de la Combe", category="183", department="84")
    world.elsewhere = make_institution("EHPAD du Test d’Ailleurs", category="500", department="13")
    _people(world)
    _inventories(world)
    _sheets(world)
    add_versions(world)
    _requests(world)
    _canaries(world)
    add_voices(world)
    add_learning(world)
    add_charters(world)
    add_instruments(world)
    add_facilitation(world)
    add_devices(world)
    add_community(world)
    add_claims(world)
    add_notifications(world)
    add_screening(world)
    add_directory(world)
    add_studies(world)
    add_corpus(world)
    add_pseudonyms(world)
    add_interviews(world)
    add_fieldwork(world)
    add_withdrawals(world)
    _sign_in(world)
    return world


def _people(world: World) -> None:
    place, elsewhere = world.place, world.elsewhere
    alone: dict[str, tuple[str, ...]] = {
        "compte non vérifié": (),
        "personne accompagnée": (Role.ACCOMPANIED,),
        "proche": (Role.RELATIVE,),
        "relecteur": (Role.REVIEWER,),
        "relecteur nommé": (Role.REVIEWER,),
        "modérateur": (Role.MODERATOR,),
        "animateur": (Role.FACILITATOR,),
        "responsable d’étude": (Role.STUDY_LEAD,),
        "chercheur": (Role.STUDY_RESEARCHER,),
        "membre de comité": (Role.COMMITTEE_MEMBER,),
        "administrateur du site": (Role.SITE_ADMIN,),
        "co-auteur nommé": (),
    }
    world.people["visiteur"] = None
    for name, roles in alone.items():
        world.people[name] = make_account(*roles, name=name.capitalize())
    for name, institution, referent, roles in (
        ("auteur", place, False, ()),
        ("membre du lieu", place, False, ()),
        ("praticien-chercheur du lieu", place, False, (Role.PRACTITIONER_RESEARCHER,)),
        ("référent du lieu", place, True, ()),
        ("membre d’ailleurs", elsewhere, False, ()),
        ("référent d’ailleurs", elsewhere, True, ()),
    ):
        account = make_account(*roles, name=name.capitalize())
        make_membership(account, institution, is_referent=referent)
        world.people[name] = account
    with as_system("test data"):
        world.keep(*RoleGrant.objects.filter(account=world.people["relecteur"]))


def _sign_in(world: World) -> None:
    """A session for everybody, so that asking is not paid for by signing in each time."""
    for name, person in world.people.items():
        if person is not None:
            client = Client()
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            world.sessions[name] = client.cookies["sessionid"].value


def _inventories(world: World) -> None:
    for level, canary in ((Level.PUBLIC, ""), (Level.NETWORK, IN_NETWORK), (Level.INSTITUTION, IN_PLACE)):
        remarks = f"{canary} dans l’armoire" if canary else "Dans l’armoire"
        world.keep(make_deployment(world.place, level=level, remarks=remarks, own_name=canary or "La visio"))
    author = world.people["auteur"]
    assert author is not None
    proposal = make_proposal(author, name=f"{PROPOSAL} lampe")
    with as_system("test data"):
        world.keep(proposal, Device.objects.get(slug="tablette"))


def _sheets(world: World) -> None:
    author, named = world.people["auteur"], world.people["co-auteur nommé"]
    reviewer = world.people["relecteur nommé"]
    assert author is not None and named is not None and reviewer is not None
    published = make_sheet(world.place, author)
    draft = make_sheet(
        world.place,
        author,
        status=SheetStatus.DRAFT,
        title=f"{DRAFT} titre",
        intention=DRAFT,
        cards=(f"{DRAFT} carte",),
        indexed=False,
    )
    reviewed = make_sheet(
        world.place,
        author,
        status=SheetStatus.IN_REVIEW,
        title=f"{REVIEWED} titre",
        cards=(f"{REVIEWED} carte",),
        indexed=False,
        sent_at=timezone.now(),
    )
    reworked = make_sheet(
        world.place, author, status=SheetStatus.TO_REWORK, title="À reprendre", indexed=False, sent_at=timezone.now()
    )
    gone = make_sheet(world.place, author, title=f"{WITHDRAWN} titre", cards=(f"{WITHDRAWN} carte",))
    make_sheet(world.elsewhere, origin=published, title="Chez nous, avec des dessins")
    withdraw(gone)
    world.keep(published, draft)
    world.keep(reviewed, case="en relecture")
    for sheet in (published, draft, reviewed, reworked):
        _around(world, sheet, author)
    with as_system("test data"):
        for sheet in (published, draft, reviewed, reworked):
            _name(sheet, author)
        for sheet in (draft, reworked):
            _name(sheet, named)
        _name(reviewed, reviewer)
        for sheet, done in ((reviewed, False), (reworked, True)):
            review = Review.objects.create(
                sheet=sheet,
                reviewer=reviewer,
                due_at=timezone.now() + timedelta(hours=72),
                decided_at=timezone.now() if done else None,
                decision="rework" if done else "",
                reasons=["precision"] if done else [],
                message="Bravo, et" if done else "",
                scope_mission=sheet.pk,
                scope_author=author.pk,
            )
            comment = CardComment.objects.create(
                review=review,
                card=sheet.cards.first(),
                text=f"{COMMENT} : dites-en plus",
                scope_mission=sheet.pk,
                scope_author=author.pk,
            )
            if not done:
                world.keep(review, comment)
        world.keep(AbsentSheet.objects.get(pk=gone.pk))
    other = world.people["membre d’ailleurs"]
    trial = make_trial(published, world.elsewhere, other, comment="Chez nous, le soir seulement.")
    world.keep(trial, make_evaluation(published, author))


def _jpeg() -> bytes:
    written = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(written, "JPEG")
    return written.getvalue()


def _around(world: World, sheet: Sheet, author: Account) -> None:
    """What hangs on a sheet: cards, credits, a photo, answers, history."""
    with as_system("test data"):
        picture = Picture(sheet=sheet, alternative="Une table", width=8, height=8, sha256="0" * 64)
        picture.file.save("table.jpg", ContentFile(_jpeg()), save=False)
        picture.small.save("table-s.jpg", ContentFile(_jpeg()), save=False)
        picture.save(force_insert=True)
        answer = Answer.objects.create(
            sheet=sheet,
            question="intention",
            revision=1,
            fields={"intention": sheet.intention},
            changed_by=author,
            scope_mission=sheet.pk,
        )
        save = AnswerSave.objects.create(
            sheet=sheet,
            question="intention",
            revision=1,
            fields={"intention": RESTRICTED_SAVE},
            saved_by=author,
            scope_author=author.pk,
        )
        event = SheetEvent.objects.create(
            sheet=sheet, kind=SheetEventKind.STARTED, actor=author, scope_mission=sheet.pk, scope_author=author.pk
        )
        if sheet.status in (SheetStatus.PUBLISHED, SheetStatus.DRAFT):
            credit = Contributor.objects.filter(sheet=sheet).first()
            card = Card.objects.filter(sheet=sheet).first()
            world.keep(Picture.objects.get(pk=picture.pk), credit, card)
        if sheet.status == SheetStatus.DRAFT:
            world.keep(answer, save, event)


def _name(sheet: Sheet, person: Account) -> None:
    holder = MissionHolder.objects.create(mission_id=sheet.pk, holder_id=person.pk)
    assert holder.pk


def _requests(world: World) -> None:
    asking = world.people["compte non vérifié"]
    assert asking is not None
    request = make_membership(asking, world.place, status=MembershipStatus.PENDING, message=f"{REQUEST} bonjour")
    world.keep(request)


def _canaries(world: World) -> None:
    everyone = set(world.people)
    at_place = {"auteur", "membre du lieu", "praticien-chercheur du lieu", "référent du lieu"}
    unverified = {
        "visiteur", "compte non vérifié", "personne accompagnée", "proche", "membre de comité",
        "administrateur du site", "co-auteur nommé",
    }  # fmt: skip
    world.readers = {
        DRAFT: {"auteur", "co-auteur nommé"},
        REVIEWED: {"auteur", "relecteur nommé"},
        COMMENT: {"auteur", "co-auteur nommé", "relecteur nommé"},
        RESTRICTED_SAVE: {"auteur"},
        WITHDRAWN: {"auteur"},
        IN_PLACE: at_place,
        IN_NETWORK: everyone - unverified,
        REQUEST: {"compte non vérifié", "référent du lieu", "modérateur"},
        PROPOSAL: {"auteur", "modérateur"},
    }


MODELS = (
    Sheet, Card, Picture, Contributor, Answer, AnswerSave, Review, CardComment, SheetEvent, AbsentSheet, Trial,
    *VERSIONS_MODELS, Evaluation, Deployment, Device, Membership, RoleGrant, *SCREENING_MODELS, *NOTIFICATIONS_MODELS, Recording,
    *COMMUNITY_MODELS,
    *LEARNING_MODELS,
    *STUDIES_MODELS,
    *CORPUS_MODELS,
    *PSEUDONYMS_MODELS,
    *FIELDWORK_INTERVIEWS_MODELS,
    *FIELDWORK_MODELS,
    *WITHDRAWALS_MODELS,
    *DIRECTORY_MODELS,
    *CLAIMS_MODELS,
    *CHARTERS_MODELS,
    *FACILITATION_MODELS,
    *INSTRUMENTS_MODELS,
    *DEVICES_MODELS,
)  # fmt: skip
