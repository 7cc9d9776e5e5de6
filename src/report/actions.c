#include "json.h"
#include "print.h"
#include <string.h>

/* Actions of all deals: what was promised, by whom, until when. */

static const struct deal *deal_of(const struct deal_list *deals, const char *id)
{
	for (size_t i = 0; i < deals->count; i++)
		if (!strcmp(deals->items[i].id, id))
			return &deals->items[i];
	return NULL;
}

void report_actions(struct str *out, const struct report *report,
    const struct action_list *list, const struct deal_list *deals)
{
	static const struct column columns[] = {{.title = "#", .right = true},
	    {.title = "Team"}, {.title = "Owner", .most = 18}, {.title = "Due"},
	    {.title = ""}, {.title = "Action", .most = 48}, {.title = "Deal", .most = 32},
	    {.title = "Carried"}};
	if (!list->count) {
		put_line(out, report, 0, 0, "No actions");
		return;
	}
	struct table table = table_of(report, columns, 8);
	for (size_t i = 0; i < list->count; i++) {
		const struct action *action = &list->items[i];
		const struct deal *deal = deal_of(deals, action->deal_id);
		char day[DAY_TEXT];
		table_cellf(&table, "%lld", (long long)action->id);
		table_cell(&table, team_short(action->team));
		table_cell(&table, action->owner);
		table_cell(&table, day_short(action->due, report->today, day));
		table_cell(&table, action_overdue(action, report->today) ? "overdue"
		                   : action->state == ACTION_OPEN
		                       ? ""
		                       : action_state_name(action->state));
		table_cell(&table, action->text);
		table_cell(
		    &table, deal ? deal_label(deal, report->ascii) : action->deal_id);
		table_cellf(&table, action->carried ? "%dx" : "", action->carried);
	}
	table_print(&table, out, 0);
}

void report_actions_json(struct str *out, const struct report *report,
    const struct action_list *list, const struct deal_list *deals)
{
	cJSON *root = json_object(), *array = json_array();
	for (size_t i = 0; i < list->count; i++) {
		const struct deal *deal = deal_of(deals, list->items[i].deal_id);
		cJSON *action = json_action(&list->items[i], report->today);
		json_text(action, "deal_name", deal ? deal->name : NULL);
		json_push(array, action);
	}
	json_number(root, "count", (int64_t)list->count);
	json_put(root, "actions", array);
	json_print(out, root);
	str_addc(out, '\n');
}
