#include "huddle/report_meeting.h"
#include "json.h"
#include "print.h"

/* The change log, and whether the records are as it says. */

void report_gone(struct str *out, const struct report *report, const struct check *check)
{
	for (size_t i = 0; i < check->n_gone; i++)
		put_line(out, report, 0, 2,
		    "%s: %lld record%s of a deal that no export holds any more; they are "
		    "kept",
		    check->gone[i].id, (long long)check->gone[i].records,
		    check->gone[i].records == 1 ? "" : "s");
}

void report_check(struct str *out, const struct report *report, const struct check *check)
{
	for (size_t i = 0; i < check->n_problems; i++)
		put_line(out, report, 0, 2, "%s", check->problems[i]);
	if (check->n_problems)
		put_line(out, report, 0, 2,
		    "Restore a backup, or keep this file and report it.");
	else
		put_line(out, report, 0, 2,
		    "All is well: %lld records are as the log has them.",
		    (long long)check->records);
	report_gone(out, report, check);
}

void report_check_json(struct str *out, const struct check *check)
{
	cJSON *root = json_object(), *problems = json_array(), *gone = json_array();
	json_bool(root, "ok", !check->n_problems);
	json_number(root, "records", check->records);
	for (size_t i = 0; i < check->n_problems; i++)
		json_push(problems, json_string(check->problems[i]));
	for (size_t i = 0; i < check->n_gone; i++) {
		cJSON *value = json_object();
		json_text(value, "deal", check->gone[i].id);
		json_number(value, "records", check->gone[i].records);
		json_push(gone, value);
	}
	json_put(root, "problems", problems);
	json_put(root, "gone", gone);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_log(struct str *out, const struct report *report, const struct log_list *log)
{
	char at[INSTANT_TEXT];
	if (!log->count)
		put_line(out, report, 0, 0, "Nothing was written yet.");
	for (size_t i = 0; i < log->count; i++) {
		const struct log_line *l = &log->items[i];
		put_line(out, report, 0, 4, "%s  %s  %s%s", instant_format(l->at, at),
		    l->person, l->what, l->undone ? " (taken back)" : "");
	}
}

void report_log_json(struct str *out, const struct log_changes *log)
{
	cJSON *root = json_object(), *array = json_array();
	for (size_t i = 0; i < log->count; i++) {
		const struct log_change *c = &log->items[i];
		cJSON *value = json_object();
		json_text(value, "op", c->op);
		json_instant(value, "at", c->at);
		json_text(value, "by", c->person);
		json_text(value, "deal", c->deal_id);
		json_text(value, "what", c->what);
		json_text(value, "field", c->field);
		json_text(value, "old", c->old_value);
		json_text(value, "new", c->new_value);
		json_push(array, value);
	}
	json_put(root, "changes", array);
	json_print(out, root);
	str_addc(out, '\n');
}
