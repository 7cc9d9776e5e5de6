#ifndef HUDDLE_QUALIFIED_H
#define HUDDLE_QUALIFIED_H

#include "huddle/deal.h"
#include "huddle/definition.h"

/*
 * Which open deals are qualified by the definition, and what the others lack, by
 * name. A field counts as given when its text is there and does not say no, none,
 * unknown or 0 (a fit score may be 0). Of an account without employees or industry
 * nothing can be held against the definition: both are missing.
 */
struct evidence {
	const char *field[REQUIREMENTS]; /* "" not said */
	const char *industry, *domain;   /* of the account */
	int64_t employees;               /* -1 not said */
};

struct qualified_deal {
	const struct deal *deal;
	const char **missing; /* "economic_buyer", "employees 12 of 50" */
	size_t n_missing;
};

struct qualified {
	struct qualified_deal *deals; /* open ones, in their order */
	size_t count, passing;
	unsigned not_captured;        /* requirements that no export holds; bit each */
};

/* evidence: one a deal, in their order; captured: bits of fields that exports hold. */
/* What the account alone lacks: employees, industry, words that disqualify. */
void qualified_account(struct arena *arena, const struct definition *definition,
	const struct deal *deal, const struct evidence *evidence, const char ***missing,
	size_t *count);
/* Does the deal pass, whatever its status? */
bool qualified_passes(struct arena *arena, const struct definition *definition,
	const struct deal *deal, const struct evidence *evidence);
/* Does it ask anything of a deal? */
bool definition_demands(const struct definition *definition);
/* What the deal with this key lacks; NULL: it was not judged. The deals were in the
 * order of keys. */
const struct qualified_deal *qualified_find(const struct qualified *qualified, int64_t key);
void qualified_make(struct qualified *out, struct arena *arena,
	const struct definition *definition, const struct deal_list *deals,
	const struct evidence *evidence, unsigned captured);

#endif
