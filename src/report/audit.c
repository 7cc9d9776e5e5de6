#include "huddle/report_audit.h"
#include "json.h"
#include "print.h"

#include <stdio.h>

/* The audit, the calendar, and moves without evidence. */

static void put_answer(
    struct str *out, const struct report *report, const struct audit_line *l)
{
	char day[DAY_TEXT];
	const struct audit_answer *a = l->answer;

	if (a)
		put_line(out, report, 4, 2, "%s says %s on %s%s%s", a->by,
		    a->yes ? "yes" : "no",
		    day_short(day_of_instant(a->at), report->today, day),
		    *a->text ? ": " : "", a->text);
	put_line(out, report, 4, 2, "The data: %s%s", l->evidence,
	    l->against ? ". That is not what was answered." : "");
}

void report_audit(struct str *out, const struct report *report, const struct audit *audit)
{
	for (int q = 0; q < AUDIT_QUESTIONS; q++) {
		const struct audit_line *l = &audit->lines[q];
		const char *said = audit_word_name(l->said);

		put_line(out, report, 0, 4, "%d. %s  %s", q + 1,
		    audit_question_text((enum audit_question)q),
		    said ? said : "not answered");
		put_answer(out, report, l);
	}
	put_blank(out);
	put_line(out, report, 0, 2, "%s", audit->verdict);
}

