#ifndef HUDDLE_DEMAND_H
#define HUDDLE_DEMAND_H

#include "huddle/qualified.h"
#include "huddle/totals.h"

/*
 * The buyer's own progress beside what became of the deal, and the fit of its account.
 * Deals are those made in a period; first DAY_NONE is of all time.
 */
struct demand_line {
	const char *state; /* "" not said */
	bool defined;      /* the definition has it */
	int by_status[DEAL_LOST + 1];
	const struct deal **open; /* to add up */
	size_t n_open;
};

struct demand {
	struct demand_line *lines; /* in the definition's order, then others, then not said */
	size_t count;
};
void demand_make(struct demand *out, struct arena *arena, const struct definition *definition,
	const struct deal_list *deals, const struct evidence *evidence, struct period made);
/* Won of all that were decided; -1 none was. */
double demand_win_rate(const struct demand_line *line);

/* Does the account fit the definition's conditions on accounts? */
enum fit { FIT_YES, FIT_NO, FIT_UNKNOWN /* employees or industry not told */, FITS };
const char *fit_name(enum fit fit); /* "fits" */
struct fit_deal {
	const struct deal *deal;
	enum fit fit;
	const char **lacks;
	size_t n_lacks;
};
struct fits {
	struct fit_deal *open; /* in the order of deals */
	size_t n_open;
	int by_status[FITS][DEAL_LOST + 1];
};
void fits_make(struct fits *out, struct arena *arena, const struct definition *definition,
	const struct deal_list *deals, const struct evidence *evidence);

#endif
