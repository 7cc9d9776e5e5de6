#include "huddle/bridge.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *words;
} buckets[BRIDGE_BUCKETS] = {
    [BRIDGE_NEW] = {"new", "new"},
    [BRIDGE_REOPENED] = {"reopened", "reopened"},
    [BRIDGE_TRANSFERRED_IN] = {"transferred-in", "came from another owner"},
    [BRIDGE_PULLED_IN] = {"pulled-in", "pulled in from later"},
    [BRIDGE_PUSHED_IN] = {"pushed-in", "pushed in from before"},
    [BRIDGE_INCREASED] = {"increased", "amount went up"},
    [BRIDGE_DECREASED] = {"decreased", "amount went down"},
    [BRIDGE_WON] = {"won", "won"},
    [BRIDGE_LOST] = {"lost", "lost"},
    [BRIDGE_TRANSFERRED_OUT] = {"transferred-out", "went to another owner"},
    [BRIDGE_PULLED_OUT] = {"pulled-out", "pulled out to before"},
    [BRIDGE_PUSHED_OUT] = {"pushed-out", "pushed out to later"},
    [BRIDGE_DELETED] = {"deleted", "deleted"},
    [BRIDGE_CAME_AND_WENT] = {"came-and-went", "came and went in between"},
    [BRIDGE_UNCHANGED] = {"unchanged", "unchanged"},
};

static const struct {
	const char *name, *down, *up;
} moves[MOVE_FIELDS] = {
    [MOVE_AMOUNT] = {"amount", "decreased", "increased"},
    [MOVE_CLOSE_DATE] = {"close_date", "pulled", "pushed"},
    [MOVE_STAGE] = {"stage", "back", "forward"},
    [MOVE_FORECAST] = {"forecast", "down", "up"},
    [MOVE_OWNER] = {"owner", "transferred", "transferred"},
};

const char *bridge_bucket_name(enum bridge_bucket bucket)
{
	return buckets[bucket].name;
}

const char *bridge_bucket_words(enum bridge_bucket bucket)
{
	return buckets[bucket].words;
}

const char *move_field_name(enum move_field field)
{
	return moves[field].name;
}

const char *move_word(enum move_field field, int direction)
{
	return direction < 0 ? moves[field].down : moves[field].up;
}

const char *move_sign(enum move_field field, int direction, bool ascii)
{
	bool date = field == MOVE_CLOSE_DATE;
	if (direction < 0)
		return ascii ? (date ? "<" : "v") : date ? "\u2190" : "\u2193";
	return ascii ? (date ? ">" : "^") : date ? "\u2192" : "\u2191";
}

int deal_first_move(const struct deal *deal)
{
	static const enum move_field order[] = {
	    MOVE_CLOSE_DATE, MOVE_AMOUNT, MOVE_STAGE, MOVE_FORECAST};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (deal->moved[order[i]])
			return (int)order[i];
	return -1;
}

static bool same(const char *a, const char *b)
{
	return text_same(slice_of(a), slice_of(b));
}

static int sign(int64_t difference)
{
	return (difference > 0) - (difference < 0);
}

static money_t worth(const struct deal *deal)
{
	return deal->amount == MONEY_NONE ? 0 : deal->amount;
}

/* A stage whose order is not known moved neither forward nor back. */
static int stage_move(const struct deal *then, const struct deal *now)
{
	if (then->stage_order <= 0 || now->stage_order <= 0)
		return 0;
	return sign(now->stage_order - then->stage_order);
}

int deal_move(const struct deal_pair *pair, enum move_field field)
{
	const struct deal *then = pair->then, *now = pair->now;
	if (!then || then->status != DEAL_OPEN || now->status != DEAL_OPEN)
		return 0;
	switch (field) {
	case MOVE_AMOUNT:
		return sign(worth(now) - worth(then));
	case MOVE_CLOSE_DATE:
		return then->close_date == DAY_NONE || now->close_date == DAY_NONE
		           ? 0
		           : sign(now->close_date - then->close_date);
	case MOVE_STAGE:
		return stage_move(then, now);
	case MOVE_FORECAST:
		return then->forecast == FORECAST_NONE || now->forecast == FORECAST_NONE
		           ? 0
		           : sign((int)now->forecast - (int)then->forecast);
	case MOVE_OWNER:
		return same(then->owner, now->owner) ? 0 : 1;
	case MOVE_FIELDS:
		break;
	}
	return 0;
}

static bool owned(const struct deal *deal, const struct bridge_scope *scope)
{
	return !scope->owner || same(deal->owner, scope->owner);
}

static bool closing(const struct deal *deal, const struct bridge_scope *scope)
{
	return scope->closing.first == DAY_NONE ||
	       period_has(scope->closing, deal->close_date);
}

/* Was it open then, whatever the scope? */
static bool was_open(const struct deal_pair *p)
{
	return p->then && !p->deleted_then && p->then->status == DEAL_OPEN;
}

static bool is_open(const struct deal_pair *p)
{
	return !p->deleted && p->now->status == DEAL_OPEN;
}

