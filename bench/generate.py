"""100,000 published sheets and 5,000 that are not, from a seed: the same words, places and dates each time."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from random import Random
from typing import Any
from uuid import UUID

from bench.tables import copy_rows, loading
from bench.world import NOW, START, World, timed_id
from bench.writing import Writer, zipf

PUBLISHED = 100_000
HIDDEN = 5_000
CHUNK = 2_500


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some sheets to write: how many of which kind, from a seed of their own."""

    url: str
    seed: int
    published: int
    hidden: int


def load_sheets(url: str, world: World, *, seed: int, published: int, hidden: int, processes: int) -> None:
    """Write the sheets and everything that belongs to them, in parallel."""
    count = max(1, round(published / CHUNK))
    chunks = [
        Chunk(url, seed * 10_000 + rank, _share(published, count, rank), _share(hidden, count, rank))
        for rank in range(count)
    ]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_set_up) as pool:
        for _ in pool.map(_load_chunk, chunks, [world] * count):
            pass


def _share(total: int, parts: int, rank: int) -> int:
    return total * (rank + 1) // parts - total * rank // parts


def _set_up() -> None:
    import django

    django.setup()


def _load_chunk(chunk: Chunk, world: World) -> None:
    maker = _Maker(Random(chunk.seed), world)
    for _ in range(chunk.published):
        maker.sheet(published=True)
    for _ in range(chunk.hidden):
        maker.sheet(published=False)
    with loading(chunk.url) as connection:
        for rows in maker.rows.values():
            copy_rows(connection, rows)


