"""This package makes quizzes whose keys the graph bears out and whose wrong options it states otherwise."""

from kg.quiz.item import DIFFICULTIES, HeldBack, Item, Option, Quiz, QuizError, Quote, quiz_of
from kg.quiz.making import DEFAULT_NUMBER, MOST_ITEMS, TYPES, Bank, bank, make_quiz
from kg.quiz.rules import RULES, flaws

__all__ = [
    "DEFAULT_NUMBER",
    "DIFFICULTIES",
    "MOST_ITEMS",
    "RULES",
    "TYPES",
    "Bank",
    "HeldBack",
    "Item",
    "Option",
    "Quiz",
    "QuizError",
    "Quote",
    "bank",
    "flaws",
    "make_quiz",
    "quiz_of",
]
