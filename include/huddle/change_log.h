#ifndef HUDDLE_CHANGE_LOG_H
#define HUDDLE_CHANGE_LOG_H

#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/err.h"

/* Who wrote what, newest first: `huddle log`. Lines are only ever added; the
 * file's owner could forge them all the same. */

struct store;

struct log_line {
	int64_t seq;         /* the order; clocks may go back */
	instant_t at;
	const char *person;
	const char *what;    /* action "CFO case study" marked done */
	const char *deal_id; /* "" when about no deal */
	bool undo;           /* takes an earlier line back */
	bool undone;         /* was taken back by a later one */
};

/* One field of one write; old and new "" where there was nothing. */
struct log_change {
	const char *op, *person, *deal_id, *what, *field, *old_value, *new_value;
	instant_t at;
};

struct log_changes {
	struct log_change *items; /* newest first */
	size_t count;
};

/* As store_load_log(), field by field; max counts writes. */
bool store_load_log_changes(struct store *store, struct arena *arena, const char *deal_id,
	size_t max, struct log_changes *out, struct err *err);

struct log_list {
	struct log_line *items;
	size_t count;
};

/* deal_id NULL: about anything; max 0: all. */
bool store_load_log(struct store *store, struct arena *arena, const char *deal_id,
	size_t max, struct log_list *out, struct err *err);

#endif