static enum bridge_bucket why_left(
    const struct deal_pair *p, const struct bridge_scope *scope)
{
	const struct deal *now = p->now;
	if (!p->deleted && now->status != DEAL_OPEN)
		return now->status == DEAL_WON ? BRIDGE_WON : BRIDGE_LOST;
	if (p->deleted)
		return BRIDGE_DELETED;
	if (!closing(now, scope))
		return now->close_date != DAY_NONE &&
		               now->close_date < scope->closing.first
		           ? BRIDGE_PULLED_OUT
		           : BRIDGE_PUSHED_OUT;
	return BRIDGE_TRANSFERRED_OUT;
}

static enum bridge_bucket why_came(
    const struct deal_pair *p, const struct bridge_scope *scope)
{
	const struct deal *then = p->then;
	if (!then)
		return BRIDGE_NEW;
	if (!was_open(p))
		return BRIDGE_REOPENED;
	if (!closing(then, scope))
		return then->close_date != DAY_NONE &&
		               then->close_date < scope->closing.first
		           ? BRIDGE_PUSHED_IN
		           : BRIDGE_PULLED_IN;
	return BRIDGE_TRANSFERRED_IN;
}

/* False: it has no place in this bridge. */
static bool place(
    struct bridge_deal *out, const struct deal_pair *p, const struct bridge_scope *scope)
{
	bool before = was_open(p) && owned(p->then, scope) && closing(p->then, scope);
	bool after = is_open(p) && owned(p->now, scope) && closing(p->now, scope);
	*out = (struct bridge_deal){.pair = p};
	if (before && after) {
		out->amount = worth(p->now) - worth(p->then);
		out->bucket = out->amount > 0   ? BRIDGE_INCREASED
		              : out->amount < 0 ? BRIDGE_DECREASED
		                                : BRIDGE_UNCHANGED;
		return true;
	}
	if (before) {
		out->bucket = why_left(p, scope);
		out->amount = -worth(p->then);
		return true;
	}
	if (after) {
		out->bucket = why_came(p, scope);
		out->amount = worth(p->now);
		out->delta = was_open(p) ? worth(p->now) - worth(p->then) : 0;
		return true;
	}
	out->bucket = BRIDGE_CAME_AND_WENT;
	return !p->then && !p->deleted && p->now->status != DEAL_OPEN &&
	       owned(p->now, scope) && closing(p->now, scope);
}

static int compare_deals(const void *a, const void *b)
{
	const struct bridge_deal *x = a, *y = b;
	int64_t left = llabs(x->amount), right = llabs(y->amount);
	int codes = strcmp(x->pair->now->currency.code, y->pair->now->currency.code);
	if (codes)
		return codes;
	if (x->bucket != y->bucket)
		return (int)x->bucket - (int)y->bucket;
	if (left != right)
		return left > right ? -1 : 1;
	int names = strcmp(x->pair->now->name, y->pair->now->name);
	return names ? names : strcmp(x->pair->now->id, y->pair->now->id);
}

/* Sums of deals that are in order, all of one currency. */
static void add_up(struct bridge *b, bool *overflow)
{
	for (size_t i = 0; i < b->n_deals; i++) {
		const struct bridge_deal *d = &b->deals[i];
		const struct deal_pair *p = d->pair;
		struct bridge_sum *sum = &b->buckets[d->bucket];
		bool left = d->bucket >= BRIDGE_WON && d->bucket <= BRIDGE_DELETED;
		bool stayed = d->bucket == BRIDGE_INCREASED ||
		              d->bucket == BRIDGE_DECREASED ||
		              d->bucket == BRIDGE_UNCHANGED;
		bool came = d->bucket <= BRIDGE_PUSHED_IN;
		bool fine = money_add(&sum->amount, d->amount);
		if (left || stayed)
			fine &= money_add(&b->start, worth(p->then));
		if (came || stayed)
			fine &= money_add(&b->end, worth(p->now));
		*overflow |= !fine;
		sum->first = sum->count ? sum->first : i;
		sum->count++;
	}
	/* Counted from both ends apart, so that it would show a mistake. */
	b->residual = b->end - b->start;
	for (int i = 0; i < BRIDGE_BUCKETS; i++)
		b->residual -= b->buckets[i].amount;
}

static void count_moves(struct bridge_list *out, const struct deal_pair *pair)
{
	for (int field = 0; field < MOVE_FIELDS; field++) {
		int direction = deal_move(pair, (enum move_field)field);
		if (direction)
			out->moves[field][direction > 0]++;
	}
}

static void split(
    struct bridge_list *out, struct arena *arena, struct bridge_deal *deals, size_t count)
{
	out->items = arena_alloc(arena, (count + 1) * sizeof *out->items);
	for (size_t i = 0; i < count;) {
		struct bridge *b = &out->items[out->count++];
		b->currency = deals[i].pair->now->currency;
		b->deals = &deals[i];
		while (
		    i < count && currency_eq(deals[i].pair->now->currency, b->currency))
			b->n_deals++, i++;
		add_up(b, &out->overflow);
	}
}

void bridge_make(struct bridge_list *out, struct arena *arena,
    const struct deal_pair *pairs, size_t count, const struct bridge_scope *scope)
{
	struct bridge_deal *deals = arena_alloc(arena, (count + 1) * sizeof *deals);
	size_t n = 0;
	*out = (struct bridge_list){.count = 0};
	for (size_t i = 0; i < count; i++)
		if (place(&deals[n], &pairs[i], scope)) {
			count_moves(out, &pairs[i]);
			n++;
		}
	if (n)
		qsort(deals, n, sizeof *deals, compare_deals);
	split(out, arena, deals, n);
}
