"""This module writes QTI packages: a manifest, a test and one file an item, in version 2.1 and in version 3.0.

Formats: 1EdTech, Question and Test Interoperability 2.1 (2012) and 3.0 (2022), and Content Packaging. Both versions are
written from one tree; 3.0 spells names with hyphens and begins those of its elements with `qti-`. No package of PyPI or
npm that the tests could use has the schemas: a converter by others reads both, the schemas have not been held to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final
from xml.etree import ElementTree as ET

from kg.quiz.formats.archive import zipped
from kg.quiz.formats.told import NOTICE, clean, general_feedback, option_feedback
from kg.quiz.item import Item, Quiz

INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
PLAIN: Final = frozenset(("p",))  # HTML of the body: the same in both versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What tells one version of QTI from another."""

    item: str
    item_schema: str
    manifest: str
    manifest_schema: str
    schema_name: str
    schema_version: str
    item_type: str
    test_type: str
    hyphens: bool


TWO: Final = Version(
    item="http://www.imsglobal.org/xsd/imsqti_v2p1",
    item_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    manifest_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    schema_name="QTIv2.1 Package",
    schema_version="1.0.0",
    item_type="imsqti_item_xmlv2p1",
    test_type="imsqti_test_xmlv2p1",
    hyphens=False,
)
THREE: Final = Version(
    item="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    item_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    manifest_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    schema_name="QTI Package",
    schema_version="3.0.0",
    item_type="imsqti_item_xmlv3p0",
    test_type="imsqti_test_xmlv3p0",
    hyphens=True,
)


def to_qti21(quiz: Quiz) -> bytes:
    """A content package of version 2.1."""
    return _package(quiz, TWO)


def to_qti30(quiz: Quiz) -> bytes:
    """A content package of version 3.0."""
    return _package(quiz, THREE)


def _package(quiz: Quiz, version: Version) -> bytes:
    files = {f"items/{_name(item)}.xml": _item(item, version) for item in quiz.items}
    files["test.xml"] = _test(quiz, version)
    files["imsmanifest.xml"] = _manifest(quiz, version)
    return zipped(files, first=("imsmanifest.xml",))


def _name(item: Item) -> str:
    return f"item-{item.id}"  # an identifier may not begin with a digit


def hyphenated(name: str) -> str:
    """A name of version 2.1 as version 3.0 spells it.

    >>> hyphenated("outcomeIdentifier")
    'outcome-identifier'
    """
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: "-" + found[1].lower(), name)


def _spelt(element: ET.Element) -> ET.Element:
    """The tree in the spelling of version 3.0."""
    for one in element.iter():
        if one.tag not in PLAIN:
            one.tag = f"qti-{hyphenated(one.tag)}"
        for name in [name for name in one.attrib if not name.startswith(("{", "xml"))]:
            one.attrib[hyphenated(name)] = one.attrib.pop(name)
    return element


def _written(element: ET.Element, namespace: str, schema: str) -> bytes:
    element.set("xmlns", namespace)
    element.set("xmlns:xsi", INSTANCE)
    element.set("xsi:schemaLocation", f"{namespace} {schema}")
    ET.indent(element, " ")
    return bytes(ET.tostring(element, encoding="utf-8", xml_declaration=True)) + b"\n"


def _as(version: Version, element: ET.Element) -> bytes:
    return _written(_spelt(element) if version.hyphens else element, version.item, version.item_schema)


