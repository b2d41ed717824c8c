"""Sets an essay with one of six engines and gives the PDF's path.

A layout is a dict: columns, font, size (pt), paper (width, height in mm), margin (mm), skip (paragraphs apart, else
first-line indents), justify, hyphenate, header (running head or ""), number ("1", "Page 1", "- 1 -", "Page 1 of 2" or
""), number_at ("foot", "head").
"""
import html
import os
import re
import shutil
import subprocess

from essay import MARK


def run(command, **kw):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kw)
    if done.returncode:
        raise RuntimeError("%s: %s" % (command[0], (done.stderr or done.stdout).decode("utf-8", "replace")[-600:]))
    return done.stdout


def pieces(text, notes):
    """A paragraph as plain runs and notes: [("text", …), ("note", block)]."""
    out, at = [], 0
    for m in MARK.finditer(text):
        out.append(("text", text[at:m.start()]))
        out.append(("note", notes[int(m.group(1)) - 1]))
        at = m.end()
    out.append(("text", text[at:]))
    return [p for p in out if p[0] == "note" or p[1]]


# ---- typst

def typst(essay, lay, folder, rng):
    import typst as compiler

    def q(s):
        return '#("' + s.replace("\\", "\\\\").replace('"', '\\"') + '")'

    def par(text):
        return "".join(q(t) if k == "text" else "#footnote[%s]" % q(t.text) for k, t in pieces(text, essay.notes))

    number = {"": "none", "1": 'align(center)[#context counter(page).display("1")]',
              "- 1 -": 'align(center)[#("- ")#context counter(page).display("1")#(" -")]',
              "Page 1": 'align(right)[#("Page ")#context counter(page).display("1")]',
              "Page 1 of 2": 'align(center)[#("Page ")#context counter(page).display("1 of 1", both: true)]'}[lay["number"]]
    head = q(lay["header"])[1:] if lay["header"] else None
    header, footer = "none", "none"
    if lay["number_at"] == "head" and lay["number"] == "1":
        header = "[%s #h(1fr) #context counter(page).display(\"1\")]" % ("#" + head if head else "")
    else:
        header = "[#%s]" % head if head else "none"
        footer = number
    out = ['#set page(width: %dmm, height: %dmm, margin: %dmm, columns: %d, header: %s, footer: %s)' % (
        lay["paper"][0], lay["paper"][1], lay["margin"], lay["columns"], header, footer),
        '#set columns(gutter: %dmm)' % lay.get("gutter", 6),
        '#set text(font: "%s", size: %.1fpt, lang: "%s", hyphenate: %s)' % (lay["font"], lay["size"], lay.get("lang", "en"), str(lay["hyphenate"]).lower()),
        '#set par(justify: %s, leading: 0.6em, spacing: %s, first-line-indent: %s)' % (
            str(lay["justify"]).lower(), "1.2em" if lay["skip"] else "0.6em", "0em" if lay["skip"] else "1.2em"),
        '#show heading: it => block(above: 1.4em, below: %s, text(hyphenate: false, it.body))' % lay.get("heading_below", "0.8em")]
    group = None
    for b in essay.set_blocks:
        if b.kind == "list":
            # bullets are set by hand, as a hanging paragraph, so that the marker is the one the truth names
            mark = "\u2022" if b.bullet == "*" else b.bullet
            out.append("#block(above: 0.6em, below: 0.6em, grid(columns: (1.6em, 1fr), [%s], [%s]))" % (q(mark), par(b.text)))
        elif b.role == "title":
            out.append("#block(below: 1em, par(justify: false, first-line-indent: 0em, text(size: 1.6em, weight: \"bold\", hyphenate: false)[%s]))" % q(b.text))
        elif b.kind == "meta":
            out.append("#block(below: 0.7em, par(first-line-indent: 0em, justify: false, text(hyphenate: false)[%s]))" % q(b.text))
        elif b.kind == "heading":
            out.append("#heading(outlined: false)[%s]" % q(b.text))
        elif b.kind == "quote":
            out.append("#pad(left: 2.5em, right: 2em, par(first-line-indent: 0em)[%s])" % par(b.text))
        elif b.kind == "separator":
            out.append("#align(center)[%s]" % q(b.text))
        elif b.kind in ("caption", "boilerplate"):
            out.append("#block(above: 1.2em, below: 1.2em, par(first-line-indent: 0em, text(size: 0.85em)[%s]))" % q(b.text))
        else:
            out.append(par(b.text))
        out.append("")
    path = os.path.join(folder, "t.typ")
    open(path, "w", encoding="utf-8").write("\n".join(out))
    pdf = os.path.join(folder, "t.pdf")
    compiler.compile(path, output=pdf)
    return pdf


