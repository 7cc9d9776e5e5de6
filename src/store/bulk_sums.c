#include "link.h"

#include <stdlib.h>
#include <string.h>

/*
 * What all deals add up to, taken along while all links are made: reading the
 * links once more for it costs a third of making them.
 */

void bulk_sums_begin(struct build *b, const struct reach *reach)
{
	struct bulk_sums *s = &b->sums;

	for (int i = 0; i < LINK_SIDES; i++)
		if (!b->fresh && !b->sides[i].bulk)
			return;
	sum_days_set(&s->days, b->as_of);
	for (int i = 0; i < LINK_SIDES; i++)
		s->sides[i] = xcalloc(reach->n_deals + 1, sizeof *s->sides[i]);
	size_t seats =
	    reach->members.keys ? reach->members.start[reach->members.keys] : 0;
	s->engaged = xcalloc(seats + 1, sizeof *s->engaged);
	s->made = true;
}

void bulk_sums_release(struct bulk_sums *s)
{
	for (int i = 0; i < LINK_SIDES; i++)
		free(s->sides[i]);
	free(s->engaged);
	*s = (struct bulk_sums){0};
}

static bool has_deal(const struct targets *t, uint32_t deal)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->items[i].deal == deal)
			return true;
	return false;
}

static void mark_engaged(struct bulk_sums *s, const struct reach *reach, uint32_t deal,
    const struct side_event *event)
{
	const uint32_t *members = NULL;
	size_t n = reach_members(reach, deal, &members);

	if (!event->contact || !sum_is_recent(&s->days, event->at))
		return;
	for (size_t i = 0; i < n; i++)
		if (members[i] == event->contact)
			s->engaged[(size_t)(members - reach->members.items) + i] = true;
}

void bulk_sums_add(struct bulk_sums *s, int side, const struct reach *reach,
    const struct side_event *event, const struct targets *targets,
    const struct targets *main)
{
	for (size_t i = 0; i < targets->count; i++) {
		uint32_t deal = targets->items[i].deal;
		mark_engaged(s, reach, deal, event);
		if (!main || !has_deal(main, deal))
			side_sum_add(&s->sides[side][deal], &s->days, event);
	}
}

void bulk_sums_of(
    const struct build *b, const struct reach *reach, int64_t deal, struct summary *out)
{
	const struct bulk_sums *s = &b->sums;
	const uint32_t *members = NULL;
	size_t n = reach_members(reach, deal, &members);

	*out = (struct summary){.deal = deal, .committee = (int)n};
	for (int i = 0; i < LINK_SIDES; i++)
		*(link_sides[i].kind == FACT_TOUCHES ? &out->touches : &out->activities) =
		    side_sum_stats(&s->sides[i][deal]);
	for (size_t i = 0; i < n; i++)
		out->engaged += s->engaged[(size_t)(members - reach->members.items) + i];
}
