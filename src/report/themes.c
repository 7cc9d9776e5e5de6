#include "huddle/report_meeting.h"
#include "json.h"
#include "print.h"
#include <stdio.h>
#include <string.h>

/* What losses have in common, and notes on messages. */

/* Sums per currency of a line's lost deals, or of all of them. */
static size_t totals(const struct topic *t, struct deal_total out[DEAL_TOTALS])
{
	bool overflow;
	return deal_totals(t->deals, t->n_deals, out, &overflow);
}

static void add_totals(struct str *out, const struct topic *t)
{
	struct deal_total sums[DEAL_TOTALS];
	size_t n = totals(t, sums);
	char money[MONEY_TEXT];
	str_clear(out);
	for (size_t i = 0; i < n; i++)
		str_addf(out, "%s%s", i ? " + " : "",
		    money_brief(sums[i].amount, sums[i].currency, money));
}

enum { TOPICS = 15 }; /* as many lines as one reads */

static void put_topics(struct str *out, const struct report *report,
    const struct topic_list *list, const struct topic_list *before, enum theme_kind kind)
{
	static const struct column columns[] = {{.title = "", .most = 48, .least = 16},
	    {.title = "Lost", .right = true}, {.title = "Won", .right = true},
	    {.title = "Won of decided", .right = true},
	    {.title = "Amount", .right = true},
	    {.title = "Lost the quarter before", .right = true}};
	struct str sums = STR_INIT;
	put_blank(out);
	put_line(out, report, 0, 0, "%s", theme_kind_title(kind));
	if (!list->count) {
		put_line(out, report, 2, 0, "none");
		return;
	}
	struct table table = table_of(report, columns, 6);
	for (size_t i = 0; i < list->count && i < TOPICS; i++) {
		const struct topic *t = &list->items[i];
		const struct topic *old = theme_find(before, t->name);
		double rate = theme_win_rate(t);
		bool rated = kind == THEME_COMPETITORS || kind == THEME_CAMPAIGNS;
		table_cell(&table, t->name);
		table_cellf(&table, "%d", t->lost);
		table_cellf(&table, rated ? "%d" : "", t->won);
		table_cellf(&table, rated && rate >= 0 ? "%.0f%%" : "", rate * 100);
		add_totals(&sums, t);
		table_cell(&table, str_text(&sums));
		table_cellf(&table, "%d", old ? old->lost : 0);
	}
	table_print(&table, out, 2);
	if (list->count > TOPICS)
		put_line(out, report, 2, 0, "and %zu more; --json has all",
		    list->count - TOPICS);
	str_release(&sums);
}

void report_themes(struct str *out, const struct report *report,
    const struct themes *themes, const struct themes *before, const char *quarter)
{
	put_line(out, report, 0, 2,
	    "%s: %d lost, %d of them with a debrief, %d won; the quarter before %d lost, "
	    "%d won",
	    quarter, themes->lost, themes->debriefed, themes->won, before->lost,
	    before->won);
	for (int k = 0; k < THEME_KINDS; k++)
		put_topics(
		    out, report, &themes->of[k], &before->of[k], (enum theme_kind)k);
}

static cJSON *json_topic(const struct topic *t, enum theme_kind kind)
{
	struct deal_total sums[DEAL_TOTALS];
	size_t n = totals(t, sums);
	cJSON *value = json_object(), *amounts = json_array(), *deals = json_array();
	struct currency none = {""};
	double rate = theme_win_rate(t);
	json_text(value, theme_kind_one(kind), t->name);
	json_number(value, "count", t->lost + t->won);
	json_number(value, "lost", t->lost);
	json_number(value, "won", t->won);
	json_real(value, "win_rate", rate);
	json_money(value, "amount", n ? sums[0].amount : 0, n ? sums[0].currency : none);
	json_text(value, "currency", n ? sums[0].currency.code : NULL);
	for (size_t i = 0; i < n; i++) {
		cJSON *amount = json_object();
		json_text(amount, "currency", sums[i].currency.code);
		json_money(amount, "amount", sums[i].amount, sums[i].currency);
		json_push(amounts, amount);
	}
	for (size_t i = 0; i < t->n_deals; i++)
		json_push(deals, json_string(t->deals[i]->id));
	json_put(value, "amounts", amounts);
	json_put(value, "deals", deals);
	return value;
}

void report_themes_json(struct str *out, const struct themes *themes, const char *quarter)
{
	cJSON *root = json_object();
	json_text(root, "quarter", quarter);
	json_day(root, "from", themes->period.first);
	json_day(root, "to", themes->period.last);
	json_number(root, "lost", themes->lost);
	json_number(root, "won", themes->won);
	json_number(root, "debriefed", themes->debriefed);
	for (int k = 0; k < THEME_KINDS; k++) {
		cJSON *array = json_array();
		for (size_t i = 0; i < themes->of[k].count; i++)
			json_push(array,
			    json_topic(&themes->of[k].items[i], (enum theme_kind)k));
		json_put(root, theme_kind_name((enum theme_kind)k), array);
	}
	json_print(out, root);
	str_addc(out, '\n');
}

void report_notes(struct str *out, const struct report *report,
    const struct note_list *notes, const struct message *messages, size_t count)
{
	char day[DAY_TEXT];
	if (!notes->count)
		put_line(out, report, 0, 0, "No notes");
	for (size_t i = 0; i < notes->count; i++) {
		const struct note *n = &notes->items[i];
		put_line(out, report, 0, 4, "#%lld %s: %s (%s, %s, %s)", (long long)n->id,
		    n->about, n->text, n->by,
		    day_short(day_of_instant(n->at), report->today, day), n->deal_id);
		if (*n->answer)
			put_line(out, report, 4, 2, "%s changed: %s", n->answered_by,
			    n->answer);
		else
			put_line(out, report, 4, 2, "not answered");
	}
	for (size_t i = 0; i < count; i++)
		if (messages[i].stale)
			put_line(out, report, 0, 2,
			    "\"%s\" is unchanged for six months in spite of %d note%s",
			    messages[i].about, messages[i].notes,
			    messages[i].notes == 1 ? "" : "s");
}

void report_notes_json(struct str *out, const struct note_list *notes,
    const struct message *messages, size_t count)
{
	cJSON *root = json_object(), *array = json_array(), *about = json_array();
	for (size_t i = 0; i < notes->count; i++) {
		const struct note *n = &notes->items[i];
		cJSON *value = json_object();
		json_number(value, "id", n->id);
		json_text(value, "deal", n->deal_id);
		json_text(value, "about", n->about);
		json_text(value, "text", n->text);
		json_text(value, "by", n->by);
		json_instant(value, "at", n->at);
		json_text(value, "answer", n->answer);
		json_text(value, "answered_by", n->answered_by);
		json_instant(value, "answered_at", n->answered_at);
		json_number(value, "rev", n->rev);
		json_push(array, value);
	}
	for (size_t i = 0; i < count; i++) {
		cJSON *value = json_object();
		json_text(value, "about", messages[i].about);
		json_number(value, "notes", messages[i].notes);
		json_number(value, "unanswered", messages[i].unanswered);
		json_day(value, "changed", messages[i].changed);
		json_bool(value, "stale", messages[i].stale);
		json_push(about, value);
	}
	json_put(root, "notes", array);
	json_put(root, "messages", about);
	json_print(out, root);
	str_addc(out, '\n');
}
