#include "huddle/rules.h"

#include "huddle/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The rules of slip risk as a file of settings: one table for the reader, the
 * printed file and the manual. What a threshold is by default is in rules.c.
 */

#define AT(member)    offsetof(struct risk_rules, member)
#define LIMIT(member) offsetof(struct risk_rules, limits.member)

static const struct risk_rule table[] = {
    {"level-watch", "percent", "chance of slipping from which a deal is to be watched", 1,
        99, AT(level_watch)},
    {"level-high", "percent", "and from which its risk is high", 1, 99, AT(level_high)},
    {"pushes-warn", "times", "moves of the close date to a later month: a warning", 1, 99,
        LIMIT(pushes_warn)},
    {"pushes-critical", "times", "and critical", 1, 99, LIMIT(pushes_critical)},
    {"close-nearing", "days",
        "this near the close date, one of the first stages is a warning", 0, 999,
        LIMIT(close_nearing)},
    {"close-near", "days", "this near, any but one of the last stages is critical", 0,
        999, LIMIT(close_near)},
    {"stage-warn", "days", "time in a stage without a norm: a warning", 1, 9999,
        LIMIT(stage_warn)},
    {"stage-critical", "days", "and critical", 1, 9999, LIMIT(stage_critical)},
    {"norm-warn", "percent",
        "time in stage against the norm, the median of won deals, in calendar days: a "
        "warning",
        1, 9999, LIMIT(norm_warn)},
    {"norm-critical", "percent", "and critical", 1, 9999, LIMIT(norm_critical)},
    {"norm-sample", "deals", "won deals that make a norm of the stage", 1, 9999,
        LIMIT(norm_sample)},
    {"norm-least", "days", "a norm below this counts as this", 1, 999, LIMIT(norm_least)},
    {"back-critical", "days", "the stage went back within: critical", 0, 9999,
        LIMIT(back_critical)},
    {"back-warn", "days", "within these: a warning", 0, 9999, LIMIT(back_warn)},
    {"drop-warn", "percent", "fall of the amount within 90 days: a warning", 1, 100,
        LIMIT(drop_warn)},
    {"drop-critical", "percent", "and critical", 1, 100, LIMIT(drop_critical)},
    {"idle-warn", "days", "no sales activity, or no word from the buyer: a warning", 1,
        9999, LIMIT(idle_warn)},
    {"idle-critical", "days", "and critical", 1, 9999, LIMIT(idle_critical)},
    {"commit-idle-warn", "days", "the same for a deal in Commit: a warning", 1, 9999,
        LIMIT(commit_idle_warn)},
    {"commit-idle-critical", "days", "and critical", 1, 9999,
        LIMIT(commit_idle_critical)},
    {"touch-warn", "days", "no marketing touch: a warning", 1, 9999, LIMIT(touch_warn)},
    {"touch-critical", "days", "and critical", 1, 9999, LIMIT(touch_critical)},
    {"trend-least", "touches",
        "fewer touches than this in the 30 days before say nothing of a trend", 1, 9999,
        LIMIT(trend_least)},
    {"trend-left", "percent",
        "touches of the last 30 days against those before, at most: a warning", 0, 100,
        LIMIT(trend_left)},
    {"engaged-warn", "people",
        "committee engaged in 90 days, at most: a warning, in Commit critical", 0, 99,
        LIMIT(engaged_warn)},
};

enum { RULES = sizeof table / sizeof *table };

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
/* [risk.stage.NAME], or [risk.stage "NAME"] for names with a ; or # in them. */
static const char stage_section[] = "risk.stage";

const struct risk_rule *risk_rule_at(int i)
{
	return i >= 0 && i < RULES ? &table[i] : NULL;
}

bool risk_rule_of_stage(const struct risk_rule *rule)
{
	return rule->offset < AT(limits) + sizeof(struct risk_limits);
}

int risk_rule_value(const struct risk_rule *rule, const struct risk_rules *rules)
{
	return *(const int *)(const void *)((const char *)rules + rule->offset);
}

struct reading {
	struct risk_rules *rules;
	struct arena *arena;
	const struct ini *ini;
	const struct ini_item *item;
	struct str *problems;
	struct err *err;
	size_t cap;
	bool fine;
};

