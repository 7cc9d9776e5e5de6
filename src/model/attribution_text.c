#include "huddle/attribution_sums.h"

#include <stdlib.h>
#include <string.h>

/*
 * Sums of an attribution as lines of text, to be kept and read again: the totals and the
 * campaigns, whose names and costs the book has. Written and read by one program, so the
 * order is the form; a line that is not as expected refuses all.
 */

#define HEAD "attribution 2" /* raised when a sum is counted otherwise */

static void add_sum(struct str *out, struct money_sum sum)
{
	str_addf(out, " %lld %d", (long long)sum.amount, sum.count);
}

void attribution_format(struct str *out, const struct attribution *a)
{
	const struct attribution_lines *lines = &a->by[BY_CAMPAIGN];

	str_addf(out, HEAD "\n%d %d %d %zu %d %zu", a->qualified, a->no_amount,
	    a->lost_apart, a->n_disputes, a->crm_silent, lines->count);
	add_sum(out, a->total);
	add_sum(out, a->unattributed);
	for (int by = 0; by < SOURCED_BYS; by++)
		add_sum(out, a->sourced[by]);
	add_sum(out, a->influenced);
	add_sum(out, a->influenced_only);
	add_sum(out, a->neither);
	add_sum(out, a->lost);
	str_addc(out, '\n');
	for (size_t i = 0; i < lines->count; i++) {
		const struct attribution_line *l = &lines->items[i];

		str_addf(out, "%u %d", l->number, l->qualified);
		add_sum(out, l->share);
		add_sum(out, l->lost);
		for (int s = DEAL_OPEN; s <= DEAL_LOST; s++)
			add_sum(out, l->sourced[s]);
		str_addc(out, '\n');
	}
	str_adds(out, "end\n");
}

/* The next number; *at is NULL from the first word on that is none. */
static int64_t whole(const char **at)
{
	char *end;
	long long value = *at ? strtoll(*at, &end, 10) : 0;

	*at = !*at || end == *at ? NULL : end;
	return value;
}

static void read_sum(const char **at, struct money_sum *sum)
{
	sum->amount = whole(at);
	sum->count = (int)whole(at);
}

static void read_line(
    const char **at, const struct attribution_book *book, struct attribution_line *l)
{
	int64_t number = whole(at);

	if (number < 0 || (uint64_t)number >= book->n_campaigns) {
		*at = NULL;
		return;
	}
	l->number = (uint32_t)number;
	l->name = book->campaigns[number].name;
	l->qualified = (int)whole(at);
	read_sum(at, &l->share);
	read_sum(at, &l->lost);
	for (int s = DEAL_OPEN; s <= DEAL_LOST; s++)
		read_sum(at, &l->sourced[s]);
}

bool attribution_parse(struct attribution *a, struct slice text)
{
	const char *at = arena_dup(a->arena, text.p ? text.p : "", text.len);
	struct attribution_lines *lines = &a->by[BY_CAMPAIGN];

	if (strncmp(at, HEAD "\n", strlen(HEAD) + 1) != 0)
		return false;
	at += strlen(HEAD) + 1;
	a->qualified = (int)whole(&at);
	a->no_amount = (int)whole(&at);
	a->lost_apart = (int)whole(&at);
	a->n_disputes = (size_t)whole(&at);
	a->crm_silent = (int)whole(&at);
	size_t count = (size_t)whole(&at);

	read_sum(&at, &a->total);
	read_sum(&at, &a->unattributed);
	for (int by = 0; by < SOURCED_BYS; by++)
		read_sum(&at, &a->sourced[by]);
	read_sum(&at, &a->influenced);
	read_sum(&at, &a->influenced_only);
	read_sum(&at, &a->neither);
	read_sum(&at, &a->lost);
	if (!at || count > text.len)
		return false;
	lines->items = arena_alloc(a->arena, (count + 1) * sizeof *lines->items);
	for (lines->count = 0; at && lines->count < count; lines->count++)
		read_line(&at, a->book, &lines->items[lines->count]);
	return at && !strcmp(at, "\nend\n");
}
