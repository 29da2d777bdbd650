"""Web pages as the programs of many sites write them, with all that stands around an article there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from tests.rerender.outline import Outline, Renderings, bold_lead, noted
from tests.rerender.pages import Tags, body

_SHELL = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - {site}</title></head><body class="{kind}">{body}</body></html>'


def _shell(o: Outline, inner: str, *, site: str = "Northfield Review", kind: str = "page") -> str:
    return _SHELL.format(title=html.escape(o.title), site=site, kind=kind, body=inner)


def _strong(words: str) -> str:
    return bold_lead(words, "<strong>", "</strong>")


def _links(o: Outline) -> str:
    """A table of contents."""
    heads = [node for node in o.nodes if node.kind == "heading"]
    return "".join(f'<li><a href="#s{i}">{html.escape(n.text)}</a></li>' for i, n in enumerate(heads))


def _h(inner: str, *, lift: int = 1) -> Callable[[str, int], str]:
    """Headings h2 and below, with more around or behind their words."""
    return lambda words, level: inner.format(n=min(level + lift, 6), words=words)


# ---- blogs and the sites of firms

_WIDGETS = (
    '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Click to share on Facebook</a></li>'
    '</ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3>'
    '<p><a href="/x">Aspirin for Everything</a></p></div>'
)
_COMMENTS = (
    '<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on this post</h2><ol class="comment-list"><li id="comment-7">'
    "<p>My uncle takes metformin 500 mg twice daily and likes it.</p></li></ol><div id='respond' class='comment-respond'><h3>Leave a Reply</h3>"
    "<form><label>Name</label><input></form></div></div>"
)


def word_press(o: Outline) -> str:
    """Blocks, a table of contents, widgets for sharing, an author's box, other posts, comments."""
    tags = Tags(_h('<h{n} class="wp-block-heading" id="h-x"><strong>{words}</strong></h{n}>'), item=_strong)
    made = (
        body(o, tags)
        .replace("<ul>", '<ul class="wp-block-list">')
        .replace("<table>", '<figure class="wp-block-table"><table>')
    )
    made = made.replace("</table>", "</table></figure>")
    title, _, rest = made.partition("\n")
    contents = (
        '<div id="ez-toc-container" class="ez-toc-v2_0_66 counter-hierarchy ez-toc-counter"><div class="ez-toc-title-container">'
        '<p class="ez-toc-title">Table of Contents</p><span class="ez-toc-title-toggle"><a href="#" class="ez-toc-pull-right">'
        f'<span class="ez-toc-js-icon-con">Toggle</span></a></span></div><nav><ul class="ez-toc-list ez-toc-list-level-1">{_links(o)}</ul></nav></div>'
    )
    inner = (
        '<div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">Skip to content</a><header id="masthead" class="site-header">'
        '<p class="site-title"><a href="/">Northfield Review</a></p><nav id="site-navigation" class="main-navigation"><ul><li><a href="/a">About</a></li></ul></nav>'
        '</header><div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">'
        f'<article id="post-7" class="post type-post"><header class="entry-header">{title.replace("<h1>", "<h1 class=entry-title>")}'
        '<div class="entry-meta"><span class="posted-on">Posted on <a href="/d"><time class="entry-date published" datetime="2025-05-04">May 4, 2025</time></a></span>'
        '<span class="byline"> by <a href="/author/j">Jane Roe</a></span></div></header>'
        f'<div class="entry-content">{contents}{rest}{_WIDGETS}</div>'
        '<footer class="entry-footer"><span class="cat-links">Posted in <a href="/c">Medicine</a></span></footer></article>'
        '<div class="author-box"><h3 class="author-title">About Jane Roe</h3><p class="author-bio">Jane writes about medicine for a living.</p></div>'
        '<nav class="navigation post-navigation"><h2 class="screen-reader-text">Post navigation</h2><a href="/p" rel="prev">Older post</a></nav>'
        f'{_COMMENTS}</main></div><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Recent Posts</h2>'
        '<ul><li><a href="/q">Warfarin and You</a></li></ul></section></aside></div><footer id="colophon" class="site-footer"><div class="site-info">'
        "Proudly powered by WordPress</div></footer></div>"
    )
    return _shell(o, inner, kind="post-template-default single")


