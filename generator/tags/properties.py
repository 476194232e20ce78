"""Properties of paragraphs, runs and cells, put where the schema wants them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from generator.elements import ORDERS
from generator.wordml import Element, make, w


def properties_of(holder: Element) -> Element:
    """The `w:pPr`, `w:rPr` or `w:tcPr` of *holder*, made where it has none."""
    name = w(f"{etree.QName(holder).localname}Pr")
    properties = holder.find(name)
    if properties is None:
        properties = etree.Element(name)
        holder.insert(0, properties)
    return properties


def child_of(properties: Element, name: str) -> Element:
    """The property *name*, without prefix, among *properties*, made where there is none."""
    found = properties.find(w(name))
    if found is None:
        found = make(f"w:{name}")
        _insert(properties, found)
    return found


def set_property(holder: Element, name: str, values: Mapping[str, str]) -> None:
    """Give *holder* the property *name* in place of the one that it has."""
    properties = properties_of(holder)
    for old in properties.findall(w(name)):
        properties.remove(old)
    _insert(properties, make(f"w:{name}", {f"w:{key}": value for key, value in values.items()}))


def _insert(properties: Element, new: Element) -> None:
    order = ORDERS[etree.QName(properties).localname]
    ranks = {w(name): rank for rank, name in enumerate(order)}
    before = [node for node in properties if ranks.get(node.tag, len(order)) < ranks[new.tag]]
    properties.insert(len(before), new)
