"""The checks of plain sense that a template may ask for, by their names."""

from __future__ import annotations

from dataclasses import dataclass

from generator.escalation import FORMS
from generator.problems import Level
from generator.rules import issues, lists, recipients, times
from generator.rules.cases import Check


@dataclass(frozen=True, slots=True)
class Kind:
    """A check, and what a template says when it asks for it."""

    check: Check
    codes: tuple[str, ...]
    """That of its problems, then those that it gives some of them itself."""
    needs: tuple[str, ...] = ()
    """The keys that must be given."""
    allows: tuple[str, ...] = ()
    """Those that may be, beside those of every check."""
    fields: tuple[str, ...] = ()
    """What it reads of a row, or beside a value, without being told; a row may lack some."""
    level: Level = "error"
    of_input: bool = False
    """Whether `of` starts at the top of the input, the same for all rows, and not at the row."""


KINDS = {
    "addressed": Kind(recipients.addressed, ("GB002",), ("at",), (), (), "warning"),
    "after": Kind(times.after, ("R002",), ("at", "of"), ("each",)),
    "anonymous": Kind(issues.anonymous, ("R031", "R032", "R033"), ("at",), ("each",)),
    "apart": Kind(times.apart, ("R022",), ("each", "at"), (), ("date", "start", "end")),
    "closed": Kind(
        issues.closed, ("R023",), (), ("each",), ("closed", "status", *issues.CLOSED_NEEDS)
    ),
    "count": Kind(lists.count, ("GD014",), ("at", "of"), ("each", "where")),
    "forms": Kind(issues.forms, ("R028",), (), ("each",), tuple(form.record for form in FORMS)),
    "gapless": Kind(lists.gapless, ("R021",), ("each", "at")),
    "kept": Kind(issues.kept, ("R029",), ("each", "of"), (), ("id", "closed"), of_input=True),
    "part": Kind(lists.part, ("R024",), ("at", "of"), ("each",)),
    "rate": Kind(lists.rate, ("R024",), ("at",), ("each",)),
    "total": Kind(lists.total, ("GD014",), ("at", "of"), ("each", "where")),
    "unique": Kind(lists.unique, ("R020",), ("each", "at")),
    "working_day": Kind(times.working_day, ("R026", "R027"), ("at",), ("each",), (), "warning"),
    "working_days": Kind(
        times.working_days, ("R025", "R027"), ("at",), ("each",), ("start", "end")
    ),
}
