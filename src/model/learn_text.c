#include "learn_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A trained model as lines of text, to be kept and read again to the same bits:
 * numbers are hexadecimal fractions. Written and read by one program, so the
 * order of the lines is the form; a line that is not as expected refuses all.
 */

#define LEARNED_HEAD "learned 2" /* raised when features or lines change */

static void put(struct str *out, double value)
{
	str_addf(out, "%a ", value);
}

static void format_test(struct str *out, const struct backtest *t)
{
	str_addf(out, "test %d %d %d %d %d %d %d %d %d %d\n", t->first, t->last,
	    t->trained_from, t->months, t->predictions, t->slipped, t->trained, t->ranked,
	    t->named, t->named_slipped);
	put(out, t->base_rate);
	put(out, t->auc);
	put(out, t->brier);
	put(out, t->brier_base);
	put(out, t->precision);
	put(out, t->calibration);
	str_adds(out, "\n");
}

static void format_learned(struct str *out, const struct learned *l)
{
	str_addf(out, "model %d %d %d %d %zu\n", l->lessons, l->slipped, l->from,
	    l->until, l->n_owners);
	put(out, l->logit.bias);
	for (int i = 0; i < LEARN_PHASES; i++)
		put(out, l->shift[i]);
	str_addf(out, "\n%d\n", l->logit.n);
	for (int i = 0; i < l->logit.n; i++) {
		put(out, l->logit.mean[i]);
		put(out, l->logit.weight[i]);
		str_adds(out, "\n");
	}
	for (size_t i = 0; i < l->n_owners; i++) {
		str_addf(out, "%d %d ", l->owners[i].count, l->owners[i].slipped);
		put(out, l->owners[i].feature);
		str_adds(out, l->owners[i].name);
		str_adds(out, "\n");
	}
}

void learning_format(struct str *out, const struct learning *learning)
{
	str_addf(out, LEARNED_HEAD " %d\n", learning->learned != NULL);
	format_test(out, &learning->test);
	format_test(out, &learning->trained);
	format_test(out, &learning->points);
	if (learning->learned)
		format_learned(out, learning->learned);
}

/* What is left to read; at NULL: something was not as expected. */
struct text {
	const char *at;
};

static double number(struct text *t)
{
	char *end;
	double value = t->at ? strtod(t->at, &end) : 0;
	t->at = !t->at || end == t->at ? NULL : end;
	return value;
}

static int whole(struct text *t)
{
	double value = number(t);
	if (value < INT32_MIN || value > INT32_MAX)
		t->at = NULL;
	return t->at ? (int)value : 0;
}

/* The word, after white space. */
static void expect(struct text *t, const char *word)
{
	if (!t->at)
		return;
	t->at += strspn(t->at, " \n");
	size_t n = strlen(word);
	t->at = strncmp(t->at, word, n) ? NULL : t->at + n;
}

static void parse_test(struct text *t, struct backtest *out)
{
	expect(t, "test");
	out->first = whole(t);
	out->last = whole(t);
	out->trained_from = whole(t);
	out->months = whole(t);
	out->predictions = whole(t);
	out->slipped = whole(t);
	out->trained = whole(t);
	out->ranked = whole(t) != 0;
	out->named = whole(t);
	out->named_slipped = whole(t);
	out->base_rate = number(t);
	out->auc = number(t);
	out->brier = number(t);
	out->brier_base = number(t);
	out->precision = number(t);
	out->calibration = number(t);
}

static void parse_logit(struct text *t, struct learned *out)
{
	out->logit.bias = number(t);
	for (int i = 0; i < LEARN_PHASES; i++)
		out->shift[i] = number(t);
	out->logit.n = whole(t);
	if (out->logit.n != LEARN_FEATURES)
		t->at = NULL; /* of another version of the program */
	for (int i = 0; t->at && i < out->logit.n; i++) {
		out->logit.mean[i] = number(t);
		out->logit.weight[i] = number(t);
	}
}

static void parse_owner(struct text *t, struct arena *arena, struct learned_owner *out)
{
	out->count = whole(t);
	out->slipped = whole(t);
	out->feature = number(t);
	if (!t->at || *t->at != ' ') {
		t->at = NULL;
		return;
	}
	const char *name = t->at + 1;
	size_t len = strcspn(name, "\n");
	out->name = arena_dup(arena, name, len);
	t->at = name[len] ? name + len + 1 : NULL;
}

static struct learned *parse_learned(struct text *t, struct arena *arena, size_t most)
{
	struct learned *l = arena_alloc(arena, sizeof *l);
	expect(t, "model");
	l->lessons = whole(t);
	l->slipped = whole(t);
	l->from = whole(t);
	l->until = whole(t);
	int owners = whole(t);
	parse_logit(t, l);
	expect(t, "");
	if (owners < 0 || (size_t)owners > most)
		t->at = NULL;
	if (!t->at)
		return NULL;
	l->owners = arena_alloc(arena, ((size_t)owners + 1) * sizeof *l->owners);
	for (; t->at && l->n_owners < (size_t)owners; l->n_owners++)
		parse_owner(t, arena, &l->owners[l->n_owners]);
	return l;
}

bool learning_parse(struct learning *out, struct arena *arena, struct slice text)
{
	struct text t = {arena_dup(arena, text.p ? text.p : "", text.len)};
	*out = (struct learning){.learned = NULL};
	expect(&t, LEARNED_HEAD);
	int trained = whole(&t);
	parse_test(&t, &out->test);
	parse_test(&t, &out->trained);
	parse_test(&t, &out->points);
	if (trained)
		out->learned = parse_learned(&t, arena, text.len);
	return t.at != NULL;
}
