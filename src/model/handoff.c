#include "handoff_inside.h"

#include "huddle/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the leads of a period come to. */

double handoff_share(int part, int whole)
{
	return whole ? (double)part / whole : (double)NAN;
}

bool handoff_rejects_many(const struct handoff *h)
{
	int decided = h->accepted + h->rejected;
	return decided &&
	       h->rejected * INT64_C(100) >= decided * (int64_t)HANDOFF_REJECTED_MOST;
}

/*
 * Groups by name, found by a table of their places: reasons are free text, of which
 * there may be as many as leads.
 */
struct names {
	struct handoff_groups *groups;
	struct arena *arena;
	uint32_t *places; /* 1 + index; 0: free */
	size_t n_places;  /* a power of two, at least twice the leads */
};

static struct names names_of(
    struct handoff_groups *groups, struct arena *arena, size_t most)
{
	struct names out = {.groups = groups, .arena = arena, .n_places = 64};
	while (out.n_places < most * 2)
		out.n_places *= 2;
	out.places = xcalloc(out.n_places, sizeof *out.places);
	return out;
}

/* FNV-1a */
static uint64_t hash_of(struct slice name)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < name.len; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * UINT64_C(1099511628211);
	return hash ^ hash >> 32;
}

static struct handoff_group *group_of(struct names *names, const char *text)
{
	struct handoff_groups *groups = names->groups;
	struct slice name = slice_trim(slice_of(text));
	size_t mask = names->n_places - 1, place = hash_of(name) & mask;
	for (; names->places[place]; place = (place + 1) & mask)
		if (slice_is(name, groups->items[names->places[place] - 1].name))
			return &groups->items[names->places[place] - 1];
	if (groups->count == groups->cap)
		groups->items = arena_grow(names->arena, groups->items, &groups->cap,
		    groups->cap ? groups->cap * 2 : 32, sizeof *groups->items);
	names->places[place] = (uint32_t)groups->count + 1;
	struct handoff_group *group = &groups->items[groups->count++];
	*group = (struct handoff_group){
	    .name = arena_dup(names->arena, name.len ? name.p : "", name.len)};
	return group;
}

static void count_in(struct handoff_group *group, const struct handoff_lead *l)
{
	group->mqls++;
	group->met += l->touch.verdict == SLA_MET;
	group->missed += l->touch.verdict == SLA_MISSED;
	group->accepted += l->outcome == LEAD_IS_ACCEPTED;
	group->rejected += l->outcome == LEAD_IS_REJECTED;
}

static int by_missed(const void *a, const void *b)
{
	const struct handoff_group *x = a, *y = b;
	if (x->missed != y->missed)
		return y->missed - x->missed;
	if (x->rejected != y->rejected)
		return y->rejected - x->rejected;
	return x->mqls != y->mqls ? y->mqls - x->mqls : strcmp(x->name, y->name);
}

static int by_rejected(const void *a, const void *b)
{
	const struct handoff_group *x = a, *y = b;
	return x->rejected != y->rejected ? y->rejected - x->rejected
	                                  : strcmp(x->name, y->name);
}

static void names_done(struct names *names, int (*compare)(const void *, const void *))
{
	struct handoff_groups *groups = names->groups;
	free(names->places);
	if (groups->count)
		qsort(groups->items, groups->count, sizeof *groups->items, compare);
}

static void count_states(struct handoff *out, const struct handoff_lead *l)
{
	bool touch_captured = l->lead->captured >> LEAD_TOUCHED & 1u;
	bool assigned_captured = l->lead->captured >> LEAD_ASSIGNED & 1u;
	out->early += l->early;
	out->implied += l->assigned && l->implied;
	out->by_activity += l->lead->by_activity;
	out->untold += !touch_captured && !l->lead->by_activity && l->assigned;
	out->from_mql += l->assigned && !assigned_captured;
	out->accepted += l->outcome == LEAD_IS_ACCEPTED;
	out->rejected += l->outcome == LEAD_IS_REJECTED;
	out->contradicted += l->outcome == LEAD_CONTRADICTED;
	out->both += l->both && l->outcome != LEAD_CONTRADICTED;
	out->recycled += l->recycled;
}

static void count_sla(struct handoff *out, const struct handoff_lead *l)
{
	if (!l->assigned) {
		out->unassigned++;
		out->waiting += l->touch.open;
		return;
	}
	out->touch[l->touch.verdict]++;
	out->accept[l->accept.verdict]++;
	out->reach[l->reach.verdict]++;
	out->open_breaches += l->touch.verdict == SLA_MISSED && l->touch.open;
}