# ---- WeasyPrint

def weasy(essay, lay, folder, rng):
    from weasyprint import HTML

    def par(text):
        return "".join(html.escape(t, quote=False) if k == "text" else '<span class="fn">%s</span>' % html.escape(t.text, quote=False)
                       for k, t in pieces(text, essay.notes))

    number = {"": '""', "1": "counter(page)", "- 1 -": '"- " counter(page) " -"', "Page 1": '"Page " counter(page)',
              "Page 1 of 2": '"Page " counter(page) " of " counter(pages)'}[lay["number"]]
    at = "@top-right" if lay["number_at"] == "head" else "@bottom-center"
    css = """@page { size: %dmm %dmm; margin: %dmm; @top-left { content: "%s"; font-size: 8pt } %s { content: %s; font-size: 8pt }
      @footnote { float: bottom } }
      body { font: %.1fpt "%s"; line-height: 1.25; text-align: %s; hyphens: %s }
      .flow { columns: %d; column-gap: %dmm } p { margin: %s; text-indent: %s; orphans: 2; widows: 2 }
      h1, h2, .m { hyphens: none; text-align: left; text-indent: 0 } h1 { font-size: 1.6em; margin: 0 0 .5em } h2 { font-size: 1.1em; margin: 1em 0 .4em }
      .m { margin: 0 0 .4em } blockquote { margin: .8em 2em .8em 2.5em } blockquote p, .c { text-indent: 0 } .c { font-size: .85em; margin: .8em 0 }
      .s { text-align: center; text-indent: 0; margin: .8em 0 } .li { margin: .3em 0 .3em 1.6em; text-indent: -1.6em }
      .fn { float: footnote; font-size: 8pt; text-indent: 0; text-align: left } .fn::footnote-marker { content: counter(footnote) " " } """ % (
        lay["paper"][0], lay["paper"][1], lay["margin"], lay["header"].replace('"', "'"), at, number, lay["size"], lay["font"],
        "justify" if lay["justify"] else "left", "auto" if lay["hyphenate"] else "manual", lay["columns"], lay.get("gutter", 6),
        "0 0 .8em" if lay["skip"] else "0", "0" if lay["skip"] else "1.2em")
    out = ['<html lang="%s"><style>%s</style><body><div class="flow">' % (lay.get("lang", "en"), css)]
    for b in essay.set_blocks:
        text = par(b.text)
        if b.role == "title":
            out.append("<h1>%s</h1>" % text)
        elif b.kind == "meta":
            out.append('<p class="m">%s</p>' % text)
        elif b.kind == "heading":
            out.append("<h2>%s</h2>" % text)
        elif b.kind == "quote":
            out.append("<blockquote><p>%s</p></blockquote>" % text)
        elif b.kind == "separator":
            out.append('<p class="s">%s</p>' % text)
        elif b.kind in ("caption", "boilerplate"):
            out.append('<p class="c">%s</p>' % text)
        elif b.kind == "list":
            out.append('<p class="li">%s %s</p>' % ("\u2022" if b.bullet == "*" else b.bullet, text))
        else:
            out.append("<p>%s</p>" % text)
    out.append("</div></body></html>")
    pdf = os.path.join(folder, "w.pdf")
    HTML(string="\n".join(out)).write_pdf(pdf)
    return pdf


