"""The analysis library beside plain references, the programs people know, and its own growth."""

from __future__ import annotations

import gc
import importlib
import importlib.metadata
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

from bench.analysis_corpus import SIZES, corpus
from bench.analysis_plain import plain_classes, plain_specificities
from bench.timing import Report, alternate, verdict
from nuserus_analysis.agreement import Ratings, krippendorff_alpha
from nuserus_analysis.correspondence import multiple_correspondence
from nuserus_analysis.reinert import Mode, classify
from nuserus_analysis.specificity import specificities

K = 10
PLAIN = ((500, 900), (1_500, 1_800), (3_000, 2_600))  # segments × forms that the plain reference can bear
KNOWN_SECONDS = 360.0  # published programs, 50,000 × 7,000, ten classes, the faster of the two
KNOWN_SIZE = 50_000
KNOWN = "50,000 × 7,000 in 360 to 376 s and up to 15 GB"
GROWTH = 1.5
LINEAR = 1.5  # bytes per non-zero of the largest over the smallest


def measure(report: Report, *, largest: int, seed: int) -> None:
    """Everything; `largest`: segments beyond which no classification is run."""
    _reinert(report, largest, seed)
    _specificities(report, seed)
    _mca(report, seed)
    _alpha(report, seed)


def _reinert(report: Report, largest: int, seed: int) -> None:
    report.title("Descending classification")
    plain: list[float] = []
    rows = []
    for segments, forms in PLAIN:
        table = corpus(segments, forms, seed=seed).table
        dense, ours = table.toarray(), _timed(partial(classify, table, k=K), runs=3)
        start = time.process_time()
        theirs = plain_classes(dense, K)
        plain.append(time.process_time() - start)
        found = classify(table, k=K)
        same = float(np.mean(found.classes == theirs))
        rows.append((f"{segments} × {forms}", str(found.k), *_seconds(ours, plain[-1]), f"{same:.0%}"))
    slope = float(np.log(plain[-1] / plain[0]) / np.log(PLAIN[-1][0] / PLAIN[0][0]))
    report.say(
        f"The plain reference (dense numpy, the same first cut and switching, everything computed again at each step; "
        f"processor seconds of this process, ours medians of 3, the reference once). Beyond, it is extrapolated by the "
        f"growth between its first and last size, n^{slope:.2f} (it would not fit in memory either)."
    )
    report.say("")
    report.table(("segments × forms", "classes", "ours s", "plain s", "plain / ours", "segments classed alike"), rows)
    report.say("")
    _growth(report, [size for size in SIZES if size[0] <= largest], (plain[-1], slope), seed)


def _growth(report: Report, sizes: list[tuple[int, int]], plain: tuple[float, float], seed: int) -> None:
    rows, seconds, cells_held, memory = [], dict[Mode, list[float]](), list[int](), list[float]()
    for segments, forms in sizes:
        table = corpus(segments, forms, seed=seed).table
        cells = [f"{segments} × {forms}", f"{table.nnz:,}", f"{table.nnz / segments:.2f}"]
        for mode in Mode:
            seconds.setdefault(mode, []).append(_timed(partial(classify, table, k=K, mode=mode), runs=3))
            cells.append(f"{seconds[mode][-1]:.2f}")
        peak = _peak(partial(classify, table, k=K))
        cells_held.append(table.nnz)
        memory.append(peak / table.nnz)
        guess = plain[0] * (segments / PLAIN[-1][0]) ** plain[1]
        cells += [f"{guess / seconds[Mode.REINERT][-1]:,.0f}", f"{peak / 1e6:.0f}", f"{memory[-1]:.0f}"]
        cells.append(_known(*(seconds[mode][-1] for mode in Mode)) if segments == KNOWN_SIZE else "")
        rows.append(cells)
    report.say(f"Processor seconds of this process, medians of 3. Known programs: published, {KNOWN}.")
    report.say("")
    heads = ["Reinert s", "IRaMuTeQ’s rules s", "plain (extrapolated) / Reinert", "peak MB", "bytes per non-zero"]
    last = f"{KNOWN_SECONDS:.0f} s of known programs / ours"
    report.table(("segments × forms", "non-zeros", "per segment", *heads, last), rows)
    report.say("")
    for rank in range(1, len(sizes)):
        one, other = sizes[rank - 1][0], sizes[rank][0]
        wider = float(np.log(cells_held[rank] / cells_held[rank - 1]))
        for mode in Mode:
            longer = float(np.log(seconds[mode][rank] / seconds[mode][rank - 1]))
            slope = verdict(longer / float(np.log(other / one)), GROWTH)
            report.say(
                f"Growth {one:,} → {other:,}, {mode}: exponent of segments {slope}, of non-zeros {longer / wider:.2f}."
            )
            report.say("")
    if len(memory) > 1:
        report.say(f"Bytes per non-zero, largest over smallest corpus: {verdict(memory[-1] / memory[0], LINEAR)}.")