def elementor(o: Outline) -> str:
    """Widgets in widgets; sections fold, their headings are no headings; lists of icons."""

    def heading(words: str, level: int) -> str:
        if level > 1:
            return f'<div class="elementor-widget-container"><h{level + 1} class="elementor-heading-title elementor-size-default">{words}</h{level + 1}></div>'
        return (
            '\x01<div class="elementor-accordion-item"><div id="elementor-tab-title-15" class="elementor-tab-title" data-tab="1" role="button" aria-expanded="false">'
            '<span class="elementor-accordion-icon elementor-accordion-icon-left" aria-hidden="true"><i class="fas fa-plus"></i></span>'
            f'<a class="elementor-accordion-title" tabindex="0">{words}</a></div>'
            '<div id="elementor-tab-content-15" class="elementor-tab-content elementor-clearfix" data-tab="1" role="region" style="display:none">'
        )

    made = body(o, Tags(heading, item=_strong))
    first, *parts = made.split("\x01")
    title, _, lead = first.partition("\n")
    accordion = "".join(f"{part}</div></div>" for part in parts)
    inner = (
        '<div data-elementor-type="wp-post" class="elementor elementor-7"><div class="elementor-element elementor-widget elementor-widget-theme-post-title">'
        f'<div class="elementor-widget-container">{title}</div></div><div class="elementor-element elementor-widget elementor-widget-share-buttons">'
        '<div class="elementor-widget-container"><div class="elementor-grid"><div class="elementor-share-btn" role="button" tabindex="0">'
        '<span class="elementor-share-btn__text">Facebook</span></div></div></div></div>'
        f'<div class="elementor-widget-text-editor"><div class="elementor-widget-container">{lead}</div></div>'
        f'<div class="elementor-element elementor-widget elementor-widget-accordion"><div class="elementor-widget-container"><div class="elementor-accordion">{accordion}'
        "</div></div></div></div>"
    )
    return _shell(o, inner, kind="elementor-default")


def drupal(o: Outline) -> str:
    made = body(o, Tags(_h("<h{n}>{words}</h{n}>"), item=_strong))
    title, _, rest = made.partition("\n")
    inner = (
        '<a href="#main-content" class="visually-hidden focusable skip-link">Skip to main content</a><div class="dialog-off-canvas-main-canvas">'
        '<div id="block-breadcrumbs" class="block block-system"><nav class="breadcrumb" role="navigation"><ol><li><a href="/">Home</a></li></ol></nav></div>'
        f'<div id="block-page-title">{title.replace("<h1>", "<h1 class=page-title>")}</div><div id="block-content" class="block block-system"><div class="content">'
        '<article role="article" class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">'
        "Submitted by <span>jroe</span> on <span>Sun, 05/04/2025 - 10:00</span></div></footer><div class='node__content clearfix'>"
        f'<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field--label-hidden field__item">{rest}</div>'
        '<div class="field field--name-field-tags field--label-inline clearfix"><h3 class="field__label inline">Tags</h3><ul class="links field__items"><li><a href="/t">medicine</a></li></ul></div>'
        '<ul class="links inline list-inline"><li class="comment-forbidden"><a href="/l">Log in</a> to post comments</li></ul></div></article></div></div>'
        '<footer class="site-footer"><p>Powered by <a href="/d">Drupal</a></p></footer></div>'
    )
    return _shell(o, inner)


