#include "huddle/report_risk.h"
#include "json.h"
#include "print.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

/* The bridge from an earlier pipeline to that of now: sums, moves, and the deals
 * behind each of them. */

static const char *const titles[MOVE_FIELDS] = {[MOVE_AMOUNT] = "amount",
    [MOVE_CLOSE_DATE] = "close date",
    [MOVE_STAGE] = "stage",
    [MOVE_FORECAST] = "forecast",
    [MOVE_OWNER] = "owner"};

/* "+$1,200", "-$300"; "0" for nothing. */
static const char *signed_money(
    money_t amount, struct currency currency, char buf[MONEY_TEXT + 1])
{
	char text[MONEY_TEXT];
	if (!amount)
		return "0";
	snprintf(buf, MONEY_TEXT + 1, "%s%s", amount > 0 ? "+" : "-",
	    money_format(amount < 0 ? -amount : amount, currency, text));
	return buf;
}

static void put_sums(struct str *out, const struct report *report, const struct bridge *b)
{
	static const struct column columns[] = {{.title = ""},
	    {.title = "deals", .right = true}, {.title = "amount", .right = true}};
	struct table table = table_of(report, columns, 3);
	char buf[MONEY_TEXT + 1];
	table_cell(&table, "start");
	table_cellf(&table, "%zu", b->n_start);
	table_cell(&table, money_format(b->start, b->currency, buf));
	for (int i = 0; i < BRIDGE_BUCKETS; i++) {
		if (!b->buckets[i].count)
			continue;
		table_cell(&table, bridge_bucket_words((enum bridge_bucket)i));
		table_cellf(&table, "%zu", b->buckets[i].count);
		table_cell(&table, signed_money(b->buckets[i].amount, b->currency, buf));
		if (!b->buckets[i].delta)
			continue;
		table_cell(&table, "  of it by the amount");
		table_cell(&table, "");
		table_cell(&table, signed_money(b->buckets[i].delta, b->currency, buf));
	}
	table_cell(&table, "end");
	table_cellf(&table, "%zu", b->n_end);
	table_cell(&table, money_format(b->end, b->currency, buf));
	table_cell(&table, "residual");
	table_cell(&table, "");
	table_cell(&table, signed_money(b->residual, b->currency, buf));
	table_print(&table, out, 2);
}

static void add_move(struct str *out, const struct deal_pair *p, enum move_field field,
    const char *old, const char *new, day_t today)
{
	char day[DAY_TEXT];
	str_addf(out, "%s%s %s -> %s", out->len ? ", " : "", titles[field],
	    *old ? old : "none", *new ? new : "none");
	if (p->on[field] != DAY_NONE)
		str_addf(out, " on %s", day_short(p->on[field], today, day));
}

/* "close date 30 Oct -> 28 Nov, amount $1 -> $2": what differs between then and now. */
static void change_words(struct str *out, const struct deal_pair *p, day_t today)
{
	const struct deal *then = p->then, *now = p->now;
	char old[MONEY_TEXT], new[MONEY_TEXT];
	if (!then)
		return;
	if (then->amount != now->amount || !currency_eq(then->currency, now->currency))
		add_move(out, p, MOVE_AMOUNT,
		    money_format(then->amount, then->currency, old),
		    money_format(now->amount, now->currency, new), today);
	if (then->close_date != now->close_date)
		add_move(out, p, MOVE_CLOSE_DATE,
		    then->close_date == DAY_NONE
		        ? ""
		        : day_short(then->close_date, today, old),
		    now->close_date == DAY_NONE ? ""
		                                : day_short(now->close_date, today, new),
		    today);
	if (strcmp(then->stage, now->stage) != 0)
		add_move(out, p, MOVE_STAGE, then->stage, now->stage, today);
	if (then->forecast != now->forecast)
		add_move(out, p, MOVE_FORECAST, forecast_name(then->forecast),
		    forecast_name(now->forecast), today);
	if (strcmp(then->owner, now->owner) != 0)
		add_move(out, p, MOVE_OWNER, then->owner, now->owner, today);
}

