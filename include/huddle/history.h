#ifndef HUDDLE_HISTORY_H
#define HUDDLE_HISTORY_H

#include <stdbool.h>
#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/money.h"

/* What can change about a deal and is remembered. */
enum change_field { CHANGE_STAGE, CHANGE_AMOUNT, CHANGE_CLOSE_DATE, CHANGE_FORECAST,
	CHANGE_CURRENCY, CHANGE_OWNER, CHANGE_STATUS, CHANGE_PRESENCE, CHANGE_FIELDS };
const char *change_field_name(enum change_field field); /* "close_date" */
bool change_field_find(const char *name, enum change_field *out); /* also CRM names: "CloseDate" */

/* Amounts are plain digits in major units, dates YYYY-MM-DD; "" is nothing. */
struct change {
	instant_t at;
	enum change_field field;
	const char *old_value, *new_value;
	bool from_crm; /* CRM history; else seen between two of our syncs */
};

struct change_list {
	struct change *items;
	size_t count, cap;
};

/* What a deal looked like from one moment on; NULL: that field is not told. */
struct version {
	instant_t at;
	const char *stage, *amount, *close_date, *forecast;
};

/* The differences between versions one after the other (sorted by time by this
 * function), appended to out. */
void changes_of_versions(struct change_list *out, struct arena *arena, struct version *versions,
	size_t count);
/* Oldest first; equal times by field. */
void changes_order(struct change_list *list);

/* The code of the currency that amounts were in just before `at`, or from it on;
 * `now` is the one of today. */
const char *history_currency(const struct change_list *list, instant_t at, bool before,
	const char *now);

/*
 * Pushes by the calendar-month rule: a change that moves the close date into a
 * later calendar month counts one; within a month it does not; pulling in does
 * not take one back. *days adds up how far those changes moved it.
 */
int history_pushes(const struct change_list *list, int *days);

/* The order of a stage by its name, 0 when unknown. */
typedef int (*stage_order_fn)(void *arg, const char *stage);
/* The last time the stage moved to a lower order; DAY_NONE never. */
day_t history_stage_back(const struct change_list *list, stage_order_fn order, void *arg);
/* When the deal came into its present stage; INSTANT_NONE when not told. */
instant_t history_stage_since(const struct change_list *list, const char *stage);
/* Largest fall of the amount from its highest since `from` to its last value,
 * in whole percent; 0 when it did not fall. Amounts before the deal's currency
 * changed are of another one and not compared. */
int history_amount_drop(const struct change_list *list, day_t from);

#endif
