#ifndef HUDDLE_STORE_DEFINE_H
#define HUDDLE_STORE_DEFINE_H

#include "huddle/definition.h"
#include "huddle/lead_score.h"
#include "huddle/qualified.h"
#include "huddle/store.h"

/*
 * Definitions are records: a version once loaded stays, and the newest is in force.
 * Every write is one step in the log and for undo.
 */

/* version 0: the one in force; *found false: there is none, and out->id is 0. */
bool store_load_version(struct store *store, struct arena *arena, int64_t version,
	struct definition_version *out, bool *found, struct err *err);
/* The definition in force, read; the default where none is loaded (found->id 0). */
bool store_load_definition(struct store *store, struct arena *arena, struct definition *out,
	struct definition_version *found, struct err *err);
/* A new version; refused by another than the operator that the one in force names. */
bool store_save_definition(struct store *store, const char *text, size_t len,
	const char *note, int64_t *version, struct err *err);
/* The person signs the version in force for each role that it names them for. */
bool store_sign_definition(struct store *store, const char **role, struct err *err);

/* What deals are judged by, one a deal of the list, which is in the order of keys;
 * *captured: bits of enum requirement that any export holds. */
bool store_load_evidence(struct store *store, struct arena *arena,
	const struct deal_list *deals, struct evidence **out, unsigned *captured,
	struct err *err);
/* What was won in the period, of deals that are told in the currency. */
bool store_sum_won(struct store *store, struct period period, struct currency currency,
	money_t *out, struct err *err);
/* Leads made in the period with the points that the definition gives them. */
bool store_load_scored_leads(struct store *store, struct arena *arena,
	const struct definition *definition, struct period made, struct scored_leads *out,
	struct err *err);
/*
 * Judge the open deals of the list by the definition in force, which is told with its
 * version; each has its mark. Where nothing is demanded none has one.
 */
struct judgement {
	struct definition definition;
	struct definition_version version;
	struct qualified qualified;
	bool demands; /* the definition has a condition on deals */
};
bool store_judge(struct store *store, struct arena *arena, struct deal_list *deals,
	struct judgement *out, struct err *err);

#endif
