#include "huddle/debrief.h"

#include "huddle/str.h"
#include "huddle/text.h"
#include <ctype.h>
#include <string.h>

/*
 * Outcome first, with "unknown" offered so that nobody invents one (Clozd);
 * lost to a competitor is kept apart from no decision. Reasons carry their
 * category in front, because they are counted by it; a category alone is a reason
 * as well.
 */
static const char *const outcomes[] = {
    OUTCOME_COMPETITOR, "no-decision", "disqualified", "unknown", NULL};

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

static const char *const evidence[] = {"rep", "buyer", "document", NULL};

const struct debrief_info debrief_infos[DEBRIEF_FIELDS] = {
    [B_OUTCOME] = {"outcome", "Outcome", "Lost to whom? Unknown is an honest answer",
        DEBRIEF_CHOICE, true, outcomes},
    [B_COMPETITOR] = {"competitor", "Competitor",
        "Who displaced us: needed when lost to one", DEBRIEF_TEXT, false, NULL},
    [B_REASON] = {"primary", "Main reason", "The one that decided it", DEBRIEF_CHOICE,
        true, reasons},
    [B_REASON_2] = {"secondary", "Second reason", "If there was one", DEBRIEF_CHOICE,
        false, reasons},
    [B_MESSAGE] = {"message", "Message missed",
        "What we said that did not land, or should have said", DEBRIEF_TEXT, false, NULL},
    [B_OBJECTOR] = {"objector", "Objector", "Who on the buying committee said no",
        DEBRIEF_TEXT, false, NULL},
    [B_EVIDENCE] = {"evidence", "Evidence",
        "How we know: the rep says, the buyer said, a document", DEBRIEF_CHOICE, false,
        evidence},
    [B_WIN_BACK] = {"winback", "Win back on", "When to try again: 2027-03-01, +6m",
        DEBRIEF_DAY, false, NULL},
    [B_NOTE] = {"note", "Note", "Anything else marketing should plan with", DEBRIEF_TEXT,
        false, NULL},
};

/* Other words for the same: of earlier versions, and of CRMs' and vendors' lists. */
static const struct {
	const char *word, *choice;
} synonyms[] = {
    {"disqualified by us", "disqualified"},
    {"rep says", "rep"},
    {"buyer said", "buyer"},
    {"price/commercial", "price"},
    {"pricing", "price"},
    {"commercial", "price"},
    {"missing features", "product: missing capability"},
    {"poor fit", "product: poor fit"},
    {"sales execution", "sales"},
    {"marketing/positioning", "marketing"},
    {"positioning", "marketing"},
    {"timing/budget", "timing"},
    {"budget", "timing: no budget"},
    {"no budget", "timing: no budget"},
    {"relationship/trust", "relationship"},
    {"trust", "relationship"},
    {"security/legal", "security"},
    {"security or legal", "security or legal"},
    {"legal", "security"},
};

const char *const *debrief_choices(const struct debrief_rules *rules, int field)
{
	bool reason = field == B_REASON || field == B_REASON_2;
	return reason && rules && rules->reasons ? rules->reasons
	                                         : debrief_infos[field].choices;
}

bool debrief_required(const struct debrief_rules *rules, int field)
{
	bool won = rules && rules->won;
	return debrief_infos[field].required && !(won && field == B_OUTCOME);
}

struct slice debrief_category(const char *reason)
{
	const char *colon = strchr(reason, ':');
	return colon ? (struct slice){reason, (size_t)(colon - reason)}
	             : slice_of(reason);
}

/* Equal without case, and with "_" and "-" for blanks: "no_decision". */
static bool same_choice(struct slice text, struct slice choice)
{
	if (text.len != choice.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char a = (char)tolower((unsigned char)text.p[i]);
		char b = (char)tolower((unsigned char)choice.p[i]);
		if (strchr("_- ", a) ? !strchr("_- ", b) : a != b)
			return false;
	}
	return true;
}

/* One of the choices, or the category of some; NULL: neither. */
static const char *find_choice(
    const char *const *choices, struct slice text, struct arena *arena)
{
	for (const char *const *choice = choices; *choice; choice++)
		if (same_choice(text, slice_of(*choice)))
			return *choice;
	for (const char *const *choice = choices; *choice; choice++) {
		struct slice category = debrief_category(*choice);
		if (same_choice(text, category))
			return arena_dup(arena, category.p, category.len);
	}
	return NULL;
}

static bool check_choice(const struct debrief_info *info, const char *const *choices,
    const char **value, struct arena *arena, struct err *err)
{
	struct slice text = slice_trim(slice_of(*value));
	const char *found = find_choice(choices, text, arena);
	for (size_t i = 0; !found && i < sizeof synonyms / sizeof *synonyms; i++)
		if (same_choice(text, slice_of(synonyms[i].word)))
			found = find_choice(choices, slice_of(synonyms[i].choice), arena);
	if (found) {
		*value = found;
		return true;
	}
	struct str list = STR_INIT;
	for (const char *const *choice = choices; *choice; choice++)
		str_addf(&list, "%s%s", choice == choices ? "" : ", ", *choice);
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

static bool check_field(struct debrief *debrief, int field,
    const struct debrief_rules *rules, struct arena *arena, day_t today, struct err *err)
{
	const struct debrief_info *info = &debrief_infos[field];
	const char **value = &debrief->value[field];
	if (!slice_trim(slice_of(*value)).len) {
		*value = "";
		return !debrief_required(rules, field) ||
		       err_set(err, info->name,
		           info->kind == DEBRIEF_CHOICE ? "nothing is chosen; choose one"
		                                        : "it is empty; fill it in");
	}
	if (info->kind == DEBRIEF_CHOICE)
		return check_choice(
		    info, debrief_choices(rules, field), value, arena, err);
	if (info->kind == DEBRIEF_DAY)
		return check_day(info, value, arena, today, err);
	return true;
}

int debrief_check(struct debrief *debrief, const struct debrief_rules *rules,
    struct arena *arena, day_t today, struct err *err)
{
	for (int field = 0; field < DEBRIEF_FIELDS; field++)
		if (!check_field(debrief, field, rules, arena, today, err))
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

/* "# comment" and blank lines are none; a word twice counts once. */
bool word_list_read(const char *text, struct arena *arena, const char ***out,
    size_t *count, const char *place, struct err *err)
{
	enum { MOST = 200, LONGEST = 80 };
	struct slice rest = slice_of(text), line;
	const char **words = arena_alloc(arena, (MOST + 1) * sizeof *words);
	size_t n = 0;
	while (rest.p && slice_cut(&rest, '\n', &line)) {
		line = slice_trim(line);
		if (!line.len || *line.p == '#')
			continue;
		if (n == MOST || line.len > LONGEST)
			return err_set(err, place,
			    "more than %d words, or one longer than %d letters; shorten "
			    "it",
			    MOST, LONGEST);
		bool known = false;
		for (size_t i = 0; i < n && !known; i++)
			known = text_same(slice_of(words[i]), line);
		if (!known)
			words[n++] = arena_dup(arena, line.p, line.len);
	}
	words[n] = NULL;
	*out = words;
	*count = n;
	return true;
}
