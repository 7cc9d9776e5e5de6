#include "huddle/doing.h"

static void count_actions(
    struct doing *out, const struct action_list *actions, enum side side, day_t today)
{
	enum team team = side == SIDE_MARKETING ? TEAM_MARKETING : TEAM_SALES;
	for (size_t i = 0; i < actions->count; i++) {
		const struct action *action = &actions->items[i];
		if (action->state != ACTION_OPEN || action->team != team)
			continue;
		out->actions++;
		out->overdue += action_overdue(action, today);
	}
}

void doing_count(struct doing *out, const struct entry_list *entries,
    const struct action_list *actions, enum side side, day_t today)
{
	*out = (struct doing){.next = DAY_NONE};
	count_actions(out, actions, side, today);
	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];
		day_t day = day_of_instant(entry->at);
		if (entry->side != side)
			continue;
		out->lately += !entry->planned && day >= today - DOING_DAYS;
		out->planned += entry->planned;
		if (entry->planned && (out->next == DAY_NONE || day < out->next))
			out->next = day;
	}
}

static const char *plural(int n)
{
	return n == 1 ? "" : "s";
}

void doing_words(struct str *out, const struct doing *doing, enum side side, day_t today)
{
	const char *one = side == SIDE_MARKETING ? "touch" : "activity";
	const char *many = side == SIDE_MARKETING ? "touches" : "activities";
	char day[DAY_TEXT];
	if (doing->actions)
		str_addf(out, "%d action%s", doing->actions, plural(doing->actions));
	else
		str_adds(out, "no action");
	if (doing->overdue)
		str_addf(out, " (%d overdue)", doing->overdue);
	if (doing->planned)
		str_addf(out, ", %d planned, next %s", doing->planned,
		    day_short(doing->next, today, day));
	else
		str_adds(out, ", nothing planned");
	if (doing->lately)
		str_addf(out, ", %d %s in %d days", doing->lately,
		    doing->lately == 1 ? one : many, DOING_DAYS);
	else
		str_addf(out, ", nothing in %d days", DOING_DAYS);
}
