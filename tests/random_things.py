"""What Word puts into and around the runs of a paragraph, at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from builders import HEAD, R, W, docx_parts, joined_to, p, run, zipped

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
NUMBERING = (
    f'{HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)

Stream = Callable[[], list[str]]
"""Makes tags and text in balance, one token after another."""


@dataclass
class Things:
    """Makes things with ids that the template has once."""

    random: Random
    stream: Stream
    notes: list[str] = field(default_factory=list)
    made: int = 0

    def dressed(self, runs: list[str]) -> list[str]:
        """*runs* with something in, between or around them; perhaps as they are."""
        if not runs or self.random.random() < 0.6:
            return runs
        start = self.random.randint(0, len(runs) - 1)
        end = self.random.randint(start, len(runs))
        inside = "".join(runs[start:end])
        kind = self.random.choice(_AROUND)
        middle = kind(self, inside) if inside else [self.random.choice(_ALONE)(self)]
        return [*runs[:start], *middle, *runs[end:]]

    def fresh(self) -> int:
        self.made += 1
        return self.made

    def lines(self) -> str:
        """Paragraphs of a stream, each of a token."""
        return "".join(p(run(token)) for token in self.stream()) or p("")


# --- around runs ---------------------------------------------------------------------------------


def _link(things: Things, inside: str) -> list[str]:
    return [f'<w:hyperlink w:anchor="b1">{inside}</w:hyperlink>']


def _control(things: Things, inside: str) -> list[str]:
    id = f'<w:id w:val="{things.fresh()}"/>'
    return [f"<w:sdt><w:sdtPr>{id}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"]


def _smart_tag(things: Things, inside: str) -> list[str]:
    return [f'<w:smartTag w:uri="u" w:element="date">{inside}</w:smartTag>']


def _inserted(things: Things, inside: str) -> list[str]:
    return [f'<w:ins w:id="{things.fresh()}" w:author="a">{inside}</w:ins>']


def _marked(things: Things, inside: str) -> list[str]:
    id = things.fresh()
    begin = f'<w:bookmarkStart w:id="{id}" w:name="b{id}"/>'
    return [begin, inside, f'<w:bookmarkEnd w:id="{id}"/>']


def _shown_by_field(things: Things, inside: str) -> list[str]:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText> REF b1 </w:instrText></w:r>"
    return [begin, code, separate, inside, end]


_AROUND = (_link, _control, _smart_tag, _inserted, _marked, _marked, _shown_by_field)


# --- alone in a line -----------------------------------------------------------------------------


def _note(things: Things) -> str:
    id = things.fresh() + 1
    things.notes.append(f'<w:footnote w:id="{id}">{things.lines()}</w:footnote>')
    return f'<w:r><w:footnoteReference w:id="{id}"/></w:r>'


def _box(things: Things) -> str:
    inside = f"<w:txbxContent>{things.lines()}</w:txbxContent>"
    id = things.fresh()
    return (
        f'<w:r><mc:AlternateContent xmlns:mc="{MC}" xmlns:wps="{WPS}"><mc:Choice Requires="wps">'
        f'<w:drawing><wp:inline xmlns:wp="{WP}"><wp:extent cx="1" cy="1"/>'
        f'<wp:docPr id="{id}" name="框"/><a:graphic xmlns:a="{A}"><a:graphicData uri="{WPS}">'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        f'</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict xmlns:v="{V}">'
        f'<v:shape id="s{id}"><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def _field(things: Things) -> str:
    return "".join(_shown_by_field(things, run(""))).replace("REF b1", "QUOTE {{ a }}")


def _formula(things: Things) -> str:
    return f'<w:r/><m:oMath xmlns:m="{M}"><m:r><m:t>{{{{ n }}}}</m:t></m:r></m:oMath>'


def _deleted(things: Things) -> str:
    text = "<w:r><w:delText>{{ gone }}{% if</w:delText></w:r>"
    return f'<w:del w:id="{things.fresh()}" w:author="a">{text}</w:del>'


_ALONE = (_note, _box, _field, _formula, _deleted)


# --- around paragraphs ---------------------------------------------------------------------------


def dressed_block(things: Things, block: str) -> str:
    """*block*, a paragraph or a table, in a list or a content control, or as it is."""
    shape = things.random.random()
    if shape < 0.15 and block.startswith("<w:p><w:r>"):
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        return block.replace("<w:p>", f"<w:p><w:pPr>{number}</w:pPr>", 1)
    return _control(things, block)[0] if shape < 0.25 else block


def docx_of(things: Things, blocks: list[str]) -> bytes:
    """A `.docx` of *blocks* with the notes and the list that they refer to."""
    members = docx_parts(*blocks)
    notes = f'{HEAD}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{"".join(things.notes)}</w:footnotes>'
    members = joined_to(members, "word/footnotes.xml", notes)
    return zipped(joined_to(members, "word/numbering.xml", NUMBERING))
