"""A campaign of 1 000 issues: what the ledger, its lists and the forms of each issue take.

    make bench            after `batch.py`

The issues are those of the campaign's ledger again and again, in a workbook (tests/campaign.py).
Each line is one whole command, start, reading and all checks included: two inputs of `seeds/` that
draw on the ledger, and two batches of forms. Templates were compiled before. The time of processors
is what other programs disturb less.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import campaign
from batch import UNIT, Run, command
from speed import HOUSE, say

COUNT = 1_000
AS_OF = "2005-03-20"
FORMS: Mapping[str, str] = {
    "issue-forecast-form": "true",
    "supervision-order": "overdue(as_of)",
}
"""The templates of the forms, and the condition for the issues that get one."""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for _ in commands(campaign.records(), place / "few"):
            pass  # compiles the templates
        heads = f"{'documents':>10}{'seconds':>10}{'of processors':>15}{'peak MB':>10}"
        say(f"\n{f'{COUNT:,} issues':<24}{heads}")
        for what, made, run in commands(records(COUNT), place / "many"):
            times = f"{run.seconds:>10.2f}{run.processor:>15.2f}{run.peak / 2**20:>10,.0f}"
            say(f"  {what:<22}{made:>10,}{times}")


def records(count: int) -> list[dict[str, Any]]:
    """The issues of the ledger until there are *count*, each with a number and words of its own."""
    known = campaign.records()
    return [
        {
            **known[number % len(known)],
            "id": str(number + 1),
            "issue": f"{known[number % len(known)]['issue']}（{number + 1}）",
        }
        for number in range(count)
    ]


def commands(issues: list[dict[str, Any]], folder: Path) -> Iterator[tuple[str, int, Run]]:
    """What each command makes of a ledger of *issues*, how many documents, and what it took."""
    ledger = folder / "campaign" / "ledger.xlsx"
    ledger.parent.mkdir(parents=True)
    ledger.write_bytes(campaign.workbook(issues))
    second = sum(each["batch"] == "第二批" for each in issues)
    for seed, announced in {"issue-ledger": len(issues), "issue-list": second}.items():
        written = shutil.copy(HOUSE / "seeds" / f"{seed}.yaml", folder)
        line = ["render", str(written), "--set", f"announced={announced}"]
        yield seed, *made([*line, "-o", str(folder / seed)])
    for form, where in FORMS.items():
        line = ["batch", form, str(ledger), "--unit", UNIT, "--where", where]
        yield form, *made([*line, "--set", f"as_of={AS_OF}", "-o", str(folder / form)])


def made(line: list[str]) -> tuple[int, Run]:
    """How many documents a command makes in its folder, the last word of *line*."""
    folder = Path(line[-1])
    run = command(line, folder.parent.parent)
    return len([*folder.glob("*.docx")]), run


if __name__ == "__main__":
    main()
