#ifndef HUDDLE_STORE_SAFETY_H
#define HUDDLE_STORE_SAFETY_H

#include "huddle/store.h"

/* What keeps records safe beside the log and undo. */

/* A copy of the records with the newest facts beside it, in a new file. */
bool store_backup(struct store *store, struct arena *arena, const char *path,
	struct err *err);

/* Carry all records of one deal over to another, in one step; ids as the source has
 * them. What can only be once a deal and is there already stays where it was. */
struct relinked {
	int moved, stayed;
};
bool store_relink(struct store *store, const char *old, const char *new,
	struct relinked *out, struct err *err);

/* Take a person's name out of all records, drafts and the log; can not be undone. */
struct erased {
	int64_t places; /* texts that the name was taken out of */
	int64_t facts;  /* people and contacts of that name in the newest exports */
};
bool store_erase(struct store *store, struct arena *arena, const char *name,
	struct erased *out, struct err *err);

/* Is the file whole, and is each record as the log has it? In arena. */
struct gone_deal {
	const char *id;
	int64_t records;
};
struct check {
	const char **problems; /* sentences */
	size_t n_problems, cap_problems;
	int64_t records;       /* that were looked at */
	struct gone_deal *gone; /* deals of records that no export holds */
	size_t n_gone;
};
bool store_check(struct store *store, struct arena *arena, struct check *out,
	struct err *err);

#endif
