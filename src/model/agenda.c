#include "huddle/agenda.h"

#include "huddle/text.h"
#include "huddle/themes.h"
#include "huddle/totals.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *title;
} kinds[AGENDA_KINDS] = {
    [AGENDA_PINNED] = {"pinned", "pinned"},
    [AGENDA_RISK] = {"risk", "likely to slip"},
    [AGENDA_EVIDENCE] = {"evidence", "commit against the evidence"},
    [AGENDA_CHANGE] = {"change", "changed"},
    [AGENDA_DEBRIEF] = {"debrief", "lost without a debrief"},
    [AGENDA_ADDED] = {"added", "added"},
};

const char *const verdict_names[] = {[DECIDE_PROGRESS] = "progress",
    [DECIDE_HOLD] = "hold",
    [DECIDE_MOVE_BACK] = "move-back",
    [DECIDE_CLOSE_OUT] = "close-out",
    [DECIDE_AS_IS] = "as-is",
    [VERDICTS] = NULL};

const char *const push_reason_names[] = {"always-wrong", "new-obstacle", NULL};
static const char *const push_titles[] = {
    "the date was always wrong", "a new obstacle appeared"};

const char *agenda_kind_name(enum agenda_kind kind)
{
	return kinds[kind].name;
}

const char *agenda_kind_title(enum agenda_kind kind)
{
	return kinds[kind].title;
}

bool agenda_kind_find(struct slice name, enum agenda_kind *out)
{
	for (int i = 0; i < AGENDA_KINDS; i++)
		if (slice_is(name, kinds[i].name)) {
			*out = (enum agenda_kind)i;
			return true;
		}
	return false;
}

/* "move back", "Move_Back" and "move-back" are one word; its index, or -1. */
static int word_find(const char *text, const char *const *words)
{
	struct slice typed = slice_trim(slice_of(text));
	for (int i = 0; words[i]; i++) {
		size_t len = strlen(words[i]), k = 0;
		while (k < len && k < typed.len &&
		       (strchr("-_ ", words[i][k]) ? strchr("-_ ", typed.p[k]) != NULL
		                                   : (typed.p[k] | 0x20) == words[i][k]))
			k++;
		if (k == len && typed.len == len)
			return i;
	}
	return -1;
}

const char *verdict_name(enum verdict verdict)
{
	return verdict_names[verdict];
}

bool verdict_find(const char *text, enum verdict *out)
{
	int i = word_find(text, verdict_names);
	if (i >= 0)
		*out = (enum verdict)i;
	return i >= 0;
}

const char *push_reason_name(enum push_reason reason)
{
	return reason == PUSH_NOT_SAID ? "" : push_reason_names[reason - 1];
}

const char *push_reason_title(enum push_reason reason)
{
	return reason == PUSH_NOT_SAID ? "" : push_titles[reason - 1];
}

bool push_reason_find(const char *text, enum push_reason *out)
{
	int i = word_find(text, push_reason_names);
	if (i >= 0)
		*out = (enum push_reason)(i + 1);
	return i >= 0;
}

bool decision_check(const struct decision *d, struct err *err)
{
	if (d->verdict != DECIDE_AS_IS && !slice_trim(slice_of(d->text)).len)
		return err_set(err, "decision",
		    "%s without a sentence; say what the room decided and why",
		    verdict_name(d->verdict));
	return true;
}

int agenda_room(int minutes, int per_deal)
{
	int room = per_deal > 0 ? minutes / per_deal : minutes;
	return room > 0 ? room : 1;
}

/* A deal that one kind names, with what speaks for it. */
struct candidate {
	const struct deal *deal;
	int64_t weight; /* the larger, the sooner */
	const char *why;
};

struct candidates {
	struct candidate *items;
	size_t count, next; /* next: the first not taken yet */
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	int names = strcmp(x->deal->name, y->deal->name);
	return names ? names : strcmp(x->deal->id, y->deal->id);
}

static void add(
    struct candidates *c, const struct deal *deal, int64_t weight, const char *why)
{
	c->items[c->count++] = (struct candidate){deal, weight, why};
}

static int64_t worth_of(const struct deal *deal)
{
	struct worth worth = deal_worth(deal);
	return worth.amount == MONEY_NONE ? 0 : worth.amount;
}

/* Those closing this month before all others, as they are what the month is
 * about; the low risks are nobody's time. */