# ---- LaTeX

TEX = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}",
       "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "\u2014": "---", "\u2013": "--", "\u2018": "`", "\u2019": "'",
       "\u201c": "``", "\u201d": "''", '"': r"\textquotedbl{}", "\u2022": r"\textbullet{}", "*": r"{*}", "<": r"\textless{}", ">": r"\textgreater{}"}


def tex(essay, lay, folder, rng):
    def q(s):
        return "".join(TEX.get(c, c) for c in s)

    def par(text):
        return "".join(q(t) if k == "text" else r"\footnote{%s}" % q(t.text) for k, t in pieces(text, essay.notes))

    number = {"": "", "1": r"\thepage", "- 1 -": r"-- \thepage{} --", "Page 1": r"Page \thepage", "Page 1 of 2": r"Page \thepage"}[lay["number"]]
    foot = lay["number_at"] != "head"
    out = [r"\documentclass[%dpt%s]{article}" % (lay["size"], ",twocolumn" if lay["columns"] == 2 else ""),
           r"\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{textcomp}\usepackage{%s}" % lay["font"],
           r"\usepackage[paperwidth=%dmm,paperheight=%dmm,margin=%dmm]{geometry}" % (*lay["paper"], lay["margin"]),
           r"\usepackage{fancyhdr}\pagestyle{fancy}\fancyhf{}\renewcommand{\headrulewidth}{0pt}",
           r"\lhead{%s}%s" % (q(lay["header"]), (r"\cfoot{%s}" if foot else r"\rhead{%s}") % number if number else ""),
           r"\setlength{\parindent}{%s}\setlength{\parskip}{%s}" % (("0pt", "6pt plus 2pt") if lay["skip"] else ("1.2em", "0pt")),
           "" if lay["hyphenate"] else r"\hyphenpenalty=10000", "" if lay["justify"] else r"\raggedright",
           r"\setlength{\columnsep}{%dmm}" % lay.get("gutter", 6), r"\begin{document}\emergencystretch=2em"]
    for b in essay.set_blocks:
        text = par(b.text)
        if b.role == "title":
            out.append(r"{\noindent\raggedright\hyphenpenalty=10000\Large\bfseries %s\par}\medskip" % text)
        elif b.kind == "meta":
            out.append(r"{\noindent\raggedright\hyphenpenalty=10000 %s\par}" % text)
        elif b.kind == "heading":
            out.append(r"\section*{\raggedright\hyphenpenalty=10000\large %s}" % text)
        elif b.kind == "quote":
            out.append("\\begin{quote}%s\\end{quote}" % text)
        elif b.kind == "separator":
            out.append(r"\begin{center}%s\end{center}" % text)
        elif b.kind in ("caption", "boilerplate"):
            out.append(r"\par\medskip{\noindent\small %s\par}\medskip" % text)
        elif b.kind == "list":
            mark = r"\textbullet" if b.bullet == "*" else b.bullet
            out.append("\\begin{list}{}{\\topsep0pt\\itemsep0pt\\parsep0pt\\leftmargin2em\\labelwidth1.6em}\\item[%s] %s\\end{list}" % (mark, text))
        else:
            out.append(text)
        out.append("")
    out.append(r"\end{document}")
    open(os.path.join(folder, "x.tex"), "w", encoding="utf-8").write("\n".join(out))
    for _ in range(2):
        run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "x.tex"], cwd=folder)
    return os.path.join(folder, "x.pdf")


# ---- groff -ms

def troff(text):
    text = text.replace("\\", "\\e")
    for a, b in (("\u2014", "\\(em"), ("\u2013", "\\(en"), ("\u2018", "\\(oq"), ("\u2019", "\\(cq"), ("\u201c", "\\(lq"), ("\u201d", "\\(rq"),
                 ("\u2022", "\\(bu"), ('"', "\\(dq"), ("'", "\\(aq")):
        text = text.replace(a, b)
    text = "".join(c if ord(c) < 128 else "\\[u%04X]" % ord(c) for c in text)
    return "\\&" + text if text[:1] in ".'" else text


def groff_source(essay, lay, device):
    number = {"": "", "1": "%", "- 1 -": "- % -", "Page 1": "Page %", "Page 1 of 2": "Page %"}[lay["number"]]
    foot = lay["number_at"] != "head"
    width, height = lay["paper"]
    out = [".nr LL %dm" % (width - 2 * lay["margin"]) if device == "utf8" else ".nr LL %.2fc" % ((width - 2 * lay["margin"]) / 10)]
    if device != "utf8":
        out += [".nr PO %.2fc" % (lay["margin"] / 10), ".nr PS %d" % lay["size"], ".nr VS %d" % (lay["size"] + 2), ".nr HM 2c", ".nr FM 2c",
                ".pl %.1fc" % (height / 10), ".fam %s" % lay["font"]]
    else:
        out = [".nr LL %dn" % lay["width"], ".nr PO %dn" % lay.get("offset", 0), ".pl 66"]
    out += [".ds LH %s" % troff(lay["header"]), ".ds CH", ".ds RH %s" % ("" if foot else number), ".ds CF %s" % (number if foot else ""), ".ds LF", ".ds RF",
            ".nr PI 1.2m", ".nr PD %s" % (("1v" if device == "utf8" else "0.5v") if lay["skip"] else "0v"), ".nr FI 0"]
    if not lay["hyphenate"]:
        out += [".nr HY 0"]
    if not lay["justify"]:
        out += [".ad l", ".nr GROWPS 0"]
    started = False
    for b in essay.set_blocks:
        lines = []
        for k, t in pieces(b.text, essay.notes):
            if k == "text":
                lines.append(troff(t))
            else:
                lines[-1] += "\\**"
                lines += [".FS", troff(t.text), ".FE"]
        # a run after a note goes on without a space unless it starts with one
        text, first = [], True
        for line in lines:
            text.append(line[1:] if line.startswith(" ") else line)
        if b.role == "title":
            out += [".LP", ".ad l", ".ft B", ".hy 0", ".ps +4", ".vs +4"] + text + [".br", ".ps -4", ".vs -4", ".ft R", ".sp 0.5v"]
        elif b.kind == "meta":
            out += [".LP", ".ad l", ".hy 0"] + text
        elif b.kind == "heading":
            out += [".SH"] + text
        elif b.kind == "quote":
            out += [".QP"] + text
        elif b.kind == "separator":
            out += [".LP", ".ce 1"] + text
        elif b.kind in ("caption", "boilerplate"):
            out += [".LP"] + text
        elif b.kind == "list":
            out += [".IP %s 3" % ("\\(bu" if b.bullet == "*" else b.bullet)] + text
        else:
            out += [".LP" if lay["skip"] or not started else ".PP"] + text
        if b.kind not in ("meta",):
            started = True
        if lay["columns"] == 2 and (started or not essay.title) and ".2C" not in out:
            at = len(out) - len(text) - 1
            out.insert(at, ".2C")
    return "\n".join(out) + "\n"


def groff(essay, lay, folder, rng):
    src = groff_source(essay, lay, "pdf")
    width, height = lay["paper"]
    pdf = os.path.join(folder, "g.pdf")
    done = run(["groff", "-ms", "-Tpdf", "-P-p%.2fc,%.2fc" % (height / 10, width / 10)], input=src.encode())
    open(pdf, "wb").write(done)
    return pdf


def nroff(essay, lay):
    """The same essay as a terminal manual: text, justified by spaces and hyphenated."""
    text = run(["groff", "-ms", "-Tutf8", "-P-c", "-P-b", "-P-u", "-P-o"], input=groff_source(essay, lay, "utf8").encode()).decode("utf-8")
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


# ---- reportlab

def reportlab(essay, lay, folder, rng):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    w, h = lay["paper"][0] * mm, lay["paper"][1] * mm
    m = lay["margin"] * mm
    cols = lay["columns"]
    gap = lay.get("gutter", 6) * mm
    cw = (w - 2 * m - gap * (cols - 1)) / cols
    frames = [Frame(m + i * (cw + gap), m, cw, h - 2 * m, 0, 0, 0, 0) for i in range(cols)]

    def page(canvas, doc):
        canvas.setFont(lay["font"], 8)
        canvas.drawString(m, h - m + 5 * mm, lay["header"])
        n = {"": "", "1": "%d", "- 1 -": "- %d -", "Page 1": "Page %d", "Page 1 of 2": "Page %d"}[lay["number"]]
        if n:
            if lay["number_at"] == "head":
                canvas.drawRightString(w - m, h - m + 5 * mm, n % doc.page)
            else:
                canvas.drawCentredString(w / 2, m - 8 * mm, n % doc.page)

    base = dict(fontName=lay["font"], fontSize=lay["size"], leading=lay["size"] * 1.25, alignment=4 if lay["justify"] else 0,
                hyphenationLang="en_US" if lay["hyphenate"] else "", embeddedHyphenation=1, uriWasteReduce=0)
    skip = lay["size"] * 0.8 if lay["skip"] else 0
    S = {
        "body": ParagraphStyle("b", spaceAfter=skip, firstLineIndent=0 if lay["skip"] else 12, **base),
        "title": ParagraphStyle("t", **{**base, "fontSize": lay["size"] * 1.6, "leading": lay["size"] * 1.9, "alignment": 0, "hyphenationLang": ""}, spaceAfter=6),
        "meta": ParagraphStyle("m", **{**base, "alignment": 0, "hyphenationLang": ""}, spaceAfter=4),
        "heading": ParagraphStyle("h", **{**base, "fontName": lay["bold"], "alignment": 0, "hyphenationLang": ""}, spaceBefore=8, spaceAfter=4),
        "quote": ParagraphStyle("q", **base, leftIndent=24, rightIndent=18, spaceBefore=6, spaceAfter=6),
        "separator": ParagraphStyle("s", **{**base, "alignment": 1}, spaceBefore=6, spaceAfter=6),
        "caption": ParagraphStyle("c", **{**base, "fontSize": lay["size"] - 1.5}, spaceBefore=6, spaceAfter=6),
        "list": ParagraphStyle("l", **base, leftIndent=16, bulletIndent=2, spaceAfter=2),
    }
    story = []
    for b in essay.set_blocks:
        text = html.escape(MARK.sub("", b.text), quote=False)
        style = S["title"] if b.role == "title" else S.get("caption" if b.kind == "boilerplate" else b.kind, S["body"])
        story.append(Paragraph(text, style, bulletText=("\u2022" if b.bullet == "*" else b.bullet) if b.kind == "list" else None))
    pdf = os.path.join(folder, "r.pdf")
    doc = BaseDocTemplate(pdf, pagesize=(w, h), invariant=1)
    doc.addPageTemplates([PageTemplate(frames=frames, onPage=page)])
    doc.build(story)
    return pdf


# ---- LibreOffice

def office(essay, lay, folder, rng):
    def q(s):
        return html.escape(s, quote=False)

    def par(text):
        out = []
        for k, t in pieces(text, essay.notes):
            out.append(q(t) if k == "text" else
                       '<text:note text:id="f%s" text:note-class="footnote"><text:note-citation>%s</text:note-citation><text:note-body>'
                       '<text:p text:style-name="F">%s</text:p></text:note-body></text:note>' % (t.bullet, t.bullet, q(t.text)))
        return "".join(out)

    def style(name, extra="", props="", size=None, bold=False):
        return ('<style:style style:name="%s" style:family="paragraph"><style:paragraph-properties fo:text-align="%s" %s/>'
                '<style:text-properties style:font-name="%s" fo:font-family="%s" fo:font-size="%.1fpt" fo:language="en" fo:country="US" '
                'fo:hyphenate="%s" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="3" %s %s/></style:style>') % (
            name, "start" if props == "left" else "center" if props == "center" else "justify" if lay["justify"] else "start", extra,
            lay["font"], lay["font"], size or lay["size"], "true" if lay["hyphenate"] and props != "left" else "false",
            'fo:font-weight="bold"' if bold else "", "")

    number = {"": "", "1": "%s", "- 1 -": "- %s -", "Page 1": "Page %s", "Page 1 of 2": "Page %s of <text:page-count/>"}[lay["number"]]
    number = number.replace("%s", "<text:page-number/>") if number else ""
    foot = lay["number_at"] != "head"
    head = q(lay["header"])
    header = "<style:header><text:p text:style-name=\"M\">%s%s</text:p></style:header>" % (head, "" if foot else "<text:tab/>" + number) if head or not foot else ""
    footer = "<style:footer><text:p text:style-name=\"S\">%s</text:p></style:footer>" % number if foot and number else ""
    styles = "".join([
        style("B", 'fo:margin-bottom="%s" fo:text-indent="%s"' % (("0.22cm", "0cm") if lay["skip"] else ("0cm", "0.5cm"))),
        style("T", 'fo:margin-bottom="0.3cm"', "left", lay["size"] * 1.5, True), style("M", 'fo:margin-bottom="0.1cm"', "left"),
        style("H", 'fo:margin-top="0.4cm" fo:margin-bottom="0.15cm" fo:keep-with-next="always"', "left", lay["size"] + 1, True),
        style("Q", 'fo:margin-left="1.2cm" fo:margin-right="1cm" fo:margin-top="0.2cm" fo:margin-bottom="0.2cm"'),
        style("S", 'fo:margin-top="0.2cm" fo:margin-bottom="0.2cm"', "center"), style("C", 'fo:margin-top="0.2cm" fo:margin-bottom="0.2cm"', "", lay["size"] - 1.5),
        style("L", 'fo:margin-left="0.8cm" fo:text-indent="-0.6cm"'), style("F", "", "", lay["size"] - 2)])
    out = ['<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
           'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
           'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2" '
           'office:mimetype="application/vnd.oasis.opendocument.text">',
           '<office:styles>%s</office:styles><office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties '
           'fo:page-width="%dmm" fo:page-height="%dmm" fo:margin="%dmm"/></style:page-layout>' % (styles, *lay["paper"], lay["margin"]),
           '<style:style style:name="X" style:family="section"><style:section-properties><style:columns fo:column-count="%d" fo:column-gap="%dmm"/>'
           '</style:section-properties></style:style></office:automatic-styles>' % (lay["columns"], lay.get("gutter", 6)),
           '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">%s%s</style:master-page></office:master-styles>' % (header, footer),
           '<office:body><office:text>']
    opened = False
    for b in essay.set_blocks:
        if lay["columns"] == 2 and not opened and b.kind != "meta":
            out.append('<text:section text:style-name="X" text:name="s">')
            opened = True
        name = {"meta": "M", "heading": "H", "quote": "Q", "separator": "S", "caption": "C", "boilerplate": "C", "list": "L"}.get(b.kind, "B")
        if b.role == "title":
            name = "T"
        mark = ("\u2022" if b.bullet == "*" else b.bullet) + " " if b.kind == "list" else ""
        out.append('<text:p text:style-name="%s">%s%s</text:p>' % (name, mark, par(b.text)))
    out.append("%s</office:text></office:body></office:document>" % ("</text:section>" if opened else ""))
    path = os.path.join(folder, "o.fodt")
    open(path, "w", encoding="utf-8").write("".join(out))
    run(["soffice", "--headless", "-env:UserInstallation=file://" + os.path.join(folder, "profile"), "--convert-to", "pdf", "--outdir", folder, path])
    shutil.rmtree(os.path.join(folder, "profile"), ignore_errors=True)
    return os.path.join(folder, "o.pdf")


ENGINES = {"typst": typst, "weasy": weasy, "tex": tex, "groff": groff, "reportlab": reportlab, "lo": office}
