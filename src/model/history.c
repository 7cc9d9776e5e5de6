#include "huddle/history.h"

#include "huddle/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[CHANGE_FIELDS] = {
    [CHANGE_STAGE] = "stage",
    [CHANGE_AMOUNT] = "amount",
    [CHANGE_CLOSE_DATE] = "close_date",
    [CHANGE_FORECAST] = "forecast",
    [CHANGE_CURRENCY] = "currency",
    [CHANGE_OWNER] = "owner",
    [CHANGE_STATUS] = "status",
    [CHANGE_PRESENCE] = "presence",
};

/*
 * Field names of CRM history files, in lower case and without marks, so that
 * "CloseDate", "Close Date", "close_date" and "closedate" are one name:
 * Salesforce field history, HubSpot properties, Pipedrive, Dynamics, Zoho.
 */
static const struct {
	const char *word;
	enum change_field field;
} words[] = {
    {"stage", CHANGE_STAGE},
    {"stagename", CHANGE_STAGE},
    {"dealstage", CHANGE_STAGE},
    {"stageid", CHANGE_STAGE},
    {"salesstage", CHANGE_STAGE},
    {"amount", CHANGE_AMOUNT},
    {"value", CHANGE_AMOUNT},
    {"estrevenue", CHANGE_AMOUNT},
    {"estimatedvalue", CHANGE_AMOUNT},
    {"closedate", CHANGE_CLOSE_DATE},
    {"closingdate", CHANGE_CLOSE_DATE},
    {"expectedclosedate", CHANGE_CLOSE_DATE},
    {"estclosedate", CHANGE_CLOSE_DATE},
    {"estimatedclosedate", CHANGE_CLOSE_DATE},
    {"forecast", CHANGE_FORECAST},
    {"forecastcategory", CHANGE_FORECAST},
    {"forecastcategoryname", CHANGE_FORECAST},
    {"hsforecastcategory", CHANGE_FORECAST},
    {"hsmanualforecastcategory", CHANGE_FORECAST},
    {"currency", CHANGE_CURRENCY},
    {"currencyisocode", CHANGE_CURRENCY},
    {"dealcurrencycode", CHANGE_CURRENCY},
    {"owner", CHANGE_OWNER},
    {"ownerid", CHANGE_OWNER},
    {"dealowner", CHANGE_OWNER},
    {"opportunityowner", CHANGE_OWNER},
    {"hubspotownerid", CHANGE_OWNER},
    {"userid", CHANGE_OWNER},
    {"status", CHANGE_STATUS},
    {"presence", CHANGE_PRESENCE},
};

const char *change_field_name(enum change_field field)
{
	return names[field];
}

bool change_field_find(const char *name, enum change_field *out)
{
	char word[32];
	size_t len = 0;
	for (const char *p = name; *p; p++) {
		if (!isalnum((unsigned char)*p))
			continue;
		if (len + 1 == sizeof word)
			return false;
		word[len++] = (char)tolower((unsigned char)*p);
	}
	word[len] = '\0';
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(word, words[i].word))
			continue;
		*out = words[i].field;
		return true;
	}
	return false;
}

/* Cents enough to compare any amount a history holds; false: no number. */
static bool amount_of(const char *text, int64_t *out)
{
	return number_read(slice_of(text), DECIMAL_POINT, 2, out);
}

static bool same_value(enum change_field field, const char *a, const char *b)
{
	int64_t x, y;
	if (!strcmp(a, b))
		return true;
	return field == CHANGE_AMOUNT && amount_of(a, &x) && amount_of(b, &y) && x == y;
}

static const char *version_value(const struct version *version, enum change_field field)
{
	switch (field) {
	case CHANGE_STAGE:
		return version->stage;
	case CHANGE_AMOUNT:
		return version->amount;
	case CHANGE_CLOSE_DATE:
		return version->close_date;
	case CHANGE_FORECAST:
		return version->forecast;
	default:
		return NULL;
	}
}

/* Sort by time and keep the order of equal times: qsort() alone need not. */
struct numbered_version {
	struct version version;
	size_t index;
};

static int compare_versions(const void *a, const void *b)
{
	const struct numbered_version *x = a, *y = b;
	if (x->version.at != y->version.at)
		return x->version.at < y->version.at ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static void order_versions(struct version *versions, size_t count)
{
	struct numbered_version *sorted = xcalloc(count ? count : 1, sizeof *sorted);
	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct numbered_version){versions[i], i};
	qsort(sorted, count, sizeof *sorted, compare_versions);
	for (size_t i = 0; i < count; i++)
		versions[i] = sorted[i].version;
	free(sorted);
}

static void append(struct change_list *list, struct arena *arena, struct change change)
{
	list->items = arena_grow(
	    arena, list->items, &list->cap, list->count + 1, sizeof *list->items);
	list->items[list->count++] = change;
}

void changes_of_versions(
    struct change_list *out, struct arena *arena, struct version *versions, size_t count)
{
	const char *value[CHANGE_FIELDS] = {NULL}; /* as last told; NULL: not yet */
	order_versions(versions, count);
	for (size_t i = 0; i < count; i++)
		for (int field = 0; field < CHANGE_FIELDS; field++) {
			const char *next =
			    version_value(&versions[i], (enum change_field)field);
			if (!next)
				continue;
			const char *old = value[field];
			value[field] = next;
			if (!old || same_value((enum change_field)field, old, next))
				continue;
			append(out, arena,
			    (struct change){.at = versions[i].at,
			        .field = (enum change_field)field,
			        .old_value = old,
			        .new_value = next,
			        .from_crm = true});
		}
}

