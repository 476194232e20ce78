"""Who signs an order for each of the organs that issue it together (GB/T 9704—2012, 7.3.5.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from generator.problems import Location, Message, Problem
from generator.sources import KeyPath

SIGNED = frozenset({"order"})
"""The layouts in which a person signs for an organ."""
_OFFICE, _NAME = "signer_office", "signer"
_OTHERS = "joint_signers"


def with_signers(
    organs: Sequence[Mapping[str, Any]], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """*organs*, each with the `signer_office` and `signer` that *values* give."""
    signers = chain((values,), _others(values), repeat({}))
    return [
        {**organ, _OFFICE: signer.get(_OFFICE), _NAME: signer.get(_NAME)}
        for organ, signer in zip(organs, signers, strict=False)
    ]


def problems(
    others: int, values: Mapping[str, Any], place: Callable[[KeyPath], Location]
) -> Iterator[Problem]:
    """What is wrong with who signs for the unit and so many *others* that *values* name.

    What is no signer at all, the schema tells.
    """
    signers = _others(values)
    if others != len(signers):
        message = Message(
            "{organs} other organs issue it, and {people} sign for them"
            " (joint_signers / 联合行文机关签发人)",
            organs=others,
            people=len(signers),
        )
        where = place((_OTHERS,) if signers else ("joint_issuers",))
        yield Problem("GT005", message, where, Message("name one of each organ, in their order"))
    if not others or values.get("sealed") is not False:
        return
    places: list[KeyPath] = [(), *((_OTHERS, index) for index in range(len(signers)))]
    for path, signer in zip(places, (values, *signers), strict=True):
        if isinstance(signer, Mapping) and not signer.get(_NAME):
            message = Message(
                "a joint order without stamps names who signs it (signer / 签发人姓名)"
            )
            hint = Message("add the name, or “sealed: true”")
            yield Problem("GT005", message, place((*path, _NAME)), hint)


def _others(values: Mapping[str, Any]) -> Sequence[Any]:
    signers = values.get(_OTHERS)
    return signers if isinstance(signers, list | tuple) else ()
