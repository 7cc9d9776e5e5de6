#include "learn_inside.h"

#include "huddle/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Lessons of all deals, and the walk through their months. A lesson's outcome is
 * known from the end of the month that its close date named: before that day
 * nothing of it is used, neither for weights nor for the owner's history.
 */

/* The penalty on the weights of the scaled features. Of 3 to 80 it did
 * best out of sample on companies of known truth. */
static const double PENALTY = 20;
enum { SAMPLED_FROM = 4000, ONE_IN = 4 }; /* deals: lessons of other phases of some */

struct lesson {
	day_t day, known; /* known: the first day that knows the outcome */
	uint32_t deal, owner;
	enum learn_phase phase;
	bool slipped;
	int points; /* percent by points */
	int owner_count, owner_slipped;
	double x[LEARN_FEATURES];
};

struct lessons {
	struct past *past;
	struct rater rater; /* by points */
	struct lesson *items;
	size_t count, cap;
	struct arena arena;
	const char **owners; /* names, by number */
	uint32_t n_owners;
	uint32_t *slots; /* of a hash of names; number + 1 */
	size_t n_slots;
	size_t deal; /* how many were taken */
	double ease[LEARN_FEATURES];
};

struct lessons *lessons_open(struct past *past, const struct risk_rules *rules)
{
	struct lessons *l = xcalloc(1, sizeof *l);
	size_t cap = 0;
	*l = (struct lessons){.past = past, .rater = {.rules = rules}, .n_slots = 64};
	while (l->n_slots < past->n_deals * 4)
		l->n_slots *= 2;
	l->slots = xcalloc(l->n_slots, sizeof *l->slots);
	l->owners =
	    arena_grow(&l->arena, NULL, &cap, past->n_deals * 2 + 64, sizeof *l->owners);
	return l;
}

void lessons_close(struct lessons *l)
{
	arena_release(&l->arena);
	free(l->slots);
	free(l->items);
	free(l);
}

