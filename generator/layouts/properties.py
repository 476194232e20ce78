"""What the documents of a layout say of themselves (GX024), whoever saved the layout in Word."""

from __future__ import annotations

PROPERTIES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
><dcterms:created xsi:type="dcterms:W3CDTF">{{ date_of_issue }}T00:00:00Z</dcterms:created
><dc:creator>{{ issuer }}</dc:creator><dc:language>zh-CN</dc:language
><dcterms:modified xsi:type="dcterms:W3CDTF">{{ date_of_issue }}T00:00:00Z</dcterms:modified
><dc:title>{{ title }}</dc:title></cp:coreProperties>"""
"""GX024; the times are the date of issue, so that equal input gives equal bytes."""