void report_audit_json(struct str *out, const struct audit *audit)
{
	cJSON *root = json_object(), *array = json_array();

	for (int q = 0; q < AUDIT_QUESTIONS; q++) {
		const struct audit_line *l = &audit->lines[q];
		cJSON *value = json_object();

		json_text(value, "question", audit_question_text((enum audit_question)q));
		json_text(value, "answer", audit_word_name(l->said));
		json_text(value, "evidence", l->evidence);
		json_text(value, "data", audit_word_name(l->data));
		json_text(value, "by", l->answer ? l->answer->by : NULL);
		json_instant(value, "at", l->answer ? l->answer->at : INSTANT_NONE);
		json_text(value, "text", l->answer ? l->answer->text : NULL);
		json_bool(value, "against", l->against);
		json_push(array, value);
	}
	json_put(root, "answers", array);
	json_number(root, "yes", audit->yes);
	json_text(root, "verdict", audit->verdict);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_audit_history(
    struct str *out, const struct report *report, const struct audit_answer_list *answers)
{
	char day[DAY_TEXT];

	if (!answers->count)
		put_line(out, report, 0, 0, "Nobody has answered yet.");
	for (size_t i = answers->count; i-- > 0;) {
		const struct audit_answer *a = &answers->items[i];

		put_line(out, report, 0, 4, "%s  %d. %s: %s, %s%s%s",
		    day_format(day_of_instant(a->at), day), (int)a->question + 1,
		    audit_question_name(a->question), a->yes ? "yes" : "no", a->by,
		    *a->text ? ": " : "", a->text);
	}
}

void report_audit_history_json(struct str *out, const struct audit_answer_list *answers)
{
	cJSON *root = json_object(), *array = json_array();

	for (size_t i = 0; i < answers->count; i++) {
		const struct audit_answer *a = &answers->items[i];
		cJSON *value = json_object();

		json_text(value, "question", audit_question_name(a->question));
		json_text(value, "answer", a->yes ? "yes" : "no");
		json_text(value, "text", a->text);
		json_text(value, "by", a->by);
		json_instant(value, "at", a->at);
		json_push(array, value);
	}
	json_put(root, "history", array);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_calendar(
    struct str *out, const struct report *report, const struct duty *duties, size_t count)
{
	static const struct column columns[] = {{.title = "Due"}, {.title = ""},
	    {.title = "What"}, {.title = "Who", .most = 30}, {.title = "Last"},
	    {.title = "", .most = 60, .least = 20}};
	struct table table = table_of(report, columns, 6);
	char day[DAY_TEXT];

	for (size_t i = 0; i < count; i++) {
		const struct duty *d = &duties[i];
		int late = (int)(report->today - d->due);

		table_cell(&table, day_short(d->due, report->today, day));
		table_cellf(&table,
		    late > 0    ? "%d day%s late"
		    : late == 0 ? "today"
		                : "",
		    late, late == 1 ? "" : "s");
		table_cell(&table, d->what);
		table_cell(&table, d->who);
		table_cell(&table,
		    d->last == DAY_NONE ? "" : day_short(d->last, report->today, day));
		table_cell(&table, d->state);
	}
	table_print(&table, out, 0);
}

void report_calendar_json(
    struct str *out, const struct report *report, const struct duty *duties, size_t count)
{
	cJSON *root = json_object(), *array = json_array();

	for (size_t i = 0; i < count; i++) {
		cJSON *value = json_object();
		int late = (int)(report->today - duties[i].due);

		json_text(value, "what", duties[i].what);
		json_text(value, "who", duties[i].who);
		json_day(value, "due", duties[i].due);
		json_day(value, "last", duties[i].last);
		json_number(value, "days_late", late > 0 ? late : 0);
		json_text(value, "state", duties[i].state);
		json_push(array, value);
	}
	json_put(root, "calendar", array);
	json_print(out, root);
	str_addc(out, '\n');
}

static void put_move(
    struct table *table, const struct report *report, const struct moved_on *m)
{
	struct str lacks = STR_INIT;
	char day[DAY_TEXT];

	for (size_t i = 0; i < m->deal->n_missing; i++)
		str_addf(&lacks, "%s%s", i ? ", " : "", m->deal->missing[i]);
	table_cell(table, day_short(m->on, report->today, day));
	table_cell(table, deal_label(m->deal->deal, report->ascii));
	table_cell(table, m->from);
	table_cell(table, m->to);
	table_cell(table, str_text(&lacks));
	str_release(&lacks);
}

void report_bare_moves(struct str *out, const struct report *report,
    const struct owner_moves *owners, size_t count, const char *month)
{
	static const struct column columns[] = {{.title = "On"},
	    {.title = "Deal", .most = 30, .least = 16}, {.title = "From", .most = 18},
	    {.title = "To", .most = 18}, {.title = "Lacks now", .most = 60, .least = 20}};

	put_line(out, report, 0, 2,
	    "Stage moves of %s of open deals that lack what the definition requires now; "
	    "what they lacked on the day no export tells",
	    month);
	if (!count)
		put_line(out, report, 2, 0, "There are none.");
	for (size_t i = 0; i < count; i++) {
		struct table table = table_of(report, columns, 5);

		put_blank(out);
		put_line(out, report, 0, 0, "%s: %zu move%s",
		    *owners[i].owner ? owners[i].owner : "(no owner)", owners[i].count,
		    owners[i].count == 1 ? "" : "s");
		for (size_t m = 0; m < owners[i].count; m++)
			put_move(&table, report, &owners[i].moves[m]);
		table_print(&table, out, 2);
	}
}

void report_bare_moves_json(
    struct str *out, const struct owner_moves *owners, size_t count, const char *month)
{
	cJSON *root = json_object(), *array = json_array();

	json_text(root, "month", month);
	for (size_t i = 0; i < count; i++) {
		cJSON *owner = json_object(), *moves = json_array();

		json_text(owner, "owner", owners[i].owner);
		for (size_t m = 0; m < owners[i].count; m++) {
			const struct moved_on *on = &owners[i].moves[m];
			cJSON *value = json_object(), *missing = json_array();

			json_text(value, "deal", on->deal->deal->id);
			json_day(value, "on", on->on);
			json_text(value, "from", on->from);
			json_text(value, "to", on->to);
			for (size_t k = 0; k < on->deal->n_missing; k++)
				json_push(missing, json_string(on->deal->missing[k]));
			json_put(value, "missing", missing);
			json_push(moves, value);
		}
		json_put(owner, "moves", moves);
		json_push(array, owner);
	}
	json_put(root, "owners", array);
	json_print(out, root);
	str_addc(out, '\n');
}