def confluence(o: Outline) -> str:
    """Panels, sections to expand, tables in wraps."""

    def heading(words: str, level: int) -> str:
        if level > 1:
            return f'<h{level + 1} id="Page-x">{words}</h{level + 1}>'
        return (
            '\x01<div id="expander-1" class="expand-container conf-macro output-block"><div id="expander-control-1" class="expand-control" aria-expanded="true">'
            f'<span class="expand-control-icon"><img></span><span class="expand-control-text">{words}</span></div>'
            '<div id="expander-content-1" class="expand-content" style="display: none; opacity: 0;">'
        )

    made = body(o, Tags(heading, item=_strong))
    made = made.replace("<table>", '<div class="table-wrap"><table class="wrapped confluenceTable">').replace(
        "</table>", "</table></div>"
    )
    made = made.replace("<th>", '<th class="confluenceTh">').replace("<td>", '<td class="confluenceTd">')
    first, *parts = made.split("\x01")
    title, _, lead = first.partition("\n")
    inner = (
        f'<div id="title-heading" class="pagetitle">{title.replace("<h1>", "<h1 id=title-text><a href=/x>").replace("</h1>", "</a></h1>")}</div>'
        '<div id="content" class="page view"><div class="page-metadata"><ul><li class="page-metadata-modification-info">Created by <span class="author">Jane Roe</span>, '
        'last modified on <a class="last-modified" href="/m">May 04, 2025</a></li></ul></div>'
        f'<div id="main-content" class="wiki-content"><div class="panel" style="border-width: 1px;"><div class="panelContent">{lead}</div></div>'
        f"{''.join(part + '</div></div>' for part in parts)}</div></div>"
        '<div id="likes-and-labels-container"><div id="labels-section" class="pageSection group"><ul class="label-list"><li><a href="/l">medicine</a></li></ul></div></div>'
    )
    return _shell(o, inner, site="Ward Wiki")


# ---- encyclopaedias, manuals, libraries


def media_wiki(o: Outline) -> str:
    cite = '<sup id="cite_ref-{n}" class="reference"><a href="#cite_note-{n}"><span class="cite-bracket">&#91;</span>{n}<span class="cite-bracket">&#93;</span></a></sup>'
    edit = (
        '<span class="mw-editsection"><span class="mw-editsection-bracket">[</span><a href="/e" title="Edit section">'
        '<span>edit</span></a><span class="mw-editsection-bracket">]</span></span>'
    )
    made = body(
        o,
        Tags(
            lambda w, n: (
                f'<div class="mw-heading mw-heading{n + 1}"><h{n + 1} id="x">{w}</h{n + 1}>{edit}</div>'
            ),
            words=noted("", cite, ""),
            item=lambda w: bold_lead(w, "<b>", "</b>"),
        ),
    )
    title, _, rest = made.partition("\n")
    rest = rest.replace("<table>", '<table class="wikitable">')
    inner = (
        '<a class="mw-jump-link" href="#bodyContent">Jump to content</a><div class="vector-header-container"><header class="vector-header mw-header"><span>Main menu</span></header></div>'
        '<main id="content" class="mw-body"><header class="mw-body-header vector-page-titlebar"><nav class="vector-toc-landmark"><ul><li>Contents</li></ul></nav>'
        f"{title.replace('<h1>', '<h1 id=firstHeading class=firstHeading><span class=mw-page-title-main>').replace('</h1>', '</span></h1>')}</header>"
        '<div class="vector-page-toolbar"><nav><ul><li><a href="/t">Talk</a></li><li><a href="/h">View history</a></li></ul></nav></div>'
        '<div id="bodyContent" class="vector-body"><div id="siteSub" class="noprint">From Wikipedia, the free encyclopedia</div>'
        '<div id="mw-content-text" class="mw-body-content"><div class="mw-content-ltr mw-parser-output" lang="en"><div class="shortdescription nomobile noexcerpt noprint searchaux" style="display:none">Medical condition</div>'
        '<div role="note" class="hatnote navigation-not-searchable">For other uses, see <a href="/o">Other uses</a>.</div>'
        f'<div id="toc" class="toc" role="navigation"><div class="toctitle" lang="en"><h2 id="mw-toc-heading">Contents</h2></div><ul>{_links(o)}</ul></div>{rest}'
        '<div class="navbox-styles"><style>.navbox{}</style></div><div role="navigation" class="navbox"><table><tbody><tr><th>Drugs</th><td><a href="/a">Aspirin</a></td></tr></tbody></table></div>'
        '</div><div class="printfooter" data-nosnippet="">Retrieved from "<a href="https://example.org/w">https://example.org/w</a>"</div></div>'
        '<div id="catlinks" class="catlinks"><div id="mw-normal-catlinks"><a href="/c">Category</a>: <ul><li><a href="/d">Diseases</a></li></ul></div></div></div></main>'
        '<footer id="footer" class="mw-footer"><ul id="footer-info"><li id="footer-info-lastmod"> This page was last edited on 4 May 2025, at 10:00.</li></ul></footer>'
    )
    return _shell(o, inner, site="Wikipedia", kind="skin-vector mediawiki ltr")


