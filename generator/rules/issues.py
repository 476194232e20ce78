"""Checks of issues and of what is published of them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.escalation import field_of, gaps, is_closed, is_done, key_of
from generator.privacy import Kind, find_personal_data
from generator.problems import Level, Message
from generator.rules.cases import Case, Finding, texts_at

CLOSED_NEEDS = {
    "closed_on": Message("day of closing"),
    "evidence": Message("evidence"),
    "verifier": Message("verifier"),
}
"""The fields that a closed issue must fill, where its list has them."""

_PERSONAL: dict[Kind, tuple[str, Message, Level]] = {
    "identity number": ("", Message("an identity number"), "error"),
    "mobile number": ("R032", Message("a mobile number"), "error"),
    "home address": ("R033", Message("a home address"), "warning"),
}


def closed(cases: list[Case]) -> Iterator[Finding]:
    """Issues that are closed without a day, evidence or a verifier, or before they are done."""
    for case, row in _rows(cases):
        if not is_closed(row):
            continue
        status = field_of(row, "status")
        if status and not is_done(row):
            message = Message("the issue is closed, but its status is “{status}”", status=status)
            hint = Message("correct the status, or leave the issue open")
            yield Finding((*case.path, key_of(row, "closed") or ""), message, hint)
        for name, said in CLOSED_NEEDS.items():
            key = key_of(row, name)
            if key is not None and row[key] in (None, "", []):
                message = Message("the issue is closed, but says no {field}", field=said)
                hint = Message("fill it in, or leave the issue open")
                yield Finding((*case.path, key), message, hint)


def kept(cases: list[Case]) -> Iterator[Finding]:
    """Open issues of an earlier ledger, the rows, that the ledger `of` no longer has."""
    now = cases[0].others if cases else ()
    known = {str(field_of(issue, "id")) for issue in now if isinstance(issue, dict)}
    for case, row in _rows(cases):
        number = field_of(row, "id")
        if number in (None, "") or is_closed(row) or str(number) in known:
            continue
        message = Message(
            "the issue {id} is not closed, but the ledger no longer has it", id=number
        )
        hint = Message("list it again; once it is solved, close it before it goes")
        yield Finding((*case.path, key_of(row, "id") or ""), message, hint)


def forms(cases: list[Case]) -> Iterator[Finding]:
    """Issues of which a form is on record before the one that goes before it (三制五单)."""
    for case, row in _rows(cases):
        for form, before in gaps(row):
            if field_of(row, before.record):
                message = Message(
                    "{form} is on record before {before}", form=form.name, before=before.name
                )
            else:
                message = Message(
                    "{form} is on record without {before}", form=form.name, before=before.name
                )
            hint = Message("each form needs the one before it; correct the dates")
            yield Finding((*case.path, key_of(row, form.record) or ""), message, hint)


def _rows(cases: list[Case]) -> list[tuple[Case, dict[str, object]]]:
    return [(case, case.row) for case in cases if isinstance(case.row, dict)]


def anonymous(cases: list[Case]) -> Iterator[Finding]:
    """Texts that tell who or where somebody is, however deep they stand."""
    for case in cases:
        for path, text in texts_at(case.value, case.path):
            for data in find_personal_data(text):
                code, said, level = _PERSONAL[data.kind]
                message = Message(
                    "{kind} would be published: {masked}", kind=said, masked=data.masked
                )
                hint = Message("write it as {masked}, or leave it out", masked=data.masked)
                yield Finding(path, message, hint, code, level)
