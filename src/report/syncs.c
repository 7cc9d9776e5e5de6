#include "json.h"
#include "print.h"
#include "words.h"
#include <string.h>

/* Every sync there was, and what one of them saw move. */

static const char *loaded(const struct sync_info *sync, char buf[INSTANT_TEXT])
{
	instant_format(sync->at, buf);
	if (strlen(buf) < 16)
		return buf;
	buf[10] = ' ';
	buf[16] = '\0';
	return buf;
}

void report_syncs(
    struct str *out, const struct report *report, const struct sync_list *list)
{
	static const struct column columns[] = {{.title = "Sync", .right = true},
	    {.title = "As of"}, {.title = "Loaded (UTC)"}, {.title = "By", .most = 24},
	    {.title = "New", .right = true}, {.title = "Changed", .right = true},
	    {.title = "Missing", .right = true}, {.title = "Rejected", .right = true},
	    {.title = ""}};
	if (!list->count) {
		put_line(out, report, 0, 0, "Nothing synced yet");
		return;
	}
	struct table table = table_of(report, columns, 9);
	for (size_t i = 0; i < list->count; i++) {
		const struct sync_info *sync = &list->items[i];
		char day[DAY_TEXT], at[INSTANT_TEXT];
		const int64_t numbers[] = {
		    sync->added, sync->updated, sync->missing, sync->rejected};
		table_cellf(&table, "%lld", (long long)sync->id);
		table_cell(&table, day_format(sync->as_of, day));
		table_cell(&table, loaded(sync, at));
		table_cell(&table, sync->by);
		for (int n = 0; n < 4; n++)
			if (sync->undone)
				table_cell(&table, "-");
			else
				table_cellf(&table, "%lld", (long long)numbers[n]);
		table_cell(&table, sync->undone ? "undone" : sync->current ? "now" : "");
	}
	table_print(&table, out, 0);
	put_blank(out);
	put_line(
	    out, report, 0, 0, "What one of them changed: huddle status --syncs NUMBER");
}

static void json_count(
    cJSON *value, const char *key, const struct sync_info *sync, int64_t count)
{
	if (sync->undone)
		json_text(value, key, NULL);
	else
		json_number(value, key, count);
}

static cJSON *json_sync(const struct sync_info *sync)
{
	cJSON *value = json_object();
	json_number(value, "sync_id", sync->id);
	json_day(value, "as_of", sync->as_of);
	json_instant(value, "at", sync->at);
	json_text(value, "by", sync->by);
	json_count(value, "added", sync, sync->added);
	json_count(value, "updated", sync, sync->updated);
	json_count(value, "missing", sync, sync->missing);
	json_count(value, "rejected", sync, sync->rejected);
	json_bool(value, "current", sync->current);
	json_bool(value, "undone", sync->undone);
	return value;
}

cJSON *json_syncs(const struct sync_list *syncs, bool undone)
{
	cJSON *array = json_array();
	for (size_t i = 0; syncs && i < syncs->count; i++)
		if (undone || !syncs->items[i].undone)
			json_push(array, json_sync(&syncs->items[i]));
	return array;
}

void report_syncs_json(
    struct str *out, const struct report *report, const struct sync_list *list)
{
	cJSON *root = json_object();
	json_day(root, "as_of", report->as_of);
	json_number(root, "count", (int64_t)list->count);
	json_put(root, "syncs", json_syncs(list, true));
	json_print(out, root);
	str_addc(out, '\n');
}

/* Deals one after the other: the end of the one that begins at `first`. */
static size_t deal_end(const struct move_list *moves, size_t first)
{
	size_t end = first + 1;
	while (end < moves->count &&
	       !strcmp(moves->items[first].deal_id, moves->items[end].deal_id))
		end++;
	return end;
}

static size_t count_deals(const struct move_list *moves)
{
	size_t n = 0;
	for (size_t i = 0; i < moves->count; i = deal_end(moves, i))
		n++;
	return n;
}

/* Where a deal was, or was not, in the exports. */
static const char *presence_words(const struct move *move)
{
	if (!strcmp(move->new_value, "missing"))
		return "no longer in the export";
	if (!strcmp(move->new_value, "deleted"))
		return "deleted";
	return *move->old_value ? "in the export again" : "new";
}

