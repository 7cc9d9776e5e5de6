#include "huddle/record.h"

#include "huddle/text.h"
#include <strings.h>

static const struct {
	const char *name, *brief;
} teams[TEAMS] = {
    [TEAM_MARKETING] = {"marketing", "MKT"},
    [TEAM_SALES] = {"sales", "SAL"},
    [TEAM_REVOPS] = {"revops", "OPS"},
};

static const char *const state_names[] = {
    [ACTION_OPEN] = "open", [ACTION_DONE] = "done", [ACTION_DROPPED] = "dropped"};

const char *team_name(enum team team)
{
	return teams[team].name;
}

const char *team_short(enum team team)
{
	return teams[team].brief;
}

bool team_find(const char *text, enum team *out)
{
	for (int i = 0; i < TEAMS; i++) {
		const char first[2] = {teams[i].name[0], '\0'};
		if (strcasecmp(text, teams[i].name) && strcasecmp(text, teams[i].brief) &&
		    strcasecmp(text, first))
			continue;
		*out = (enum team)i;
		return true;
	}
	return false;
}

const char *action_state_name(enum action_state state)
{
	return state_names[state];
}

bool action_overdue(const struct action *action, day_t today)
{
	return action->state == ACTION_OPEN && action->due != DAY_NONE &&
	       action->due < today;
}

static bool blank(const char *text)
{
	return !slice_trim(slice_of(text)).len;
}

bool action_check(const struct action *action, struct err *err)
{
	if (blank(action->text))
		return err_set(err, "action", "it has no text; say what will be done");
	if (blank(action->owner))
		return err_set(err, "action", "it has no owner; name one person");
	if (action->state == ACTION_DROPPED && blank(action->reason))
		return err_set(err, "action", "it is dropped without a reason; say why");
	return true;
}

const char *owner_known(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (text_same(slice_of(names[i]), slice_of(name)))
			return names[i];
	return NULL;
}
