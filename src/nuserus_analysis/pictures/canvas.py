"""From a figure to an SVG that stands alone, says what it is, and comes out the same every time."""

from __future__ import annotations

import hashlib
import io
import re
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

try:
    import matplotlib as mpl
except ImportError as missing:
    raise ImportError("Pictures need matplotlib: install the extra, pip install 'nuserus[pictures]'") from missing

INK = "#1c1c1c"
FAINT = "#6b6b6b"
RULE = "#c9c9c9"
# light to dark and apart for colour-blind eyes (after Okabe and Ito, 2008)
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8f7a00", "#7f3c8d", "#4d4d4d", "#f0e442")
HATCHES = ("", "//", "..", "\\\\", "xx", "--", "||", "o", "++", "*")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "<", ">")
DASHES: tuple[Any, ...] = ("-", "--", ":", "-.", (0, (6, 2, 1, 2, 1, 2)), (0, (1, 3)), (0, (8, 4)), (0, (3, 1, 1, 1)))

_LOOK = {
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.size": 10.0,
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "nuserus",
    "figure.dpi": 72.0,
    "savefig.dpi": 72.0,
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "hatch.linewidth": 0.8,
    "axes.unicode_minus": True,
}
_ROOT = """stroke-linejoin="round" stroke-linecap="butt" font-family="'DejaVu Sans', Verdana, sans-serif\""""
_drawing = threading.Lock()  # matplotlib's settings are one for the whole process
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """What a picture shows, in figures."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`svg` can stand in a page or in a file; `table` is its equal for those who do not see it."""

    svg: str
    table: Table
    title: str
    description: str


def plain(text: object) -> str:
    """One line, without what XML does not allow."""
    return " ".join(_CONTROL.sub("\ufffd", str(text)).split())


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """A figure of this many inches, with our look whatever the settings of the machine."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _drawing, warnings.catch_warnings(), mpl.rc_context():
        warnings.simplefilter("ignore")  # a sign that the font does not have is drawn by the reader's
        settings: Any = mpl.rcParams
        for name, value in mpl.rcParamsDefault.items():
            if not name.startswith(("backend", "interactive")):
                settings[name] = value
        settings.update(_LOOK)
        figure = Figure(figsize=(width, height), dpi=72, facecolor="white")
        FigureCanvasAgg(figure)
        yield figure


def write(place: Axes | Figure, x: float, y: float, text: str, **look: Any) -> Text:
    """A text taken as it is: no formula, no control sign."""
    return place.text(x, y, plain(text), parse_math=False, **look)


def finished(figure: Figure, title: str, description: str, table: Table) -> Picture:
    """The figure as a picture."""
    stream = io.StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    title, description = plain(title), plain(description)
    return Picture(_alone(stream.getvalue(), title, description), table, title, description)


def _alone(svg: str, title: str, description: str) -> str:
    body = svg[svg.index("<svg") :]
    body = re.sub(r"\s*<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    # its rule for every element would reach the page in which the picture stands
    body = re.sub(r"\s*<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    body = re.sub(r' style="([^"]*)"', _as_attributes, body)
    name = f"p{hashlib.sha256((title + description + body).encode()).hexdigest()[:10]}"
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", body))
    body = re.sub(r' id="([^"]+)"', lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", body)
    body = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{name}-", body)
    head, _closing, rest = body.partition(">")
    return (
        f'{head} role="img" aria-labelledby="{name}-title {name}-desc" {_ROOT}>\n'
        f' <title id="{name}-title">{escape(title)}</title>\n <desc id="{name}-desc">{escape(description)}</desc>{rest}'
    )


def _as_attributes(found: re.Match[str]) -> str:
    """A style as attributes, which a strict content security policy lets through; the family stands on the root."""
    pairs = (one.partition(":") for one in found[1].split(";"))
    kept = ((name.strip(), value.strip()) for name, _colon, value in pairs if name.strip() != "font-family")
    return "".join(f' {name}="{value}"' for name, value in kept if name)


def colour(rank: int, own: Sequence[str] | None) -> str:
    """The colour of a class or group: the reader's own, or ours in turn."""
    return own[rank] if own is not None and rank < len(own) else COLOURS[rank % len(COLOURS)]


def hatch(rank: int) -> str:
    return HATCHES[rank % len(HATCHES)]


def named(rank: int, labels: Sequence[str] | None, otherwise: Callable[[int], str]) -> str:
    """The label of a class or group: the reader's own, or ours."""
    return plain(labels[rank]) if labels is not None and rank < len(labels) else otherwise(rank)


def short(text: str, most: int = 60) -> str:
    """A label that fits in the picture; the table has it whole."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def french(value: float, digits: int = 1) -> str:
    """A number with a decimal comma and a true minus."""
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def tick(value: float, _place: object = None) -> str:
    """A number beside an axis."""
    return f"{value:g}".replace(".", ",").replace("-", "−")


def percent(share: float) -> str:
    return f"{french(100 * share)}\u00a0%"


def bare(axes: Axes) -> None:
    """No frame, no ticks."""
    axes.set_axis_off()