/* Of the deal's moves [first, end), its currency before or after them. */
static struct currency currency_of(
    const struct move_list *list, size_t first, size_t end, bool before)
{
	struct currency currency = list->items[first].currency;
	for (size_t i = first; i < end; i++) {
		const struct move *move = &list->items[i];
		const char *code = before ? move->old_value : move->new_value;
		if (move->field == CHANGE_CURRENCY && *code)
			slice_copy(slice_of(code), currency.code, sizeof currency.code);
	}
	return currency;
}

static void put_move(struct str *out, const struct report *report,
    const struct move *move, struct currency before, struct currency after)
{
	char old[MONEY_TEXT], new[MONEY_TEXT];
	if (move->field == CHANGE_PRESENCE)
		put_line(out, report, 4, 2, "%s", presence_words(move));
	else
		put_line(out, report, 4, 2, "%s: %s -> %s", change_title(move->field),
		    change_value(report, before, move->field, move->old_value, old),
		    change_value(report, after, move->field, move->new_value, new));
}

static void put_sync(
    struct str *out, const struct report *report, const struct sync_info *sync)
{
	char day[DAY_TEXT], at[INSTANT_TEXT];
	put_line(out, report, 0, 2, "Sync %lld of %s, loaded %s UTC by %s",
	    (long long)sync->id, day_format(sync->as_of, day), loaded(sync, at),
	    sync->by);
	put_line(out, report, 0, 2,
	    "Rows of all kinds: %lld new, %lld changed, %lld missing, %lld rejected",
	    (long long)sync->added, (long long)sync->updated, (long long)sync->missing,
	    (long long)sync->rejected);
}

void report_moves(
    struct str *out, const struct report *report, const struct sync_moves *moves)
{
	const struct move_list *list = &moves->moves;
	size_t deals = count_deals(list);
	put_sync(out, report, moves->sync);
	put_blank(out);
	if (moves->first)
		put_line(out, report, 0, 2,
		    "It was the first: before it nothing was known that could move");
	else if (!list->count)
		put_line(out, report, 0, 2,
		    "On no deal did stage, amount, currency, close date, forecast, owner "
		    "or status move");
	else
		put_line(out, report, 0, 2, "What moved on %zu deal%s", deals,
		    deals == 1 ? "" : "s");
	for (size_t i = 0, end; i < list->count; i = end) {
		const struct move *move = &list->items[i];
		end = deal_end(list, i);
		put_line(out, report, 2, 4, "%s%s%s   [%s]", move->deal,
		    *move->account ? ", " : "", move->account, move->deal_id);
		for (size_t j = i; j < end; j++)
			put_move(out, report, &list->items[j],
			    currency_of(list, i, end, true),
			    currency_of(list, i, end, false));
	}
}

static cJSON *json_moved(const struct move_list *list, size_t first, size_t end)
{
	const struct move *move = &list->items[first];
	cJSON *deal = json_object(), *changes = json_array();
	json_text(deal, "id", move->deal_id);
	json_text(deal, "name", move->deal);
	json_text(deal, "account", move->account);
	for (size_t i = first; i < end; i++) {
		cJSON *change = json_object();
		json_text(change, "field", change_field_name(list->items[i].field));
		json_text(change, "old", list->items[i].old_value);
		json_text(change, "new", list->items[i].new_value);
		json_push(changes, change);
	}
	json_put(deal, "changes", changes);
	return deal;
}

void report_moves_json(
    struct str *out, const struct report *report, const struct sync_moves *moves)
{
	const struct move_list *list = &moves->moves;
	cJSON *root = json_object(), *deals = json_array();
	json_day(root, "as_of", report->as_of);
	json_put(root, "sync", json_sync(moves->sync));
	json_bool(root, "first", moves->first);
	json_number(root, "count", (int64_t)count_deals(list));
	for (size_t i = 0, end; i < list->count; i = end) {
		end = deal_end(list, i);
		json_push(deals, json_moved(list, i, end));
	}
	json_put(root, "deals", deals);
	json_print(out, root);
	str_addc(out, '\n');
}
