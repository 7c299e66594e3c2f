"""This module says what a unit measures: centimetres a size or a distance, seconds a time."""

from __future__ import annotations

import re
from typing import Final

from ingest.phrases import beginning, one_of
from ingest.screening import Pattern, screened


def unit_pattern(*alternatives: str) -> Pattern:
    """A pattern of a whole unit, in any case."""
    return screened(rf"(?:{one_of(*alternatives)})\Z", re.IGNORECASE)


DIMENSIONS: Final = (
    (
        unit_pattern(
            r"(?:years?|yrs?|y|months?|mo|weeks?|wks?|days?|d|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|m?sec|m?s)"
        ),
        beginning(
            *(
                "time",
                "duration",
                r"age[sd]?\b",
                "interval",
                "delay",
                "surviv",
                "follow",
                "period",
                "year",
                "progression-free",
            ),
            *(
                "latency",
                "stay",
                r"TR\b",
                r"TE\b",
                r"TI\b",
                r"OS\b",
                r"PFS\b",
                "life",
                "half-life",
                "experience",
                "course",
                "lag",
            ),
        ),
    ),
    (
        unit_pattern(r"[cmµμn]?m"),
        beginning(
            *("size", "diamet", "thick", "margin", "gap", "distance", "length", "depth", "width", "axis", "axes"),
            *("height", "field of view", "spacing", "SLD", "radius", "calib", "collimat", "invasion", "resol", "voxel"),
            *("increment", "FOV", "dimension", "measurement", "interval", "shift", "displacement", "waist"),
        ),
    ),
    (
        unit_pattern(r"[cmµμn]?m[2²]"),
        beginning("area", "region", "size", "surface", "field", "section", "extent", "dimension"),
    ),
    (
        unit_pattern(r"[cmµμn]?m[3³]", r"c\.?c\.?", r"[mµμd]?l", "fl"),
        beginning("volume", "amount", "dos", "size", "capacity", "loss", "content", "bleed", "ascites", "contrast"),
    ),
    (
        unit_pattern("slices?", "(?:detector )?rows?", "multidetector", "MDCT", "channels?"),
        beginning(r"slices?\b(?! thick)", "detector", r"rows?\b", "channel"),
    ),
    (unit_pattern("kVp?"), beginning("voltage", "tube potential", "energy", "power")),
    (unit_pattern("mAs?"), beginning("current", "exposure")),
    (
        unit_pattern("HU", "HE", "Hounsfield units?"),
        beginning(
            *(
                "attenuation",
                "densit",
                "value",
                "HU\\b",
                "enhanc",
                "washout",
                "difference",
                "increas",
                "threshold",
                "noise",
            ),
            *("contrast", "uptake", "change"),
        ),
    ),
    (unit_pattern("T", "Tesla"), beginning("field", "magnet", "strength")),
    (unit_pattern(r"s/mm[2²]"), beginning("b[- ]value")),
    (
        unit_pattern(r"(?:[×x*·] ?10 ?\^?[-−–⁻]? ?[\d³⁶]{1,2} ?)?[mµμ]?m[2²] ?/ ?s(?:ec)?"),
        beginning("diffusion", "ADC", "coefficient"),
    ),
    (unit_pattern("pixels?", "voxels?"), beginning("matrix", "size", "resol", "pixel", "voxel", "area")),
    (unit_pattern("high-power fields?", "HPFs?"), beginning("field", "mitot", "mitos")),
    (
        unit_pattern("[kM]?Hz", "°", r"°\s?C", "℃", "k?W(?:atts?)?", "gauge", "Fr(?:ench)?", r"\$", r"US\$", "€"),
        beginning(
            "frequen",
            "angle",
            "temperature",
            "power",
            "gauge",
            "size",
            "diameter",
            "cost",
            "price",
            "charge",
            "bandwidth",
        ),
    ),
    (
        unit_pattern(
            r"(?:[kmµμn]?g|mcg|[mµμn]?mol|m?l|mg\s?I|mg\s?iodine)(?: ?/ ?(?:kg|m[2²])).*",
            r"mg\s?I ?/ ?m?l",
            r"[GMk]?Bq",
        ),
        beginning("dos", "activity", "amount", "concentration", "administ", "uptake"),
    ),
    (
        unit_pattern(r"(?:m[23²³]?|ml|cc|l) ?/ ?(?:s|sec|seconds?|min|minutes?|h)"),
        beginning("rate", "flow", "velocity", "speed", "clear", "filtr"),
    ),
)
"""What a unit measures, by the words of the name of what is measured: a number of days is no size, '5 mm' no phase."""


TIME: Final = DIMENSIONS[0][0]


def is_known(unit: str) -> bool:
    """Whether the table says what a unit measures."""
    return any(units.match(unit) for units, _ in DIMENSIONS)


def measures(unit: str, name: str) -> bool:
    """Whether a unit measures what a name names.

    >>> measures("mm", "slice thickness"), measures("mm", "portal venous phase"), measures("days", "tumor size")
    (True, False, False)
    """
    return any(units.match(unit) and names.search(name) for units, names in DIMENSIONS)
