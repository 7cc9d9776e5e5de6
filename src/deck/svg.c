#include "fonts.h"
#include "writers.h"

/* Drawings as SVG for a page: colours are the page's variables, so that they follow its
 * light and dark. */

void html_text(struct str *out, const char *text)
{
	for (; *text; text++)
		switch (*text) {
		case '&':
			str_adds(out, "&amp;");
			break;
		case '<':
			str_adds(out, "&lt;");
			break;
		case '>':
			str_adds(out, "&gt;");
			break;
		case '"':
			str_adds(out, "&quot;");
			break;
		case '\'':
			str_adds(out, "&#39;");
			break;
		default:
			str_addc(out, *text);
		}
}

static void add_paint(struct str *out, const struct shape *s, bool stroked)
{
	str_addf(out,
	    stroked ? " fill=\"none\" stroke=\"var(--ink-%s)\" stroke-width=\"%g\""
	            : " fill=\"var(--ink-%s)\"",
	    ink_name(s->ink), s->size);
	if (s->dashed)
		str_adds(out, " stroke-dasharray=\"4 3\"");
}

static void add_rect(struct str *out, const struct shape *s)
{
	str_addf(out, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"", s->x,
	    s->y, s->w, s->h);
	if (s->hatched)
		str_addf(out, " fill=\"url(#hatch-%s)\" stroke=\"var(--ink-%s)\"/>\n",
		    ink_name(s->ink), ink_name(s->ink));
	else {
		add_paint(out, s, s->hollow);
		str_adds(out, "/>\n");
	}
}

static void add_polyline(struct str *out, const struct shape *s)
{
	str_adds(out, "<polyline points=\"");
	for (size_t i = 0; i < s->n_points; i++)
		str_addf(
		    out, "%s%.2f,%.2f", i ? " " : "", s->points[i].x, s->points[i].y);
	str_adds(out, "\"");
	add_paint(out, s, true);
	str_adds(out, "/>\n");
}

static void add_label(struct str *out, const struct shape *s)
{
	static const char *const anchors[] = {
	    [ANCHOR_START] = "start", [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"};

	str_addf(out, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%g\" text-anchor=\"%s\"%s",
	    s->x, s->y, s->size, anchors[s->anchor],
	    s->bold ? " font-weight=\"bold\"" : "");
	add_paint(out, s, false);
	str_adds(out, ">");
	html_text(out, s->text);
	str_adds(out, "</text>\n");
}

static void add_shape(struct str *out, const struct shape *s)
{
	switch (s->kind) {
	case SHAPE_RECT:
		add_rect(out, s);
		break;
	case SHAPE_LINE:
		str_addf(out, "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\"",
		    s->x, s->y, s->w, s->h);
		add_paint(out, s, true);
		str_adds(out, "/>\n");
		break;
	case SHAPE_CIRCLE:
		str_addf(
		    out, "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"", s->x, s->y, s->w);
		add_paint(out, s, s->hollow);
		str_adds(out, "/>\n");
		break;
	case SHAPE_POLYLINE:
		add_polyline(out, s);
		break;
	case SHAPE_TEXT:
		add_label(out, s);
		break;
	}
}

void drawing_svg(struct str *out, const struct drawing *d, const char *id)
{
	str_addf(out,
	    "<svg viewBox=\"0 0 %g %g\" role=\"img\" aria-labelledby=\"%s\">\n<title "
	    "id=\"%s\">",
	    d->w, d->h, id, id);
	html_text(out, d->alt);
	str_adds(out, "</title>\n");
	for (size_t i = 0; i < d->count; i++)
		add_shape(out, &d->shapes[i]);
	str_adds(out, "</svg>\n");
}
