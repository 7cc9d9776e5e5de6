#include "attribution_inside.h"

#include "huddle/themes.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * The models. Percentages and milestones are HubSpot's (Knowledge Base, "Understand
 * attribution reporting"), whose U, W and full path are of one make: milestones, and
 * the rest spread over all other touches.
 *
 *   first, last  100 to the first or last touch
 *   linear       1/n to each
 *   u            40 first touch, 40 lead creation, 20 the rest. Marketo Measure gives
 *                50 and 50 and the rest nothing; here all touches in between would
 *                be worth nothing under one model of the three.
 *   w            30 first touch, 30 lead creation, 30 deal creation, 10 the rest;
 *                Marketo Measure has the same
 *   full         22.5 each to these three and to closed-won, 10 the rest; likewise
 *   decay        2^(-age / half-life), age in seconds. Any day may be the one that ages
 *                are counted to, as it is a factor that all have in common; it is the
 *                last touch. Seven days are what Google Analytics had.
 *
 * A milestone's touch is the last one at or before it: of lead creation, when the first
 * of the deal's people became a lead; of deal creation, the day it was created; of
 * closed-won, the day it was won. Where one touch is two milestones it has the shares of
 * both. A milestone that was not reached, is not known or has no touch before it gives
 * its share to the other milestones, each as much; so the full path of an open deal
 * is its W. Where nothing is in between, the rest goes to the milestones likewise.
 */

const char *const attribution_model_names[ATTRIBUTION_MODELS + 1] = {
    [MODEL_FIRST] = "first",
    [MODEL_LAST] = "last",
    [MODEL_LINEAR] = "linear",
    [MODEL_U] = "u",
    [MODEL_W] = "w",
    [MODEL_FULL] = "full",
    [MODEL_DECAY] = "decay",
};

const char *attribution_model_title(enum attribution_model model)
{
	static const char *const titles[ATTRIBUTION_MODELS] = {
	    [MODEL_FIRST] = "first touch",
	    [MODEL_LAST] = "last touch",
	    [MODEL_LINEAR] = "linear",
	    [MODEL_U] = "U-shaped",
	    [MODEL_W] = "W-shaped",
	    [MODEL_FULL] = "full path",
	    [MODEL_DECAY] = "time decay",
	};
	return titles[model];
}

/* ---- which touches count ---- */

bool text_next_word(struct slice *rest, struct slice *word)
{
	while (rest->len && !isalpha((unsigned char)*rest->p)) {
		rest->p++;
		rest->len--;
	}
	*word = (struct slice){rest->p, 0};
	while (rest->len && isalpha((unsigned char)*rest->p)) {
		rest->p++;
		rest->len--;
		word->len++;
	}
	return word->len > 0;
}

bool word_is_one_of(struct slice word, const char *const *words)
{
	for (; *words; words++)
		if (slice_is_nocase(word, *words))
			return true;
	return false;
}

/* "Email open", "Opened email", "open"; but not "Open house" or "Open day". */
static bool is_open(struct slice kind)
{
	static const char *const opens[] = {"open", "opens", "opened", NULL};
	static const char *const mails[] = {"email", "mail", "e", NULL};
	struct slice word, before = {NULL, 0};

	while (text_next_word(&kind, &word)) {
		if (before.len && word_is_one_of(before, opens) &&
		    (word_is_one_of(word, mails) || !slice_is_nocase(before, "open")))
			return true;
		before = word;
	}
	return before.len && word_is_one_of(before, opens);
}

bool touch_counts(struct slice kind, bool responded)
{
	static const char *const never[] = {
	    "bounce", "bounced", "unsubscribe", "unsubscribed", "spam", "error", NULL};
	static const char *const sent[] = {
	    "sent", "send", "delivered", "invitation", "invited", NULL};
	struct slice rest = kind, word;

	if (is_open(kind))
		return false;
	while (text_next_word(&rest, &word))
		if (word_is_one_of(word, never) ||
		    (!responded && word_is_one_of(word, sent)))
			return false;
	return true;
}

/* ---- times ---- */

static instant_t end_of(day_t day)
{
	return day == DAY_NONE ? INSTANT_NONE
	                       : (instant_t)day * DAY_SECONDS + DAY_SECONDS - 1;
}

struct attribution_times attribution_times_of(const struct deal *deal, instant_t lead,
    const struct attribution_rules *rules, day_t today)
{
	day_t closed = deal->status == DEAL_OPEN ? today : deal_closed_on(deal);
	/* A closed deal of which nobody knows when. */
	day_t last = closed == DAY_NONE ? today : closed;

	return (struct attribution_times){
	    .from = rules->lookback ? ((instant_t)last - rules->lookback) * DAY_SECONDS
	                            : INSTANT_NONE,
	    .end = end_of(last),
	    .lead = lead,
	    .made = end_of(deal->created),
	    .won = deal->status == DEAL_WON ? end_of(last) : INSTANT_NONE};
}

