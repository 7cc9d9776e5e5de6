#include "outline.h"

#include <string.h>

/* What the numbers mean, where they are from, how old they are, and what no export has. */

static void list_sources(
    struct deck *deck, const struct deck_input *in, struct page *page)
{
	static const struct deck_column columns[] = {{"Source", CELL_TEXT, 4},
	    {"What", CELL_TEXT, 4}, {"Rows", CELL_COUNT, 3},
	    {"No longer there", CELL_COUNT, 3}, {"As of", CELL_DAY, 3},
	    {"File", CELL_TEXT, 8}};
	struct block *block =
	    page_table(deck, page, 1, "Where the numbers are from", columns, 6);

	for (size_t i = 0; in->sources && i < in->sources->count; i++) {
		const struct source_info *s = &in->sources->items[i];

		table_put(deck, block, cell_of_text(deck, s->source));
		table_put(deck, block, cell_of_text(deck, s->kind));
		table_put(deck, block, cell_of_count(deck, s->rows));
		table_put(deck, block, cell_of_count(deck, s->missing));
		table_put(deck, block, cell_of_day(deck, s->as_of));
		table_put(deck, block, cell_of_text(deck, s->file));
	}
}

static void say_definition(
    struct deck *deck, const struct deck_input *in, struct page *page)
{
	const struct definition_version *v =
	    in->judgement ? &in->judgement->version : NULL;
	struct block *block = page_add(deck, page, BLOCK_LIST, 1, "Definitions");
	char day[DAY_TEXT];

	if (!v || !v->id) {
		block_say(deck, block,
		    "No definition is loaded: nothing is demanded of a deal, and no "
		    "target is set.");
		return;
	}
	block_say(deck, block, "Definition %lld of %s by %s; due for review on %s",
	    (long long)v->id, day_format(day_of_instant(v->at), day), v->by,
	    day_format(definition_due(v), (char[DAY_TEXT]){0}));
	for (int r = ROLE_CMO; r <= ROLE_VP_SALES; r++)
		block_say(deck, block, "%s: %s", role_of_title((enum role_of)r),
		    v->signed_by[r]
		        ? deck_textf(deck, "signed by %s on %s", v->signed_by[r],
		              day_format(day_of_instant(v->signed_at[r]), day))
		        : "not signed");
	for (int i = 0; i < REQUIREMENTS; i++)
		if (in->judgement->definition.require & (1u << i))
			block_say(deck, block, "A qualified deal has %s%s",
			    requirement_name((enum requirement)i),
			    in->judgement->qualified.not_captured & (1u << i)
			        ? ", which no export holds"
			        : "");
}

static void say_method(struct deck *deck, const struct deck_input *in, struct page *page)
{
	struct block *block = page_add(deck, page, BLOCK_LIST, 1, "How to read it");
	bool trained = in->learning && in->learning->learned;

	block_say(deck, block,
	    "Amounts in large print and in charts are rounded: k is thousands, M "
	    "millions, to "
	    "three digits at the most. Tables have them to the cent. Percentages are "
	    "rounded to "
	    "whole ones, half away from zero.");
	block_say(deck, block,
	    "Every number is the one that the command named under each page prints with "
	    "--json.");
	block_say(deck, block,
	    "Slip is the chance that a deal does not close in the month of its close "
	    "date, %s.",
	    trained ? "learned from the company's own past"
	            : "by points for what is known of it");
	block_say(deck, block,
	    "Sourced and influenced are never added: a deal that marketing sourced may "
	    "be "
	    "influenced as well.");
	block_say(deck, block,
	    "Amounts of several currencies are added only where a rate is known.");
}

/* Signals that none of the open deals has an answer for. */
static void say_gaps(struct deck *deck, const struct deck_input *in, struct page *page)
{
	struct block *block = page_add(deck, page, BLOCK_LIST, 1, "What is not captured");
	unsigned unknown = in->n_open ? ~0u : 0;

	for (size_t i = 0; i < in->n_open; i++)
		if (in->open[i]->risk.rated)
			unknown &= in->open[i]->risk.unknown;
	for (int s = 0; s < RISK_SIGNALS; s++)
		if (unknown & (1u << s))
			block_say(deck, block, "%s: no export tells it of any open deal",
			    risk_signal_title((enum risk_signal)s));
	for (int m = 0; in->card && m < METRICS; m++) {
		const struct metric_value *v = &in->card->values[m][SCORE_MONTHS - 1];

		if (v->why)
			block_say(deck, block, "%s: %s", metric_infos[m].title, v->why);
	}
	if (!block->count)
		block_say(deck, block, "Nothing that a page asks for is missing.");
}

void page_appendix(struct deck *deck, const struct deck_input *in)
{
	struct page *page =
	    deck_add_page(deck, "appendix", "Definitions, sources and gaps");

	page->source = "huddle sources, define show";
	list_sources(deck, in, page);
	say_definition(deck, in, page);
	say_method(deck, in, page);
	say_gaps(deck, in, page);
}