static void put_deal(struct str *out, const struct report *report, const struct bridge *b,
    const struct bridge_deal *d)
{
	char buf[MONEY_TEXT + 1];
	struct str words = STR_INIT;
	change_words(&words, d->pair, report->today);
	put_line(out, report, 4, 4, "%s  %s  %s%s%s",
	    deal_label(d->pair->now, report->ascii),
	    signed_money(d->amount, b->currency, buf),
	    *d->pair->now->owner ? d->pair->now->owner : "no owner",
	    words.len ? "  " : "", str_text(&words));
	str_release(&words);
}

/* Every bucket with its deals, but those in which nothing moved at all. */
static void put_buckets(
    struct str *out, const struct report *report, const struct bridge *b)
{
	for (int i = 0; i < BRIDGE_BUCKETS; i++) {
		const struct bridge_sum *sum = &b->buckets[i];
		if (!sum->count || i == BRIDGE_UNCHANGED)
			continue;
		put_blank(out);
		put_line(out, report, 2, 2, "%s, %zu",
		    bridge_bucket_words((enum bridge_bucket)i), sum->count);
		for (size_t d = sum->first; d < sum->first + sum->count; d++)
			put_deal(out, report, b, &b->deals[d]);
	}
}

static void put_moves(
    struct str *out, const struct report *report, const struct bridge_list *list)
{
	struct str words = STR_INIT;
	for (int field = 0; field < MOVE_FIELDS; field++)
		for (int up = 1; up >= 0; up--)
			if (list->moves[field][up])
				str_addf(&words, "%s%s %s %d", words.len ? ", " : "",
				    titles[field],
				    move_word((enum move_field)field, up ? 1 : -1),
				    list->moves[field][up]);
	put_line(out, report, 0, 2, "Moves of open deals: %s",
	    words.len ? str_text(&words) : "none");
	str_release(&words);
}

static void put_head(
    struct str *out, const struct report *report, const struct change_report *changes)
{
	char since[DAY_TEXT], until[DAY_TEXT], first[DAY_TEXT], last[DAY_TEXT];
	const struct period *closing = &changes->scope->closing;
	day_short(changes->until, report->today, until);
	if (changes->since == DAY_NONE)
		put_line(out, report, 0, 2,
		    "Changes: there is one sync only, of %s; nothing to compare it with",
		    until);
	else
		put_line(out, report, 0, 2,
		    "Changes since %s, up to the exports of %s%s%s",
		    day_short(changes->since, report->today, since), until,
		    *changes->why ? ": " : "", changes->why);
	if (closing->first != DAY_NONE)
		put_line(out, report, 0, 2, "Open deals that close from %s to %s%s%s",
		    day_short(closing->first, report->today, first),
		    day_short(closing->last, report->today, last),
		    changes->scope->owner ? ", of " : "",
		    changes->scope->owner ? changes->scope->owner : "");
	else
		put_line(out, report, 0, 2, "All open deals%s%s",
		    changes->scope->owner ? " of " : "",
		    changes->scope->owner ? changes->scope->owner : "");
}

void report_changes(
    struct str *out, const struct report *report, const struct change_report *changes)
{
	const struct bridge_list *list = changes->bridges;
	put_head(out, report, changes);
	if (!list->count)
		put_line(
		    out, report, 0, 0, "There were no open deals, and there are none.");
	for (size_t i = 0; i < list->count; i++) {
		put_blank(out);
		if (list->count > 1)
			put_line(out, report, 0, 0, "%s",
			    *list->items[i].currency.code ? list->items[i].currency.code
			                                  : "no currency");
		put_sums(out, report, &list->items[i]);
		put_buckets(out, report, &list->items[i]);
	}
	put_blank(out);
	put_moves(out, report, list);
	if (list->overflow)
		put_line(out, report, 0, 2,
		    "Amounts were too large to add: the sums are not to be trusted.");
}

