#include "huddle/demand.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

/* Demand states against outcomes, and fit against outcomes. */

static struct demand_line *line_of(
    struct demand *d, size_t *cap, struct arena *arena, const char *state, bool defined)
{
	for (size_t i = 0; i < d->count; i++)
		if (text_same(slice_of(d->lines[i].state), slice_of(state)))
			return &d->lines[i];
	d->lines = arena_grow(arena, d->lines, cap, d->count + 1, sizeof *d->lines);
	d->lines[d->count] = (struct demand_line){.state = state, .defined = defined};
	return &d->lines[d->count++];
}

/* Those not said last, else as they stand. */
static int compare_lines(const void *a, const void *b)
{
	const struct demand_line *x = a, *y = b;

	if (x->defined != y->defined)
		return x->defined ? -1 : 1;
	if (x->defined)
		return 0;
	if (!*x->state != !*y->state)
		return *x->state ? -1 : 1;
	return strcmp(x->state, y->state);
}

/* A stable order of few: the defined ones stay as they are. */
static void order(struct demand *d)
{
	for (size_t i = 1; i < d->count; i++)
		for (size_t k = i;
		     k > 0 && compare_lines(&d->lines[k - 1], &d->lines[k]) > 0; k--) {
			struct demand_line swapped = d->lines[k];

			d->lines[k] = d->lines[k - 1];
			d->lines[k - 1] = swapped;
		}
}

void demand_make(struct demand *out, struct arena *arena,
    const struct definition *definition, const struct deal_list *deals,
    const struct evidence *evidence, struct period made)
{
	size_t cap = 0;

	*out = (struct demand){0};
	for (const char *const *state = definition->states; *state; state++)
		line_of(out, &cap, arena, *state, true);
	for (size_t i = 0; i < deals->count; i++) {
		const struct deal *d = &deals->items[i];
		struct slice said =
		    slice_trim(slice_of(evidence[i].field[REQUIRE_DEMAND]));

		if (made.first != DAY_NONE && !period_has(made, d->created))
			continue;
		struct demand_line *line = line_of(out, &cap, arena,
		    arena_dup(arena, said.p ? said.p : "", said.len), false);

		line->by_status[d->status]++;
		if (d->status != DEAL_OPEN)
			continue;
		if (!line->open)
			line->open =
			    arena_alloc(arena, (deals->count + 1) * sizeof *line->open);
		line->open[line->n_open++] = d;
	}
	order(out);
}

double demand_win_rate(const struct demand_line *line)
{
	int decided = line->by_status[DEAL_WON] + line->by_status[DEAL_LOST];

	return decided ? (double)line->by_status[DEAL_WON] / decided : -1;
}

const char *fit_name(enum fit fit)
{
	static const char *const names[FITS] = {
	    [FIT_YES] = "fits", [FIT_NO] = "does not fit", [FIT_UNKNOWN] = "not known"};

	return names[fit];
}

/* What is only not told makes it unknown; anything else is no fit. */
static enum fit fit_of(const char *const *lacks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(lacks[i], "employees") != 0 &&
		    strcmp(lacks[i], "industry") != 0)
			return FIT_NO;
	return n ? FIT_UNKNOWN : FIT_YES;
}

void fits_make(struct fits *out, struct arena *arena, const struct definition *definition,
    const struct deal_list *deals, const struct evidence *evidence)
{
	*out = (struct fits){
	    .open = arena_alloc(arena, (deals->count + 1) * sizeof *out->open)};
	for (size_t i = 0; i < deals->count; i++) {
		const struct deal *d = &deals->items[i];
		struct fit_deal f = {.deal = d};

		qualified_account(
		    arena, definition, d, &evidence[i], &f.lacks, &f.n_lacks);
		f.fit = fit_of(f.lacks, f.n_lacks);
		out->by_status[f.fit][d->status]++;
		if (d->status == DEAL_OPEN)
			out->open[out->n_open++] = f;
	}
}
