"""Content without a parent of its own: which of its blocks the layout has, and what its text is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator.compiler.bodies import Body
from generator.compiler.groups import Group, closes, groups_in, keyword, name_of, opens
from generator.wordml import Element, is_tag, tag_node, tags_in

_DEFINITIONS = frozenset({"set", "macro", "import", "from"})


def fill_body(content: Body, offered: Collection[str]) -> None:
    """Put what *content* holds into a block `body`, in place, if it names none itself.

    Those of its blocks that ancestors have, by the names *offered*, stand beside it; what it
    defines at its beginning is there for all of them. What does not pair up stays as it is, so that
    nobody is told of tags that they did not write.
    """
    root = content.root
    groups, problems = groups_in(root, content.file)
    named = any(keyword(tag) == "block" and name_of(tag) == "body" for tag in tags_in(root))
    if named or problems:
        return
    others = [group for group in groups if _is_of(group, offered, root)]
    beside = [node for group in others for node in _from_to(group.opener, group.closer)]
    opener, closer = tag_node("b", "block body", "1"), tag_node("b", "endblock", "1")
    first = len(list(_definitions(root))) if beside else 1
    root.insert(first, opener)
    root.append(closer)
    root.extend(beside)


def blocks_offered(ancestors: Iterable[Body]) -> set[str]:
    """The names of the blocks of *ancestors*."""
    trees = (tree for each in ancestors for tree in each.parts.values())
    return {name_of(tag) for tree in trees for tag in tags_in(tree) if keyword(tag) == "block"}


def _is_of(group: Group, offered: Collection[str], root: Element) -> bool:
    """Whether a group is a whole block that ancestors have, in lines of its own."""
    return (
        group.kind == "block"
        and name_of(group.opener) in offered
        and group.opener.getparent() is root
        and group.closer.getparent() is root
    )


def _from_to(first: Element, last: Element) -> list[Element]:
    nodes = [first]
    while nodes[-1] is not last:
        nodes.append(nodes[-1].getnext())
    return nodes


def _definitions(root: Element) -> Iterator[Element]:
    """What *root* begins with: the tag that names its parent, comments and definitions."""
    depth = 0
    for node in root:
        if is_tag(node):
            word = keyword(node)
            if not depth and node.target != "c" and word not in _DEFINITIONS | {"extends"}:
                return
            depth += opens(node) - bool(closes(node))
        elif not depth:
            return
        yield node