struct numbered_change {
	struct change change;
	size_t index;
};

static int compare_changes(const void *a, const void *b)
{
	const struct numbered_change *x = a, *y = b;
	if (x->change.at != y->change.at)
		return x->change.at < y->change.at ? -1 : 1;
	if (x->change.field != y->change.field)
		return x->change.field < y->change.field ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

void changes_order(struct change_list *list)
{
	struct numbered_change *sorted =
	    xcalloc(list->count ? list->count : 1, sizeof *sorted);
	for (size_t i = 0; i < list->count; i++)
		sorted[i] = (struct numbered_change){list->items[i], i};
	qsort(sorted, list->count, sizeof *sorted, compare_changes);
	for (size_t i = 0; i < list->count; i++)
		list->items[i] = sorted[i].change;
	free(sorted);
}

/*
 * The changes of one field, each told once. CRM history and our own syncs see
 * the same change twice: what a sync saw counts only after the last change the
 * CRM tells of (by whole days: a sync's instant may be earlier on that day),
 * and not when it merely arrives where the CRM's last change went.
 */
struct walk {
	const struct change_list *list;
	enum change_field field;
	size_t next;
	const struct change *last_crm;
};

static struct walk walk_start(const struct change_list *list, enum change_field field)
{
	struct walk walk = {.list = list, .field = field};
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].field == field && list->items[i].from_crm)
			walk.last_crm = &list->items[i];
	return walk;
}

static bool told_by_crm(struct walk *walk, const struct change *change)
{
	if (change->from_crm || !walk->last_crm)
		return false;
	if (day_of_instant(change->at) <= day_of_instant(walk->last_crm->at))
		return true;
	bool same = same_value(walk->field, change->new_value, walk->last_crm->new_value);
	walk->last_crm = same ? walk->last_crm : NULL;
	return same;
}

static const struct change *walk_next(struct walk *walk)
{
	while (walk->next < walk->list->count) {
		const struct change *change = &walk->list->items[walk->next++];
		if (change->field == walk->field && !told_by_crm(walk, change))
			return change;
	}
	return NULL;
}

const char *history_currency(
    const struct change_list *list, instant_t at, bool before, const char *now)
{
	const char *code = now;
	for (size_t i = list->count; i-- > 0;) {
		const struct change *change = &list->items[i];
		if (change->at < at || (change->at == at && !before))
			break;
		if (change->field == CHANGE_CURRENCY && *change->old_value)
			code = change->old_value;
	}
	return code;
}

int history_pushes(const struct change_list *list, int *days)
{
	int pushes = 0;
	*days = 0;
	struct walk walk = walk_start(list, CHANGE_CLOSE_DATE);
	for (const struct change *change; (change = walk_next(&walk));) {
		day_t old, new;
		if (!day_parse(change->old_value, &old) ||
		    !day_parse(change->new_value, &new))
			continue;
		if (month_index(new) <= month_index(old))
			continue;
		pushes++;
		*days += new - old;
	}
	return pushes;
}

day_t history_stage_back(const struct change_list *list, stage_order_fn order, void *arg)
{
	day_t back = DAY_NONE;
	struct walk walk = walk_start(list, CHANGE_STAGE);
	for (const struct change *change; (change = walk_next(&walk));) {
		int old = order(arg, change->old_value),
		    new = order(arg, change->new_value);
		if (old > 0 && new > 0 && new < old)
			back = day_of_instant(change->at);
	}
	return back;
}

instant_t history_stage_since(const struct change_list *list, const char *stage)
{
	const struct change *last = NULL;
	struct walk walk = walk_start(list, CHANGE_STAGE);
	for (const struct change *change; (change = walk_next(&walk));)
		last = change;
	if (!last || !text_same(slice_of(last->new_value), slice_of(stage)))
		return INSTANT_NONE;
	return last->at;
}

/* When the deal's amounts came to be in the currency they are in. */
static instant_t same_currency_since(const struct change_list *list)
{
	instant_t since = INSTANT_NONE;
	struct walk walk = walk_start(list, CHANGE_CURRENCY);
	for (const struct change *change; (change = walk_next(&walk));)
		if (*change->old_value)
			since = change->at;
	return since;
}

int history_amount_drop(const struct change_list *list, day_t from)
{
	int64_t highest = 0, last = 0, value;
	bool seen = false;
	instant_t since = same_currency_since(list);
	struct walk walk = walk_start(list, CHANGE_AMOUNT);
	for (const struct change *change; (change = walk_next(&walk));) {
		if (day_of_instant(change->at) < from ||
		    (since != INSTANT_NONE && change->at < since))
			continue;
		bool comparable = since == INSTANT_NONE || change->at > since;
		if (comparable && amount_of(change->old_value, &value) && value > highest)
			highest = value;
		if (!amount_of(change->new_value, &value))
			continue;
		last = value;
		seen = true;
		if (value > highest)
			highest = value;
	}
	if (!seen || last >= highest)
		return 0;
	if (last <= 0)
		return 100;
	return (int)((double)(highest - last) * 100.0 / (double)highest);
}
