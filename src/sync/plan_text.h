#ifndef HUDDLE_SYNC_PLAN_TEXT_H
#define HUDDLE_SYNC_PLAN_TEXT_H

#include "plan.h"

/* One cell, trimmed; "" for what stands for nothing. The mapping may be NULL. */
struct slice cell_text(const struct mapping *mapping, struct slice cell);
struct slice row_text(const struct plan *plan, const struct reader_row *row, int column);
/* The text of a field. Borrowed from the row or from the plan until its next text;
 * field->from says which columns it is from. */
struct slice field_text(
	struct plan *plan, struct field_plan *field, const struct reader_row *row);
/* Of a list the first piece that is not blank, else the text, trimmed. */
struct slice first_piece(const struct field_plan *field, struct slice text);

/* json.c: the value of the first of these names that the JSON object in the text
 * has and does not leave blank; "" when there is none or the text is no object.
 * Borrowed from buf. */
struct slice json_value(struct slice text, const char *const *names, int n, struct str *buf);

#endif
