#ifndef HUDDLE_STORE_H
#define HUDDLE_STORE_H

#include <stdatomic.h>
#include "huddle/deal.h"
#include "huddle/err.h"
#include "huddle/history.h"
#include "huddle/record.h"
#include "huddle/timeline.h"

/*
 * The store is the only place with SQL. Two files: records at the path given,
 * facts in a generation file beside it, attached read-only. Everything loaded
 * goes into the caller's arena. One store belongs to one thread.
 */
struct store;

struct store_options {
	const char *path;   /* NULL: $XDG_DATA_HOME/huddle/huddle.db */
	bool read_only;     /* nothing is written; a missing file is an empty store */
	bool later;         /* on a server: the copy as it is, if there is one */
	bool keep;          /* read-only, but what was worked out may be kept there */
	const atomic_bool *stop; /* what takes long ends soon once this is true; NULL */
	const char *person; /* who is writing (--as); NULL: the account's name */
};

bool store_open(struct store **out, const struct store_options *options, struct err *err);
void store_close(struct store *store); /* NULL is fine */
const char *store_path(const struct store *store);
bool store_read_only(const struct store *store); /* asked for, or the file is */
const char *store_person(const struct store *store);

/* Look whether a sync has switched generations, or anybody wrote a record,
 * since the last call; attach the new facts if so. Costs microseconds. */
bool store_refresh(struct store *store, bool *changed, struct err *err);

/* A descriptor that can be read when somebody has written since; the store's
 * own. -1 where the system does not tell: then look now and then. */
int store_watch(struct store *store);
/* Read what made it readable; false: that was about something else. */
bool store_watched(struct store *store);

struct store_info {
	bool has_facts;
	int64_t sync_id;   /* 0: nothing synced yet */
	day_t as_of;       /* the day the newest exports speak of */
	instant_t synced_at;
	int64_t deals, open, touches, activities, contacts;
	int fiscal_start;  /* month 1..12 */
};
bool store_info(struct store *store, struct store_info *out, struct err *err);

/* status: enum deal_status or -1 for all; with: enum deal_more. Risk is not rated yet. */
bool store_load_deals(struct store *store, struct arena *arena, int status, unsigned with,
	day_t today, struct deal_list *out, struct err *err);
/* What the filter asks for beyond what is loaded, and whether there is such a field. */
struct filter;
bool store_load_for_filter(struct store *store, struct arena *arena, struct filter *filter,
	struct deal_list *deals, struct err *err);
/* To find one deal, and that one with its custom fields; NULL: there is none. */
bool store_load_deal_names(struct store *store, struct arena *arena, struct deal_names *out,
	struct err *err);
bool store_load_deal(struct store *store, struct arena *arena, int64_t key, day_t today,
	struct deal **out, struct err *err);
bool store_load_timeline(struct store *store, struct arena *arena, const struct deal *deal,
	day_t today, struct entry_list *out, struct err *err);
/* Of the last days before today or the exports, and what is planned. */
bool store_load_lately(struct store *store, struct arena *arena, const struct deal *deal,
	day_t today, int days, struct entry_list *out, struct err *err);
bool store_load_committee(struct store *store, struct arena *arena, const struct deal *deal,
	struct member_list *out, struct err *err);
bool store_load_changes(struct store *store, struct arena *arena, const struct deal *deal,
	struct change_list *out, struct err *err);

/* deal_id NULL: of all deals. */
bool store_load_actions(struct store *store, struct arena *arena, const char *deal_id,
	struct action_list *out, struct err *err);
bool store_load_debrief(struct store *store, struct arena *arena, const char *deal_id,
	struct debrief *out, bool *found, struct err *err);

/* How many deals are lost, and how many of those have a debrief. */
bool store_count_debriefs(struct store *store, int *lost, int *debriefed, struct err *err);

/* Words to complete from: those of the list that RevOps keeps, then most used first. */
enum word_kind { WORDS_PEOPLE, WORDS_COMPETITORS, WORDS_OBJECTORS, WORDS_MESSAGES };
bool store_load_words(struct store *store, struct arena *arena, enum word_kind kind,
	const char *deal_id, const char ***out, size_t *count, struct err *err);

/*
 * Writes. Each is one transaction with its line in the change log. They fail
 * with nothing changed: text stays with the caller. A `rev` that is no longer
 * the stored one is refused as a conflict and *conflict is set.
 */
bool store_save_action(struct store *store, struct action *action, bool *conflict,
	struct err *err);
bool store_save_debrief(struct store *store, struct debrief *debrief, bool *conflict,
	struct err *err); /* drops the draft as well */

/* wake: end the one that is stored. */
bool store_save_snooze(struct store *store, struct snooze *snooze, bool wake, bool *conflict,
	struct err *err);
bool store_load_snooze(struct store *store, struct arena *arena, const char *deal_id,
	struct snooze *out, bool *found, struct err *err); /* also one that is over */

/* Who wrote it last, for a word about a conflict. */
const char *store_snooze_editor(struct store *store, struct arena *arena, const char *deal_id);
const char *store_action_editor(struct store *store, struct arena *arena, int64_t id);
const char *store_debrief_editor(struct store *store, struct arena *arena, const char *deal_id);

/* A half-written form, one per deal and kind of form; text is the form's own. */
bool store_save_draft(struct store *store, const char *deal_id, const char *form,
	const char *text, struct err *err); /* text NULL: drop it */
bool store_load_draft(struct store *store, struct arena *arena, const char *deal_id,
	const char *form, const char **text, struct err *err); /* NULL: none */

/* Take the last write of this person back; *what tells in a sentence, NULL when there is
 * nothing to undo. An undo is itself a write. A debrief that was filed is a draft again. */
bool store_undo(struct store *store, struct arena *arena, const char **what, struct err *err);

#endif