static void wrong(struct reading *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void wrong(struct reading *r, const char *format, ...)
{
	char text[512], place[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	snprintf(place, sizeof place, "%.480s:%d", r->ini->name, r->item->line);
	if (r->fine)
		err_usage(r->err, place, "%s", text);
	str_addf(r->problems, "%s: %s\n", place, text);
	r->fine = false;
}

static void read_days(struct reading *r)
{
	struct slice value = slice_of(r->item->value);
	if (slice_is_nocase(value, "business"))
		r->rules->business = true;
	else if (slice_is_nocase(value, "calendar"))
		r->rules->business = false;
	else
		wrong(r, "days is \"%.60s\"; write calendar or business", r->item->value);
}

static void read_weekend(struct reading *r)
{
	struct slice rest = slice_of(r->item->value), part;
	unsigned weekend = 0;
	bool none = slice_is_nocase(rest, "none");
	while (!none && slice_cut(&rest, ',', &part)) {
		int day = weekday_of_word(slice_trim(part));
		if (day < 0) {
			wrong(r, "weekend has \"%.*s\"; write days such as sat, sun",
			    (int)(part.len < 60 ? part.len : 60), part.p);
			return;
		}
		weekend |= 1u << day;
	}
	if (weekend == 0x7f || (!none && !weekend))
		wrong(r, "weekend leaves no day to work or names none; "
		         "write sat, sun, or none");
	else
		r->rules->workdays.weekend = weekend;
}

static void read_holidays(struct reading *r)
{
	struct slice rest = slice_of(r->item->value), part;
	struct workdays read = {.weekend = r->rules->workdays.weekend};
	while (slice_cut(&rest, ',', &part)) {
		char text[32];
		day_t day;
		part = slice_trim(part);
		if (!part.len)
			continue;
		if (!day_parse(slice_copy(part, text, sizeof text), &day)) {
			wrong(r, "\"%s\" is no date; write 2026-12-25", text);
			return;
		}
		if (!workdays_add_holiday(&read, day)) {
			wrong(r, "more than %d holidays; leave out past ones",
			    HOLIDAYS_MOST);
			return;
		}
	}
	r->rules->workdays = read;
}

static const struct risk_rule *rule_named(const char *key)
{
	for (int i = 0; i < RULES; i++)
		if (!strcmp(table[i].key, key))
			return &table[i];
	return NULL;
}

/* A number in its range, to where `base` has it. */
static void read_rule(struct reading *r, const struct risk_rule *rule, void *base)
{
	char *end;
	long number = strtol(r->item->value, &end, 10);
	if (end == r->item->value || *end || number < rule->low || number > rule->high)
		wrong(r, "%s is \"%.60s\"; write %s from %d to %d", rule->key,
		    r->item->value, rule->unit, rule->low, rule->high);
	else
		*(int *)(void *)((char *)base + rule->offset) = (int)number;
}

static void read_company(struct reading *r)
{
	const char *key = r->item->key;
	const struct risk_rule *rule = rule_named(key);
	if (!strcmp(key, "days"))
		read_days(r);
	else if (!strcmp(key, "weekend"))
		read_weekend(r);
	else if (!strcmp(key, "holidays"))
		read_holidays(r);
	else if (rule)
		read_rule(r, rule, r->rules);
	else
		wrong(r,
		    "%.60s is no setting of slip risk; huddle settings lists them all",
		    key);
}

static void read_signal(struct reading *r)
{
	struct slice value = slice_of(r->item->value);
	bool off = slice_is_nocase(value, "off");
	for (int i = 0; i < RISK_SIGNALS; i++) {
		if (strcmp(risk_signal_name((enum risk_signal)i), r->item->key) != 0)
			continue;
		if (!off && !slice_is_nocase(value, "on"))
			wrong(r, "%s is \"%.60s\"; write on or off", r->item->key,
			    r->item->value);
		else
			r->rules->off =
			    (r->rules->off & ~(1u << i)) | (off ? 1u << i : 0);
		return;
	}
	wrong(r, "%.60s is no signal of slip risk; huddle settings lists them all",
	    r->item->key);
}

/* The limits of a stage begin as those of all. */
static struct risk_limits *stage_limits(struct reading *r, const char *name)
{
	struct risk_rules *rules = r->rules;
	name = ini_unquote(r->arena, name);
	for (int i = 0; i < rules->n_stages; i++)
		if (text_same(slice_of(rules->stages[i].stage), slice_of(name)))
			return &rules->stages[i].limits;
	rules->stages = arena_grow(r->arena, rules->stages, &r->cap,
	    (size_t)rules->n_stages + 1, sizeof *rules->stages);
	struct stage_rules *stage = &rules->stages[rules->n_stages++];
	*stage = (struct stage_rules){name, rules->limits};
	return &stage->limits;
}

static void read_stage(struct reading *r)
{
	const char *name = r->item->section + sizeof stage_section;
	struct risk_limits *limits = stage_limits(r, name);
	if (!r->item->key)
		return;
	const struct risk_rule *rule = rule_named(r->item->key);
	if (!rule || !risk_rule_of_stage(rule))
		wrong(r, "%.60s is no setting of a stage; %s", r->item->key,
		    rule ? "move it to [risk]" : "huddle settings lists them all");
	else
		read_rule(r, rule, (char *)limits - AT(limits));
}

static bool is_stage(const char *section)
{
	size_t len = sizeof stage_section - 1;
	return !strncmp(section, stage_section, len) &&
	       (section[len] == '.' || section[len] == ' ') && section[len + 1];
}

/* Lines of the company are read before those of stages, which start from them. */
static void read_item(struct reading *r, bool stages)
{
	const char *section = r->item->section;
	if (strncmp(section, "risk", 4) != 0 || (section[4] && section[4] != '.'))
		return;
	bool stage = is_stage(section);
	if (stage && stages)
		read_stage(r);
	if (stage || stages)
		return;
	if (!strcmp(section, "risk") && r->item->key)
		read_company(r);
	else if (!strcmp(section, "risk.signals") && r->item->key)
		read_signal(r);
	else if (!r->item->key && strcmp(section, "risk") != 0 &&
	         strcmp(section, "risk.signals") != 0)
		wrong(r,
		    "[%.60s] is no section of slip risk; write [risk], [risk.signals] "
		    "or [risk.stage.NAME]",
		    section);
}

/* Of each pair the first must not be the larger: else the milder never speaks. */
static const struct {
	const char *less, *more;
} pairs[] = {
    {"level-watch", "level-high"},
    {"pushes-warn", "pushes-critical"},
    {"close-near", "close-nearing"},
    {"stage-warn", "stage-critical"},
    {"norm-warn", "norm-critical"},
    {"back-critical", "back-warn"},
    {"drop-warn", "drop-critical"},
    {"idle-warn", "idle-critical"},
    {"commit-idle-warn", "commit-idle-critical"},
    {"touch-warn", "touch-critical"},
};

/* The first is put back to what it was without this section. Where it was not
 * raised, the second was lowered, and nothing is lost by that. */
static void check_pairs(struct reading *r, void *base, const void *before, bool of_stage)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const struct risk_rule *less = rule_named(pairs[i].less),
		                       *more = rule_named(pairs[i].more);
		if (of_stage && !risk_rule_of_stage(less))
			continue;
		int *low = (int *)(void *)((char *)base + less->offset);
		int high = risk_rule_value(more, base),
		    was = risk_rule_value(less, before);
		if (*low <= high || *low == was)
			continue;
		wrong(r, "%s is %d and %s is %d; the first must not be the larger",
		    less->key, *low, more->key, high);
		*low = was;
	}
}

