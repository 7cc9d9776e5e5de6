#ifndef HUDDLE_FILTER_H
#define HUDDLE_FILTER_H

#include "huddle/deal.h"

/*
 * What / in the review and --filter narrow by: words looked for in name,
 * account, owner and stage, and owner:ana account:acme name:renewal stage:neg
 * team:west closing:2026-11 risk:high, all of which must hold. Words are parts
 * of names; when no deal holds them so, their letters in order are enough.
 */
#define FILTER_WORDS 8

enum filter_key { BY_ANY, BY_OWNER, BY_ACCOUNT, BY_STAGE, BY_TEAM, BY_NAME, BY_CLOSING,
	BY_RISK, FILTER_KEYS };

struct filter_term {
	enum filter_key key;
	const char *word; /* folded */
	struct period closing;
	enum risk_level risk;
	bool asleep; /* risk:snoozed */
	const char *problem; /* why it can not be read; NULL: it can */
};

struct filter {
	char *text; /* as typed; never NULL after filter_set */
	struct arena arena;
	struct filter_term terms[FILTER_WORDS];
	int count;
	const char *problem; /* of the first term that can not be read; NULL none */
};

/* A deal's texts folded once, so that narrowing is a search for bytes. */
struct filter_text {
	const char *name, *account, *owner, *stage, *team;
};

/* typing: the last word may be half typed, so that it narrows nothing where it
 * can not be read yet. Else a word that can not be read lets no deal pass and
 * the problem says why. */
void filter_set(struct filter *f, const char *text, bool typing, day_t today,
	int fiscal_start);
void filter_release(struct filter *f);
void filter_fold(struct filter_text *out, struct arena *arena, const struct deal *deal);
/* loose: letters in order are enough for a word. */
bool filter_passes(const struct filter *f, const struct deal *deal,
	const struct filter_text *text, bool loose);

#endif
