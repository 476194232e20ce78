"""Input text and tables → plain values and the place of each, or everything that is wrong with it.

No scalar is typed here: `007`, `no` and `2005-03-09` stay the text they are until the schema, which
knows what they mean, gives them a type.
"""

from generator.problems import NoticeError, Problem
from generator.sources.places import KeyPath, Source, in_order_of_place
from generator.sources.text import decode

__all__ = ["KeyPath", "Source", "decode", "in_order_of_place", "read_yaml", "survey_yaml"]


def read_yaml(text: str, file: str) -> Source:
    """The values of the mapping that *text* holds, every scalar as text, and the place of each.

    A key with nothing after it is None. A block scalar (`|`, `>`) loses the line break that ends
    its last line. *file* is the name that problems carry. Raises NoticeError with every problem
    (Y001…) in the order of their places.
    """
    source, problems = survey_yaml(text, file)
    if source is None or problems:
        raise NoticeError(problems)
    return source


def survey_yaml(text: str, file: str) -> tuple[Source | None, list[Problem]]:
    """What `read_yaml` gives, as far as it can be read, and every problem.

    None where the structure itself is in doubt, so that nothing more can be said of the values.
    """
    from generator.sources import yaml_reader  # PyYAML: 25 ms that rendering alone need not pay

    return yaml_reader.survey(text, file)
