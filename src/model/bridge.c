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
	case MOVE_AMOUNT: /* amounts of two currencies are neither more nor less */
		return currency_eq(then->currency, now->currency)
		           ? sign(worth(now) - worth(then))
		           : 0;
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

static struct bridge_deal leaves(const struct deal_pair *p, enum bridge_bucket bucket)
{
	return (struct bridge_deal){.pair = p,
	    .bucket = bucket,
	    .currency = p->then->currency,
	    .before = true,
	    .amount = -worth(p->then)};
}

static struct bridge_deal comes(const struct deal_pair *p, enum bridge_bucket bucket)
{
	bool compares = was_open(p) && currency_eq(p->then->currency, p->now->currency);
	return (struct bridge_deal){.pair = p,
	    .bucket = bucket,
	    .currency = p->now->currency,
	    .after = true,
	    .amount = worth(p->now),
	    .delta = compares ? worth(p->now) - worth(p->then) : 0};
}

static struct bridge_deal stays(const struct deal_pair *p)
{
	money_t more = worth(p->now) - worth(p->then);
	return (struct bridge_deal){.pair = p,
	    .bucket = more > 0   ? BRIDGE_INCREASED
	              : more < 0 ? BRIDGE_DECREASED
	                         : BRIDGE_UNCHANGED,
	    .currency = p->now->currency,
	    .before = true,
	    .after = true,
	    .amount = more};
}

/* Made and closed in between. */
static bool came_and_went(const struct deal_pair *p, const struct bridge_scope *scope)
{
	return !p->then && !p->deleted && p->now->status != DEAL_OPEN &&
	       owned(p->now, scope) && closing(p->now, scope);
}

/* Where the deal stands: 0 nowhere, 2 when it changed from one currency's bridge to
 * another's. */
static size_t place(struct bridge_deal out[2], const struct deal_pair *p,
    const struct bridge_scope *scope)
{
	bool before = was_open(p) && owned(p->then, scope) && closing(p->then, scope);
	bool after = is_open(p) && owned(p->now, scope) && closing(p->now, scope);
	if (before && after && !currency_eq(p->then->currency, p->now->currency)) {
		out[0] = leaves(p, BRIDGE_DECREASED);
		out[1] = comes(p, BRIDGE_INCREASED);
		return 2;
	}
	if (before)
		out[0] = after ? stays(p) : leaves(p, why_left(p, scope));
	else if (after)
		out[0] = comes(p, why_came(p, scope));
	else if (came_and_went(p, scope))
		out[0] = (struct bridge_deal){.pair = p,
		    .bucket = BRIDGE_CAME_AND_WENT,
		    .currency = p->now->currency};
	else
		return 0;
	return 1;
}

static int compare_deals(const void *a, const void *b)
{
	const struct bridge_deal *x = a, *y = b;
	int64_t left = llabs(x->amount), right = llabs(y->amount);
	int codes = strcmp(x->currency.code, y->currency.code);
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
		struct bridge_sum *sum = &b->buckets[d->bucket];
		bool fine = money_add(&sum->amount, d->amount) &&
		            money_add(&sum->delta, d->delta);
		if (d->before)
			fine &= money_add(&b->start, worth(d->pair->then));
		if (d->after)
			fine &= money_add(&b->end, worth(d->pair->now));
		b->n_start += d->before;
		b->n_end += d->after;
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
		b->currency = deals[i].currency;
		b->deals = &deals[i];
		while (i < count && currency_eq(deals[i].currency, b->currency))
			b->n_deals++, i++;
		add_up(b, &out->overflow);
	}
}

void bridge_make(struct bridge_list *out, struct arena *arena,
    const struct deal_pair *pairs, size_t count, const struct bridge_scope *scope)
{
	struct bridge_deal *deals = arena_alloc(arena, (2 * count + 1) * sizeof *deals);
	size_t n = 0;
	*out = (struct bridge_list){.count = 0};
	for (size_t i = 0; i < count; i++) {
		size_t placed = place(&deals[n], &pairs[i], scope);
		if (placed)
			count_moves(out, &pairs[i]);
		n += placed;
	}
	if (n)
		qsort(deals, n, sizeof *deals, compare_deals);
	split(out, arena, deals, n);
}