/* The number of a name; 0 is "nobody". */
static uint32_t owner_number(struct lessons *l, const char *name)
{
	size_t hash = 1469598103934665603u;
	for (const char *p = name; *p; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	size_t at = hash & (l->n_slots - 1);
	for (; l->slots[at]; at = (at + 1) & (l->n_slots - 1))
		if (!strcmp(l->owners[l->slots[at] - 1], name))
			return l->slots[at] - 1;
	if (l->n_owners + 1 >= l->n_slots / 2 || l->n_owners >= l->past->n_deals * 2 + 64)
		return 0;
	l->owners[l->n_owners] = arena_strdup(&l->arena, name);
	l->slots[at] = ++l->n_owners;
	return l->n_owners - 1;
}

enum learn_phase learn_phase_of(day_t today, day_t close_date)
{
	int ahead = month_index(close_date) - month_index(today);
	int day = civil_from_day(today).day;
	if (ahead > 2)
		return PHASE_LATER;
	if (ahead > 0)
		return ahead == 1 ? PHASE_NEXT : PHASE_AFTER_NEXT;
	return day <= 7    ? PHASE_FIRST
	       : day <= 14 ? PHASE_SECOND
	       : day <= 21 ? PHASE_THIRD
	                   : PHASE_LAST;
}

static day_t month_after(day_t day)
{
	return period_of_month(day).last + 1;
}

/* A lesson of the deal at the start of a day, if it teaches: an open deal whose
 * close date names a month that is not over then, but is by now. */
static void take_day(
    struct lessons *l, const struct past_deal *deal, day_t day, bool first)
{
	struct look looks[RISK_SIGNALS];
	struct deal at;
	if (!past_deal_at(&at, l->past, deal, day) || at.status != DEAL_OPEN ||
	    at.missing || at.close_date == DAY_NONE ||
	    month_index(at.close_date) < month_index(day))
		return;
	day_t known = month_after(at.close_date);
	enum learn_phase phase = learn_phase_of(day, at.close_date);
	if (known > l->past->end || (first && phase != PHASE_FIRST))
		return;
	bool slipped = past_status_at(l->past, deal, known) == DEAL_OPEN;
	if (slipped && past_missing_at(deal, known))
		return;
	if (l->count == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 1024;
		l->items = xrealloc(l->items, l->cap * sizeof *l->items);
	}
	struct lesson *lesson = &l->items[l->count++];
	*lesson = (struct lesson){.day = day,
	    .known = known,
	    .deal = (uint32_t)l->deal,
	    .owner = owner_number(l, at.owner),
	    .phase = phase,
	    .slipped = slipped};
	struct learn_row row;
	risk_rate(&at, &l->rater, day);
	lesson->points = at.risk.probability;
	signals_look(looks, &at, l->rater.rules, day);
	learn_look(&row, &at, looks, day);
	memcpy(lesson->x, row.x, sizeof row.x);
	memcpy(l->ease, row.ease, sizeof row.ease);
}

/* The first month of which anything may be told. */
static day_t first_month(const struct past *past, const struct past_deal *deal)
{
	day_t from = past->firsts.history;
	if (from == DAY_NONE ||
	    (past->firsts.sync != DAY_NONE && past->firsts.sync < from))
		from = past->firsts.sync;
	if (deal->now->created != DAY_NONE && deal->now->created > from)
		from = deal->now->created;
	return from == DAY_NONE ? DAY_NONE : period_of_month(from).first;
}

/* After it was closed for the last time there is no more to learn of it. */
static day_t last_day(const struct past *past, const struct past_deal *deal)
{
	day_t closed = deal->now->closed;
	bool over =
	    deal->now->status != DEAL_OPEN && closed != DAY_NONE && closed < past->end;
	day_t last = over ? closed : past->end - 1;
	for (size_t i = 0; i < deal->changes.count; i++) {
		day_t day = day_of_instant(deal->changes.items[i].at);
		last = day > last && day < past->end ? day : last;
	}
	return last;
}

bool lessons_take(void *lessons, const struct past_deal *deal)
{
	static const int within[] = {7, 14, 21}; /* days after the first of the month */
	struct lessons *l = lessons;
	day_t month = first_month(l->past, deal);
	bool all = l->past->n_deals < SAMPLED_FROM || l->deal % ONE_IN == 0;
	l->deal++;
	if (month == DAY_NONE || l->past->end == DAY_NONE)
		return true;
	for (day_t last = last_day(l->past, deal); month <= last;
	     month = month_after(month)) {
		take_day(l, deal, month, !all);
		for (int i = 0; all && i < 3; i++)
			take_day(l, deal, month + within[i], false);
	}
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct lesson *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->deal < y->deal ? -1 : x->deal > y->deal;
}

/* Is it one of those that are predicted: of the first day of the month it names? */
static bool predicted(const struct lesson *lesson)
{
	return lesson->phase == PHASE_FIRST && civil_from_day(lesson->day).day == 1;
}

/* What is known of owners while walking. */
struct owners {
	int *count, *slipped, all, all_slipped;
};

static void know(struct owners *o, const struct lesson *lesson)
{
	o->count[lesson->owner]++;
	o->slipped[lesson->owner] += lesson->slipped;
	o->all++;
	o->all_slipped += lesson->slipped;
}

/* Fill in the owners' histories as they were known on each lesson's day. The
 * predictions of a month are known when it is over. */
static void add_owners(struct lessons *l, struct owners *o)
{
	bool off = risk_signal_off(l->rater.rules, SIGNAL_OWNER);
	size_t next = 0;
	for (size_t i = 0; i < l->count; i++) {
		struct lesson *lesson = &l->items[i];
		for (; next < i; next++) {
			if (!predicted(&l->items[next]))
				continue;
			if (l->items[next].known > lesson->day)
				break;
			know(o, &l->items[next]);
		}
		lesson->owner_count = o->count[lesson->owner];
		lesson->owner_slipped = o->slipped[lesson->owner];
		lesson->x[LEARN_OWNER] =
		    off ? NAN
		        : learn_owner_feature(lesson->owner_count, lesson->owner_slipped,
		              o->all, o->all_slipped);
	}
	for (; next < l->count; next++)
		if (predicted(&l->items[next]))
			know(o, &l->items[next]);
}

/* The predicted lessons as the matrix to train on, by month. */
struct matrix {
	double *x;
	bool *slipped;
	const struct lesson **of;
	size_t rows;
	double ease[LEARN_FEATURES];
};

static struct matrix matrix_make(const struct lessons *l)
{
	struct matrix m = {.x = xcalloc(l->count * LEARN_FEATURES + 1, sizeof *m.x),
	    .slipped = xcalloc(l->count + 1, sizeof *m.slipped),
	    .of = xcalloc(l->count + 1, sizeof *m.of)};
	memcpy(m.ease, l->ease, sizeof m.ease);
	for (size_t i = 0; i < l->count; i++) {
		if (!predicted(&l->items[i]))
			continue;
		memcpy(
		    m.x + m.rows * LEARN_FEATURES, l->items[i].x, sizeof l->items[i].x);
		m.slipped[m.rows] = l->items[i].slipped;
		m.of[m.rows++] = &l->items[i];
	}
	return m;
}

static void matrix_free(struct matrix *m)
{
	free(m->x);
	free(m->slipped);
	free(m->of);
}

/* The first `rows` suffice? */
static bool train(struct logit *out, const struct matrix *m, size_t rows)
{
	int slips = 0;
	for (size_t i = 0; i < rows; i++)
		slips += m->slipped[i];
	return rows >= LEARN_LEAST && slips >= LEARN_LEAST_SLIPS &&
	       logit_train(out, LEARN_FEATURES, m->x, m->slipped, rows, PENALTY, m->ease);
}

static size_t month_end(const struct matrix *m, size_t from)
{
	size_t end = from;
	while (end < m->rows && m->of[end]->day == m->of[from]->day)
		end++;
	return end;
}

/* Month by month, with the months before it. */
static bool predict(
    const struct matrix *m, struct prediction *out, const atomic_bool *stop)
{
	bool stopped = false;
	struct logit *logit = xcalloc(1, sizeof *logit);
	for (size_t at = 0, end; at < m->rows && !stopped; at = end) {
		end = month_end(m, at);
		stopped = stop && *stop;
		bool trained = train(logit, m, at);
		for (size_t i = at; i < end; i++)
			out[i] = (struct prediction){.month = m->of[i]->day,
			    .deal = m->of[i]->deal,
			    .slipped = m->of[i]->slipped,
			    .trained = trained,
			    .chance = trained ? logit_probability(logit, m->of[i]->x)
			                      : m->of[i]->points / 100.0};
	}
	free(logit);
	return !stopped;
}

/* A phase moves the odds by as much as makes the chances of its lessons come to
 * their outcomes, shrunk as if some lessons more said that it does not. Newton's
 * method on one number. */
static double shift_of(
    const struct lessons *l, const struct logit *logit, enum learn_phase phase)
{
	double shift = 0;
	for (int step = 0; step < 30; step++) {
		double off = PENALTY * shift, curve = PENALTY;
		for (size_t i = 0; i < l->count; i++) {
			if (l->items[i].phase != phase)
				continue;
			double p = logit_probability(logit, l->items[i].x);
			p = p / (p + (1 - p) * exp(-shift));
			off += p - l->items[i].slipped;
			curve += p * (1 - p);
		}
		shift -= off / curve;
		if (fabs(off / curve) < 1e-9)
			break;
	}
	return shift;
}

static int by_name(const void *a, const void *b)
{
	const struct learned_owner *x = a, *y = b;
	return strcmp(x->name, y->name);
}

static void keep_owners(struct learned *out, struct arena *arena, const struct lessons *l,
    const struct owners *o)
{
	out->owners = arena_alloc(arena, (l->n_owners + 1) * sizeof *out->owners);
	for (uint32_t i = 0; i < l->n_owners; i++)
		if (o->count[i] && !strchr(l->owners[i], '\n'))
			out->owners[out->n_owners++] = (struct learned_owner){
			    arena_strdup(arena, l->owners[i]), o->count[i], o->slipped[i],
			    learn_owner_feature(
			        o->count[i], o->slipped[i], o->all, o->all_slipped)};
	if (out->n_owners)
		qsort(out->owners, out->n_owners, sizeof *out->owners, by_name);
}

static struct learned *learn_all(const struct lessons *l, struct arena *arena,
    const struct matrix *m, const struct owners *o)
{
	struct learned *out = arena_alloc(arena, sizeof *out);
	if (!train(&out->logit, m, m->rows))
		return NULL;
	out->lessons = (int)m->rows;
	for (size_t i = 0; i < m->rows; i++)
		out->slipped += m->slipped[i];
	out->from = m->of[0]->day;
	out->until = period_of_month(m->of[m->rows - 1]->day).last;
	for (int p = PHASE_SECOND; p < LEARN_PHASES; p++)
		out->shift[p] = shift_of(l, &out->logit, (enum learn_phase)p);
	keep_owners(out, arena, l, o);
	return out;
}

void learning_none(struct learning *out)
{
	out->learned = NULL;
	backtest_count(&out->test, NULL, 0);
	backtest_count(&out->trained, NULL, 0);
	backtest_count(&out->points, NULL, 0);
}

static void count_tests(
    struct learning *out, const struct matrix *m, struct prediction *predictions)
{
	size_t from = 0;
	while (from < m->rows && !predictions[from].trained)
		from++;
	backtest_count(&out->trained, predictions + from, m->rows - from);
	backtest_count(&out->test, predictions, m->rows);
	for (size_t i = 0; i < m->rows; i++)
		predictions[i] = (struct prediction){.month = m->of[i]->day,
		    .deal = m->of[i]->deal,
		    .slipped = m->of[i]->slipped,
		    .chance = m->of[i]->points / 100.0};
	backtest_count(&out->points, predictions, m->rows);
}

bool lessons_walk(
    struct lessons *l, struct arena *arena, const atomic_bool *stop, struct learning *out)
{
	struct owners o = {.count = xcalloc(l->n_owners + 1, sizeof *o.count),
	    .slipped = xcalloc(l->n_owners + 1, sizeof *o.slipped)};
	if (l->count)
		qsort(l->items, l->count, sizeof *l->items, by_day);
	add_owners(l, &o);
	struct matrix m = matrix_make(l);
	struct prediction *predictions = xcalloc(m.rows + 1, sizeof *predictions);
	bool fine = predict(&m, predictions, stop);
	count_tests(out, &m, predictions);
	out->learned = fine ? learn_all(l, arena, &m, &o) : NULL;
	free(predictions);
	matrix_free(&m);
	free(o.count);
	free(o.slipped);
	return fine;
}