static void name_risk(struct candidates *c, const struct deal *d,
    const struct agenda_input *in, struct arena *arena)
{
	if (d->status != DEAL_OPEN || d->asleep || !d->risk.rated ||
	    d->risk.level == RISK_LOW)
		return;
	struct period month = period_of_month(in->today);
	bool soon = d->close_date != DAY_NONE && d->close_date <= month.last;
	const char *first =
	    d->risk.n_reasons && *d->risk.reasons[0].text ? d->risk.reasons[0].text : "";
	add(c, d, d->risk.probability + (soon ? 1000 : 0),
	    arena_printf(arena, "slip risk %d%%%s%s", d->risk.probability,
	        *first ? ": " : "", first));
}

/* What the category says and the evidence does not. */
static void name_evidence(struct candidates *c, const struct deal *d)
{
	if (d->status != DEAL_OPEN || d->asleep || d->forecast != FORECAST_COMMIT)
		return;
	for (int i = 0; i < d->risk.n_reasons; i++)
		if (d->risk.reasons[i].signal == SIGNAL_FORECAST &&
		    d->risk.reasons[i].points > 0 && *d->risk.reasons[i].text) {
			add(c, d, worth_of(d), d->risk.reasons[i].text);
			return;
		}
}

static void name_debrief(struct candidates *c, const struct deal *d,
    const struct agenda_input *in, struct arena *arena)
{
	day_t lost = deal_closed_on(d);
	if (d->status != DEAL_LOST || d->has_debrief || lost == DAY_NONE)
		return;
	add(c, d, lost,
	    arena_printf(arena, "lost %d days ago, no debrief", (int)(in->today - lost)));
}

/* Pairs are in the order of keys, deleted deals behind them. */
static const struct deal_pair *pair_of(
    const struct agenda_input *in, const struct deal *deal)
{
	size_t low = 0, high = in->n_pairs;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct deal_pair *p = &in->pairs[middle];
		if (!p->deleted && p->now->key < deal->key)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < in->n_pairs && !in->pairs[low].deleted &&
	             in->pairs[low].now->key == deal->key;
	return found ? &in->pairs[low] : NULL;
}

static const char *pushed_words(const struct deal_pair *p, day_t today, struct arena *a)
{
	char old[DAY_TEXT], new[DAY_TEXT];
	int direction = deal_move(p, MOVE_CLOSE_DATE);
	if (!direction)
		return NULL;
	return arena_printf(a, "close date %s, %s to %s",
	    move_word(MOVE_CLOSE_DATE, direction),
	    day_short(p->then->close_date, today, old),
	    day_short(p->now->close_date, today, new));
}

/* By how much in percent: an agenda is read on shared screens. */
static const char *amount_words(const struct deal_pair *p, struct arena *a)
{
	int direction = deal_move(p, MOVE_AMOUNT);
	if (!direction)
		return NULL;
	money_t old = p->then->amount, new = p->now->amount;
	if (old == MONEY_NONE || old <= 0 || new == MONEY_NONE)
		return arena_printf(a, "amount %s", move_word(MOVE_AMOUNT, direction));
	return arena_printf(a, "amount %s by %.0f%%", move_word(MOVE_AMOUNT, direction),
	    (double)llabs(new - old) * 100.0 / (double)old);
}

/* A new deal and a moved date weigh what the deal is worth, a changed amount what it
 * changed by. */
static void name_change(struct candidates *c, const struct deal *d,
    const struct agenda_input *in, struct arena *arena)
{
	const struct deal_pair *p = d->status == DEAL_OPEN ? pair_of(in, d) : NULL;
	if (!p || (p->then && (p->deleted_then || p->then->status != DEAL_OPEN)))
		return;
	if (!p->then) {
		add(c, d, worth_of(d), "new since the last review");
		return;
	}
	const char *date = pushed_words(p, in->today, arena),
	           *amount = amount_words(p, arena);
	if (!date && !amount)
		return;
	int64_t by =
	    amount && p->then->amount != MONEY_NONE
	        ? llabs(p->now->amount == MONEY_NONE ? p->then->amount
	                                             : p->now->amount - p->then->amount)
	        : 0;
	add(c, d, date ? worth_of(d) : by,
	    date && amount ? arena_printf(arena, "%s; %s", date, amount)
	    : date         ? date
	                   : amount);
}

