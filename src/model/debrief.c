#include "huddle/record.h"

#include "huddle/str.h"
#include <ctype.h>
#include <string.h>

/*
 * Outcome first, with "unknown" offered so that nobody invents one (Clozd);
 * lost to a competitor is kept apart from no decision. Reasons carry their
 * category in front, because they are counted by it.
 */
static const char *const outcomes[] = {
    OUTCOME_COMPETITOR, "no decision", "disqualified by us", "unknown", NULL};

static const char *const reasons[] = {
    "price: too expensive",
    "price: terms or packaging",
    "product: missing capability",
    "product: poor fit",
    "sales: no access to the decision",
    "sales: too slow or badly run",
    "marketing: value not understood",
    "marketing: unknown or wrong position",
    "timing: no budget",
    "timing: not now",
    "relationship: incumbent trusted more",
    "security or legal",
    "other",
    NULL,
};

static const char *const evidence[] = {"rep says", "buyer said", "document", NULL};

const struct debrief_info debrief_infos[DEBRIEF_FIELDS] = {
    [B_OUTCOME] = {"outcome", "Outcome", "Lost to whom? Unknown is an honest answer",
        DEBRIEF_CHOICE, true, outcomes},
    [B_COMPETITOR] = {"competitor", "Competitor",
        "Who displaced us: needed when lost to one", DEBRIEF_TEXT, false, NULL},
    [B_REASON] = {"reason", "Main reason", "The one that decided it", DEBRIEF_CHOICE,
        true, reasons},
    [B_REASON_2] = {"reason_2", "Second reason", "If there was one", DEBRIEF_CHOICE,
        false, reasons},
    [B_MESSAGE] = {"message", "Message missed",
        "What we said that did not land, or should have said", DEBRIEF_TEXT, false, NULL},
    [B_OBJECTOR] = {"objector", "Objector", "Who on the buying committee said no",
        DEBRIEF_TEXT, false, NULL},
    [B_EVIDENCE] = {"evidence", "Evidence", "How we know", DEBRIEF_CHOICE, false,
        evidence},
    [B_WIN_BACK] = {"win_back", "Win back on", "When to try again: 2027-03-01, +6m",
        DEBRIEF_DAY, false, NULL},
    [B_NOTE] = {"note", "Note", "Anything else marketing should plan with", DEBRIEF_TEXT,
        false, NULL},
};

/* Equal without case, and with "_" and "-" for blanks: "no_decision". */
static bool same_choice(struct slice text, const char *choice)
{
	if (text.len != strlen(choice))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		int c = tolower((unsigned char)text.p[i]);
		if (c == '_' || c == '-')
			c = ' ';
		if (c != choice[i])
			return false;
	}
	return true;
}

static bool check_choice(
    const struct debrief_info *info, const char **value, struct err *err)
{
	struct slice text = slice_trim(slice_of(*value));
	for (const char *const *choice = info->choices; *choice; choice++) {
		if (!same_choice(text, *choice))
			continue;
		*value = *choice;
		return true;
	}
	struct str list = STR_INIT;
	for (const char *const *choice = info->choices; *choice; choice++)
		str_addf(&list, "%s%s", choice == info->choices ? "" : ", ", *choice);
	err_set(err, info->name, "\"%.60s\" is not one of the choices; use one of: %s",
	    *value, str_text(&list));
	str_release(&list);
	return false;
}

static bool check_day(const struct debrief_info *info, const char **value,
    struct arena *arena, day_t today, struct err *err)
{
	day_t day;
	char buf[DAY_TEXT];
	if (!day_typed(*value, today, &day))
		return err_set(err, info->name,
		    "\"%.60s\" is not a date; write 2027-03-01 or +6m", *value);
	*value = arena_strdup(arena, day_format(day, buf));
	return true;
}

static bool check_field(
    struct debrief *debrief, int field, struct arena *arena, day_t today, struct err *err)
{
	const struct debrief_info *info = &debrief_infos[field];
	const char **value = &debrief->value[field];
	if (!slice_trim(slice_of(*value)).len) {
		*value = "";
		return !info->required ||
		       err_set(err, info->name,
		           info->kind == DEBRIEF_CHOICE ? "nothing is chosen; choose one"
		                                        : "it is empty; fill it in");
	}
	if (info->kind == DEBRIEF_CHOICE)
		return check_choice(info, value, err);
	if (info->kind == DEBRIEF_DAY)
		return check_day(info, value, arena, today, err);
	return true;
}

int debrief_check(
    struct debrief *debrief, struct arena *arena, day_t today, struct err *err)
{
	for (int field = 0; field < DEBRIEF_FIELDS; field++)
		if (!check_field(debrief, field, arena, today, err))
			return field;
	bool to_competitor = !strcmp(debrief->value[B_OUTCOME], OUTCOME_COMPETITOR);
	if (to_competitor && !*debrief->value[B_COMPETITOR]) {
		err_set(err, debrief_infos[B_COMPETITOR].name,
		    "lost to a competitor, but to which; name it or choose another "
		    "outcome");
		return B_COMPETITOR;
	}
	return -1;
}

bool debrief_empty(const struct debrief *debrief)
{
	for (int field = 0; field < DEBRIEF_FIELDS; field++)
		if (debrief->value[field] &&
		    slice_trim(slice_of(debrief->value[field])).len)
			return false;
	return true;
}
