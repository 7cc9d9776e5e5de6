#ifndef HUDDLE_FILTER_H
#define HUDDLE_FILTER_H

#include "huddle/deal.h"

/*
 * What / in the review, --filter and saved slices narrow by: words looked for in
 * name, account, owner and stage, and owner:ana account:acme name:renewal stage:neg
 * team:west manager:bo closing:2026-11 risk:high qualified:yes, all of which must hold; any other
 * FIELD:word names a custom field that the mapping keeps, region:emea. Words are
 * parts of names; when no deal holds them so, their letters in order are enough. In
 * double quotes a word may hold blanks, owner:"ana silva", and a colon is a colon.
 */
#define FILTER_WORDS 8

enum filter_key { BY_ANY, BY_OWNER, BY_ACCOUNT, BY_STAGE, BY_TEAM, BY_NAME, BY_MANAGER,
	BY_SOURCE, BY_CAMPAIGN, BY_TYPE, BY_PIPELINE, BY_CLOSING, BY_RISK, BY_QUALIFIED, BY_CUSTOM, FILTER_KEYS };

struct filter_term {
	enum filter_key key;
	const char *word;  /* folded */
	const char *field; /* BY_CUSTOM: its name, folded; blanks and _ are the same */
	struct period closing;
	enum risk_level risk;
	bool asleep; /* risk:snoozed */
	bool qualified; /* qualified:yes; false: qualified:no */
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
unsigned filter_wants(const struct filter *f); /* enum deal_more of the deals */
/* A field that none of the deals has becomes the problem; they are loaded with custom
 * fields. */
void filter_check_fields(struct filter *f, const struct deal_list *deals);
void filter_fold(struct filter_text *out, struct arena *arena, const struct deal *deal);
/* loose: letters in order are enough for a word. */
/* Keep those that pass, in their order; returns how many. Texts are in `arena`. */
size_t filter_deals(const struct filter *f, struct deal **deals, size_t count,
	struct arena *arena);
bool filter_passes(const struct filter *f, const struct deal *deal,
	const struct filter_text *text, bool loose);

#endif