def _known(reinert: float, iramuteq: float) -> str:
    return f"{at_least(KNOWN_SECONDS / reinert, 100)}; IRaMuTeQ’s rules {KNOWN_SECONDS / iramuteq:.0f}"


def _specificities(report: Report, seed: int) -> None:
    report.title("Specificities, 7,000 forms × 10 parts")
    random = np.random.default_rng(seed)
    weights = 1 / (np.arange(7_000) + 2.7)
    counts = random.poisson(np.outer(weights, random.dirichlet(np.full(10, 20.0))) * 60_000)
    sizes, some = counts.sum(axis=0), counts[::20]
    ours, theirs = alternate(3, ours=lambda: specificities(counts), scipy=lambda: plain_specificities(some, sizes))
    gap = float(np.nanmax(np.abs(specificities(counts).scores[::20] - plain_specificities(some, sizes))))
    whole = theirs.median / 1000 * 20
    report.say(f"scipy term by term on one form in twenty, times 20; largest difference of scores {gap:.1e}.")
    report.say("")
    report.table(
        ("", "ours s", "scipy s", "scipy / ours"),
        [("specificities", *_seconds(ours.median / 1000, whole)[:2], at_least(whole * 1000 / ours.median, 20))],
    )


def _mca(report: Report, seed: int) -> None:
    report.title("Multiple correspondence analysis, 20,000 × 20")
    prince, pandas = _peer("prince"), _peer("pandas")
    random = np.random.default_rng(seed)
    hidden = random.normal(size=(20_000, 1))
    codes = np.clip(np.round(hidden + random.normal(size=(20_000, 20))), -2, 2).astype(int)
    answers: dict[str, list[str]] = {
        f"q{rank}": [f"r{one}" for one in column] for rank, column in enumerate(codes.T.tolist())
    }
    if prince is None or pandas is None:
        took = _timed(lambda: multiple_correspondence(answers, axes=5), runs=3)
        report.say(f"Ours {took:.3f} s; peer absent: prince.")
        return
    frame = pandas.DataFrame(answers)
    ours, theirs = alternate(
        3,
        ours=lambda: multiple_correspondence(answers, axes=5),
        prince=lambda: prince.MCA(n_components=5, engine="scipy").fit(frame).row_coordinates(frame),
    )
    gap = np.abs(
        multiple_correspondence(answers, axes=5).inertias
        - prince.MCA(n_components=5, engine="scipy").fit(frame).eigenvalues_
    ).max()
    report.say(
        f"prince {importlib.metadata.version('prince')}, exact engine, 5 axes; largest gap of inertias {gap:.1e}."
    )
    report.say("")
    _beside(report, "MCA with coordinates of individuals", ours.median, theirs.median, 5)


def _alpha(report: Report, seed: int) -> None:
    report.title("Krippendorff’s α, 200 categories")
    peer = _peer("krippendorff")
    random = np.random.default_rng(seed)
    truth = random.integers(200, size=(5_000, 1))
    codes = np.where(random.random((5_000, 4)) < 0.7, truth, random.integers(200, size=(5_000, 4)))
    values = tuple(range(200))

    def ours() -> float:
        return krippendorff_alpha(Ratings(codes, values))

    if peer is None:
        report.say(f"Ours {_timed(ours, runs=3):.4f} s; peer absent: krippendorff.")
        return
    across = codes.T

    def theirs() -> float:
        return float(peer.alpha(reliability_data=across, level_of_measurement="nominal"))

    fast, slow = alternate(3, ours=ours, krippendorff=theirs)
    version, gap = importlib.metadata.version("krippendorff"), abs(ours() - theirs())
    report.say(f"krippendorff {version}, 5,000 units, 4 coders, nominal; difference {gap:.1e}.")
    report.say("")
    _beside(report, "α", fast.median, slow.median, 200)


def _beside(report: Report, name: str, ours: float, theirs: float, least: float) -> None:
    """A row of two medians in milliseconds."""
    report.table(
        ("", "ours s", "peer s", "peer / ours"),
        [(name, *_seconds(ours / 1000, theirs / 1000)[:2], at_least(theirs / ours, least))],
    )


def at_least(ratio: float, limit: float) -> str:
    """A ratio beside what it must reach."""
    return f"{ratio:,.0f} (≥ {limit:g}) {'ok' if ratio >= limit else 'MISSED'}"


def _seconds(ours: float, theirs: float) -> tuple[str, str, str]:
    return f"{ours:.4f}", f"{theirs:.3f}", f"{theirs / ours:,.0f}"


def _timed(run: Callable[[], object], *, runs: int) -> float:
    """Median duration in seconds of the processor: what else the machine does counts little."""
    found = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return sorted(found)[len(found) // 2]


def _peak(run: Callable[[], object]) -> float:
    """The most bytes held at once beyond what there was (tracemalloc, which numpy tells of its arrays)."""
    gc.collect()
    tracemalloc.start()
    try:
        run()
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def _peer(name: str) -> ModuleType | Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None
