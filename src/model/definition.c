#include "definition_inside.h"

#include "huddle/zone.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The definition as a whole: its keys in one table, what it is without a text, and
 * what differs between two. */

static const char *const requirements[REQUIREMENTS] = {
    [REQUIRE_BUDGET] = "budget_confirmed",
    [REQUIRE_BUYER] = "economic_buyer",
    [REQUIRE_EVENT] = "compelling_event",
    [REQUIRE_DEMAND] = "demand_state",
    [REQUIRE_FIT] = "fit_score",
    [REQUIRE_TRIGGER] = "trigger_event"};

const char *requirement_name(enum requirement requirement)
{
	return requirements[requirement];
}

static const struct {
	const char *name, *title;
} roles[ROLES_OF] = {[ROLE_OPERATOR] = {"operator", "revenue operator"},
    [ROLE_CMO] = {"cmo", "CMO"},
    [ROLE_VP_SALES] = {"vp_sales", "VP Sales"}};

const char *role_of_name(enum role_of role)
{
	return roles[role].name;
}

const char *role_of_title(enum role_of role)
{
	return roles[role].title;
}

#define AT(member) offsetof(struct definition, member)

static const struct key {
	const char *section, *name;
	read_fn read;
	size_t at; /* what it is read into */
} keys[] = {
    {"people", "operator", read_text, AT(people[ROLE_OPERATOR])},
    {"people", "cmo", read_text, AT(people[ROLE_CMO])},
    {"people", "vp_sales", read_text, AT(people[ROLE_VP_SALES])},
    {"qualified", "require", read_require, AT(require)},
    {"qualified", "min_employees", read_count, AT(min_employees)},
    {"qualified", "industries", read_words, AT(industries)},
    {"qualified", "disqualify", read_words, AT(disqualify)},
    {"handoff", "timezone", read_zone, AT(handoff.hours.zone)},
    {"handoff", "hours", read_hours, AT(handoff.hours)},
    {"handoff", "days", read_days, AT(handoff.hours.days)},
    {"handoff", "holidays", read_holidays, AT(handoff.hours.days)},
    {"handoff", "touch_within", read_span, AT(handoff.touch_within)},
    {"handoff", "accept_within", read_span, AT(handoff.accept_within)},
    {"handoff", "reach_within", read_span, AT(handoff.reach_within)},
    {"handoff", "target", read_percent, AT(handoff.target)},
    {"attribution", "model", read_model, AT(attribution.model)},
    {"attribution", "lookback", read_span_days, AT(attribution.lookback)},
    {"attribution", "half_life", read_span_days, AT(attribution.half_life)},
    {"attribution", "sourced", read_sourced, AT(attribution.sourced)},
    {"demand", "states", read_words, AT(states)},
    {"score", "handoff_at", read_points, AT(handoff_at)},
    {"calendar", "fiscal_year_starts", read_month, AT(fiscal_start)},
    {"targets", "coverage", read_ratio, AT(coverage)},
    {"targets", "forecast_band", read_percent, AT(forecast_band)},
    {"targets", "acceptance", read_percent, AT(acceptance)},
    {"targets", "number", read_number, 0},
};
enum { KEYS = sizeof keys / sizeof *keys };

void definition_default(struct definition *out)
{
	static const char *const none[] = {NULL};

	*out = (struct definition){.people = {"", "", ""},
	    .industries = none,
	    .disqualify = none,
	    .states = none,
	    .handoff = {.hours = {.zone = zone_find("UTC"),
	                    .opens = 9 * 60,
	                    .closes = 17 * 60,
	                    .days = {.weekend = 1u << 5 | 1u << 6}},
	        .target = -1},
	    .attribution = {.model = MODEL_W, .lookback = 365, .half_life = 7},
	    .number = MONEY_NONE,
	    .number_period = ""};
}

static const struct key *key_find(const struct ini_item *item)
{
	for (int i = 0; i < KEYS; i++)
		if (!strcmp(keys[i].section, item->section) &&
		    !strcmp(keys[i].name, item->key))
			return &keys[i];
	return NULL;
}

static bool section_known(const char *section)
{
	for (int i = 0; i < KEYS; i++)
		if (!strcmp(keys[i].section, section))
			return true;
	return false;
}

/* Under [score] every other key is something that earns points. */
static bool add_points(struct definition *out, struct reading *r)
{
	struct score_points *grown =
	    arena_alloc(r->arena, (out->n_points + 1) * sizeof *grown);

	if (out->n_points)
		memcpy(grown, out->points, out->n_points * sizeof *grown);
	out->points = grown;
	grown[out->n_points].what = r->item->key;
	return read_points(r, &grown[out->n_points++].points);
}

static bool read_item(
    struct definition *out, struct reading *r, const char *name, struct err *err)
{
	const struct ini_item *item = r->item;
	const struct key *key = item->key ? key_find(item) : NULL;

	r->place = arena_printf(r->arena, "%s:%d", name, item->line);
	if (!section_known(item->section))
		return err_set(err, r->place,
		    "[%.40s] is no section of a definition; write people, qualified, "
		    "handoff, attribution, demand, score, calendar or targets",
		    item->section);
	if (!item->key)
		return true;
	r->value = ini_unquote(r->arena, item->value);
	if (key)
		return !*r->value || key->read(r, (char *)out + key->at);
	if (!strcmp(item->section, "score"))
		return add_points(out, r);
	return err_set(err, r->place, "%s.%.40s: is no key of a definition",
	    item->section, item->key);
}

