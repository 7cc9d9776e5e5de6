#include "huddle/themes.h"
#include "json.h"
#include "print.h"
#include "show.h"
#include "words.h"

/* Debriefs: one, the empty form, and the queue of missing ones. */

static void put_fields(
    struct str *out, const struct report *report, const struct debrief *debrief)
{
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		if (*debrief->value[i])
			put_line(out, report, 2, 2, "%s: %s", debrief_infos[i].title,
			    debrief->value[i]);
}

static void put_byline(struct str *out, const struct report *report, const char *what,
    const struct debrief *debrief)
{
	char day[DAY_TEXT];
	put_line(out, report, 0, 2, "%s by %s, %s", what, debrief->by,
	    day_short(day_of_instant(debrief->at), report->today, day));
}

void put_debrief(
    struct str *out, const struct report *report, const struct dossier *dossier)
{
	const struct deal *deal = dossier->deal;
	if (dossier->debrief) {
		put_byline(out, report, "Debrief", dossier->debrief);
		put_fields(out, report, dossier->debrief);
	} else if (deal->status == DEAL_LOST) {
		put_line(out, report, 0, 0,
		    "Debrief: missing%s; file it with: huddle debrief %s",
		    deal->has_draft ? ", half written" : "", deal->id);
	}
}

/* The form to fill in, as `debrief --from` reads it. */
static void put_form(
    struct str *out, const struct report *report, const struct deal *deal)
{
	put_line(out, report, 0, 2,
	    "# Debrief of %s. Fill in, save as a file and run:", deal->name);
	put_line(out, report, 0, 2, "# huddle debrief %s --from FILE", deal->id);
	for (int i = 0; i < DEBRIEF_FIELDS; i++) {
		const struct debrief_info *info = &debrief_infos[i];
		put_blank(out);
		put_line(out, report, 0, 0, "# %s%s", info->hint,
		    info->required ? " (needed)" : "");
		for (const char *const *choice = info->choices; choice && *choice;
		     choice++)
			put_line(out, report, 0, 0, "#   %s", *choice);
		put_line(out, report, 0, 0, "%s =", info->name);
	}
}

void report_debrief(struct str *out, const struct report *report, const struct deal *deal,
    const struct debrief *debrief, const char *what)
{
	if (!debrief) {
		put_form(out, report, deal);
		return;
	}
	put_line(out, report, 0, 2, "%s   [%s]", deal->name, deal->id);
	put_byline(out, report, what, debrief);
	put_fields(out, report, debrief);
}

void report_debrief_json(
    struct str *out, const struct deal *deal, const struct debrief *debrief)
{
	cJSON *root = json_object(), *crm = json_object();
	json_text(root, "deal", deal->id);
	json_text(root, "deal_id", deal->id);
	json_text(root, "deal_name", deal->name);
	json_debrief_fields(root, debrief);
	json_text(crm, "lost_reason", deal->lost_reason);
	json_text(crm, "competitor", deal->competitor);
	json_put(root, "crm", crm);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_missing_json(
    struct str *out, const struct report *report, const struct deal_table *table)
{
	cJSON *root = json_object(), *array = json_array();
	for (size_t i = 0; i < table->shown; i++) {
		const struct deal *deal = table->deals[i];
		day_t lost = deal_closed_on(deal);
		cJSON *value = json_object();
		json_text(value, "id", deal->id);
		json_text(value, "name", deal->name);
		json_text(value, "account", deal->account);
		json_text(value, "owner", deal->owner);
		json_money(value, "amount", deal->amount, deal->currency);
		json_text(value, "currency", deal->currency.code);
		json_day(value, "lost_on", lost);
		if (lost == DAY_NONE)
			json_text(value, "days", NULL);
		else
			json_number(value, "days", report->today - lost);
		json_bool(value, "draft", deal->has_draft);
		json_text(value, "crm_reason", deal->lost_reason);
		json_push(array, value);
	}
	json_number(root, "count", (int64_t)table->count);
	json_put(root, "deals", array);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_words(struct str *out, const struct report *report, bool json,
    const char *key, const char *const *words)
{
	cJSON *root = json ? json_object() : NULL, *array = json ? json_array() : NULL;
	for (const char *const *word = words; *word; word++)
		if (json)
			json_push(array, json_string(*word));
		else
			put_line(out, report, 0, 2, "%s", *word);
	if (!json) {
		if (!*words)
			put_line(out, report, 0, 0, "There are no %s in a list.", key);
		return;
	}
	json_put(root, key, array);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_missing(struct str *out, const struct report *report,
    const struct deal_table *table, size_t lost)
{
	static const struct column columns[] = {
	    {.title = "Owner", .most = 20, .least = 10},
	    {.title = "Deal", .most = 36, .least = 18}, {.title = "Id"},
	    {.title = "Amount", .right = true}, {.title = "Lost", .right = true},
	    {.title = "Days", .right = true}, {.title = "Draft"},
	    {.title = "CRM says", .most = 24}};
	put_line(out, report, 0, 0, "%s: %zu of %zu", table->title, table->count, lost);
	if (!table->count)
		return;
	put_blank(out);
	struct table rows = table_of(report, columns, 8);
	for (size_t i = 0; i < table->shown; i++) {
		const struct deal *deal = table->deals[i];
		char money[MONEY_TEXT], day[DAY_TEXT];
		day_t lost_on = deal_closed_on(deal);
		table_cell(&rows, *deal->owner ? deal->owner : "nobody");
		table_cell(&rows, deal->name);
		table_cell(&rows, deal->id);
		table_cell(&rows, money_whole(deal->amount, deal->currency, money));
		table_cell(&rows, day_short(lost_on, report->today, day));
		table_cellf(&rows, lost_on == DAY_NONE ? "" : "%d",
		    (int)(report->today - lost_on));
		table_cell(&rows, deal->has_draft ? "begun" : "");
		table_cell(&rows, deal->lost_reason);
	}
	table_print(&rows, out, 0);
}

void report_note(struct str *out, const struct report *report, bool json, const char *key,
    const char *text)
{
	if (!json) {
		put_line(out, report, 0, 2, "%s", text);
		return;
	}
	cJSON *root = json_object();
	json_text(root, key, text);
	json_print(out, root);
	str_addc(out, '\n');
}
