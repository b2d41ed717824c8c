"""What is made: (name, recipe) for each set. Where a value is a list, each document draws from it.

The sets share no prose and few layouts. Engines and tools marked with a star stand in `judge` only; texts made by w3m, pandoc and
pymupdf were looked at apart from these sets since, so that only their documents are unseen, not their kinds.
"""
A4, LETTER, A5, SMALL = (210, 297), (216, 279), (148, 210), (170, 240)
NUMBERS = ["1", "1", "- 1 -", "Page 1", "Page 1 of 2", ""]
COMMON = {"justify": [True, True, False], "hyphenate": [True, True, True, False], "number": NUMBERS, "number_at": ["foot", "foot", "head"], "skip": [True, False]}


def page(**kw):
    return dict(COMMON, **kw)


TUNE = {
    "typst": page(font=["Libertinus Serif", "New Computer Modern"], size=[10, 10.5, 11], paper=[A4, A5], margin=[20, 25], columns=1),
    "weasy": page(font=["Liberation Serif", "DejaVu Serif"], size=[9.5, 10, 11], paper=[A5, LETTER], margin=[18, 22], columns=1),
    "tex": page(font=["lmodern", "mathptmx"], size=[10, 11], paper=[A4, SMALL], margin=[22, 30], columns=1),
    "groff": page(font=["T", "P"], size=[10, 11], paper=[A4, LETTER], margin=[25, 30], columns=1),
    "lo": page(font=["Liberation Serif"], size=[10, 11], paper=[A4, A5], margin=[20, 24], columns=1),
}
JUDGE = {
    "typst": page(font=["Liberation Serif", "DejaVu Sans"], size=[9, 9.5, 10], paper=[LETTER, SMALL], margin=[22, 30], columns=1),
    "weasy": page(font=["Linux Libertine O", "Liberation Sans"], size=[9, 10.5, 12], paper=[A4, SMALL], margin=[20, 28], columns=1),
    "tex": page(font=["mathpazo", "helvet", "bookman"], size=[10, 12], paper=[LETTER, A5], margin=[18, 26], columns=1),
    "groff": page(font=["N", "BM", "H"], size=[9, 12], paper=[SMALL, A4], margin=[22, 28], columns=1),
    "lo": page(font=["DejaVu Serif", "Linux Libertine G", "Liberation Sans"], size=[9, 12], paper=[LETTER, SMALL], margin=[22, 28], columns=1),
    "reportlab": page(font="Times-Roman", bold="Times-Bold", size=[10, 11], paper=[A4, SMALL], margin=[22, 28], columns=1),
}


def two(lay):
    """The same page in two columns, the paper not too small for them."""
    return dict(lay, columns=2, paper=[p for p in lay["paper"] if p[0] > 160] or lay["paper"], margin=[16, 20], gutter=[6, 8])


def pdf(cls, engine, extract, lay, count, **kw):
    return dict(kw, kind="pdf", **{"class": cls}, engine=engine, extract=extract, layout=lay, count=count)


def seed(engine, lay, count):
    return {"kind": "seedlike", "class": "seedlike", "engine": engine, "layout": dict(two(lay), hyphenate=True, skip=True), "count": count}


def web(cls, tool, count):
    return {"kind": "web", "class": cls, "tool": tool, "count": count}


def text(cls, style, count):
    return {"kind": "wrapped", "class": cls, "style": style, "count": count}


def abroad(lang, engine, extract="", lay=None, count=1):
    return {"kind": "abroad", "class": "abroad", "lang": lang, "engine": engine, "extract": extract, "layout": lay, "count": count}


