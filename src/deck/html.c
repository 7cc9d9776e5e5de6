#include "fonts.h"
#include "huddle/path.h"
#include "writers.h"

#include <math.h>
#include <stdio.h>

/* One file that needs nothing else: pages as sections, drawings inline. It reads without
 * script; with it, tables are sorted by their heads. */

static void add_palette(struct str *out, const struct palette *palette)
{
	char hex[8];

	for (int ink = 0; ink < INKS; ink++) {
		rgb_format(palette->of[ink], hex);
		str_addf(out, "--ink-%s:%s;", ink_name((enum ink)ink), hex);
	}
}

static const char style[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:70rem;padding:1rem;font:16px/1.45 \"DejaVu "
    "Sans\",\"Noto "
    "Sans\",system-ui,sans-serif;color:var(--ink-text);background:var(--ink-paper)}\n"
    "header,section{padding:1.2rem 0;border-bottom:1px solid var(--ink-line)}\n"
    "h1,h2{color:var(--ink-accent);line-height:1.2;margin:.2rem "
    "0;overflow-wrap:anywhere}\n"
    "h3{margin:.8rem 0 .2rem;font-size:1rem;color:var(--ink-accent)}\n"
    ".lead{margin:.2rem 0 1rem}.source{color:var(--ink-quiet);font-size:.8rem}\n"
    ".blocks{display:flex;flex-wrap:wrap;gap:1rem 2rem}\n"
    ".block{flex:1 1 100%;min-width:0}.half{flex:1 1 24rem}\n"
    ".facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:"
    "1rem}\n"
    ".fact{border-top:1px solid "
    "var(--ink-line);padding-top:.3rem;overflow-wrap:anywhere}\n"
    ".fact b{display:block;font-size:1.6rem}.fact small{color:var(--ink-quiet)}\n"
    ".wide{overflow-x:auto}\n"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}\n"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px "
    "solid "
    "var(--ink-line);overflow-wrap:break-word}td:not(.n){min-width:8rem}\n"
    "th{color:var(--ink-quiet)}.n{text-align:right;white-space:nowrap}\n"
    "th button{all:unset;cursor:pointer;font-weight:bold}th "
    "button:focus-visible{outline:2px "
    "solid}\n"
    "svg{width:100%;height:auto;font-family:\"DejaVu Sans\",\"Noto Sans\",sans-serif}\n"
    ".logo{max-height:3rem;max-width:10rem;float:right}nav "
    "a{color:inherit;margin-right:1rem}\n"
    "@media print{body{max-width:none;padding:0;font-size:11px}nav{display:none}"
    "section{break-before:page;border:0}tr,svg,.fact{break-inside:avoid}.wide{overflow:"
    "visible}}"
    "\n@page{size:A4 landscape;margin:12mm}\n";

static const char script[] =
    "document.querySelectorAll('th').forEach(function(th){"
    "var b=document.createElement('button');b.textContent=th.textContent;"
    "if(!b.textContent)return;th.textContent='';th.appendChild(b);"
    "b.onclick=function(){var t=th.closest('table'),i=th.cellIndex,"
    "up=th.getAttribute('aria-sort')!='ascending',rows=[].slice.call(t.tBodies[0].rows);"
    "t.querySelectorAll('th').forEach(function(o){o.removeAttribute('aria-sort')});"
    "th.setAttribute('aria-sort',up?'ascending':'descending');"
    "function v(r){var c=r.cells[i],d=c.getAttribute('data-v');"
    "return d===null?c.textContent.toLowerCase():d===''?-Infinity:+d}"
    "rows.sort(function(a,b){var x=v(a),y=v(b);return (x<y?-1:x>y?1:0)*(up?1:-1)});"
    "rows.forEach(function(r){t.tBodies[0].appendChild(r)})}})";

static const char *ink_class(enum ink ink, char buf[40])
{
	if (ink == INK_TEXT)
		return "";
	snprintf(buf, 40, " style=\"color:var(--ink-%s)\"", ink_name(ink));
	return buf;
}

