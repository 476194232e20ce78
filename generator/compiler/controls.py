"""Content controls: what is printed into one is its content, not a hint or data of others."""

from __future__ import annotations

from generator.wordml import Element, qualified, tags_in, w

_BINDINGS = (w("dataBinding"), qualified("w15:dataBinding"), w("showingPlcHdr"))


def unbind(root: Element) -> None:
    """Take the binding from content controls below *root* that hold tags, in place.

    Word would put what the template's data say over what was printed (17.5.2.6), and take it for a
    placeholder where tags were typed as one (17.5.2.39).
    """
    for binding in list(root.iter(*_BINDINGS)):
        control = binding.getparent().getparent()
        if any(True for _ in tags_in(control)):
            binding.getparent().remove(binding)
