#ifndef HUDDLE_SYNC_CELLS_H
#define HUDDLE_SYNC_CELLS_H

#include "plan.h"

/* From the text of a cell to a value, and what a row leaves to be told. */

/* convert.c: one cell to one value. Returns NULL or why it can not be read. */
struct cell_context {
	struct plan *plan;
	struct field_plan *field;
	struct arena *arena;
	struct currency currency; /* of the row */
	bool currency_known;      /* a column said it: signs in amounts say nothing more */
	struct err *err;          /* filled in when the file must be refused */
	bool refused;
};
const char *convert_cell(struct cell_context *context, struct slice text, struct value *out);
bool bool_read(struct slice text, int64_t *out);
bool date_serial(struct slice text); /* a spreadsheet's number of a day: "45631" */
#define SALESFORCE_ID 18
struct slice salesforce_id(struct slice text, char buf[SALESFORCE_ID]); /* 15 letters as 18 */
bool id_was_cut(struct slice text);  /* "1.23E+11": a spreadsheet dropped its digits */

/* derive.c */
const char *guess_kind(struct slice text);      /* "call", "email", "meeting", "task" */
const char *guess_direction(struct slice text); /* "in", "out" or NULL */
/* A row of rates without an id is known by its currency and day, so that a new
 * rate is no new row. Returns why it can not be used, or NULL. */
const char *derive_rate(struct arena *arena, const struct value *values, struct slice *id);
/* Old and new value of a changed close date or amount, as history is compared. */
void derive_history(struct cell_context *context, struct value *values);
void derive_deal(const struct mapping *mapping, struct arena *arena, struct value *values);

/* survey.c: the order of a date column, the decimal mark of a number column, or
 * whether shares are percents, from the whole of it: of the field's own, or of
 * the fallback the text is from. */
enum date_order *field_order(struct field_plan *field);
enum decimal_mark *field_mark(struct field_plan *field);
bool survey_dates(struct plan *plan, struct field_plan *field, struct err *err);
bool survey_numbers(struct plan *plan, struct field_plan *field, struct err *err);
bool survey_shares(struct plan *plan, struct field_plan *field, struct err *err);

#endif
