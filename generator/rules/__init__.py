"""What values must agree with beyond their schema: a template's requirements, and plain sense.

`requirements` reads what `template.yaml` lists, `evaluation` holds values to it; `catalogue` names
the checks of plain sense that a template may ask for (`lists`, `times`, `issues`), `sense` has
those that hold everywhere, `numbers` that of a document's number, `recipients` that of its first
page; `waivers` are a unit's.
"""

from generator.rules.evaluation import check_requirements
from generator.rules.numbers import check_number
from generator.rules.paths import find_value, read_path
from generator.rules.recipients import crowded_first_page
from generator.rules.requirements import Requirement, Rule, SenseCheck, read_requirements
from generator.rules.sense import sense_checks
from generator.rules.waivers import unknown_waivers, with_waivers

__all__ = [
    "Requirement",
    "Rule",
    "SenseCheck",
    "check_number",
    "check_requirements",
    "crowded_first_page",
    "find_value",
    "read_path",
    "read_requirements",
    "sense_checks",
    "unknown_waivers",
    "with_waivers",
]
