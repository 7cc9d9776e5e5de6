#include "huddle/lead_score.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

/* Lead scores against what converted. */

void lead_score_add(struct scored_lead *lead, const struct definition *d, instant_t at,
    struct slice kind, struct slice campaign)
{
	if (lead->until != INSTANT_NONE && at > lead->until)
		return;
	for (size_t k = 0; k < d->n_points && k < SCORE_KEYS; k++) {
		struct slice word = slice_of(d->points[k].what);

		if (!(lead->keys >> k & 1) &&
		    (text_contains(kind, word) || text_contains(campaign, word)))
			lead->keys |= UINT64_C(1) << k;
	}
}

void lead_score_settle(struct scored_leads *leads, const struct definition *d)
{
	for (size_t i = 0; i < leads->count; i++) {
		struct scored_lead *l = &leads->items[i];

		l->points = 0;
		for (size_t k = 0; k < d->n_points && k < SCORE_KEYS; k++)
			if (l->keys >> k & 1)
				l->points += d->points[k].points;
	}
}

double conversion_rate(struct conversion c)
{
	return c.leads ? (double)c.converted / c.leads : -1;
}

static void count(struct conversion *c, const struct scored_lead *l)
{
	c->leads++;
	c->converted += l->converted;
}

static int compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Up to five of the points that leads have, spread over them. */
static void find_thresholds(
    struct lead_score *out, const struct scored_lead *const *in, size_t n)
{
	int *points = xcalloc(n + 1, sizeof *points);
	size_t distinct = 0;

	for (size_t i = 0; i < n; i++)
		points[i] = in[i]->points;
	if (n)
		qsort(points, n, sizeof *points, compare_ints);
	for (size_t i = 0; i < n; i++)
		if (points[i] > 0 && (distinct == 0 || points[distinct - 1] != points[i]))
			points[distinct++] = points[i];
	for (int t = 0; t < SCORE_THRESHOLDS && distinct > 0; t++) {
		size_t at = distinct <= SCORE_THRESHOLDS
		                ? (size_t)t
		                : (size_t)t * (distinct - 1) / (SCORE_THRESHOLDS - 1);

		if (at >= distinct)
			break;
		out->thresholds[out->n_thresholds++].points = points[at];
	}
	free(points);
}

/* The one above which most more convert than below it, with enough leads on either
 * side to say so. */
static void find_best(struct lead_score *out)
{
	double most = 0;

	out->best = -1;
	for (int t = 0; t < out->n_thresholds; t++) {
		struct conversion above = out->thresholds[t].above,
		                  below = out->thresholds[t].below;

		if (above.leads < SCORE_FEW || below.leads < SCORE_FEW)
			continue;
		double gain = conversion_rate(above) - conversion_rate(below);

		if (gain > most) {
			most = gain;
			out->best = t;
		}
	}
}

static void count_lead(struct lead_score *out, const struct definition *d,
    const struct scored_lead *l, int month)
{
	bool above = d->handoff_at > 0 && l->points >= d->handoff_at;

	count(above ? &out->months[month].above : &out->months[month].below, l);
	count(&out->all, l);
	for (size_t k = 0; k < d->n_points && k < SCORE_KEYS; k++)
		count(l->keys >> k & 1 ? &out->keys[k].with : &out->keys[k].without, l);
	for (int t = 0; t < out->n_thresholds; t++)
		count(l->points >= out->thresholds[t].points ? &out->thresholds[t].above
		                                             : &out->thresholds[t].below,
		    l);
}

void lead_score_make(struct lead_score *out, const struct definition *d,
    const struct scored_leads *leads, day_t last_month)
{
	const struct scored_lead **in = xcalloc(leads->count + 1, sizeof *in);
	int *months = xcalloc(leads->count + 1, sizeof *months);
	size_t n = 0;
	struct period month = period_of_month(last_month);

	*out = (struct lead_score){0};
	for (int m = SCORE_LEAD_MONTHS - 1; m >= 0; m--) {
		out->months[m].month = month;
		month = period_of_month(month.first - 1);
	}
	for (size_t i = 0; i < leads->count; i++)
		for (int m = 0; m < SCORE_LEAD_MONTHS; m++)
			if (period_has(out->months[m].month, leads->items[i].created)) {
				months[n] = m;
				in[n++] = &leads->items[i];
			}
	find_thresholds(out, in, n);
	for (size_t i = 0; i < n; i++)
		count_lead(out, d, in[i], months[i]);
	find_best(out);
	free(in);
	free(months);
}