class _Maker:
    """Makes rows of every table, kept in `rows` by table."""

    def __init__(self, rng: Random, world: World) -> None:
        self.rng = rng
        self.world = world
        self.writer = Writer(rng, world.towns)
        self.rows: dict[str, list[Any]] = {}
        self._weights = {len(words): zipf(len(words)) for words in (world.devices, world.publics, world.trades)}
        self._published: list[Any] = []

    def sheet(self, *, published: bool) -> None:
        """One sheet with its cards, contributors, mission, and perhaps a photo, trials, an evaluation."""
        sheet = self._sheet_row(published=published)
        scope = self._scope_of(sheet)
        self._keep(sheet)
        self._mission(sheet)
        self._cards(sheet, scope)
        self._contributors(sheet, scope)
        if self.rng.random() < 0.3:
            self._picture(sheet, scope)
        if published:
            self._published.append(sheet)
            if self.rng.random() < 1 / 3:
                self._trials(sheet)
            if self.rng.random() < 0.02:
                self._evaluation(sheet)

    def _sheet_row(self, *, published: bool) -> Any:
        from nuserus.foundation.levels import Level
        from nuserus.practices.enums import AXES, MODALITIES, PLANES, THEMES, WAYS, Evidence
        from nuserus.practices.models import Sheet

        rng, writer = self.rng, self.writer
        started = START + (NOW - START) * rng.random() * 0.98
        sheet_id = timed_id(rng, started)
        author = rng.choice(self.world.accounts)
        devices, publics = self._some(self.world.devices, 2), self._some(self.world.publics, 2)
        writer.begin(devices[0][1], publics[0][1])
        told = started + timedelta(days=3)
        origin = rng.choice(self._published) if self._published and rng.random() < 0.03 else None
        return Sheet(
            id=sheet_id,
            scope_level=Level.PUBLIC if published else Level.RESTRICTED,
            scope_author=author,
            scope_mission=sheet_id,
            institution_id=rng.choice(self.world.home[author]),
            author_id=author,
            status="published" if published else rng.choice(("draft", "in_review", "to_rework", "withdrawn")),
            title=writer.title(),
            simple_version=writer.text(3),
            devices=[slug for slug, _ in devices],
            publics=[slug for slug, _ in publics],
            trades=self._some(self.world.trades, 2),
            axes=self._of(list(AXES), 2),
            planes=self._of(list(PLANES), 1),
            ways=self._of(list(WAYS), 1),
            modalities=self._of(list(MODALITIES), 1),
            themes=self._of(list(THEMES), 2),
            problem=writer.text(2),
            intention=writer.text(2),
            happened=writer.text(3) if rng.random() < 0.8 else "",
            watch_for=writer.text(2),
            means=writer.text(1) if rng.random() < 0.3 else "",
            role_of_person=writer.text(1) if rng.random() < 0.4 else "",
            limits=writer.text(2) if rng.random() < 0.5 else "",
            when_to_stop=writer.text(1) if rng.random() < 0.2 else "",
            elsewhere=writer.text(1) if rng.random() < 0.3 else "",
            evidence=rng.choice(list(Evidence)).value,
            ethics={"consent": "yes"},
            licence_accepted_at=told,
            version=1 if published else 0,
            review_date=(told + timedelta(days=730)).date() if published else None,
            adapted_from_id=origin.pk if origin else None,
            family=origin.family if origin else sheet_id,
            why_changed=writer.text(1) if origin else "",
            started_at=started,
            changed_at=told,
            sent_at=told,
            published_at=told if published else None,
        )

    def _mission(self, sheet: Any) -> None:
        from nuserus.foundation.models import MissionHolder

        self._keep(
            MissionHolder(
                id=timed_id(self.rng, sheet.started_at),
                mission_id=sheet.pk,
                holder_id=sheet.author_id,
                granted_by=sheet.author_id,
                granted_at=sheet.started_at,
            )
        )

    def _cards(self, sheet: Any, scope: dict[str, Any]) -> None:
        from nuserus.practices.models import Card

        for position in range(self.rng.randint(3, 5)):
            text = self.writer.text(self.rng.randint(1, 3))
            self._keep(Card(id=self._id(sheet), sheet=sheet, position=position, text=text, **scope))

    def _contributors(self, sheet: Any, scope: dict[str, Any]) -> None:
        from nuserus.practices.models import Contributor

        for contribution in ("ecriture", "relecture")[: self.rng.randint(1, 2)]:
            name = f"Personne {self.rng.randrange(3_000)}"
            self._keep(Contributor(id=self._id(sheet), sheet=sheet, name=name, contribution=contribution, **scope))

    def _picture(self, sheet: Any, scope: dict[str, Any]) -> None:
        from nuserus.practices.models import Picture

        self._keep(
            Picture(
                id=self._id(sheet),
                sheet=sheet,
                file="pictures/generated.jpg",
                small="pictures/generated-small.jpg",
                alternative="La tablette posée sur la table.",
                width=1600,
                height=1200,
                sha256="0" * 64,
                added_at=sheet.started_at,
                is_cover=True,
                **scope,
            )
        )

    def _trials(self, sheet: Any) -> None:
        from nuserus.practices.enums import Outcome
        from nuserus.practices.models import Trial

        for author in self.rng.sample(self.world.accounts, self.rng.randint(1, 4)):
            self._keep(
                Trial(
                    id=self._id(sheet),
                    scope_level=sheet.scope_level,
                    scope_author=author,
                    sheet=sheet,
                    institution_id=self.world.home[author][0],
                    author_id=author,
                    outcome=self.rng.choice(list(Outcome)).value,
                    publics=sheet.publics,
                    comment=self.writer.text(2),
                    reported_at=sheet.changed_at + timedelta(days=30),
                )
            )

    def _evaluation(self, sheet: Any) -> None:
        from nuserus.practices.models import Evaluation

        self._keep(
            Evaluation(
                id=self._id(sheet),
                scope_level=sheet.scope_level,
                scope_author=sheet.author_id,
                sheet=sheet,
                by_whom="Une équipe de recherche",
                how=self.writer.text(1),
                on_whom="Douze personnes",
                result=self.writer.text(2),
                done_on=(sheet.changed_at + timedelta(days=200)).date(),
                recorded_by_id=sheet.author_id,
                recorded_at=sheet.changed_at + timedelta(days=210),
            )
        )

    # -- small things

    def _keep(self, row: Any) -> None:
        self.rows.setdefault(type(row).__name__, []).append(row)

    def _id(self, sheet: Any) -> UUID:
        return timed_id(self.rng, sheet.started_at)

    def _scope_of(self, sheet: Any) -> dict[str, Any]:
        return {
            "scope_level": sheet.scope_level,
            "scope_author": sheet.scope_author,
            "scope_mission": sheet.scope_mission,
        }

    def _some(self, words: Sequence[Any], most: int) -> list[Any]:
        """One to `most` different words, the first of the list most often."""
        picked = self.rng.choices(words, cum_weights=self._weights[len(words)], k=self.rng.randint(1, most))
        return list(dict.fromkeys(picked))

    def _of(self, words: list[str], most: int) -> list[str]:
        return self.rng.sample(words, self.rng.randint(1, most))
