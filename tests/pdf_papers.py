"""Small PDF papers for the tests of the reader: each is drawn on demand, none is stored."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

WIDTH, HEIGHT = A4
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=4, firstLineIndent=12)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=11, leading=14, spaceBefore=10, spaceAfter=4)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=17, leading=20, spaceAfter=12)
SMALL = ParagraphStyle("small", fontName="Times-Roman", fontSize=8, leading=9.5)
CAPTION = ParagraphStyle("caption", fontName="Times-Roman", fontSize=9, leading=11)

TITLE_TEXT = "Washout and rim enhancement in hepatic tumours: a study of forty-six patients"
SENTENCES = (
    "Washout was seen in 15 of 23 patients with neuroendocrine tumours.",
    "The apparent diffusion coefficient was 1.15 × 10<super>−3</super> mm<super>2</super>/s in 12 lesions.",
    "Enhancement in the arterial phase was reported before in 5<super>3</super> of 9 smaller series.",
    "No lesion showed calcification, and the margin was well defined in most of the larger lesions.",
    "The portal venous phase followed after seventy seconds and the delayed phase after three minutes.",
)
ROWS = (
    ("Sign", "NET (n = 23)", "Adenocarcinoma (n = 23)", "P"),
    ("Washout", "15 (65.2%)", "2 (8.7%)", "<0.001"),
    ("Rim enhancement", "9 (39.1%)", "14 (60.9%)", "0.140"),
    ("Lymphadenopathy", "7 (30.4%)", "14 (60.9%)", "0.038"),
)


def paragraphs(count: int) -> list[Flowable]:
    """Paragraphs of body text, each numbered by a first sentence of its own."""
    return [
        Paragraph(f"Paragraph number {number} opens here. " + " ".join(SENTENCES[number % 3 :] * 2), BODY)
        for number in range(1, count + 1)
    ]


def two_columns() -> bytes:
    """A paper of three pages: a title over both columns, running headers, page numbers."""
    buffer = io.BytesIO()
    gap, margin, title_height = 18.0, 50.0, 90.0
    column = (WIDTH - 2 * margin - gap) / 2
    tall, short = HEIGHT - 2 * margin - 20, HEIGHT - 2 * margin - 20 - title_height

    def frames(height: float) -> list[Frame]:
        lefts = (margin, margin + column + gap)
        return [Frame(left, margin + 10, column, height, 0, 0, 0, 0) for left in lefts]

    title = Frame(margin, margin + 10 + short, WIDTH - 2 * margin, title_height, 0, 0, 0, 0)
    document = BaseDocTemplate(buffer, pagesize=A4, title=TITLE_TEXT, author="Ann B. Roe; Xiu-Rong Yang")
    document.addPageTemplates(
        [
            PageTemplate("first", [title, *frames(short)], onPage=_running_header, autoNextPageTemplate="other"),
            PageTemplate("other", frames(tall), onPage=_running_header),
        ]
    )
    story: list[Flowable] = [Paragraph(TITLE_TEXT, TITLE), Paragraph("Ann B. Roe, Xiu-Rong Yang", CAPTION)]
    story += [Paragraph("https://doi.org/10.1234/signs.2021.7", CAPTION), Spacer(1, 60)]
    for heading in ("Introduction", "Materials and methods", "Results", "Discussion"):
        story += [Paragraph(heading, HEAD), *paragraphs(7)]
    document.build(story)
    return buffer.getvalue()


def _running_header(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, HEIGHT - 36, f"Journal of Small Signs 2021;4:{document.page}")
    canvas.drawCentredString(WIDTH / 2, 30, str(document.page))


def with_table(style: Sequence[tuple[object, ...]], rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """One page: prose, a captioned table drawn in this style with a note below it, prose."""
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=A4)
    table = Table([list(row) for row in rows], colWidths=[120, 90, 130, 60], style=TableStyle(list(style)))
    story = [Paragraph("Results", HEAD), *paragraphs(3), Spacer(1, 12)]
    story += [Paragraph("Table 1. Signs of liver metastases in both groups.", CAPTION), Spacer(1, 3), table]
    story += [Paragraph("NET, neuroendocrine tumour. Data are counts.", SMALL), Spacer(1, 16), *paragraphs(3)]
    document.build(story)
    return buffer.getvalue()


def ruled_table() -> bytes:
    return with_table([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def spanning_table() -> bytes:
    """A ruled table with a header cell over two columns and a row label over two rows."""
    rows = (
        ("Sign", "Group", "", "P"),
        ("", "NET", "Adenocarcinoma", ""),
        ("Washout", "15/23", "2/23", "<0.001"),
    )
    spans = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
    return with_table([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans], rows)


def open_table() -> bytes:
    """A table with rules above, below its header, and below only, as most journals set it."""
    lines = [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)]
    return with_table([*lines, ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)])


def _drawn(draw: Callable[[Canvas], object], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def picture_only() -> bytes:
    """What a scanner makes: a page without text."""
    return _drawn(lambda canvas: canvas.rect(50, 50, 400, 700, fill=1))


def locked() -> bytes:
    return _drawn(lambda canvas: canvas.drawString(72, 720, SENTENCES[0]), encrypt=StandardEncryption("secret"))


def upright_text() -> bytes:
    """A page of prose with a line along its margin that stands upright."""

    def draw(canvas: Canvas) -> None:
        for number, sentence in enumerate(SENTENCES[3:] * 3):
            canvas.drawString(72, 720 - 14 * number, sentence)
        canvas.rotate(90)
        canvas.drawString(100, -30, "Downloaded by a reader")

    return _drawn(draw)


def empty_pages(count: int) -> bytes:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build([PageBreak() for _ in range(count)])
    return buffer.getvalue()
