"""Requirements held against values.

Whoever calls hands in the function that evaluates expressions, so nothing of Jinja's sandbox is
known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.problems import Location, Message, Problem
from generator.rules.cases import Case, Finding
from generator.rules.paths import ITEM, find_value, read_path, steps, values_at
from generator.rules.requirements import EXPRESSION, Requirement, Rule, SenseCheck
from generator.runtime.budget import BudgetError
from generator.runtime.failures import FAILURES
from generator.runtime.values import plain_text
from generator.sources import KeyPath

Values = Mapping[str, object]
Place = Callable[[KeyPath], Location]
Evaluate = Callable[[str, Values], object]
"""Gives what a Jinja expression comes to for the names it may use."""

_INNER = str.maketrans("“”", "‘’")  # quoted within a quotation: GB/T 15834—2011


def check_requirements(
    requirements: Iterable[Rule], values: Values, place: Place, evaluate: Evaluate
) -> list[Problem]:
    """The problems of *values* (typed, with all names that expressions may use), in rule order."""
    problems: list[Problem] = []
    for rule in requirements:
        try:
            if rule.when and not _asks_each_row(rule) and not evaluate(rule.when, values):
                continue
        except FAILURES as error:
            problems.append(_unclear(rule, error, place(read_path(rule.each or rule.at))))
            continue
        check = _unmet_problems if isinstance(rule, Requirement) else _sense_problems
        problems += check(rule, values, place, evaluate)  # type: ignore[arg-type]
    return problems


def _asks_each_row(rule: Rule) -> bool:
    """Whether the condition of a rule may be another one for each row."""
    return bool(rule.each) and ("row" in rule.when or "index" in rule.when)


def _rows(each: str, values: Values) -> Iterator[tuple[Values, KeyPath, object]]:
    """The names that expressions see, the path and the value of each row; once for all without."""
    if not each:
        yield values, (), values
        return
    to_list = read_path(each)
    rows = find_value(values, to_list)
    for index, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        yield {**values, "row": row, "index": index}, (*to_list, index), row


# --- a template's own ----------------------------------------------------------------------------


def _unmet_problems(
    requirement: Requirement, values: Values, place: Place, evaluate: Evaluate
) -> Iterator[Problem]:
    at, asks_each_row = read_path(requirement.at), _asks_each_row(requirement)
    for names, path, _ in _rows(requirement.each, values):
        try:
            if asks_each_row and not evaluate(requirement.when, names):
                continue
            if evaluate(requirement.that, names):
                continue
            yield _unmet(requirement, names, place((*path, *at)), evaluate)
        except FAILURES as error:
            yield _unclear(requirement, error, place((*path, *at)))
            if isinstance(error, BudgetError):  # so would be the same of all rows that follow
                return


def _unmet(
    requirement: Requirement, names: Mapping[str, object], where: Location, evaluate: Evaluate
) -> Problem:
    def say(text: str) -> str:
        return EXPRESSION.sub(lambda found: plain_text(evaluate(found[1].strip(), names)), text)

    message, hint = say(requirement.message), say(requirement.hint)
    message = _with_phrase(message, requirement.phrase)
    return Problem(requirement.code, message, where, hint, requirement.level)


def _with_phrase(message: str, phrase: str) -> str:
    """*message* with the words that ask for what it misses, if there are any."""
    if not phrase:
        return message
    return Message(
        "{message} (required by “{phrase}”)", message=message, phrase=phrase.translate(_INNER)
    )


def _unclear(rule: Rule, error: Exception, where: Location) -> Problem:
    reason = error.args[0] if error.args and isinstance(error.args[0], str) else str(error)
    return Problem(
        "R001",
        Message(
            "requirement {code} cannot be checked: {reason}", code=rule.codes[0], reason=reason
        ),
        where,
        Message("correct the requirement in template.yaml, or the values that it reads"),
    )


# --- plain sense ---------------------------------------------------------------------------------


def _sense_problems(
    rule: SenseCheck, values: Values, place: Place, evaluate: Evaluate
) -> Iterator[Problem]:
    cases: list[Case] = []
    at, asks_each_row = read_path(rule.at), _asks_each_row(rule)
    of_input = rule.kind.of_input
    shared = tuple(_others(rule, values, values, evaluate)) if of_input else ()
    for names, path, row in _rows(rule.each, values):
        try:
            if asks_each_row and not evaluate(rule.when, names):
                continue
            siblings = find_value(row, at[:-1])
            value = find_value(siblings, at[-1:])
            own = rule.of and not of_input
            others = tuple(_others(rule, names, row, evaluate)) if own else shared
            cases.append(Case((*path, *at), value, row, siblings, others))
        except FAILURES as error:
            yield _unclear(rule, error, place((*path, *at)))
            if isinstance(error, BudgetError):
                return
    try:
        for finding in rule.kind.check(cases):
            yield _problem(rule, finding, place)
    except FAILURES as error:
        yield _unclear(rule, error, place(read_path(rule.each or rule.at)))


def _others(rule: SenseCheck, names: Values, row: object, evaluate: Evaluate) -> Iterator[object]:
    """What `of` names: the items of a list, a field of each, or one value."""
    to_list, sign, field = rule.of.rpartition(ITEM)
    found = find_value(row, read_path(to_list if sign else field))
    if not isinstance(found, list | tuple):
        yield from () if sign else (found,)
        return
    way = steps(field) if sign else ()
    for item in found:
        if not rule.where or evaluate(rule.where, {**names, "row": item}):
            yield from (value for _, value in values_at(item, way))


def _problem(rule: SenseCheck, finding: Finding, place: Place) -> Problem:
    code, level = finding.code or rule.codes[0], finding.level or rule.kind.level
    message = _with_phrase(finding.message, rule.phrase)
    return Problem(code, message, place(finding.path), finding.hint, rule.level or level)
