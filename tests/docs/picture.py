"""docs/images/plan.svg: a real plan of the sample postmortems, as a terminal shows it.

What rich draws may differ from version to version, so a test compares the text in the picture, not its bytes.
"""

import contextlib
import io
import shutil
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console
from rich.markup import escape
from rich.terminal_theme import TerminalTheme

from tracksync import app, git
from tracksync.cli.context import Session, settings
from tracksync.cli.entry import main
from tracksync.cli.running import COLOURS
from tracksync.reports.lines import Style, no_style
from tracksync.reports.plan_text import plan_text
from tracksync.workspace import open_workspace

CHECKOUT = Path(__file__).parents[2]
PICTURE = CHECKOUT / "docs" / "images" / "plan.svg"
COLUMNS = 74
TITLE = "The output of tracksync plan"
ABOUT = (
    "A plan for five sample postmortems: one new issue to create, an issue to update because a priority changed in its "
    "document, a status and a due date to write into documents, and a conflict that a person has to decide."
)

EDITS = (
    ("| @priya | 2026-03-31 | P2 |", "| @priya | 2026-03-31 | P1 |"),
    ("| @alice | 2026-02-20 | P3 |", "| @alice | 2026-02-27 | P3 |"),
)
NEW_ROW = "| Rehearse the loss of the rate service once a quarter | @maria | 2026-06-30 | P2 | Not Started |\n"
PEOPLE = (
    ("close", "1"),
    ("edit", "2", "--due", "2026-03-20"),
    ("edit", "4", "--due", "2026-03-13"),
)

# Contrast of at least 4.5 to 1 on the background, which the picture brings along: it reads the same in light and dark.
THEME = TerminalTheme(
    (29, 32, 38),
    (214, 218, 224),
    [
        (29, 32, 38),
        (255, 123, 114),
        (126, 201, 128),
        (226, 185, 92),
        (121, 184, 255),
        (210, 168, 255),
        (86, 200, 216),
        (214, 218, 224),
    ],
)

SVG = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{unique_id}-t {unique_id}-d" \
xmlns="http://www.w3.org/2000/svg">
<title id="{unique_id}-t">%s</title>
<desc id="{unique_id}-d">%s</desc>
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
font-size: {char_height}px;
line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
""" % (TITLE, ABOUT)  # noqa: UP031 - braces are rich's here


def drawn() -> str:
    """The picture as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for line in ("$ tracksync plan", *plan_lines(marked)):
        console.print(line, highlight=False)
    svg = console.export_svg(title="tracksync plan", theme=THEME, code_format=SVG, unique_id="plan")
    return "\n".join(line.strip() for line in svg.split("\n") if line.strip()) + "\n"


def marked(kind: str, text: str) -> str:
    """A line in the colours of the terminal, in rich's markup."""
    colour = COLOURS.get(kind)
    return f"[{colour}]{escape(text)}[/]" if colour else escape(text)


def plan_lines(style: Style = no_style) -> list[str]:
    """The plan of the sample postmortems a week after the first sync, when people worked on both sides."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        _a_week_of_work(Path(folder).resolve())
        planned = app.plan(open_workspace(settings(Session())))
    return plan_text(planned.plan, width=COLUMNS, style=style).rstrip("\n").split("\n")


def _a_week_of_work(root: Path) -> None:
    folder = root / "postmortems"
    shutil.copytree(CHECKOUT / "tracksync" / "samples", folder)
    git.start_repository(root)
    git.commit_all(root, "Postmortems")
    _run("sync")
    git.commit_all(root, "Link action items to their issues")
    document = folder / "2026-01-14-checkout-latency.md"
    text = document.read_text("utf-8")
    for old, new in EDITS:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sample"
        text = text.replace(old, new)
    head, table, rest = text.partition("## Lessons Learned")
    document.write_text(f"{head.rstrip()}\n{NEW_ROW}\n{table}{rest}", "utf-8")
    git.commit_all(root, "What the review decided")
    for words in PEOPLE:
        _run("issues", *words)


def _run(*words: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as errors:
        status = main(words)
    assert status == 0, errors.getvalue()


def shown(svg: str) -> list[str]:
    """The lines of text in a picture, from top to bottom, without the title of the window."""
    lines: dict[float, list[tuple[float, str]]] = {}
    for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        if "title" not in element.get("class", ""):
            at = float(element.get("y", "0"))
            lines.setdefault(at, []).append((float(element.get("x", "0")), element.text or ""))
    texts = ["".join(text for _, text in sorted(pieces)) for _, pieces in sorted(lines.items())]
    return [text.replace("\xa0", " ").rstrip() for text in texts if text.strip()]


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawn(), "utf-8")
