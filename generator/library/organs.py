"""The organs that issue a document: the unit, and those that do so together with it (联合行文).

An input names the others as units of the workspace, by the names of their folders, or as what they
are called where they are no units. A unit is read when it is named first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.layouts.geometry import STANDARD
from generator.layouts.placing import mark_tail
from generator.layouts.seating import joint_mark
from generator.library import signers
from generator.library.units import Units
from generator.limits import DEFAULTS, Limits
from generator.problems import Location, Message, NoticeError, Problem
from generator.sources import KeyPath

Organ = dict[str, Any]
"""Its `name` as 署名, its `mark` in the red head, its `seal`, its `signatory` and its `kind`.

In a 命令 also the `stamp` of who signs for it, `signer_office` and `signer`.
"""
Place = Callable[[KeyPath], Location]
JOINT = "joint_issuers"
_HAN = "[一-龥〇]"


def organ_of(
    settings: Mapping[str, Any], mark: str | None, pictures: Mapping[str, Mapping[str, Any] | None]
) -> Organ:
    """The organ that a unit with these *settings* is, of which *mark* is the 发文机关标志."""
    mark = mark or settings["name"]
    return {
        "name": settings["issuer"],
        "mark": mark.removesuffix(mark_tail(mark)),
        "seal": pictures["seal"],
        "stamp": pictures["signature_stamp"],
        "signatory": settings["signatory"] or [],
        "kind": settings["kind"],
    }


def _named(name: str) -> Organ:
    """An organ of which there is only the *name*."""
    own = {"name": name, "mark": name, "seal": None, "stamp": None}
    return {**own, "signatory": [], "kind": None}


def others_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What *values* call the organs beside the unit, in their order."""
    names = values.get(JOINT)
    if not isinstance(names, list | tuple):
        return ()
    return tuple(name for name in names if isinstance(name, str))


class Organs:
    """The organ that issues the documents of a template, and any that it may do so with."""

    def __init__(self, first: Organ, units: Units, layout: str, limits: Limits = DEFAULTS) -> None:
        self.first = first
        self._units = units
        self._layout = layout
        self._limits = limits
        self._found: dict[str, Organ] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Without what was found: another process asks again."""
        return {**self.__dict__, "_found": {}}

    def find(self, name: str, where: Location | None = None) -> Organ:
        """The organ that an input calls *name*, at *where*.

        Raises NoticeError where it can only be a unit and there is none, and for its unit.yaml.
        """
        if name not in self._units.files and re.search(_HAN, name):
            return _named(name)
        if name not in self._found:
            self._found[name] = self._read(name, where)
        return self._found[name]

    def _read(self, name: str, where: Location | None) -> Organ:
        # A repeated run of a document that one organ issues needs neither.
        from generator.library.definitions import issuer_mark, read_units
        from generator.library.seals import read_pictures

        chain = self._units.chain(name, where)
        settings = read_units(chain)
        pictures = read_pictures(settings, chain[0][1], self._limits)
        return organ_of(settings, issuer_mark(self._layout, settings), pictures)

    def issuing(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What templates see: `issuing_organs`, the 主办机关 first, and `issuers`, their names.

        A value of the template's own that is called `issuers` stays what it is.
        Their 签发人 follow one another, where *values* have those of the first. Raises NoticeError.
        """
        organs = [self.first, *map(self.find, others_in(values))]
        if self._layout in signers.SIGNED:
            organs = signers.with_signers(organs, values)
        names = [organ["name"] for organ in organs]
        seen = {"issuing_organs": organs, "issuers": values.get("issuers", names)}
        own = self.first["signatory"]
        if own and values.get("signatory") == own:
            seen["signatory"] = [name for organ in organs for name in organ["signatory"]]
        return seen

    def problems(
        self, values: Mapping[str, Any], kinds: Collection[str], template: str, place: Place
    ) -> list[Problem]:
        """What is wrong with the organs that *values* name, and with who signs for them.

        Units of other *kinds* may not issue the *template*; an empty one allows all. *place* says
        where a value stands.
        """
        problems: list[Problem] = []
        known = {self.first["name"]}
        names = others_in(values)
        for index, name in enumerate(names):
            where = place((JOINT, index))
            try:
                organ = self.find(name, where)
            except NoticeError as error:
                problems += error.problems
                continue
            if organ["name"] in known:
                message = Message("“{name}” issues the document already", name=name)
                hint = Message("name each organ once, and not the unit itself (unit / 发文单位)")
                problems.append(Problem("B009", message, where, hint))
            elif kinds and organ["kind"] not in (None, *kinds):
                problems.append(may_not_issue(template, organ["kind"], kinds, where))
            known.add(organ["name"])
        if self._layout in signers.SIGNED:
            problems += signers.problems(len(names), values, place)
        return problems


def may_not_issue(template: str, kind: str, kinds: Collection[str], where: Location) -> Problem:
    """What to tell of a unit of a *kind* that may not issue the *template*, as *kinds* may."""
    return Problem(
        "B006",
        Message(
            "a unit of the kind {kind} may not issue “{template}”", kind=kind, template=template
        ),
        where,
        Message("it is issued by: {kinds}", kinds="、".join(kinds)),
    )


def doubts(values: Mapping[str, Any], *, shows_marks: bool, place: Place) -> Iterator[Problem]:
    """What is wrong with a document of several organs, *values* being all that its template sees.

    *shows_marks* is whether its red head names them all.
    """
    organs = values.get("issuing_organs") or ()
    if len(organs) < 2:
        return
    title = str(values.get("title") or "")
    absent = [organ["name"] for organ in organs if organ["name"] not in title]
    if 0 < len(absent) < len(organs):
        message = Message("the title does not name {names}", names="、".join(absent))
        hint = Message("begin the title in template.yaml with {{{{ issuers | listed(' ') }}}}")
        yield Problem("GB001", message, place((JOINT,)), hint, "warning")
    signatories = values.get("signatory") or ()
    if 0 < len(signatories) < len(organs):
        message = Message(
            "{organs} organs issue it, and {people} signed for them (signatory / 签发人)",
            organs=len(organs),
            people=len(signatories),
        )
        hint = Message("name one of each organ, in their order")
        yield Problem("GH010", message, place(("signatory",)), hint)
    if shows_marks:
        tail = mark_tail(values.get("issuer_mark"))
        yield from _doubts_of_mark(organs, tail, place((JOINT,)))


def _doubts_of_mark(organs: Sequence[Organ], tail: str, where: Location) -> Iterator[Problem]:
    """What is wrong with the look of the names in the red head, *tail* beside them (GH007)."""
    mark = joint_mark(organs, tail)
    height = mark["line"] * len(organs)
    hint = Message("shorten the marks of the units (letterhead / 版头), or name fewer organs")
    if mark["scale"] < STANDARD.joint_mark_narrowest:
        message = Message(
            "the names in the red head are drawn at {scale} % of their width", scale=mark["scale"]
        )
        yield Problem("GH007", message, where, hint, "warning")
    if height > STANDARD.joint_mark_height:
        message = Message(
            "the names in the red head are {height} mm high: the first page may have no text",
            height=round(height * 25.4 / 1440),
        )
        yield Problem("GH007", message, where, hint, "warning")