def sphinx(o: Outline) -> str:
    link = '<a class="headerlink" href="#x" title="Link to this heading">¶</a>'
    cite = '<a class="footnote-reference brackets" href="#f{n}" id="id{n}" role="doc-noteref"><span class="fn-bracket">[</span>{n}<span class="fn-bracket">]</span></a>'
    made = body(
        o,
        Tags(
            _h("<h{n}>{words}" + link + "</h{n}>"),
            words=noted(" ", cite, "", " "),
            item=lambda w: f"<p>{_strong(w)}</p>",
        ),
    )
    made = (
        made.replace("</h1>", f"{link}</h1>")
        .replace("<ul>", '<ul class="simple">')
        .replace("<table>", '<div class="wy-table-responsive"><table class="docutils align-default">')
    )
    made = made.replace("</table>", "</table></div>").replace("<td>", "<td><p>").replace("</td>", "</p></td>")
    inner = (
        '<div class="wy-grid-for-nav"><nav data-toggle="wy-nav-shift" class="wy-nav-side"><div class="wy-side-nav-search"><a href="i.html" class="icon icon-home">Handbook</a>'
        '<div role="search"><form id="rtd-search-form"><input></form></div></div><div class="wy-menu wy-menu-vertical"><ul class="current"><li class="toctree-l1"><a href="a">Aspirin</a></li></ul></div></nav>'
        '<section class="wy-nav-content-wrap"><div class="wy-nav-content"><div class="rst-content"><div role="navigation" aria-label="Page navigation"><ul class="wy-breadcrumbs"><li><a href="i">Docs</a></li>'
        '<li class="wy-breadcrumbs-aside"><a href="_sources/x.rst.txt" rel="nofollow"> View page source</a></li></ul><hr/></div>'
        f'<div role="main" class="document" itemscope="itemscope"><div itemprop="articleBody"><section id="x">{made}</section></div></div>'
        '<footer><div class="rst-footer-buttons" role="navigation"><a href="n" class="btn float-right">Next <span class="fa"></span></a></div><hr/>'
        '<div role="contentinfo"><p>&#169; Copyright 2025, Northfield Review.</p></div>Built with <a href="https://example.org/s">Sphinx</a> using a <a href="/t">theme</a> provided by Read the Docs.'
        "</footer></div></div></section></div>"
    )
    return _shell(o, inner, site="Handbook documentation", kind="wy-body-for-nav")


