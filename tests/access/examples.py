"""One or more real addresses for each pattern: what a crawl asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.practices.models import Picture
from tests.access.examples_charters import charters_examples
from tests.access.examples_claims import claims_examples
from tests.access.examples_community import community_examples
from tests.access.examples_corpus import corpus_examples
from tests.access.examples_corpus_pseudonyms import pseudonyms_examples
from tests.access.examples_devices import devices_examples
from tests.access.examples_directory import directory_examples
from tests.access.examples_facilitation import facilitation_examples
from tests.access.examples_fieldwork import fieldwork_examples
from tests.access.examples_fieldwork_interviews import fieldwork_interviews_examples
from tests.access.examples_finding import finding_examples
from tests.access.examples_instruments import instruments_examples
from tests.access.examples_learning import learning_examples
from tests.access.examples_notifications import notifications_examples
from tests.access.examples_practices import versions_examples
from tests.access.examples_screening import screening_examples
from tests.access.examples_studies import studies_examples
from tests.access.examples_voice import voice_examples
from tests.access.examples_withdrawals import withdrawals_examples
from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)

PLAIN = (
    "healthz", "set_language", "search:suggestions", "sheets:results", "sheets:commons", "telling:start",
    "telling:begin", "synonyms:list", "synonyms:add", "reviewing:queue", "devices:catalogue", "devices:propose",
    "devices:proposals",
    "directory:institutions", "directory:requests", "people:account", "people:profile", "people:close", "people:roles",
    "account_login", "account_logout", "account_signup", "account_inactive", "account_reauthenticate", "account_email",
    "account_email_verification_sent", "account_change_password", "account_set_password", "account_reset_password",
    "account_confirm_password_reset_code", "account_complete_password_reset", "account_password_reset_completed",
    "usersessions_list", "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn",
    "socialaccount_connections", "socialaccount_signup", "socialaccount_login_cancelled", "portal:home",
    "portal:my_work", "portal:help", "portal:components",
)  # fmt: skip
ON_A_SHEET = (
    "sheets:detail", "sheets:pdf", "sheets:differences", "sheets:adapt", "sheets:adaptation", "sheets:trial",
    "sheets:evaluate", "telling:sheet", "telling:take_back", "telling:publish", "telling:withdraw",
)  # fmt: skip
ON_A_QUESTION = ("telling:question", "telling:save")
ON_A_REVIEW = (
    "reviewing:review", "reviewing:take", "reviewing:pass_on", "reviewing:comment", "reviewing:give_back",
    "reviewing:publish",
)  # fmt: skip
ON_A_PLACE = (
    "directory:institution", "directory:ask_membership", "directory:leave_institution", "directory:members",
    "devices:inventory", "devices:add_deployment",
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """An address that is there, and the same address about something that is not (or "")."""

    name: str
    label: str
    path: str
    missing: str = ""


def examples(world: World) -> list[Example]:
    """Every example, in the order of the list."""
    return [
        *(Example(name, name, reverse(name)) for name in PLAIN),
        *_sheets(world),
        *versions_examples(world),
        *_reviews(world),
        *_places(world),
        *_others(world),
        *screening_examples(world),
        *notifications_examples(world),
        *voice_examples(world),
        *learning_examples(world),
        *charters_examples(world),
        *instruments_examples(world),
        *facilitation_examples(world),
        *community_examples(world),
        *directory_examples(world),
        *studies_examples(world),
        *fieldwork_interviews_examples(world),
        *fieldwork_examples(world),
        *corpus_examples(world),
        *pseudonyms_examples(world),
        *withdrawals_examples(world),
        *finding_examples(world),
        *devices_examples(world),
        *claims_examples(world),
    ]


def _on(name: str, case: str, *args: object, missing: tuple[object, ...] = ()) -> Example:
    gone = reverse(name, args=missing) if missing else ""
    return Example(name, f"{name} · {case}" if case else name, reverse(name, args=args), gone)


def _sheets(world: World) -> Iterator[Example]:
    published, draft = world.rows["practices.Sheet"]
    cases = {
        "publiée": published,
        "brouillon": draft,
        "en relecture": world.rows["practices.Sheet · en relecture"][0],
        "retirée": world.rows["practices.AbsentSheet"][0],
    }
    for name in ON_A_SHEET:
        for case, sheet in cases.items():
            yield _on(name, case, sheet.pk, missing=(NOT_THERE,))
    for name in ON_A_QUESTION:
        for case in ("brouillon", "en relecture"):
            yield _on(name, case, cases[case].pk, "intention", missing=(NOT_THERE, "intention"))
    trial = world.rows["practices.Trial"][0]
    yield _on("sheets:take_back", "", published.pk, trial.pk, missing=(NOT_THERE, NOT_THERE))
    with as_system("read test data", recorded=False):
        pictures = {case: Picture.objects.get(sheet=cases[case].pk) for case in ("publiée", "brouillon")}
    for name in ("pictures:full", "pictures:small"):
        for case, picture in pictures.items():
            yield _on(name, case, picture.pk, missing=(NOT_THERE,))


def _reviews(world: World) -> Iterator[Example]:
    review, comment = world.rows["practices.Review"][0], world.rows["practices.CardComment"][0]
    for name in ON_A_REVIEW:
        yield _on(name, "", review.pk, missing=(NOT_THERE,))
    yield _on("reviewing:uncomment", "", review.pk, comment.pk, missing=(NOT_THERE, NOT_THERE))


def _places(world: World) -> Iterator[Example]:
    place = world.place
    for name in ON_A_PLACE:
        yield _on(name, "", place.pk, missing=(NOT_THERE,))
    yield _on("directory:institution_by_slug", "", place.slug, missing=("rien-ici",))
    hidden = next(row for row in world.rows["devices.Deployment"] if row.scope_level == Level.INSTITUTION)
    for name in ("devices:change_deployment", "devices:remove_deployment"):
        yield _on(name, "établissement", place.pk, hidden.pk, missing=(place.pk, NOT_THERE))
    request = world.rows["directory.Membership"][0]
    yield _on("directory:decide", "", request.pk, missing=(NOT_THERE,))


def _others(world: World) -> Iterator[Example]:
    proposal, known = world.rows["devices.Device"]
    yield _on("devices:device", "catalogue", known.slug)
    yield _on("devices:device", "proposition", proposal.slug, missing=("proposition-autre-lampe",))
    yield _on("devices:answer_proposal", "", proposal.pk, missing=(NOT_THERE,))
    yield _on("synonyms:change", "", NOT_THERE)
    yield _on("synonyms:delete", "", NOT_THERE)
    grant = world.rows["people.RoleGrant"][0]
    yield _on("people:roles_of", "", grant.account_id, missing=(NOT_THERE,))
    yield _on("people:revoke_role", "", grant.account_id, grant.pk, missing=(NOT_THERE, NOT_THERE))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield _on(name, "", 999_999)
    for name in ("openid_connect_login", "openid_connect_callback"):
        yield _on(name, "", "inconnu")
    yield _on("portal:guide", "", "raconter")
