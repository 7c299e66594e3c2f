"""This module writes an H5P question set: content for the libraries that a learning system has installed.

Format: h5p.org, "h5p.json" and the semantics of H5P.QuestionSet 1.20, H5P.MultiChoice 1.16 and H5P.TrueFalse 1.8. Texts
are HTML there; the package holds content only, as H5P recommends for exchange between systems.
"""

from __future__ import annotations

import html
import json
from typing import Any, Final
from uuid import UUID

from kg.quiz.formats.archive import zipped
from kg.quiz.formats.told import NOTICE, clean, general_feedback, option_feedback
from kg.quiz.item import Item, Quiz, digest

LIBRARIES: Final = {"H5P.QuestionSet": (1, 20), "H5P.MultiChoice": (1, 16), "H5P.TrueFalse": (1, 8)}
PASS_PERCENTAGE: Final = 60


def to_h5p(quiz: Quiz) -> bytes:
    """An .h5p with h5p.json and content/content.json."""
    questions = [_question(item) for item in quiz.items]
    content = {
        "introPage": {"showIntroPage": True, "title": _shown(quiz.title), "introduction": f"<p>{NOTICE}</p>"},
        "progressType": "textual",
        "passPercentage": PASS_PERCENTAGE,
        "disableBackwardsNavigation": False,
        "randomQuestions": False,
        "questions": questions,
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": True,
            "overallFeedback": [{"from": 0, "to": 100, "feedback": NOTICE}],
        },
        "override": {"checkButton": True},
    }
    used = {"H5P.QuestionSet", *(one["library"].split()[0] for one in questions)}
    package = {
        "title": clean(quiz.title),
        "language": "en",
        "mainLibrary": "H5P.QuestionSet",
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": str(major), "minorVersion": str(minor)}
            for name, (major, minor) in LIBRARIES.items()
            if name in used
        ],
    }
    files = {"h5p.json": _json(package), "content/content.json": _json(content)}
    return zipped(files, first=("h5p.json",))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _shown(text: str) -> str:
    return html.escape(clean(text), quote=True)


def _question(item: Item) -> dict[str, Any]:
    name = "H5P.TrueFalse" if item.is_true_false else "H5P.MultiChoice"
    major, minor = LIBRARIES[name]
    return {
        "library": f"{name} {major}.{minor}",
        "params": _true_false(item) if item.is_true_false else _choice(item),
        "subContentId": str(UUID(digest([item.id]) + digest([item.id, "h5p"]) + item.id[:8])),
        "metadata": {"contentType": name, "license": "U", "title": clean(item.stem)[:120]},
    }


def _choice(item: Item) -> dict[str, Any]:
    return {
        "question": f"<p>{_shown(item.stem)}</p>",
        "answers": [
            {
                "text": f"<div>{_shown(option.text)}</div>",
                "correct": option.correct,
                "tipsAndFeedback": {"tip": "", "chosenFeedback": _shown(_told(item, place)), "notChosenFeedback": ""},
            }
            for place, option in enumerate(item.options)
        ],
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "type": "single",
            "singlePoint": True,
            "randomAnswers": not item.fixed_order,
            "showSolutionsRequiresInput": True,
        },
        "overallFeedback": [{"from": 0, "to": 100, "feedback": _shown(general_feedback(item))}],
    }


def _told(item: Item, place: int) -> str:
    return option_feedback(item.options[place], item)


def _true_false(item: Item) -> dict[str, Any]:
    right = item.options[item.key].text.lower()
    return {
        "question": f"<p>{_shown(item.stem)}</p>",
        "correct": right,
        "behaviour": {
            "enableRetry": True,
            "enableSolutionsButton": True,
            "enableCheckButton": True,
            "confirmCheckDialog": False,
            "confirmRetryDialog": False,
            "autoCheck": False,
            "feedbackOnCorrect": clean(general_feedback(item)),
            "feedbackOnWrong": clean(f"{_told(item, 1 - item.key)} {general_feedback(item)}"),
        },
    }