static void add_facts(struct str *out, const struct block *b)
{
	char ink[40];

	str_adds(out, "<div class=\"facts\">\n");
	for (size_t i = 0; i < b->count; i++) {
		const struct fact *f = &b->facts[i];

		str_adds(out, "<div class=\"fact\">");
		html_text(out, f->label);
		str_addf(out, "<b%s>", ink_class(f->value.ink, ink));
		html_text(out, f->value.shown);
		str_adds(out, "</b><small>");
		html_text(out, f->note);
		str_adds(out, "</small></div>\n");
	}
	str_adds(out, "</div>\n");
}

/* A number's own value is what it is sorted by. */
static void add_cell(
    struct str *out, const struct cell *cell, const struct deck_column *column)
{
	char ink[40];
	bool number = column->kind != CELL_TEXT;

	str_addf(out, number ? "<td class=\"n\"%s" : "<td%s", ink_class(cell->ink, ink));
	if (number && cell->kind == CELL_DAY)
		str_addf(out, " data-v=\"%d\"", (int)cell->day);
	else if (number && (cell->kind == CELL_EMPTY || cell->kind == CELL_TEXT))
		str_adds(out, " data-v=\"\"");
	else if (number)
		str_addf(out, " data-v=\"%.10g\"", cell->value);
	str_addc(out, '>');
	html_text(out, cell->shown);
	str_adds(out, "</td>");
}

static void add_table(struct str *out, const struct block *b)
{
	const struct deck_table *t = &b->table;

	str_adds(out, "<div class=\"wide\"><table><thead><tr>");
	for (int c = 0; c < t->n_columns; c++) {
		str_adds(out, t->columns[c].kind == CELL_TEXT
		                  ? "<th scope=\"col\">"
		                  : "<th scope=\"col\" class=\"n\">");
		html_text(out, t->columns[c].title);
		str_adds(out, "</th>");
	}
	str_adds(out, "</tr></thead><tbody>\n");
	for (size_t row = 0; row < t->rows; row++) {
		str_adds(out, "<tr>");
		for (int c = 0; c < t->n_columns; c++)
			add_cell(out, table_at(t, row, c), &t->columns[c]);
		str_adds(out, "</tr>\n");
	}
	str_adds(out, "</tbody></table></div>\n");
}

static void add_chart(
    struct str *out, const struct deck *deck, const struct block *b, const char *id)
{
	double w = b->width > 0.6 ? 880 : 480;
	struct drawing drawing;

	chart_draw(&drawing, deck->arena, &b->chart, w, chart_height(&b->chart, w));
	drawing_svg(out, &drawing, id);
}

static void add_texts(struct str *out, const struct block *b)
{
	bool list = b->kind == BLOCK_LIST;

	str_adds(out, list ? "<ul>\n" : "");
	for (size_t i = 0; i < b->count; i++) {
		str_adds(out, list ? "<li>" : "<p>");
		html_text(out, b->texts[i]);
		str_adds(out, list ? "</li>\n" : "</p>\n");
	}
	str_adds(out, list ? "</ul>\n" : "");
}

static void add_block(
    struct str *out, const struct deck *deck, const struct block *b, const char *id)
{
	str_addf(out, "<div class=\"block%s\">\n", b->width < 0.9 ? " half" : "");
	if (b->title) {
		str_adds(out, "<h3>");
		html_text(out, b->title);
		str_adds(out, "</h3>\n");
	}
	switch (b->kind) {
	case BLOCK_TEXT:
	case BLOCK_LIST:
		add_texts(out, b);
		break;
	case BLOCK_FACTS:
		add_facts(out, b);
		break;
	case BLOCK_TABLE:
		add_table(out, b);
		break;
	case BLOCK_CHART:
		add_chart(out, deck, b, id);
		break;
	}
	str_adds(out, "</div>\n");
}

