#include "row.h"

#include "huddle/store_define.h"
#include "huddle/text.h"
#include "huddle/totals.h"
#include "load.h"
#include <stdlib.h>
#include <string.h>

/* Versions of the definition and who signed them. */
enum { F_REV, F_TEXT, F_NOTE, F_BY, F_AT, F_DELETED };
enum { N_REV, N_VERSION, N_ROLE, N_PERSON, N_AT, N_DELETED };

static bool load_signatures(struct store *store, struct arena *arena,
    struct definition_version *out, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "SELECT role, person, signed_at FROM main.signature WHERE deleted = 0 "
	        "AND version = $1",
	        err)) {
		sql_int(&q, 1, out->id);
		while (sql_row(&q))
			for (int role = 0; role < ROLES_OF; role++)
				if (slice_is(sql_get(&q, 0),
				        role_of_name((enum role_of)role))) {
					out->signed_by[role] = sql_dup(&q, 1, arena);
					out->signed_at[role] = sql_get_instant(&q, 2);
				}
	}
	return sql_done(&q);
}

bool store_load_version(struct store *store, struct arena *arena, int64_t version,
    struct definition_version *out, bool *found, struct err *err)
{
	struct sql q;
	*found = false;
	*out = (struct definition_version){.text = "", .note = "", .by = ""};
	if (sql_begin(&q, store,
	        "SELECT id, text, note, loaded_by, loaded_at FROM main.definition WHERE "
	        "deleted = 0 AND ($1 = 0 OR id = $1) ORDER BY id DESC LIMIT 1",
	        err)) {
		sql_int(&q, 1, version);
		*found = sql_row(&q);
		if (*found) {
			out->id = sql_get_int(&q, 0);
			out->text = sql_dup(&q, 1, arena);
			out->note = sql_dup(&q, 2, arena);
			out->by = sql_dup(&q, 3, arena);
			out->at = sql_get_instant(&q, 4);
		}
	}
	return sql_done(&q) && (!*found || load_signatures(store, arena, out, err));
}

bool store_load_definition(struct store *store, struct arena *arena,
    struct definition *out, struct definition_version *found, struct err *err)
{
	bool any;
	definition_default(out);
	return store_load_version(store, arena, 0, found, &any, err) &&
	       (!any || definition_read(out, arena,
	                    arena_printf(arena, "version %lld", (long long)found->id),
	                    found->text, strlen(found->text), err));
}

static bool same_person(const char *a, const char *b)
{
	return text_same(slice_trim(slice_of(a)), slice_trim(slice_of(b)));
}

/* Whoever is operator by the version in force; nobody named: anyone. */
static bool may_load(struct batch *b, struct err *err)
{
	struct definition now;
	struct definition_version version;
	if (!store_load_definition(b->store, b->arena, &now, &version, err))
		return false;
	const char *named = now.people[ROLE_OPERATOR];
	return !*named || same_person(named, b->store->person) ||
	       err_set(err, "definition",
	           "only the revenue operator, %.80s, loads another version; this is "
	           "%.80s",
	           named, b->store->person);
}

static bool put_version(struct batch *b, const char *text, const char *note,
    int64_t *version, struct err *err)
{
	struct row row = {.table = &definition_table};
	bool conflict;
	if (!may_load(b, err) ||
	    !(row.key = row_next_key(b->store, &definition_table, b->arena, err)))
		return false;
	*version = strtoll(row.key, NULL, 10);
	row.value[F_TEXT] = text;
	row.value[F_NOTE] = note;
	row.value[F_BY] = b->store->person;
	row.value[F_AT] = row_now(b->arena);
	row.value[F_DELETED] = "0";
	return row_put(b, &row, 0, "definition", NULL,
	    arena_printf(b->arena, "definition %s loaded: %s", row.key,
	        text_short(note, b->arena)),
	    &conflict, err);
}

