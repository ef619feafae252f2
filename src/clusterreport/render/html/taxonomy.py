"""Writes the taxonomy of a page's facts, an XML schema of concepts, dimensions and labels, and the page's header."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from clusterreport.locale import phrase
from clusterreport.render.html.inline_facts import FINDINGS, ISSUERS, READING, SCOPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.render.html.inline_facts import FactContext, InlineFacts

FILE: Final = "taxonomy.xsd"

_XBRL: Final = "http://www.xbrl.org/2003"
_TYPED: Final = "http://xbrl.org/2005/xbrldt"
NAMESPACES: Final = (
    'xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
    'xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" '
    f'xmlns:link="{_XBRL}/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrli="{_XBRL}/instance" '
    'xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xmlns:iso4217="{_XBRL}/iso4217" xmlns:f="{FINDINGS}"'
)
"""What the root of a page declares."""


def taxonomy(facts: InlineFacts) -> bytes:
    """Return the schema: a concept for each finding of the page with its label, and what it is told apart by."""
    concepts = "\n".join(
        f'<xs:element name="{one.name}" id="{one.name}" type="xbrli:{one.kind}ItemType" substitutionGroup="xbrli:item" '
        f'nillable="true" xbrli:periodType="{"duration" if one.lasting else "instant"}"/>'
        for one in facts.concepts.values()
    )
    dimensions = "\n".join(
        f'<xs:element name="{name}.value" id="{name}.value" type="xs:string"/>\n'
        f'<xs:element name="{name}" id="{name}" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" '
        f'abstract="true" nillable="true" xbrli:periodType="instant" xbrldt:typedDomainRef="#{name}.value"/>'
        for name in (SCOPE, READING)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="{_XBRL}/instance" xmlns:link="{_XBRL}/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldt="{_TYPED}" xmlns:f="{FINDINGS}"
 targetNamespace="{FINDINGS}" elementFormDefault="qualified">
<xs:annotation><xs:appinfo><link:linkbase>
<link:labelLink xlink:type="extended" xlink:role="{_XBRL}/role/link">
{"".join(_labels(facts))}</link:labelLink>
</link:linkbase></xs:appinfo></xs:annotation>
<xs:import namespace="{_XBRL}/instance" schemaLocation="{_XBRL}/xbrl-instance-2003-12-31.xsd"/>
<xs:import namespace="{_TYPED}" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
{dimensions}
{concepts}
</xs:schema>
""".encode()


def header(facts: InlineFacts) -> str:
    """Return the page's header of facts; whoever asks has tagged all numbers before."""
    hidden = "\n".join(facts.hidden())  # which makes contexts and units of its own
    contexts = "\n".join(_context(facts, context, name) for context, name in facts.contexts.items())
    units = "\n".join(
        f'<xbrli:unit id="{name}"><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>'
        for measure, name in facts.units.items()
    )
    within = f"<ix:hidden>\n{hidden}\n</ix:hidden>\n" if hidden else ""
    return f"""<div style="display:none"><ix:header>
{within}<ix:references><link:schemaRef xlink:type="simple" xlink:href="{FILE}"></link:schemaRef></ix:references>
<ix:resources>
{contexts}
{units}
</ix:resources>
</ix:header></div>"""


def _labels(facts: InlineFacts) -> Iterator[str]:
    language = phrase("language.tag", facts.language)
    for place, concept in enumerate(facts.concepts.values(), 1):
        yield (
            f'<link:loc xlink:type="locator" xlink:href="#{concept.name}" xlink:label="c{place}"/>\n'
            f'<link:label xlink:type="resource" xlink:label="l{place}" xlink:role="{_XBRL}/role/label" '
            f'xml:lang="{language}">{escape(concept.label)}</link:label>\n'
            f'<link:labelArc xlink:type="arc" xlink:arcrole="{_XBRL}/arcrole/concept-label" xlink:from="c{place}" '
            f'xlink:to="l{place}"/>\n'
        )


def _context(facts: InlineFacts, context: FactContext, name: str) -> str:
    members = [(SCOPE, context.scope), (READING, str(context.reading) if context.reading > 1 else "")]
    typed = "".join(
        f'<xbrldi:typedMember dimension="f:{dimension}"><f:{dimension}.value>{escape(value)}</f:{dimension}.value>'
        "</xbrldi:typedMember>"
        for dimension, value in members
        if value
    )
    about = facts.about
    issuer = escape(about.letterhead.issuer or about.author or about.audience_title)
    segment = f"<xbrli:segment>{typed}</xbrli:segment>" if typed else ""
    period = (
        f"<xbrli:startDate>{context.year}-01-01</xbrli:startDate><xbrli:endDate>{context.year}-12-31</xbrli:endDate>"
        if context.year
        else f"<xbrli:instant>{about.as_of.isoformat()}</xbrli:instant>"
    )
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="{ISSUERS}">{issuer}</xbrli:identifier>'
        f"{segment}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>"
    )