static int compare_touches(const void *a, const void *b)
{
	const struct attribution_touch *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->key > y->key) - (x->key < y->key);
}

/*
 * Touches come by their keys, and a few hundred a deal are most of what is sorted at all:
 * their places are sorted byte by byte of the time since the first, which keeps the order
 * of keys where times are equal. Above them in each number stands the time.
 */
enum { PLACE_BITS = 24, BYTE = 256 };

static void sort_bytes(uint64_t *items, uint64_t *spare, size_t count, uint64_t most)
{
	for (int shift = PLACE_BITS; most >> (shift - PLACE_BITS); shift += 8) {
		size_t start[BYTE + 1] = {0};
		for (size_t i = 0; i < count; i++)
			start[(items[i] >> shift & (BYTE - 1)) + 1]++;
		for (int b = 0; b < BYTE; b++)
			start[b + 1] += start[b];
		for (size_t i = 0; i < count; i++)
			spare[start[items[i] >> shift & (BYTE - 1)]++] = items[i];
		memcpy(items, spare, count * sizeof *items);
	}
}

static void sort_touches(struct attribution_touch *touches, size_t count)
{
	instant_t first = touches[0].at, last = first;
	bool by_key = count < (size_t)1 << PLACE_BITS;

	for (size_t i = 1; i < count; i++) {
		first = touches[i].at < first ? touches[i].at : first;
		last = touches[i].at > last ? touches[i].at : last;
		by_key &= touches[i - 1].key < touches[i].key;
	}
	if (!by_key || ((uint64_t)last - (uint64_t)first) >> (64 - PLACE_BITS)) {
		qsort(touches, count, sizeof *touches, compare_touches);
		return;
	}
	uint64_t *items = xmalloc(2 * count * sizeof *items);
	struct attribution_touch *sorted = xmalloc(count * sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		items[i] = (uint64_t)(touches[i].at - first) << PLACE_BITS | i;
	sort_bytes(items, items + count, count, (uint64_t)(last - first));
	for (size_t i = 0; i < count; i++)
		sorted[i] = touches[items[i] & (((uint64_t)1 << PLACE_BITS) - 1)];
	memcpy(touches, sorted, count * sizeof *sorted);
	free(sorted);
	free(items);
}

size_t attribution_order(struct attribution_touch *touches, size_t count,
    const struct attribution_times *times)
{
	size_t kept = 0;
	bool in_order = true;

	for (size_t i = 0; i < count; i++) {
		if (touches[i].at > times->end)
			continue;
		touches[kept++] = touches[i];
		if (kept > 1)
			in_order &=
			    compare_touches(&touches[kept - 2], &touches[kept - 1]) <= 0;
	}
	if (!in_order)
		sort_touches(touches, kept);
	return kept;
}

size_t attribution_before(const struct attribution_touch *touches, size_t count,
    const struct attribution_times *times)
{
	size_t n = 0;

	while (n < count && touches[n].at < times->from)
		n++;
	return n;
}

/* ---- weights ---- */

/* In thousandths of the whole; rest is what the milestones leave. */
struct shape {
	bool lead, made, won;
	unsigned rest;
};

/* The last one at or before it; `count`: there is none. */
static size_t last_before(
    const struct attribution_touch *touches, size_t count, instant_t at)
{
	size_t low = 0, high = count;

	if (at == INSTANT_NONE)
		return count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (touches[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : count;
}

enum { MILESTONES = 4, WHOLE = 1000 };

/* The touches that are milestones; one that is two of them is there twice. */
static size_t milestones_of(size_t out[MILESTONES],
    const struct attribution_touch *touches, size_t count,
    const struct attribution_times *times, const struct shape *shape)
{
	const instant_t at[] = {shape->lead ? times->lead : INSTANT_NONE,
	    shape->made ? times->made : INSTANT_NONE,
	    shape->won ? times->won : INSTANT_NONE};
	size_t n = 0;

	out[n++] = 0;
	for (int i = 0; i < MILESTONES - 1; i++) {
		size_t index = last_before(touches, count, at[i]);
		if (index < count)
			out[n++] = index;
	}
	return n;
}

static bool is_in(const size_t *items, size_t count, size_t item)
{
	for (size_t i = 0; i < count; i++)
		if (items[i] == item)
			return true;
	return false;
}

/*
 * With k milestones and n touches in between, a milestone is worth (1000 - rest) / k
 * and each of the others rest / n: times k * n, so that all are whole numbers.
 */
static uint64_t weigh_shape(struct attribution_touch *touches, size_t count,
    const struct attribution_times *times, const struct shape *shape)
{
	size_t at[MILESTONES], between = count;
	size_t k = milestones_of(at, touches, count, times, shape);

	for (size_t i = 0; i < k; i++)
		between -= !is_in(at, i, at[i]);
	uint64_t rest = between ? shape->rest : 0, n = between ? between : 1;
	for (size_t i = 0; i < count; i++)
		touches[i].weight = rest * k;
	for (size_t i = 0; i < k; i++)
		touches[at[i]].weight = 0;
	for (size_t i = 0; i < k; i++)
		touches[at[i]].weight += (WHOLE - rest) * n;
	return WHOLE * k * n;
}

/* Weights are of 2^40, so that the sum of some millions fits; 40 half-lives before the
 * last touch nothing is left of a touch. */
static uint64_t weigh_decay(
    struct attribution_touch *touches, size_t count, int half_life)
{
	static const double most = 1099511627776.0; /* 2^40 */
	double seconds = (double)(half_life > 0 ? half_life : 1) * DAY_SECONDS;
	uint64_t total = 0;

	for (size_t i = 0; i < count; i++) {
		double age = (double)(touches[count - 1].at - touches[i].at);
		touches[i].weight = (uint64_t)llround(most * exp2(-age / seconds));
		total += touches[i].weight;
	}
	return total;
}

static uint64_t weigh_one(struct attribution_touch *touches, size_t count, size_t which)
{
	for (size_t i = 0; i < count; i++)
		touches[i].weight = i == which;
	return 1;
}

static uint64_t weigh_evenly(struct attribution_touch *touches, size_t count)
{
	for (size_t i = 0; i < count; i++)
		touches[i].weight = 1;
	return count;
}

uint64_t attribution_weigh(struct attribution_touch *touches, size_t count,
    const struct attribution_times *times, const struct attribution_rules *rules)
{
	static const struct shape u = {true, false, false, 200},
	                          w = {true, true, false, 100},
	                          full = {true, true, true, 100};

	if (!count)
		return 0;
	switch (rules->model) {
	case MODEL_FIRST:
		return weigh_one(touches, count, 0);
	case MODEL_LAST:
		return weigh_one(touches, count, count - 1);
	case MODEL_U:
		return weigh_shape(touches, count, times, &u);
	case MODEL_W:
		return weigh_shape(touches, count, times, &w);
	case MODEL_FULL:
		return weigh_shape(touches, count, times, &full);
	case MODEL_DECAY:
		return weigh_decay(touches, count, rules->half_life);
	default:
		return weigh_evenly(touches, count);
	}
}

/* ---- shares ---- */

static int more_first(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x < y) - (x > y);
}

/* One more to the `left` touches with the largest remainders; of equal ones the
 * earlier. Most touches weigh the same, so as a rule there is nothing to sort. */
static void give_rest(
    int64_t *parts, const uint64_t *remainders, size_t count, size_t left, int64_t one)
{
	uint64_t *order = xmalloc(count * sizeof *order);
	bool in_order = true;

	memcpy(order, remainders, count * sizeof *order);
	for (size_t i = 1; i < count; i++)
		in_order &= order[i - 1] >= order[i];
	if (!in_order)
		qsort(order, count, sizeof *order, more_first);
	uint64_t least = order[left - 1];
	for (size_t i = 0; i < count; i++)
		if (remainders[i] > least) {
			parts[i] += one;
			left--;
		}
	for (size_t i = 0; i < count && left; i++)
		if (remainders[i] == least) {
			parts[i] += one;
			left--;
		}
	free(order);
}

void attribution_split(int64_t *parts, const struct attribution_touch *touches,
    size_t count, uint64_t total, int64_t whole)
{
	int64_t one = whole < 0 ? -1 : 1;
	uint64_t amount = whole < 0 ? -(uint64_t)whole : (uint64_t)whole, given = 0;
	uint64_t weight = 0, part = 0, remainder = 0;
	uint64_t *remainders = xmalloc((count + 1) * sizeof *remainders);

	for (size_t i = 0; i < count; i++) {
		/* Neighbours mostly weigh the same, and dividing is what takes long. */
		if (touches[i].weight != weight) {
			weight = touches[i].weight;
			unsigned __int128 product = (unsigned __int128)amount * weight;
			part = (uint64_t)(product / total);
			remainder = (uint64_t)(product % total);
		}
		parts[i] = one * (int64_t)part;
		remainders[i] = remainder;
		given += part;
	}
	if (count && given < amount)
		give_rest(parts, remainders, count, (size_t)(amount - given), one);
	free(remainders);
}
