#ifndef HUDDLE_DECK_WRITERS_H
#define HUDDLE_DECK_WRITERS_H

#include "outline.h"

/* Each makes the whole file in memory. Markdown writes its pictures before. */
bool deck_pdf(const struct deck *deck, const struct deck_order *order, struct str *out,
	struct err *err);
bool deck_html(const struct deck *deck, const struct deck_order *order, struct str *out,
	struct err *err);
bool deck_markdown(const struct deck *deck, const struct deck_order *order, struct str *out,
	struct err *err);
bool deck_xlsx(const struct deck *deck, const struct deck_order *order, struct str *out,
	struct err *err);

/* A drawing as an <svg>; colours are variables of the page, --ink-sales. */
void drawing_svg(struct str *out, const struct drawing *d, const char *id);
/* & < > and quotes as entities. */
void html_text(struct str *out, const char *text);

/* How tall a chart is drawn at that width where there is room for all of it. */
double chart_height(const struct chart *chart, double width);

#endif
