#ifndef HUDDLE_REPORT_TABLE_H
#define HUDDLE_REPORT_TABLE_H

#include "huddle/report.h"
#include "huddle/report_risk.h"

/* What commands print as a table for a spreadsheet or a document: the rows and numbers of
 * their JSON. */
enum table_form { TABLE_CSV, TABLE_MARKDOWN };

struct themes;
void report_themes_table(struct str *out, const struct report *report, enum table_form form,
	const struct themes *themes, const struct themes *before, const char *quarter);
void report_changes_table(struct str *out, const struct report *report, enum table_form form,
	const struct change_report *changes);
/* The head; then the deals one by one, so that each can be loaded and let go. */
void report_risk_table(struct str *out, const struct report *report, enum table_form form,
	const struct risk_list *list);
void report_risk_row(struct str *out, const struct report *report, enum table_form form,
	const struct dossier *dossier);
/* The figures by month, and the rows of one of them. */
struct scorecard;
struct scorecard_input;
struct score_rows;
void report_scorecard_table(struct str *out, const struct report *report,
	enum table_form form, const struct scorecard *card);
void report_score_rows_table(struct str *out, const struct report *report,
	enum table_form form, int metric, const struct scorecard_input *in,
	const struct score_rows *rows);

#endif
