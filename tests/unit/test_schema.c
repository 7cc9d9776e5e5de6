#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../../src/store/sql.h"
#include "huddle/fact.h"

/*
 * model/fact.c says what a fact can hold, store/schema.c where it is kept. Here
 * the two are held against each other, both ways.
 */
static sqlite3 *db;

static void run(const char *text)
{
	char *message = NULL;
	int code = sqlite3_exec(db, text, NULL, NULL, &message);
	cr_assert_eq(code, SQLITE_OK, "%s", message);
}

static void schema_make(void)
{
	cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
	run(schema_facts);
	run(schema_facts_indexes);
	run(schema_facts_slim_indexes);
}

static void schema_close(void)
{
	cr_assert_eq(sqlite3_close(db), SQLITE_OK);
}

TestSuite(schema, .init = schema_make, .fini = schema_close, .timeout = 60);

struct column {
	char name[64], type[16];
	bool primary;
};

/* The columns of a table; their number. */
static int columns_of(const char *table, struct column *out, int most)
{
	sqlite3_stmt *stmt;
	int count = 0;
	cr_assert_eq(
	    sqlite3_prepare_v2(
	        db, "SELECT name, type, pk FROM pragma_table_info(?1)", -1, &stmt, NULL),
	    SQLITE_OK);
	sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		cr_assert_lt(count, most, "%s has too many columns for this test", table);
		snprintf(out[count].name, sizeof out->name, "%s",
		    (const char *)sqlite3_column_text(stmt, 0));
		snprintf(out[count].type, sizeof out->type, "%s",
		    (const char *)sqlite3_column_text(stmt, 1));
		out[count].primary = sqlite3_column_int(stmt, 2) > 0;
		count++;
	}
	sqlite3_finalize(stmt);
	return count;
}

static const struct column *find(
    const struct column *columns, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(columns[i].name, name))
			return &columns[i];
	return NULL;
}

/* Where a field is kept: the id beside our own, the others under their name. */
static const char *column_of(const struct field *field)
{
	if (!strcmp(field->name, "id"))
		return "source_id";
	return field->column ? field->column : field->name;
}

static const char *type_of(enum field_type type)
{
	bool text = type == FIELD_TEXT || type == FIELD_DAY || type == FIELD_INSTANT;
	return text ? "TEXT" : "INTEGER";
}

enum { COLUMNS = 64 };

Test(schema, every_field_has_its_column)
{
	struct column columns[COLUMNS];
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		const struct fact_info *info = &fact_infos[kind];
		int count = columns_of(info->table, columns, COLUMNS);
		cr_assert_gt(count, 0, "there is no table %s", info->table);
		for (const struct field *f = info->fields; f->name; f++) {
			const struct column *c = find(columns, count, column_of(f));
			cr_assert(c, "[%s] %s has no column %s in table %s", info->name,
			    f->name, column_of(f), info->table);
			cr_assert_str_eq(c->type, type_of(f->type), "%s.%s is %s",
			    info->table, c->name, c->type);
		}
	}
}

/* What is ours, not the export's; see COMMON in schema.c. */
static bool is_ours(const char *name)
{
	static const char *const ours[] = {
	    "id", "feed", "hash", "raw", "missing", "part_of"};
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (!strcmp(ours[i], name))
			return true;
	return false;
}

Test(schema, every_column_has_its_field)
{
	struct column columns[COLUMNS];
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		const struct fact_info *info = &fact_infos[kind];
		int count = columns_of(info->table, columns, COLUMNS);
		for (int i = 0; i < count; i++) {
			bool fed = is_ours(columns[i].name);
			for (const struct field *f = info->fields; f->name && !fed; f++)
				fed = !strcmp(column_of(f), columns[i].name);
			cr_assert(fed, "no field of [%s] feeds %s.%s", info->name,
			    info->table, columns[i].name);
		}
	}
}