static void add_page(struct str *out, const struct deck *deck, size_t number)
{
	const struct page *page = &deck->pages[number];

	str_addf(out, "<section id=\"%s\">\n<h2>", page->name);
	html_text(out, page->title);
	str_adds(out, "</h2>\n");
	if (*page->lead) {
		str_adds(out, "<p class=\"lead\">");
		html_text(out, page->lead);
		str_adds(out, "</p>\n");
	}
	str_adds(out, "<div class=\"blocks\">\n");
	for (size_t i = 0; i < page->count; i++)
		add_block(out, deck, &page->blocks[i],
		    arena_printf(deck->arena, "alt-%zu-%zu", number, i));
	str_adds(out, "</div>\n<p class=\"source\">");
	html_text(out, page->source);
	str_adds(out, "</p>\n</section>\n");
}

/* Slanted lines for each ink, once for all drawings of the file. */
static void add_hatches(struct str *out)
{
	str_adds(out, "<svg width=\"0\" height=\"0\" style=\"position:absolute\" "
	              "aria-hidden=\"true\"><defs>\n");
	for (int ink = 0; ink < INKS; ink++)
		str_addf(out,
		    "<pattern id=\"hatch-%s\" width=\"4\" height=\"4\" "
		    "patternUnits=\"userSpaceOnUse\" "
		    "patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" "
		    "y2=\"4\" "
		    "stroke=\"var(--ink-%s)\" stroke-width=\"1.6\"/></pattern>\n",
		    ink_name((enum ink)ink), ink_name((enum ink)ink));
	str_adds(out, "</defs></svg>\n");
}

static void add_base64(struct str *out, struct slice bytes)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes.len; i += 3) {
		unsigned three = 0;
		size_t n = bytes.len - i < 3 ? bytes.len - i : 3;

		for (size_t k = 0; k < 3; k++)
			three = three << 8 | (k < n ? (unsigned char)bytes.p[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			str_addc(out, k <= n ? letters[three >> (18 - 6 * k) & 63] : '=');
	}
}

enum { LOGO_MOST = 2 << 20 };

static bool add_logo(struct str *out, const char *path, struct err *err)
{
	struct str bytes = STR_INIT;

	if (!path)
		return true;
	if (!path_read(&bytes, path, LOGO_MOST, err))
		return false;
	str_adds(out, "<img class=\"logo\" alt=\"\" src=\"data:image/png;base64,");
	add_base64(out, (struct slice){str_text(&bytes), bytes.len});
	str_adds(out, "\">\n");
	str_release(&bytes);
	return true;
}

static void add_contents(struct str *out, const struct deck *deck)
{
	str_adds(out, "<nav aria-label=\"Pages\">");
	for (size_t i = 0; i < deck->count; i++) {
		if (i && deck->pages[i].key == deck->pages[i - 1].key)
			continue;
		str_addf(out, "<a href=\"#%s\">", deck->pages[i].name);
		html_text(out, deck->pages[i].key);
		str_adds(out, "</a>\n");
	}
	str_adds(out, "</nav>\n");
}

bool deck_html(const struct deck *deck, const struct deck_order *order, struct str *out,
    struct err *err)
{
	(void)order;
	str_adds(out,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"generator\" content=\"huddle " HUDDLE_VERSION "\">\n<title>");
	html_text(out, deck->title);
	str_adds(out, "</title>\n<style>\n:root{color-scheme:light dark;");
	add_palette(out, &deck->palette);
	str_adds(out, "}\n@media screen and (prefers-color-scheme:dark){:root{");
	add_palette(out, &palette_dark);
	str_adds(out, "}}\n");
	str_adds(out, style);
	str_adds(out, "</style>\n</head>\n<body>\n");
	add_hatches(out);
	str_adds(out, "<header>\n");
	if (!add_logo(out, deck->logo, err))
		return false;
	str_adds(out, "<h1>");
	html_text(out, deck->title);
	str_adds(out, "</h1>\n<p class=\"lead\">");
	html_text(out, deck->stamp);
	str_adds(out, " · ");
	html_text(out, deck->subtitle);
	str_adds(out, "</p>\n");
	add_contents(out, deck);
	str_adds(out, "</header>\n<main>\n");
	for (size_t i = 0; i < deck->count; i++)
		add_page(out, deck, i);
	str_addf(out, "</main>\n<script>%s</script>\n</body>\n</html>\n", script);
	return true;
}
