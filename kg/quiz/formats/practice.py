"""This module writes a page to practise with: one HTML file that works offline and asks for nothing from anywhere.

Questions are forms in the page itself, escaped; a policy (CSP) in the page allows its own style and script by their
hash, and nothing else, so that nothing of a paper could run or be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import html
from string import ascii_uppercase
from typing import Final

from kg.quiz.formats.told import NOTICE, cited, clean, option_feedback
from kg.quiz.item import Item, Option, Quiz

STYLE: Final = """
:root{color-scheme:light dark;--line:#767f88;--right:#0b6b4f;--wrong:#a43a00;--tint:#f3f5f7}
@media(prefers-color-scheme:dark){:root{--line:#8a949d;--right:#63d3a6;--wrong:#ffaa5c;--tint:#1f252b}}
*{box-sizing:border-box}body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;
background:#fff;color:#14181c}
@media(prefers-color-scheme:dark){body{background:#14181c;color:#e8ecef}}
fieldset{border:1px solid var(--line);border-radius:6px;margin:1.2rem 0;padding:.8rem 1rem;min-width:0}
legend{font-weight:600;padding:0 .3rem}
label{display:flex;gap:.6rem;padding:.35rem 0;align-items:baseline;min-height:24px}
input{flex:none;width:1.1rem;height:1.1rem}
button{font:inherit;padding:.35rem .9rem;min-height:2.2rem;margin:.3rem .6rem .3rem 0}
:focus-visible{outline:3px solid #005a9c;outline-offset:2px}
@media(prefers-color-scheme:dark){:focus-visible{outline-color:#7cc4ff}}
.told{border-left:4px solid var(--line);background:var(--tint);padding:.5rem .8rem;margin:.6rem 0}
.told.right{border-color:var(--right)}.told.wrong{border-color:var(--wrong)}
blockquote{margin:.4rem 0 .4rem .6rem}.quiet{font-size:.9rem}p,li,label span{overflow-wrap:anywhere}
"""

SCRIPT: Final = """
(() => {
const forms = [...document.querySelectorAll('form[data-item]')];
const score = document.getElementById('score');
const tell = () => {
  const done = forms.filter(f => f.dataset.points !== undefined);
  const got = done.reduce((sum, f) => sum + Number(f.dataset.points), 0);
  const most = forms.reduce((sum, f) => sum + Number(f.dataset.most), 0);
  score.textContent = `Score: ${got} of ${most} points, ${done.length} of ${forms.length} questions answered.`;
};
for (const form of forms) {
  const told = form.querySelector('[data-told]');
  form.addEventListener('submit', event => {
    event.preventDefault();
    const taken = form.querySelector('input:checked');
    for (const one of form.querySelectorAll('[data-for]')) one.hidden = !taken || one.dataset.for !== taken.value;
    form.querySelector('[data-none]').hidden = Boolean(taken);
    form.querySelector('[data-general]').hidden = !taken;
    told.hidden = false;
    if (taken && form.dataset.points === undefined) {
      form.dataset.points = taken.dataset.right ? form.dataset.most : 0;
      tell();
    }
    told.focus();
  });
  form.addEventListener('reset', () => { told.hidden = true; });
}
document.getElementById('again').addEventListener('click', () => {
  for (const form of forms) { form.reset(); delete form.dataset.points; }
  tell(); forms[0] && forms[0].querySelector('input').focus();
});
tell();
})();
"""


def to_html(quiz: Quiz) -> bytes:
    """The whole page."""
    title = _shown(quiz.title)
    policy = (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    questions = "\n".join(_question(number, item) for number, item in enumerate(quiz.items, 1))
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{NOTICE}</p>
{questions}
<h2>Result</h2>
<p id="score" role="status">The page needs JavaScript to check answers.</p>
<p><button type="button" id="again">Start again</button></p>
<p class="quiet">Graph {_shown(quiz.graph_hash[:12])}</p>
</main>
<script>{SCRIPT}</script>
</body>
</html>
"""
    return page.encode()


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _shown(text: str) -> str:
    return html.escape(clean(text), quote=True)


def _question(number: int, item: Item) -> str:
    name = f"q{number}"
    options = "\n".join(
        _option(name, letter, option) for letter, option in zip(ascii_uppercase, item.options, strict=False)
    )
    told = "\n".join(_told(letter, option, item) for letter, option in zip(ascii_uppercase, item.options, strict=False))
    quotes = "".join(f"<blockquote>{_shown(cited(quote))}</blockquote>" for quote in item.quotes)
    return f"""<form data-item="{item.id}" data-most="{item.points:g}">
<fieldset>
<legend>{number}. {_shown(item.stem)}</legend>
{options}
<p><button>Check</button><button type="reset">Clear</button></p>
<div data-told hidden tabindex="-1" role="status">
<p data-none>Choose an answer first.</p>
{told}
<div data-general hidden><p>{_shown(item.feedback)}</p>{quotes}</div>
</div>
</fieldset>
</form>"""


def _option(name: str, letter: str, option: Option) -> str:
    right = ' data-right="1"' if option.correct else ""
    return (
        f'<label><input type="radio" name="{name}" value="{letter}"{right}>'
        f"<span>{letter}. {_shown(option.text)}</span></label>"
    )


def _told(letter: str, option: Option, item: Item) -> str:
    kind, word = ("right", "Right.") if option.correct else ("wrong", "Not right.")
    told = f"<p><b>{word}</b> {_shown(option_feedback(option, item))}</p>"
    return f'<div class="told {kind}" data-for="{letter}" hidden>{told}</div>'