Test(schema, every_fact_has_our_own_columns)
{
	static const char *const common[] = {
	    "id", "feed", "source_id", "hash", "raw", "missing"};
	struct column columns[COLUMNS];
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		int count = columns_of(fact_infos[kind].table, columns, COLUMNS);
		for (size_t i = 0; i < sizeof common / sizeof *common; i++)
			cr_assert(find(columns, count, common[i]), "%s has no %s",
			    fact_infos[kind].table, common[i]);
		cr_assert(find(columns, count, "id")->primary);
	}
}

/* Tables refuse values of another type; see "STRICT" in SQLite's manual. */
static void all_strict(const char *what)
{
	sqlite3_stmt *stmt;
	int tables = 0;
	cr_assert_eq(sqlite3_prepare_v2(db,
	                 "SELECT name, strict FROM pragma_table_list"
	                 " WHERE schema = 'main' AND type = 'table'"
	                 " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
	                 -1, &stmt, NULL),
	    SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		tables++;
		cr_expect(sqlite3_column_int(stmt, 1), "table %s of %s is not STRICT",
		    sqlite3_column_text(stmt, 0), what);
	}
	sqlite3_finalize(stmt);
	cr_assert_gt(tables, 0);
}

Test(schema, tables_of_facts_are_strict)
{
	all_strict("facts");
}

Test(schema, tables_of_records_are_strict_and_apart)
{
	sqlite3 *facts = db;
	cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
	for (int v = 0; v < SCHEMA_VERSION; v++)
		run(schema_steps[v]);
	all_strict("records");
	sqlite3_close(db);
	/* The two live in one connection: no table may be in both. */
	db = facts;
	for (int v = 0; v < SCHEMA_VERSION; v++)
		run(schema_steps[v]);
}

/* A mapping is read into arrays of this size, and indexes count on the order. */
Test(schema, fields_fit_their_arrays)
{
	static const struct {
		enum fact_kind kind;
		int last;
		const char *name;
	} ends[] = {
	    {FACT_PEOPLE, P_ACTIVE, "active"},
	    {FACT_ACCOUNTS, A_DELETED, "deleted"},
	    {FACT_CAMPAIGNS, K_ACTIVE, "active"},
	    {FACT_CONTACTS, C_DELETED, "deleted"},
	    {FACT_LEADS, L_SCORE, "score"},
	    {FACT_DEALS, D_STAGE_ORDER, "stage_order"},
	    {FACT_COMMITTEE, M_CREATED, "created"},
	    {FACT_HISTORY, H_FORECAST, "forecast"},
	    {FACT_QUOTAS, Q_CURRENCY, "currency"},
	    {FACT_ACTIVITIES, V_OUTCOME, "outcome"},
	    {FACT_TOUCHES, T_COST, "cost"},
	    {FACT_CURRENCIES, R_CORPORATE, "corporate"},
	};
	cr_assert_eq(sizeof ends / sizeof *ends, FACT_KINDS);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const struct field *fields = fact_infos[ends[i].kind].fields;
		int count = 0;
		while (fields[count].name)
			count++;
		cr_expect_leq(count, FACT_FIELDS_MAX);
		cr_expect_eq(count, ends[i].last + 1, "[%s] has %d fields",
		    fact_infos[ends[i].kind].name, count);
		cr_expect_str_eq(fields[0].name, "id");
		cr_expect_eq(fact_field(ends[i].kind, ends[i].name), ends[i].last,
		    "[%s] %s", fact_infos[ends[i].kind].name, ends[i].name);
	}
}

Test(schema, references_are_to_what_can_be_referred_to)
{
	for (int kind = 0; kind < FACT_KINDS; kind++)
		for (const struct field *f = fact_infos[kind].fields; f->name; f++) {
			if (f->type != FIELD_REF)
				continue;
			cr_expect(fact_infos[f->ref].entity, "[%s] %s",
			    fact_infos[kind].name, f->name);
			/* By name: the field is called like what it feeds. */
			cr_expect(f->by == REF_NAME || f->column, "[%s] %s",
			    fact_infos[kind].name, f->name);
		}
}