/* The last line that speaks of one of these sections is the place of what is wrong. */
static void check_all(struct reading *r)
{
	struct risk_rules *rules = r->rules;
	for (size_t i = 0; i < r->ini->count; i++)
		if (!strcmp(r->ini->items[i].section, "risk"))
			r->item = &r->ini->items[i];
	check_pairs(r, rules, risk_rules_default(), false);
	for (int i = 0; i < rules->n_stages; i++) {
		for (size_t k = 0; k < r->ini->count; k++)
			if (is_stage(r->ini->items[k].section) &&
			    stage_limits(
			        r, r->ini->items[k].section + sizeof stage_section) ==
			        &rules->stages[i].limits)
				r->item = &r->ini->items[k];
		check_pairs(
		    r, (char *)&rules->stages[i].limits - AT(limits), rules, true);
	}
}

bool risk_rules_read(struct risk_rules **out, struct arena *arena, const struct ini *ini,
    struct str *problems, struct err *err)
{
	struct risk_rules *rules = arena_alloc(arena, sizeof *rules);
	struct reading r = {rules, arena, ini, NULL, problems, err, 0, true};
	*rules = *risk_rules_default();
	for (int stages = 0; stages < 2; stages++) {
		rules->limits.workdays = rules->business ? &rules->workdays : NULL;
		for (size_t i = 0; i < ini->count; i++) {
			r.item = &ini->items[i];
			read_item(&r, stages);
		}
	}
	if (ini->count)
		check_all(&r);
	*out = rules;
	return r.fine;
}