def book_shelf(o: Outline) -> str:
    """A chapter of an electronic book; every citation a link in brackets of its own."""
    made = body(
        o,
        Tags(
            _h('<h{n} id="_s_">{words}</h{n}>'),
            words=noted(" ", '[<a href="/books/n/a/r{n}/" class="bk_pop" rid="r{n}">{n}</a>]', ""),
            item=lambda w: f"<div>{_strong(w)}</div>",
        ),
    )
    made = made.replace("<li>", '<li class="half_rhythm">').replace("<ul>", '<ul class="simple-list">')
    title, _, rest = made.partition("\n")
    inner = (
        '<div id="maincontent" class="col nine_col"><div class="pre-content"><div class="bk_prnt_sctn"><span class="bk_prnt">NCBI Bookshelf. A service of the National Library of Medicine, National Institutes of Health.</span>'
        '<p>Handbook [Internet]. Treasure Island (FL): Handbook Publishing; 2025 Jan-.</p></div></div><div class="main-content lit-style" itemscope="itemscope"><div class="meta-content fm-sec">'
        f'{title.replace("<h1>", "<h1 id=_a_><span class=title itemprop=name>").replace("</h1>", "</span></h1>")}<div class="contrib half_rhythm"><span itemprop="author">Jane Roe</span><sup>1</sup>.</div>'
        '<div class="half_rhythm"><h4>Affiliations</h4><div class="affiliation"><sup>1</sup> Northfield University</div></div><p class="small">Last Update: <span itemprop="dateModified">May 4, 2025</span>.</p></div>'
        f'<div class="jig-ncbiinpagenav body-content whole_rhythm" data-jigconfig="x" itemprop="text"><div id="a.s1">{rest}</div></div><div class="post-content"><div class="small">'
        '<p class="small">Copyright © 2025, Handbook Publishing LLC.</p></div></div></div></div>'
    )
    return _shell(o, inner, site="Handbook - NCBI Bookshelf")


def article_archive(o: Outline) -> str:
    """An archive of journals: links to the top in each section, tables in boxes with a heading and a foot of their own."""
    cite = '<a href="#R{n}" rid="R{n}" class=" bibr popnode">{n}</a>'

    def heading(words: str, level: int) -> str:
        close = '</div><div class="tsec sec" id="S1"><div class="goto jig-ncbiinpagenav-goto-container"><a class="tgt_dark page-toc-label jig-ncbiinpagenav-goto-heading" href="#" title="Go to other sections in this page">Go to:</a></div>'
        return f'{close if level == 1 else ""}<h{level + 1} class="head no_bottom_margin" id="S1title">{words}</h{level + 1}>'

    made = body(o, Tags(heading, words=noted("<sup>", cite, "</sup>", ", "), item=_strong))
    made = made.replace("<ul>", '<ul class="unordered" style="list-style-type:disc">').replace(
        "<p>", '<p id="P1" class="p p-first-last">'
    )
    made = made.replace(
        "<table>",
        '<div class="table-wrap table anchored whole_rhythm" id="T1"><div class="xtable"><table frame="hsides" rules="groups" class="rendered small default_table">',
    )
    made = made.replace(
        "</table>",
        '</table></div><div class="largeobj-link align_right" id="largeobj_1"><a target="object" href="/o">Open in a separate window</a></div></div>',
    )
    title, _, rest = made.partition("\n")
    inner = (
        '<div id="maincontent"><div class="fm-citation half_rhythm"><span class="cit">J Northfield Med. 2025 May; 4(1): 12–19.</span></div>'
        '<div class="fm-citation-ids"><span class="fm-vol-iss-date">Published online 2025 May 4. </span><span class="doi"><span>doi: </span><a href="https://example.org/10.1">10.1000/j.1</a></span></div>'
        f'{title.replace("<h1>", "<h1 class=content-title>")}<div class="contrib-group fm-author"><a href="/jr">Jane Roe</a>, MD<sup>1</sup></div>'
        f'<div class="sec"></div><div id="A"><div class="intro">{rest}</div></div></div>'
    )
    return _shell(o, inner, site="PMC")


# ---- applications


