#ifndef HUDDLE_SYNC_PLAN_H
#define HUDDLE_SYNC_PLAN_H

#include "huddle/build.h"
#include "mapping.h"
#include "reader.h"

/*
 * A section of a mapping held against one file's header: which column feeds
 * which field, and how the rows become facts. Used by one thread.
 */
enum { PARTS_MAX = 8, FALLBACKS_MAX = 8 };

/* Columns joined to one text, and how they are read once that is known. */
struct joined {
	int columns[PARTS_MAX], n;
	enum date_order order;
	enum decimal_mark mark, seen;
};

struct field_plan {
	const struct field *field;
	const struct field_source *source;
	int columns[PARTS_MAX], n_columns;   /* joined */
	enum date_order order;               /* of these columns, once known */
	enum decimal_mark mark, seen;        /* seen: of a cell that says it itself */
	enum { SHARES_UNKNOWN, SHARES_OF_ONE, SHARES_PERCENT } shares;
	struct joined fallback[FALLBACKS_MAX]; /* in turn, till one is filled */
	int n_fallback;
	int from;                            /* the fallback of the text at hand; -1: none */
	int guess;                           /* -1: none */
};

struct rule_plan {
	const struct row_rule *rule;
	int column;
};

struct custom_plan {
	const char *name;
	int column;
};

struct plan {
	const struct mapping *mapping;
	const struct section *section;
	const char *path, *name;
	const struct slice *header;
	size_t n_header;
	struct field_plan fields[FACT_FIELDS_MAX];
	int n_fields;
	int told[FACT_FIELDS_MAX], n_told;         /* without the id: those with a source */
	int required[FACT_FIELDS_MAX], n_required; /* without the id */
	int currency_field; /* -1: the kind has none */
	bool lists; /* a field is split: a row may become several */
	struct rule_plan *rules;
	int n_rules;
	struct custom_plan *custom;
	int n_custom;
	int part_of_column, missing_column; /* of a file of our own; -1: none */
	struct str main_id;     /* of the row that parts below it belong to */
	int first_column;       /* of the header in the file: rejects have ours before */
	int dates_column;       /* the field whose column was surveyed last */
	uint64_t read_by;       /* hash of all that says how a row is read, see plan_read_by() */
	struct str scratch, joined, inner; /* inner: a value out of a JSON cell */
	struct str found;                  /* values that were looked up */
};

/* Refused when a required column is not there or a header is claimed twice. */
bool plan_make(struct plan *plan, struct arena *arena, const struct mapping *mapping,
	const struct section *section, const char *path, const char *name,
	const struct slice *header, size_t n_header, struct err *err);
void plan_release(struct plan *plan);
/* The columns that rows are chosen by, and whether a row is. */
bool plan_rules(struct plan *plan, struct arena *arena, struct err *err);
bool plan_chooses(const struct plan *plan, const struct reader_row *row);
/* The first column of that name; -1: none. */
int header_find(const struct slice *header, size_t n_header, const char *wanted);

enum row_kind { ROW_FACT, ROW_REJECT, ROW_SKIPPED, ROW_SAME };

/* What became of a row; all it points to is in the batch's arena. */
struct row_out {
	enum row_kind kind;
	int64_t line;
	struct fact fact;
	const char *column, *value, *why; /* ROW_REJECT */
	const char *text;                 /* kept for facts as well: they may conflict */
	int64_t same, n_same;             /* ROW_SAME: rows as they were, and how many */
};

struct batch {
	struct arena arena;
	struct row_out *rows;
	size_t count, cap;
	int64_t bytes_done;
};

/* What fact.raw is made of besides the row, and fact.raw of a row: another
 * mapping, header or huddle reads it anew. */
uint64_t plan_read_by(const struct plan *plan, const char *mapping_hash, char delimiter);
uint64_t plan_raw(const struct plan *plan, struct slice raw);
/* decided.c: what whole columns decided, "close_date=mdy "; does it differ? */
const char *plan_decided(const struct plan *plan, struct arena *arena);
void plan_add_decided(struct str *all, const char *more); /* each word once */
bool plan_contradicts(const char *before, const char *now);
/* For another file of the kind, where its own columns decide nothing. */
void plan_use_decided(struct plan *plan, const char *decided);
const char *plan_id_column(const struct plan *plan, struct arena *arena);
struct row_out *batch_add(struct batch *batch);
/* Append what the row becomes: one fact, or several where a field is split.
 * False only when the file can not be trusted (an ambiguous date column). */
bool plan_row(struct plan *plan, const struct reader_row *row, struct batch *batch,
	struct err *err);

#endif