static void print_workdays(struct str *out, const struct risk_rules *rules)
{
	const struct workdays *w = &rules->workdays;
	const char *sign = "";
	str_addf(out,
	    "; days of idling and of stages: calendar, or business, which leaves out\n"
	    "; weekends and holidays\n%sdays = %s\n",
	    rules->business ? "" : ";", rules->business ? "business" : "calendar");
	str_addf(out, "; days that are not worked on each week, or none\n%sweekend = ",
	    w->weekend == risk_rules_default()->workdays.weekend ? ";" : "");
	for (int i = 0; i < 7; i++)
		if (w->weekend >> i & 1u) {
			str_addf(out, "%s%s", sign, weekdays[i]);
			sign = ", ";
		}
	str_addf(out,
	    "%s\n; and dates that are not: 2026-12-25, 2027-01-01\n%sholidays =",
	    w->weekend ? "" : "none", w->n_holidays ? "" : ";");
	for (int i = 0; i < w->n_holidays; i++) {
		char day[DAY_TEXT];
		str_addf(out, "%s %s", i ? "," : "", day_format(w->holidays[i], day));
	}
	str_adds(out, "\n");
}

static void print_stage(
    struct str *out, const struct risk_rules *rules, const struct stage_rules *stage)
{
	bool quote = strpbrk(stage->stage, ";#\"") != NULL;
	str_addf(out, "\n[%s%s", stage_section, quote ? " \"" : ".");
	for (const char *p = stage->stage; *p; p++)
		str_addf(out, "%s%c", quote && *p == '"' ? "\"" : "", *p);
	str_addf(out, "%s]\n", quote ? "\"" : "");
	struct risk_rules own = {.limits = stage->limits};
	for (int i = 0; i < RULES; i++) {
		const struct risk_rule *rule = &table[i];
		if (risk_rule_of_stage(rule) &&
		    risk_rule_value(rule, &own) != risk_rule_value(rule, rules))
			str_addf(
			    out, "%s = %d\n", rule->key, risk_rule_value(rule, &own));
	}
}

static void print_signals(struct str *out, const struct risk_rules *rules)
{
	str_adds(out, "\n; A signal that is off does not count.\n[risk.signals]\n");
	for (int i = 0; i < RISK_SIGNALS; i++) {
		bool off = risk_signal_off(rules, (enum risk_signal)i);
		str_addf(out, "; %s\n%s%s = %s\n", risk_signal_title((enum risk_signal)i),
		    off ? "" : ";", risk_signal_name((enum risk_signal)i),
		    off ? "off" : "on");
	}
}

void risk_rules_print(struct str *out, const struct risk_rules *rules)
{
	str_adds(out, "; Slip risk.\n[risk]\n");
	print_workdays(out, rules);
	for (int i = 0; i < RULES; i++) {
		const struct risk_rule *rule = &table[i];
		int value = risk_rule_value(rule, rules),
		    usual = risk_rule_value(rule, risk_rules_default());
		str_addf(out, "; %s (%s, %d to %d, by default %d)\n%s%s = %d\n",
		    rule->text, rule->unit, rule->low, rule->high, usual,
		    value == usual ? ";" : "", rule->key, value);
	}
	print_signals(out, rules);
	str_adds(out,
	    "\n; Deals in a stage may have their own: any of [risk] but the levels\n"
	    "; and the days.\n;[risk.stage.Negotiation]\n;idle-warn = 10\n");
	for (int i = 0; i < rules->n_stages; i++)
		print_stage(out, rules, &rules->stages[i]);
}