def app_page(o: Outline) -> str:
    """Nothing but divs with roles: headings, lists and tables are known by them alone."""
    made = body(
        o,
        Tags(
            lambda w, n: (
                f'<div dir="auto" role="heading" aria-level="{n + 1}" class="css-901oao r-1k">{w}</div>'
            ),
            item=lambda w: (
                f'<div class="css-view r-13"><div dir="auto" class="css-text">{bold_lead(w, "<span style=font-weight:600>", "</span>")}</div></div>'
            ),
        ),
    )
    swap = {
        r"<h1>(.*?)</h1>": r'<div dir="auto" role="heading" aria-level="1" class="css-9">\1</div>',
        r"<(?:ul|ol)>": '<div role="list" class="css-l">',
        r"</(?:ul|ol)>": "</div>",
        r"<li>": '<div role="listitem" class="css-i">',
        r"</li>": "</div>",
        r"<table>": '<div role="table" class="css-t">',
        r"<tr>": '<div role="row" class="css-r">',
        r"<th>": '<div role="columnheader" class="css-c">',
        r"<td>": '<div role="cell" class="css-c">',
        r"</(?:table|tr|th|td)>": "</div>",
        r"<p>(.*?)</p>": r'<div dir="auto" class="css-901oao">\1</div>',
    }
    for pattern, to in swap.items():
        made = re.sub(pattern, to, made)
    inner = (
        '<div id="__next"><div class="css-1dbjc4n r-13awgt0"><div role="banner" class="css-b"><div role="button" tabindex="0">Sign in</div></div>'
        f'<div role="main" class="css-m"><div class="css-1"><div class="css-2">{made}</div></div></div>'
        '<div role="contentinfo" class="css-f"><div dir="auto">Terms</div></div></div></div><script id="__NEXT_DATA__" type="application/json">{"props":{}}</script>'
    )
    return _shell(o, inner)


def amp(o: Outline) -> str:
    made = body(
        o,
        Tags(
            lambda w, n: f"\x01<h{n + 1}>{w}</h{n + 1}>" if n == 1 else f"<h{n + 1}>{w}</h{n + 1}>",
            item=_strong,
        ),
    )
    first, *parts = made.split("\x01")
    sections = "".join(
        re.sub(
            r"^(<h2>.*?</h2>)(.*)$",
            r"<amp-accordion disable-session-states><section expanded>\1<div>\2</div></section></amp-accordion>",
            part,
            flags=re.S,
        )
        for part in parts
    )
    inner = (
        '<amp-sidebar id="sidebar" layout="nodisplay" side="left"><ul><li><a href="/h">Home</a></li></ul></amp-sidebar>'
        f'<article class="amp-wp-article">{first}<amp-ad width="300" height="250" type="x"><div placeholder>Advertisement</div></amp-ad>'
        f'<amp-social-share type="email">Share</amp-social-share>{sections}</article>'
    )
    return _shell(o, inner).replace("<html", "<html amp")


def formulary(o: Outline) -> str:
    """A drug book's lists of terms: lead words as terms, what they stand before as their text."""
    made = body(
        o, Tags(_h("<h{n} class=section__title>{words}</h{n}>"), item=lambda w: bold_lead(w, "<b>", "</b>"))
    )
    made = re.sub(
        r"<li><b>([^<>]*):</b> ([^<>]*(?:<sup>[^<>]*</sup>)?)</li>",
        r"<li><dl><dt>\1</dt><dd>\2</dd></dl></li>",
        made,
    )
    return _shell(o, f"<main id=maincontent>{made}</main>", site="Ward Formulary")


SITES: Renderings = {
    "WordPress": (word_press, "a.html"),
    "Elementor": (elementor, "a.html"),
    "Drupal": (drupal, "a.html"),
    "Confluence": (confluence, "a.html"),
    "MediaWiki": (media_wiki, "a.html"),
    "Sphinx": (sphinx, "a.html"),
    "Bookshelf": (book_shelf, "a.html"),
    "journal archive": (article_archive, "a.html"),
    "application": (app_page, "a.html"),
    "AMP": (amp, "a.html"),
    "formulary": (formulary, "a.html"),
}