bool store_save_definition(struct store *store, const char *text, size_t len,
    const char *note, int64_t *version, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct definition read;
	struct batch batch;
	bool there, fine = text_check("note", note, err) &&
	                   definition_read(&read, &arena, "definition", text, len, err) &&
	                   batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine =
		    put_version(&batch, arena_dup(&arena, text, len), note, version, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	arena_release(&arena);
	return fine;
}

static bool put_signature(
    struct batch *b, int64_t version, enum role_of role, struct err *err)
{
	struct row row = {.table = &signature_table}, old;
	bool conflict;
	row.key =
	    arena_printf(b->arena, "%lld/%s", (long long)version, role_of_name(role));
	if (!row_load(&old, &signature_table, row.key, b->store, b->arena, err))
		return false;
	if (!row_deleted(&old))
		return true; /* signed already */
	row.value[N_VERSION] = arena_printf(b->arena, "%lld", (long long)version);
	row.value[N_ROLE] = role_of_name(role);
	row.value[N_PERSON] = b->store->person;
	row.value[N_AT] = row_now(b->arena);
	row.value[N_DELETED] = "0";
	return row_put(b, &row, 0, "signature", NULL,
	    arena_printf(b->arena, "definition %lld signed by the %s", (long long)version,
	        role_of_title(role)),
	    &conflict, err);
}

static bool nobody(struct batch *b, const struct definition *d, struct err *err)
{
	if (!*d->people[ROLE_CMO] && !*d->people[ROLE_VP_SALES])
		return err_set(err, "definition",
		    "it names neither CMO nor VP Sales; write them under [people]");
	return err_set(err, "definition", "%.80s%s%.80s may sign it; this is %.80s",
	    d->people[ROLE_CMO],
	    *d->people[ROLE_CMO] && *d->people[ROLE_VP_SALES] ? " and " : "",
	    d->people[ROLE_VP_SALES], b->store->person);
}

static bool sign(struct batch *b, const char **role, struct err *err)
{
	struct definition d;
	struct definition_version version;
	bool any = false, fine;
	if (!store_load_definition(b->store, b->arena, &d, &version, err))
		return false;
	if (!version.id)
		return err_set(err, "definition",
		    "there is none yet; huddle define load FILE.ini loads one");
	fine = true;
	for (int r = ROLE_CMO; fine && r <= ROLE_VP_SALES; r++)
		if (*d.people[r] && same_person(d.people[r], b->store->person)) {
			any = true;
			*role = role_of_title((enum role_of)r);
			fine = put_signature(b, version.id, (enum role_of)r, err);
		}
	return fine && (any || nobody(b, &d, err));
}

bool store_sign_definition(struct store *store, const char **role, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	bool there, fine = batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine = sign(&batch, role, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	arena_release(&arena);
	return fine;
}

/* A field counts as captured when the exports of deals hold it. */
static bool load_captured(struct store *store, unsigned *captured, struct err *err)
{
	struct sql q;
	*captured = 0;
	if (!sql_begin(&q, store, "SELECT captured FROM feed WHERE kind = 'deals'", err))
		return false;
	while (sql_row(&q)) {
		struct slice rest = sql_get(&q, 0), word;
		while (slice_cut(&rest, ' ', &word))
			for (int r = 0; r < REQUIREMENTS; r++)
				if (slice_is(word, requirement_name((enum requirement)r)))
					*captured |= 1u << r;
	}
	return sql_done(&q);
}

/* Of open deals alone it is a quarter of the work. */
static bool all_open(const struct deal_list *deals)
{
	for (size_t i = 0; i < deals->count; i++)
		if (deals->items[i].status != DEAL_OPEN)
			return false;
	return true;
}

bool store_load_evidence(struct store *store, struct arena *arena,
    const struct deal_list *deals, struct evidence **out, unsigned *captured,
    struct err *err)
{
	struct sql q;
	size_t i = 0;
	*out = arena_alloc(arena, (deals->count + 1) * sizeof **out);
	for (size_t k = 0; k < deals->count; k++)
		(*out)[k] = (struct evidence){{"", "", "", "", "", ""}, "", "", -1};
	*captured = 0;
	if (!store->generation)
		return store_facts(store, err);
	if (!load_captured(store, captured, err) ||
	    !sql_begin(&q, store,
	        "SELECT d.id, d.budget_confirmed, d.economic_buyer, d.compelling_event, "
	        "d.demand_state, d.fit_score, d.trigger_event, a.industry, a.domain, "
	        "a.employees FROM deal_summary s JOIN deal d ON d.id = s.deal "
	        "LEFT JOIN account a ON a.id = d.account "
	        "WHERE $1 = '' OR s.status = $1 ORDER BY d.id",
	        err))
		return false;
	sql_text(&q, 1, all_open(deals) ? "open" : "");
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0);
		while (i < deals->count && deals->items[i].key < key)
			i++;
		if (i == deals->count || deals->items[i].key != key)
			continue;
		struct evidence *e = &(*out)[i];
		for (int r = 0; r < REQUIREMENTS; r++)
			e->field[r] = sql_dup(&q, 1 + r, arena);
		e->industry = sql_dup(&q, 7, arena);
		e->domain = sql_dup(&q, 8, arena);
		e->employees = sql_get_int_or(&q, 9, -1);
	}
	return sql_done(&q);
}

bool store_sum_won(struct store *store, struct period period, struct currency currency,
    money_t *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct rates rates;
	struct sql q;
	char first[DAY_TEXT], last[DAY_TEXT];
	*out = 0;
	bool fine =
	    store->generation && load_rates(store, &arena, &rates, err) &&
	    sql_begin(&q, store,
	        "SELECT d.amount, d.currency, d.close_date FROM deal_summary s JOIN "
	        "deal d ON d.id = s.deal WHERE s.status = 'won' AND d.amount IS NOT "
	        "NULL AND coalesce(d.closed, d.close_date) BETWEEN $1 AND $2",
	        err);
	if (!fine) {
		arena_release(&arena);
		return !store->generation;
	}
	sql_text(&q, 1, day_format(period.first, first));
	sql_text(&q, 2, day_format(period.last, last));
	while (sql_row(&q)) {
		struct deal d = {
		    .amount = sql_get_int(&q, 0), .close_date = sql_get_day(&q, 2)};
		slice_copy(sql_get(&q, 1), d.currency.code, sizeof d.currency.code);
		deal_convert(&d, &rates);
		struct worth worth = deal_worth(&d);
		if (currency_eq(worth.currency, currency))
			money_add(out, worth.amount);
	}
	fine = sql_done(&q);
	arena_release(&arena);
	return fine;
}

bool store_judge(struct store *store, struct arena *arena, struct deal_list *deals,
    struct judgement *out, struct err *err)
{
	struct evidence *evidence;
	unsigned captured;
	*out = (struct judgement){0};
	if (!store_load_definition(store, arena, &out->definition, &out->version, err))
		return false;
	out->demands = definition_demands(&out->definition);
	if (!out->demands)
		return true;
	if (!store_load_evidence(store, arena, deals, &evidence, &captured, err))
		return false;
	qualified_make(
	    &out->qualified, arena, &out->definition, deals, evidence, captured);
	for (size_t i = 0; i < out->qualified.count; i++) {
		const struct qualified_deal *q = &out->qualified.deals[i];
		deals->items[q->deal - deals->items].qualified = q->n_missing ? -1 : 1;
	}
	return true;
}
