"""The order that the schema wants of what stands in the properties of Word's elements.

It needs no lxml, so that what prints may read it, too.
"""

from __future__ import annotations

ORDERS = {
    "pPr": tuple(  # ISO/IEC 29500-1, 17.3.1.26
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange".split()
    ),
    "rPr": tuple(  # 17.3.2.28
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
        "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath".split()
    ),
    "tcBorders": tuple("top start left bottom end right insideH insideV tl2br tr2bl".split()),
    "tcPr": tuple(  # 17.4.69
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark headers".split()
    ),
}
"""By the element that holds properties, their names, without the prefix `w:`."""
