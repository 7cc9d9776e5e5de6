#ifndef HUDDLE_APP_FILTER_H
#define HUDDLE_APP_FILTER_H

#include "huddle/deal.h"
#include "huddle/pane.h"

/*
 * What / narrows by: words looked for in name, account, owner and stage, and
 * owner:ana account:acme stage:neg team:west closing:2026-11 risk:high, all of
 * which must hold. Words are parts of names; when no deal holds them so, their
 * letters in order are enough.
 */
enum filter_key { BY_ANY, BY_OWNER, BY_ACCOUNT, BY_STAGE, BY_TEAM, BY_NAME, BY_CLOSING,
	BY_RISK, FILTER_KEYS };

struct filter_term {
	enum filter_key key;
	const char *word; /* folded */
	struct period closing;
	enum risk_level risk;
	bool ignored;     /* half typed: closing:2026- */
};

struct filter {
	char *text; /* as typed; never NULL after filter_set */
	struct arena arena;
	struct filter_term terms[FILTER_WORDS];
	int count;
};

/* A deal's texts folded once, so that narrowing is a search for bytes. */
struct filter_text {
	const char *name, *account, *owner, *stage, *team;
};

void filter_set(struct filter *f, const char *text, day_t today, int fiscal_start);
void filter_release(struct filter *f);
void filter_fold(struct filter_text *out, struct arena *arena, const struct deal *deal);
/* loose: letters in order are enough for a word. */
bool filter_passes(const struct filter *f, const struct deal *deal,
	const struct filter_text *text, bool loose);

#endif