static cJSON *json_state(const struct deal *deal)
{
	cJSON *value = json_object();
	json_money(value, "amount", deal->amount, deal->currency);
	json_text(value, "currency", deal->currency.code);
	json_text(value, "stage", deal->stage);
	json_day(value, "close_date", deal->close_date);
	json_text(value, "forecast", forecast_name(deal->forecast));
	json_text(value, "owner", deal->owner);
	json_text(value, "status", deal_status_name(deal->status));
	return value;
}

static cJSON *json_bridge_deal(const struct bridge *b, const struct bridge_deal *d)
{
	cJSON *value = json_object();
	json_text(value, "id", d->pair->now->id);
	json_text(value, "name", d->pair->now->name);
	json_text(value, "owner", d->pair->now->owner);
	json_money(value, "amount", d->amount, b->currency);
	json_money(value, "by_amount", d->delta, b->currency);
	if (d->pair->then)
		json_put(value, "old", json_state(d->pair->then));
	else
		json_text(value, "old", NULL);
	if (d->pair->deleted)
		json_text(value, "new", NULL);
	else
		json_put(value, "new", json_state(d->pair->now));
	return value;
}

static cJSON *json_buckets(const struct bridge *b)
{
	cJSON *array = json_array();
	for (int i = 0; i < BRIDGE_BUCKETS; i++) {
		const struct bridge_sum *sum = &b->buckets[i];
		cJSON *value = json_object(), *deals = json_array();
		json_text(value, "bucket", bridge_bucket_name((enum bridge_bucket)i));
		json_number(value, "count", (int64_t)sum->count);
		json_money(value, "amount", sum->amount, b->currency);
		for (size_t d = sum->first; d < sum->first + sum->count; d++)
			json_push(deals, json_bridge_deal(b, &b->deals[d]));
		json_put(value, "deals", deals);
		json_push(array, value);
	}
	return array;
}

static cJSON *json_bridges(const struct bridge_list *list)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < list->count; i++) {
		const struct bridge *b = &list->items[i];
		cJSON *value = json_object();
		json_text(value, "currency", b->currency.code);
		json_money(value, "start", b->start, b->currency);
		json_money(value, "end", b->end, b->currency);
		json_money(value, "residual", b->residual, b->currency);
		json_put(value, "buckets", json_buckets(b));
		json_push(array, value);
	}
	return array;
}

static cJSON *json_move(enum move_field field, int direction, int count)
{
	cJSON *value = json_object();
	json_text(value, "field", move_field_name(field));
	json_text(value, "direction", move_word(field, direction));
	json_number(value, "count", count);
	return value;
}

/* An owner is another one, neither more nor less. */
static cJSON *json_moves(const struct bridge_list *list)
{
	cJSON *array = json_array();
	for (int field = 0; field < MOVE_FIELDS; field++)
		for (int up = field == MOVE_OWNER; up < 2; up++)
			json_push(array, json_move((enum move_field)field, up ? 1 : -1,
			                     list->moves[field][up]));
	return array;
}

void report_changes_json(struct str *out, const struct change_report *changes)
{
	cJSON *value = json_object();
	char first[DAY_TEXT], last[DAY_TEXT], period[2 * DAY_TEXT + 2] = "";
	const struct period *closing = &changes->scope->closing;
	if (closing->first != DAY_NONE)
		snprintf(period, sizeof period, "%s..%s",
		    day_format(closing->first, first), day_format(closing->last, last));
	if (*period && closing->first == period_of_month(closing->first).first &&
	    closing->last == period_of_month(closing->first).last)
		period[7] = '\0';
	json_day(value, "since", changes->since);
	json_day(value, "until", changes->until);
	json_text(value, "period", period);
	json_text(value, "owner", changes->scope->owner);
	json_put(value, "bridges", json_bridges(changes->bridges));
	json_put(value, "moves", json_moves(changes->bridges));
	json_print(out, value);
}