bool definition_read(struct definition *out, struct arena *arena, const char *name,
    const char *text, size_t len, struct err *err)
{
	struct ini ini;
	struct reading r = {.arena = arena, .err = err};

	definition_default(out);
	if (!ini_parse(&ini, arena, name, text, len, err))
		return false;
	for (size_t i = 0; i < ini.count; i++) {
		r.item = &ini.items[i];
		if (!read_item(out, &r, name, err))
			return false;
	}
	return out->handoff.hours.days.weekend != 0x7F ||
	       err_set(err, name, "handoff.days: no day is worked on");
}

const char *definition_template(void)
{
	return "; What both teams agree on. A key left out is no condition.\n"
	       "[people]\n"
	       "operator =               ; who alone may load another version\n"
	       "cmo =                    ; who sign it\n"
	       "vp_sales =\n"
	       "\n"
	       "[qualified]              ; what a qualified opportunity has\n"
	       "require = budget_confirmed, economic_buyer, compelling_event, "
	       "demand_state, fit_score, trigger_event\n"
	       "min_employees =\n"
	       "industries =             ; blank: any\n"
	       "disqualify =             ; words of names and types, domains\n"
	       "\n"
	       "[handoff]                ; of leads, from marketing to sales\n"
	       "timezone = UTC\n"
	       "hours = 09:00-17:00\n"
	       "days = mon-fri\n"
	       "holidays =\n"
	       "touch_within = 4bh       ; bh, bd: business hours, days; h, d: by the "
	       "clock\n"
	       "accept_within = 48h\n"
	       "reach_within = 5bd\n"
	       "target = 90\n"
	       "\n"
	       "[attribution]\n"
	       "model = w                ; first, last, linear, u, w, full, decay\n"
	       "lookback = 365d\n"
	       "half_life = 7d\n"
	       "sourced = first-touch    ; first-touch, lead-source, before-sales\n"
	       "\n"
	       "[demand]                 ; the buyer's own progress\n"
	       "states = unknown, problem-aware, solution-aware, evaluating, deciding, "
	       "client\n"
	       "\n"
	       "[score]                  ; points of a lead\n"
	       "handoff_at = 60\n"
	       "webinar = 15\n"
	       "\n"
	       "[calendar]\n"
	       "fiscal_year_starts = january\n"
	       "\n"
	       "[targets]\n"
	       "coverage = 3.0\n"
	       "forecast_band = 10\n"
	       "acceptance = 70\n"
	       "number =                 ; 4000000 USD 2026-Q4: both leaders are paid on "
	       "it\n";
}

static void add_change(struct definition_change *out, size_t *count, struct arena *arena,
    const struct ini_item *item, const char *old_value, const char *new_value)
{
	if (strcmp(old_value, new_value) != 0)
		out[(*count)++] = (struct definition_change){
		    arena_printf(arena, "%s.%s", item->section, item->key), old_value,
		    new_value};
}

static const char *value_of(const struct ini *ini, const struct ini_item *item)
{
	const char *value = ini_get(ini, item->section, item->key);

	return value ? value : "";
}

bool definition_diff(struct definition_change **out, size_t *count, struct arena *arena,
    const char *old_text, const char *new_text, struct err *err)
{
	struct ini old = {0}, new = {0};

	*count = 0;
	if (!ini_parse(&old, arena, "old", old_text, strlen(old_text), err) ||
	    !ini_parse(&new, arena, "new", new_text, strlen(new_text), err))
		return false;
	*out = arena_alloc(arena, (old.count + new.count + 1) * sizeof **out);
	for (size_t i = 0; i < new.count; i++)
		if (new.items[i].key)
			add_change(*out, count, arena, &new.items[i],
			    value_of(&old, &new.items[i]), value_of(&new, &new.items[i]));
	for (size_t i = 0; i < old.count; i++)
		if (old.items[i].key &&
		    !ini_get(&new, old.items[i].section, old.items[i].key))
			add_change(*out, count, arena, &old.items[i],
			    value_of(&old, &old.items[i]), "");
	return true;
}

day_t definition_due(const struct definition_version *version)
{
	return version->id
	           ? day_add_months(day_of_instant(version->at), DEFINITION_MONTHS)
	           : DAY_NONE;
}

const char *definition_doubt(struct arena *arena, const struct definition *definition,
    const struct definition_version *version, day_t today)
{
	day_t due = definition_due(version);
	char day[DAY_TEXT];
	const char *text = NULL;

	if (!version->id)
		return "no definition is loaded";
	for (int role = ROLE_CMO; role <= ROLE_VP_SALES; role++)
		if (*definition->people[role] && !version->signed_by[role])
			text = text ? "not signed by CMO and VP Sales"
			            : arena_printf(arena, "not signed by the %s",
			                  role_of_title((enum role_of)role));
	if (today < due)
		return text;
	return arena_printf(arena, "%s%sdue for review since %s", text ? text : "",
	    text ? ", " : "", day_format(due, day));
}
