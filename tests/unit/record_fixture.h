#ifndef RECORD_FIXTURE_H
#define RECORD_FIXTURE_H

#include "store_fixture.h"

#include "huddle/record.h"

/* A store opened by Ana, and short names for what the tests of records do. */
static struct store *store;
static struct arena arena;
static struct err err;

static inline void begin(void)
{
	folder_make();
	store = open_as("Ana");
}

static inline void end(void)
{
	store_close(store);
	arena_release(&arena);
	folder_remove();
}

#define fine(call) cr_assert((call), "%s: %s", err.place, err.text)

static inline struct action new_action(
    const char *deal, const char *owner, const char *text)
{
	return (struct action){.deal_id = deal,
	    .team = TEAM_SALES,
	    .owner = owner,
	    .text = text,
	    .due = DAY_NONE};
}

static inline void save(struct store *as, struct action *action)
{
	bool conflict;
	fine(store_save_action(as, action, &conflict, &err));
	cr_assert_not(conflict);
}

static inline struct action_list load(const char *deal)
{
	struct action_list list;
	fine(store_load_actions(store, &arena, deal, &list, &err));
	return list;
}

static inline struct debrief new_debrief(const char *deal, const char *outcome)
{
	struct debrief d = {.deal_id = deal};
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		d.value[i] = "";
	d.value[B_OUTCOME] = outcome;
	d.value[B_REASON] = "other";
	return d;
}

static inline void file_debrief(struct store *as, struct debrief *debrief)
{
	bool conflict;
	fine(store_save_debrief(as, debrief, &conflict, &err));
	cr_assert_not(conflict);
}

static inline bool load_debrief(const char *deal, struct debrief *out)
{
	bool found;
	fine(store_load_debrief(store, &arena, deal, out, &found, &err));
	return found;
}

static inline const char *undo(struct store *as)
{
	const char *what;
	fine(store_undo(as, &arena, &what, &err));
	return what ? what : "";
}

static inline const char *last_what(void)
{
	return read_text("SELECT what FROM change_log ORDER BY seq DESC LIMIT 1");
}

#endif
