#include "draft.h"

#include "huddle/text.h"
#include <string.h>

/* The stages and the words of status that stand in the files, and what they may mean. */

struct rung {
	const char *part;
	int place; /* on the ladder; 0 won, -1 lost */
};

static int rung_of(const char *name)
{
	static const struct rung rungs[] = {{"won", 0}, {"lost", -1}, {"dead", -1},
	    {"abandon", -1}, {"disqualif", -1}, {"churn", -1}, {"cancel", -1},
	    {"no decision", -1}, {"prospect", 1}, {"new", 1}, {"lead", 1},
	    {"appointment", 1}, {"engag", 2}, {"qualif", 2}, {"needs", 3},
	    {"discover", 3}, {"demo", 4}, {"presentation", 4}, {"develop", 4},
	    {"value prop", 4}, {"evaluat", 4}, {"decision maker", 5}, {"perception", 5},
	    {"proposal", 6}, {"propose", 6}, {"quote", 6}, {"negotiat", 7},
	    {"contract", 8}, {"verbal", 8}, {"commit", 8}, {"closing", 9}};
	static const int unknown = 4;

	for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++)
		if (text_contains(slice_of(name), slice_of(rungs[i].part)))
			return rungs[i].place;
	return unknown;
}

static const struct profile *values_of(
    const struct draft_section *s, const char *field, const char **header)
{
	const struct draft_field *f = draft_field_of(s, field);

	if (!f || f->n_columns != 1)
		return NULL;
	*header = s->files[0]->header[f->columns[0]].p;
	return &s->files[0]->columns[f->columns[0]];
}

/* A key of a mapping may be any text but what ends it. */
static bool may_be_key(const char *name)
{
	return draft_writable(slice_of(name)) && !strpbrk(name, "=;#\"") && *name != '[';
}

static void say_stage(const struct draft *d, const char *name, int place, int order)
{
	str_addf(d->out, "%s", may_be_key(name) ? "" : "; ");
	draft_plain(d->out, name);
	if (place > 0)
		str_addf(d->out, " = open %d\n", order);
	else
		str_addf(d->out, " = %s\n", place ? "lost" : "won");
}

void draft_stages(const struct draft *d, const struct draft_section *s)
{
	const char *header;
	const struct profile *p = values_of(s, "stage", &header);
	int order = 1;

	if (!p || p->n_distinct > DISTINCT_MAX || !p->n_distinct)
		return;
	str_adds(d->out, "\n; Values of ");
	draft_plain(d->out, header);
	str_adds(d->out, ". The order is a guess from the names, and so is what is won\n"
	                 "; and lost.\n[stages]\n");
	for (int place = 1; place < 10; place++)
		for (int i = 0; i < p->n_distinct; i++)
			if (rung_of(p->distinct[i]) == place)
				say_stage(d, p->distinct[i], place, order++);
	for (int i = 0; i < p->n_distinct; i++)
		if (rung_of(p->distinct[i]) <= 0)
			say_stage(d, p->distinct[i], rung_of(p->distinct[i]), 0);
}

void draft_status(const struct draft *d, const struct draft_section *s)
{
	const char *header;
	const struct profile *p = values_of(s, "status", &header);

	if (!p || p->n_distinct > DISTINCT_MAX || !p->n_distinct)
		return;
	str_adds(d->out, "\n; Values of ");
	draft_plain(d->out, header);
	str_adds(d->out, "; say of each what it means.\n[status]\n");
	for (int i = 0; i < p->n_distinct; i++) {
		int place = rung_of(p->distinct[i]);
		str_adds(d->out, may_be_key(p->distinct[i]) ? "" : "; ");
		draft_plain(d->out, p->distinct[i]);
		str_addf(d->out, " = %s\n", place > 0 ? "open" : place ? "lost" : "won");
	}
}