RECIPES = {
    "tune": [
        ("lang-de-weasy", abroad("de", "weasy", "raw", TUNE["weasy"])),
        ("lang-fr-weasy", abroad("fr", "weasy", "layout", TUNE["weasy"])),
        ("lang-es-typst", abroad("es", "typst", "default", TUNE["typst"])),
        ("lang-de-typst", abroad("de", "typst", "layout", TUNE["typst"])),
        ("lang-fr-wrap", abroad("fr", "wrap")),
        ("lang-ja-wrap", abroad("ja", "wrap", count=2)),
        ("seed-typst", seed("typst", TUNE["typst"], 3)),
        ("seed-tex", seed("tex", TUNE["tex"], 3)),
        ("seed-weasy", seed("weasy", TUNE["weasy"], 2)),
        ("paste", web("web-paste", "paste", 6)),
        ("wrap-blank", text("plain-wrap", "blank", 3)),
        ("wrap-indent", text("plain-wrap", "indented", 2)),
        ("wrap-double", text("plain-wrap", "double", 1)),
        ("wrap-nroff", text("plain-wrap", "nroff", 2)),
        ("numbered", text("plain-other", "numbered", 1)),
        ("transcript", text("plain-other", "transcript", 2)),
        ("conversation", text("plain-other", "conversation", 2)),
        ("gut", text("plain-gutenberg", "gutenberg", 5)),
        ("dump-lynx", web("web-dump", "lynx", 3)),
        ("dump-html2text", web("web-dump", "html2text", 3)),
        ("raw-typst", pdf("pdf-raw", "typst", "raw", TUNE["typst"], 2, notes=True)),
        ("raw-weasy", pdf("pdf-raw", "weasy", "raw", TUNE["weasy"], 2, notes=True)),
        ("raw-tex", pdf("pdf-raw", "tex", "raw", TUNE["tex"], 3, notes=True)),
        ("raw-tex2", pdf("pdf-raw", "tex", "raw", two(TUNE["tex"]), 1)),
        ("def-typst", pdf("pdf-default", "typst", "default", TUNE["typst"], 2, notes=True)),
        ("def-tex", pdf("pdf-default", "tex", "default", TUNE["tex"], 3, notes=True)),
        ("def-groff", pdf("pdf-default", "groff", "default", TUNE["groff"], 2, notes=True)),
        ("def2-typst", pdf("pdf-default-2col", "typst", "default", two(TUNE["typst"]), 3)),
        ("def2-tex", pdf("pdf-default-2col", "tex", "default", two(TUNE["tex"]), 3, notes=True)),
        ("miner-tex", pdf("pdf-other", "tex", "pdfminer", TUNE["tex"], 1)),
        ("miner-lo", pdf("pdf-other", "lo", "pdfminer", TUNE["lo"], 1)),
        ("lay-typst", pdf("pdf-layout", "typst", "layout", TUNE["typst"], 2, notes=True)),
        ("lay-lo", pdf("pdf-layout", "lo", "layout", TUNE["lo"], 3, notes=True)),
        ("lay-tex", pdf("pdf-layout", "tex", "layout", TUNE["tex"], 2, notes=True)),
        ("lay2-typst", pdf("pdf-layout-2col", "typst", "layout", two(TUNE["typst"]), 3)),
        ("lay2-tex", pdf("pdf-layout-2col", "tex", "layout", two(TUNE["tex"]), 3, notes=True)),
        ("lay2-lo", pdf("pdf-layout-2col", "lo", "layout", two(TUNE["lo"]), 2)),
    ],
    "judge": [
        ("lang-it-weasy", abroad("it", "weasy", "raw", JUDGE["weasy"])),
        ("lang-pt-typst", abroad("pt", "typst", "layout", JUDGE["typst"])),
        ("lang-de-typst", abroad("de", "typst", "raw", JUDGE["typst"])),
        ("lang-nl-weasy", abroad("nl", "weasy", "default", JUDGE["weasy"])),
        ("lang-ru-wrap", abroad("ru", "wrap")),
        ("lang-zh-wrap", abroad("zh", "wrap", count=2)),
        ("seed-groff", seed("groff", JUDGE["groff"], 2)),
        ("seed-lo", seed("lo", JUDGE["lo"], 2)),
        ("seed-tex", seed("tex", JUDGE["tex"], 2)),
        ("seed-typst", seed("typst", JUDGE["typst"], 2)),
        ("paste", web("web-paste", "paste", 7)),
        ("wrap-blank", text("plain-wrap", "blank", 3)),
        ("wrap-indent", text("plain-wrap", "indented", 2)),
        ("wrap-double", text("plain-wrap", "double", 2)),
        ("wrap-nroff", text("plain-wrap", "nroff", 1)),
        ("numbered", text("plain-other", "numbered", 1)),
        ("transcript", text("plain-other", "transcript", 2)),
        ("conversation", text("plain-other", "conversation", 2)),
        ("gut", text("plain-gutenberg", "gutenberg", 6)),
        ("dump-w3m", web("web-dump", "w3m", 3)),  # *
        ("dump-pandoc", web("web-dump", "pandoc", 2)),  # *
        ("dump-lynx", web("web-dump", "lynx", 1)),
        ("dump-html2text", web("web-dump", "html2text", 1)),
        ("raw-groff", pdf("pdf-raw", "groff", "raw", JUDGE["groff"], 2, notes=True)),
        ("raw-weasy", pdf("pdf-raw", "weasy", "raw", JUDGE["weasy"], 2, notes=True)),
        ("raw-tex", pdf("pdf-raw", "tex", "raw", JUDGE["tex"], 2, notes=True)),
        ("raw-lo", pdf("pdf-raw", "lo", "raw", JUDGE["lo"], 2, notes=True)),
        ("def-reportlab", pdf("pdf-default", "reportlab", "default", JUDGE["reportlab"], 2)),  # *
        ("def-typst", pdf("pdf-default", "typst", "default", JUDGE["typst"], 2, notes=True)),
        ("def-weasy", pdf("pdf-default", "weasy", "default", JUDGE["weasy"], 2, notes=True)),
        ("def-tex", pdf("pdf-default", "tex", "default", JUDGE["tex"], 2, notes=True)),
        ("def2-weasy", pdf("pdf-default-2col", "weasy", "default", two(JUDGE["weasy"]), 3)),
        ("def2-tex", pdf("pdf-default-2col", "tex", "default", two(JUDGE["tex"]), 2, notes=True)),
        ("def2-lo", pdf("pdf-default-2col", "lo", "default", two(JUDGE["lo"]), 1)),
        ("mupdf-tex", pdf("pdf-other", "tex", "pymupdf", JUDGE["tex"], 1, notes=True)),  # *
        ("mupdf-lo", pdf("pdf-other", "lo", "pymupdf", JUDGE["lo"], 1, notes=True)),  # *
        ("lay-weasy", pdf("pdf-layout", "weasy", "layout", JUDGE["weasy"], 2, notes=True)),
        ("lay-groff", pdf("pdf-layout", "groff", "layout", JUDGE["groff"], 2, notes=True)),
        ("lay-lo", pdf("pdf-layout", "lo", "layout", JUDGE["lo"], 2, notes=True)),
        ("lay2-weasy", pdf("pdf-layout-2col", "weasy", "layout", two(JUDGE["weasy"]), 3)),
        ("lay2-tex", pdf("pdf-layout-2col", "tex", "layout", two(JUDGE["tex"]), 2, notes=True)),
        ("lay2-lo", pdf("pdf-layout-2col", "lo", "layout", two(JUDGE["lo"]), 2)),
    ],
}