/* Those that count for the percentiles: touched, or over its time and so far. */
static bool has_hours(const struct handoff_lead *l)
{
	return l->hours.least >= 0 && l->hours.least == l->hours.most &&
	       (!l->touch.open || l->touch.verdict == SLA_MISSED);
}

static int compare_seconds(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* Nearest rank: the smallest value that so many percent of all do not exceed. */
static int64_t percentile(const int64_t *sorted, size_t n, size_t percent)
{
	return n ? sorted[(n * percent + 99) / 100 - 1] : -1;
}

static void take_percentiles(struct handoff *out)
{
	int64_t *seconds = xcalloc(out->count + 1, sizeof *seconds);
	for (size_t i = 0; i < out->count; i++)
		if (has_hours(&out->leads[i]))
			seconds[out->with_hours++] = out->leads[i].hours.least;
	qsort(seconds, out->with_hours, sizeof *seconds, compare_seconds);
	out->median = percentile(seconds, out->with_hours, 50);
	out->p90 = percentile(seconds, out->with_hours, 90);
	free(seconds);
}

/* What has to be talked about first. */
static int rank_of(const struct handoff_lead *l)
{
	static const int ranks[SLA_VERDICTS] = {[SLA_MISSED] = 0,
	    [SLA_UNCLEAR] = 1,
	    [SLA_OPEN] = 2,
	    [SLA_NOT_JUDGED] = 4,
	    [SLA_MET] = 5};
	return l->assigned ? ranks[l->touch.verdict] : 3;
}

static int compare_leads(const void *a, const void *b)
{
	const struct handoff_lead *x = a, *y = b;
	int rank = rank_of(x), other = rank_of(y);
	if (rank != other)
		return rank - other;
	if (x->touch.taken.least != y->touch.taken.least)
		return x->touch.taken.least > y->touch.taken.least ? -1 : 1;
	return strcmp(x->lead->id, y->lead->id);
}

static bool wanted(const struct handoff_input *in, const struct lead *lead)
{
	return !in->owner || text_contains(slice_of(lead->owner), slice_of(in->owner));
}

/* Converted in the period, though nobody said that it was MQL. */
static bool converts_without_mql(const struct handoff_input *in, const struct lead *lead)
{
	struct lead_time t = lead->at[LEAD_CONVERTED];
	return lead->at[LEAD_MQL].at == INSTANT_NONE && t.at != INSTANT_NONE &&
	       period_has(in->period, day_of_instant(t.at));
}

static void judge_all(
    struct handoff *out, struct arena *arena, const struct handoff_input *in)
{
	out->leads = arena_alloc(arena, (in->leads->count + 1) * sizeof *out->leads);
	for (size_t i = 0; i < in->leads->count; i++) {
		const struct lead *lead = &in->leads->items[i];
		struct handoff_lead *l = &out->leads[out->count];
		day_t day;
		if (!wanted(in, lead))
			continue;
		out->without_mql += converts_without_mql(in, lead);
		if (lead_judge(l, lead, in->rules, in->now, &day) &&
		    period_has(in->period, day))
			out->count++;
	}
	if (out->count)
		qsort(out->leads, out->count, sizeof *out->leads, compare_leads);
}

void handoff_make(
    struct handoff *out, struct arena *arena, const struct handoff_input *in)
{
	*out = (struct handoff){.period = in->period, .rules = in->rules};
	judge_all(out, arena, in);
	struct names owners = names_of(&out->owners, arena, out->count);
	struct names sources = names_of(&out->sources, arena, out->count);
	struct names reasons = names_of(&out->reasons, arena, out->count);
	for (size_t i = 0; i < out->count; i++) {
		const struct handoff_lead *l = &out->leads[i];
		count_states(out, l);
		count_sla(out, l);
		count_in(group_of(&sources, l->lead->source), l);
		if (l->assigned)
			count_in(group_of(&owners, l->lead->owner), l);
		if (l->outcome == LEAD_IS_REJECTED)
			count_in(group_of(&reasons, l->lead->reason), l);
	}
	names_done(&owners, by_missed);
	names_done(&sources, by_missed);
	names_done(&reasons, by_rejected);
	take_percentiles(out);
}
