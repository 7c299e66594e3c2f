"""This module cites the papers of the graph in the formats of reference managers: BibTeX and RIS."""

from __future__ import annotations

from collections.abc import Iterable

from kg import queries
from kg.export.job import Job
from kg.model import Source


def write(job: Job) -> str:
    """Write one reference a paper, by key."""
    sources = queries.sources(job.store)
    job.put([(bibtex(sources) if job.format == "bib" else ris(sources)).encode()])
    return f"{len(sources)} references written to {job.path}"


def bibtex(sources: Iterable[Source]) -> str:
    """The papers as BibTeX; what is not known of one is left out.

    >>> print(bibtex([Source(key="x1", title="On R&D", authors=("Cui Y",), year=2017)]), end="")
    @misc{x1,
     author = {Cui, Y},
     title = {{On R\\&D}},
     year = {2017}
    }
    <BLANKLINE>
    """
    from bibtexparser.bibdatabase import BibDatabase
    from bibtexparser.bwriter import BibTexWriter

    database = BibDatabase()
    database.entries = [_entry(source) for source in sources]
    writer = BibTexWriter()
    writer.order_entries_by = ("ID",)
    return str(writer.write(database))


_ESCAPES = str.maketrans(
    {
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)


def _entry(source: Source) -> dict[str, str]:
    fields = {
        "author": " and ".join(_surname_first(name).translate(_ESCAPES) for name in source.authors),
        "title": "{" + " ".join(source.title.split()).translate(_ESCAPES) + "}",
        "journal": (source.journal or "").translate(_ESCAPES),
        "year": str(source.year or ""),
        "doi": source.doi or "",
    }
    known = {name: value for name, value in fields.items() if value}
    return {"ENTRYTYPE": "article" if source.journal else "misc", "ID": source.key, **known}


def _surname_first(name: str) -> str:
    """'Cui Y' as reference managers read it; initials stand last in a source.

    >>> _surname_first("de Baere T"), _surname_first("WHO")
    ('de Baere, T', 'WHO')
    """
    surname, _, initials = name.rpartition(" ")
    return f"{surname}, {initials}" if surname else name


def ris(sources: Iterable[Source]) -> str:
    """The papers as RIS; what is not known of one is left out."""
    import rispy

    class Plain(rispy.RisWriter):  # type: ignore[misc]
        """References without the running number that the library puts above each."""

        def set_header(self, count: int) -> str:
            return ""

    return str(rispy.dumps([_ris_entry(source) for source in sources], implementation=Plain))


def _ris_entry(source: Source) -> dict[str, str | list[str]]:
    fields: dict[str, str | list[str]] = {
        "type_of_reference": "JOUR" if source.journal else "GEN",
        "id": source.key,
        "authors": [_surname_first(name) for name in source.authors],
        "title": " ".join(source.title.split()),
        "journal_name": source.journal or "",
        "year": str(source.year or ""),
        "doi": source.doi or "",
    }
    return {name: value for name, value in fields.items() if value}