def _item(item: Item, version: Version) -> bytes:
    root = ET.Element(
        "assessmentItem",
        identifier=_name(item),
        title=clean(item.stem)[:120],
        adaptive="false",
        timeDependent="false",
    )
    root.set("xml:lang", "en")
    letters = ascii_uppercase[: len(item.options)]
    response = ET.SubElement(
        root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier"
    )
    ET.SubElement(ET.SubElement(response, "correctResponse"), "value").text = letters[item.key]
    _outcomes(root, item)
    body = ET.SubElement(root, "itemBody")
    interaction = ET.SubElement(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="false" if item.fixed_order else "true",
        maxChoices="1",
    )
    ET.SubElement(interaction, "prompt").text = clean(item.stem)
    for letter, option in zip(letters, item.options, strict=True):
        ET.SubElement(interaction, "simpleChoice", identifier=letter).text = clean(option.text)
    _processing(root, item)
    for letter, option in zip(letters, item.options, strict=True):
        _feedback(root, version, "FEEDBACK", letter, option_feedback(option, item))
    _feedback(root, version, "GENERAL", "shown", general_feedback(item))
    return _as(version, root)


def _outcomes(root: ET.Element, item: Item) -> None:
    for name, kind, first in (("SCORE", "float", "0"), ("MAXSCORE", "float", f"{item.points:g}")):
        outcome = ET.SubElement(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind)
        ET.SubElement(ET.SubElement(outcome, "defaultValue"), "value").text = first
    for name in ("FEEDBACK", "GENERAL"):
        ET.SubElement(root, "outcomeDeclaration", identifier=name, cardinality="single", baseType="identifier")


def _processing(root: ET.Element, item: Item) -> None:
    """The score for the right option; the feedback of the option that was taken, and the general one."""
    processing = ET.SubElement(root, "responseProcessing")
    if_right = ET.SubElement(ET.SubElement(processing, "responseCondition"), "responseIf")
    match = ET.SubElement(if_right, "match")
    ET.SubElement(match, "variable", identifier="RESPONSE")
    ET.SubElement(match, "correct", identifier="RESPONSE")
    score = ET.SubElement(if_right, "setOutcomeValue", identifier="SCORE")
    ET.SubElement(score, "baseValue", baseType="float").text = f"{item.points:g}"
    taken = ET.SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    ET.SubElement(taken, "variable", identifier="RESPONSE")
    general = ET.SubElement(processing, "setOutcomeValue", identifier="GENERAL")
    ET.SubElement(general, "baseValue", baseType="identifier").text = "shown"


def _feedback(root: ET.Element, version: Version, outcome: str, identifier: str, text: str) -> None:
    feedback = ET.SubElement(root, "modalFeedback", outcomeIdentifier=outcome, identifier=identifier, showHide="show")
    inside = ET.SubElement(feedback, "contentBody") if version.hyphens else feedback
    ET.SubElement(inside, "p").text = clean(text)


def _test(quiz: Quiz, version: Version) -> bytes:
    root = ET.Element("assessmentTest", identifier="quiz", title=clean(quiz.title))
    part = ET.SubElement(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    section = ET.SubElement(part, "assessmentSection", identifier="section", title=clean(quiz.title), visible="true")
    rubric = ET.SubElement(section, "rubricBlock", view="candidate", use="instructions")
    inside = ET.SubElement(rubric, "contentBody") if version.hyphens else rubric
    ET.SubElement(inside, "p").text = NOTICE
    if not version.hyphens:
        rubric.attrib.pop("use")
    for item in quiz.items:
        ET.SubElement(section, "assessmentItemRef", identifier=_name(item), href=f"items/{_name(item)}.xml")
    return _as(version, root)


def _manifest(quiz: Quiz, version: Version) -> bytes:
    root = ET.Element("manifest", identifier="signum-quiz")
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = version.schema_name
    ET.SubElement(metadata, "schemaversion").text = version.schema_version
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    test = ET.SubElement(resources, "resource", identifier="quiz", type=version.test_type, href="test.xml")
    ET.SubElement(test, "file", href="test.xml")
    for item in quiz.items:
        ET.SubElement(test, "dependency", identifierref=_name(item))
    for item in quiz.items:
        href = f"items/{_name(item)}.xml"
        resource = ET.SubElement(resources, "resource", identifier=_name(item), type=version.item_type, href=href)
        ET.SubElement(resource, "file", href=href)
    return _written(root, version.manifest, version.manifest_schema)
