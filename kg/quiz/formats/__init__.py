"""This package writes a quiz for what people use it in: one row of FORMATS a format."""

from kg.quiz.formats.table import FORMATS, Format, QuizFile, write

__all__ = ["FORMATS", "Format", "QuizFile", "write"]