static bool is_pinned(const struct agenda_input *in, const struct deal *deal)
{
	for (size_t i = 0; i < in->n_pinned; i++)
		if (!strcmp(in->pinned[i], deal->id))
			return true;
	return false;
}

static void gather(struct candidates lists[AGENDA_KINDS], struct arena *arena,
    const struct agenda_input *in)
{
	for (int k = 0; k < AGENDA_KINDS; k++)
		lists[k] = (struct candidates){
		    arena_alloc(arena, (in->count + 1) * sizeof *lists[k].items), 0, 0};
	for (size_t i = 0; i < in->count; i++) {
		const struct deal *d = in->deals[i];
		if (is_pinned(in, d))
			add(&lists[AGENDA_PINNED], d, worth_of(d), "pinned");
		name_risk(&lists[AGENDA_RISK], d, in, arena);
		name_evidence(&lists[AGENDA_EVIDENCE], d);
		name_debrief(&lists[AGENDA_DEBRIEF], d, in, arena);
		if (in->n_pairs)
			name_change(&lists[AGENDA_CHANGE], d, in, arena);
	}
	for (int k = 0; k < AGENDA_KINDS; k++)
		if (lists[k].count)
			qsort(lists[k].items, lists[k].count, sizeof *lists[k].items,
			    compare_candidates);
}

static bool taken(const struct agenda *out, const struct deal *deal)
{
	for (size_t i = 0; i < out->count; i++)
		if (!strcmp(out->items[i].deal_id, deal->id))
			return true;
	return false;
}

/* The next of a kind that is not on the agenda yet; false: there is none. */
static bool take(struct agenda *out, struct candidates *list, enum agenda_kind kind)
{
	while (list->next < list->count) {
		const struct candidate *c = &list->items[list->next++];
		if (taken(out, c->deal))
			continue;
		out->items[out->count++] = (struct agenda_item){
		    .deal_id = c->deal->id, .why = c->why, .by = "", .kind = kind};
		return true;
	}
	return false;
}

/* What the other kinds say of it, and its overdue actions. */
static void all_reasons(struct agenda_item *item, struct arena *arena,
    const struct candidates lists[AGENDA_KINDS], const struct agenda_input *in)
{
	for (int k = 0; k < AGENDA_KINDS; k++)
		for (size_t i = 0; k != (int)item->kind && i < lists[k].count; i++)
			if (!strcmp(lists[k].items[i].deal->id, item->deal_id))
				item->why = arena_printf(
				    arena, "%s; %s", item->why, lists[k].items[i].why);
	for (size_t i = 0; i < in->count; i++)
		if (!strcmp(in->deals[i]->id, item->deal_id) &&
		    in->deals[i]->overdue_actions)
			item->why = arena_printf(arena, "%s; %d overdue action%s",
			    item->why, in->deals[i]->overdue_actions,
			    in->deals[i]->overdue_actions == 1 ? "" : "s");
}

/* By kind, and in each as it was taken: the place says so until it is set. */
static int compare_items(const void *a, const void *b)
{
	const struct agenda_item *x = a, *y = b;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return x->place < y->place ? -1 : x->place > y->place;
}

void agenda_make(struct agenda *out, struct arena *arena, const struct agenda_input *in)
{
	enum { PLACES = 100 }; /* from one to the next, for others to come between */
	struct candidates lists[AGENDA_KINDS];
	size_t room = (size_t)agenda_room(in->minutes, in->per_deal);
	*out =
	    (struct agenda){arena_alloc(arena, (in->count + 1) * sizeof *out->items), 0};
	gather(lists, arena, in);
	while (take(out, &lists[AGENDA_PINNED], AGENDA_PINNED))
		;
	for (bool any = true; any && out->count < room;) {
		any = false;
		for (int k = AGENDA_RISK; k <= AGENDA_DEBRIEF && out->count < room; k++)
			any |= take(out, &lists[k], (enum agenda_kind)k);
	}
	for (size_t i = 0; i < out->count; i++) {
		out->items[i].place = (int64_t)i;
		all_reasons(&out->items[i], arena, lists, in);
	}
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, compare_items);
	for (size_t i = 0; i < out->count; i++)
		out->items[i].place = (int64_t)(i + 1) * PLACES;
}
