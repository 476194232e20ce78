"""Text boxes, which Word writes twice: as DrawingML, and as VML for programs that know no shapes.

Both halves hold the same text. That of the first is read; the other prints what the first one
printed, so that counters advance once (ISO/IEC 29500-3, 10.2).
"""

from __future__ import annotations

from generator.compiler import capture_tags
from generator.tagging import scan, unclosed, wide_tags
from generator.wordml import OURS, Element, is_tag, qualified, remove, w

_REPEATS = f"{{{OURS}}}repeats"
"""The attribute of what held the text of a second half; its value is the text's number."""
_ALTERNATIVES, _CHOICE, _FALLBACK = map(
    qualified, ("mc:AlternateContent", "mc:Choice", "mc:Fallback")
)
_BOX = w("txbxContent")


def empty_second_halves(root: Element) -> None:
    """Take the text out of the second halves below *root* whose first ones hold tags, in place."""
    number = 0
    for alternatives in root.iter(_ALTERNATIVES):
        halves = list(alternatives.iterchildren(_CHOICE, _FALLBACK))
        if not halves or any(halves[0].iter(_ALTERNATIVES)):
            continue
        first, *others = halves
        boxes = list(first.iter(_BOX))
        if not any(map(_has_tags, boxes)):
            continue
        for other in others:
            copies = list(other.iter(_BOX))
            if len(copies) == len(boxes) and not any(other.iter(_ALTERNATIVES)):
                for index, copy in enumerate(copies):
                    copy.getparent().set(_REPEATS, f"{number + index}")
                    remove(copy)
        number += len(boxes)


def _has_tags(box: Element) -> bool:
    texts = box.iter(w("t"), w("instrText"), qualified("m:t"))
    text = "".join(text.text or "" for text in texts)
    return bool((tags := scan(text)) or unclosed(text) or wide_tags(text, tags))


def fill_second_halves(root: Element) -> None:
    """Let the emptied second halves below *root* print what the first ones print, in place."""
    for alternatives in root.iter(_ALTERNATIVES):
        holders = [
            node
            for node in alternatives.iter()
            if not is_tag(node) and isinstance(node.tag, str) and _REPEATS in node.attrib
        ]
        if not holders:
            continue
        boxes = list(alternatives.find(_CHOICE).iter(_BOX))
        numbers = sorted({int(holder.get(_REPEATS)) for holder in holders})
        for box, number in zip(boxes, numbers, strict=True):
            box.addprevious(capture_tags.begin(f"box {number}"))
            box.addnext(capture_tags.end(f"box {number}"))
        for holder in holders:
            holder.insert(0, capture_tags.again(f"box {holder.get(_REPEATS)}"))
