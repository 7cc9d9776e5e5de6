#include "mapping.h"

#include "huddle/embedded.h"
#include "huddle/ini.h"
#include "huddle/path.h"
#include "huddle/rates.h"
#include "huddle/sync.h"
#include "huddle/text.h"
#include "mapping_inside.h"
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static bool fail(struct parse *p, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(struct parse *p, int line, const char *format, ...)
{
	struct str place = STR_INIT, text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	str_addf(&place, "%s:%d", p->out->file, line);
	err_set(p->err, place.p, "%s", text.p);
	str_release(&place);
	str_release(&text);
	return false;
}

struct setting {
	const char *key;
	bool (*set)(struct parse *p, const struct ini_item *item);
};

static bool set_name(struct parse *p, const struct ini_item *item)
{
	p->out->name = item->value;
	return *item->value ||
	       fail(p, item->line, "name is blank; give the source a name");
}

static bool set_dates(struct parse *p, const struct ini_item *item)
{
	static const char *const names[] = {"auto", "iso", "mdy", "dmy"};

	for (int i = 0; i < 4; i++) {
		if (!strcmp(item->value, names[i])) {
			p->out->dates = (enum date_order)i;
			return true;
		}
	}
	return fail(p, item->line, "dates = %s is not known; write auto, iso, mdy or dmy",
	    item->value);
}

static bool set_decimal(struct parse *p, const struct ini_item *item)
{
	static const char *const names[] = {"auto", "point", "comma"};

	for (int i = 0; i < 3; i++) {
		if (!strcmp(item->value, names[i])) {
			p->out->decimal = (enum decimal_mark)i;
			return true;
		}
	}
	return fail(p, item->line,
	    "decimal = %s is not known; write auto, point or comma", item->value);
}

static bool set_currency(struct parse *p, const struct ini_item *item)
{
	return currency_read(slice_of(item->value), &p->out->currency) ||
	       fail(p, item->line,
	           "currency = %s is no currency; write its code, such as USD",
	           item->value);
}

static bool set_zone(struct parse *p, const struct ini_item *item)
{
	p->out->zone = zone_find(item->value);
	return p->out->zone ||
	       fail(p, item->line,
	           "timezone = %s is not known; write a name such as America/Chicago",
	           item->value);
}

static bool set_partial(struct parse *p, const struct ini_item *item)
{
	p->out->partial = !strcmp(item->value, "yes");
	return p->out->partial || !strcmp(item->value, "no") ||
	       fail(p, item->line, "partial = %s is not known; write yes or no",
	           item->value);
}

static bool set_ids(struct parse *p, const struct ini_item *item)
{
	p->out->salesforce_ids = !strcmp(item->value, "salesforce");
	return p->out->salesforce_ids || !strcmp(item->value, "plain") ||
	       fail(p, item->line, "ids = %s is not known; write plain or salesforce",
	           item->value);
}

static bool set_fallback(struct parse *p, const struct ini_item *item)
{
	p->out->fallback = !strcmp(item->value, "yes");
	return p->out->fallback || !strcmp(item->value, "no") ||
	       fail(p, item->line, "fallback = %s is not known; write yes or no",
	           item->value);
}

static bool set_dates_agree(struct parse *p, const struct ini_item *item)
{
	p->out->dates_agree = !strcmp(item->value, "yes");
	return p->out->dates_agree || !strcmp(item->value, "no") ||
	       fail(p, item->line, "dates_agree = %s is not known; write yes or no",
	           item->value);
}

static bool set_blank(struct parse *p, const struct ini_item *item)
{
	struct slice rest = slice_of(item->value), word;
	size_t cap = (size_t)p->out->n_blank;

	while (slice_cut(&rest, ',', &word)) {
		word = slice_trim(word);
		p->out->blank = arena_grow(p->arena, p->out->blank, &cap,
		    (size_t)p->out->n_blank + 1, sizeof *p->out->blank);
		p->out->blank[p->out->n_blank++] = arena_dup(p->arena, word.p, word.len);
	}
	return true;
}

static const struct setting settings[] = {{"name", set_name}, {"dates", set_dates},
    {"decimal", set_decimal}, {"currency", set_currency}, {"timezone", set_zone},
    {"partial", set_partial}, {"ids", set_ids}, {"blank", set_blank},
    {"fallback", set_fallback}, {"dates_agree", set_dates_agree}};

static bool parse_setting(struct parse *p, const struct ini_item *item)
{
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		if (!strcmp(settings[i].key, item->key))
			return settings[i].set(p, item);
	return fail(p, item->line,
	    "%s is no key of [source]; it has name, dates, decimal, currency, "
	    "timezone, partial, ids, blank, dates_agree and fallback",
	    item->key);
}

static bool fail_twice(struct parse *p, const struct ini_item *item, int line)
{
	return fail(p, item->line,
	    "%s stands in line %d already; keep one of the two lines", item->key, line);
}

static bool parse_stage(struct parse *p, const struct ini_item *item)
{
	struct slice rest = slice_of(item->value), word;
	struct stage_rule rule = {.name = item->key, .line = item->line};

	if (slice_cut(&rest, ' ', &word))
		for (int i = DEAL_OPEN; i <= DEAL_LOST; i++)
			if (slice_is_nocase(word, deal_status_name((enum deal_status)i)))
				rule.status = deal_status_name((enum deal_status)i);
	if (!rule.status)
		return fail(p, item->line,
		    "%s = %s says no kind; write open, won or lost, then the "
		    "stage's place in order, such as \"open 2\"",
		    item->key, item->value);
	if (slice_trim(rest).len) {
		int64_t order;
		if (!number_read(slice_trim(rest), DECIMAL_POINT, 0, &order) ||
		    order < 1 || order > 1000)
			return fail(p, item->line,
			    "%s = %s has no place in order; write a number "
			    "from 1 up",
			    item->key, item->value);
		rule.order = (int)order;
	}
	for (int i = 0; i < p->out->n_stages; i++)
		if (text_same(slice_of(p->out->stages[i].name), slice_of(rule.name)))
			return fail_twice(p, item, p->out->stages[i].line);
	p->out->stages = arena_grow(p->arena, p->out->stages, &p->cap_stages,
	    (size_t)p->out->n_stages + 1, sizeof rule);
	p->out->stages[p->out->n_stages++] = rule;
	return true;
}

static bool parse_status(struct parse *p, const struct ini_item *item)
{
	for (int i = 0; i < p->out->n_status; i++)
		if (text_same(slice_of(p->out->status[i].from), slice_of(item->key)))
			return fail_twice(p, item, p->out->status[i].line);
	for (int i = DEAL_OPEN; i <= DEAL_LOST; i++) {
		const char *name = deal_status_name((enum deal_status)i);
		if (strcasecmp(item->value, name))
			continue;
		p->out->status = arena_grow(p->arena, p->out->status, &p->cap_status,
		    (size_t)p->out->n_status + 1, sizeof *p->out->status);
		p->out->status[p->out->n_status++] =
		    (struct word_pair){item->key, name, item->line};
		return true;
	}
	return fail(p, item->line, "%s = %s is not known; write open, won or lost",
	    item->key, item->value);
}

/* What one of it is worth in the currency of [source]. */
static bool parse_rate(struct parse *p, const struct ini_item *item)
{
	struct rate_setting rate = {.line = item->line};
	struct slice key = slice_of(item->key);

	if (key.len != 3 || !currency_read(key, &rate.currency))
		return fail(p, item->line,
		    "%s is no currency; write its code, such as EUR", item->key);
	if (!number_read(
	        slice_of(item->value), DECIMAL_POINT, RATE_DIGITS, &rate.worth) ||
	    rate.worth <= 0)
		return fail(p, item->line,
		    "%s = %s is no rate; write what one of it is worth, such as 1.08",
		    item->key, item->value);
	for (int i = 0; i < p->out->n_rates; i++)
		if (currency_eq(p->out->rates[i].currency, rate.currency))
			return fail_twice(p, item, p->out->rates[i].line);
	p->out->rates = arena_grow(p->arena, p->out->rates, &p->cap_rates,
	    (size_t)p->out->n_rates + 1, sizeof rate);
	p->out->rates[p->out->n_rates++] = rate;
	return true;
}

static bool check_rates(struct parse *p)
{
	const struct mapping *m = p->out;

	if (m->n_rates && !*m->currency.code)
		return fail(p, m->rates[0].line,
		    "the rates are worth nothing without the company's currency; write "
		    "currency = USD, or another, under [source]");
	for (int i = 0; i < m->n_rates; i++)
		if (currency_eq(m->rates[i].currency, m->currency) &&
		    m->rates[i].worth != RATE_ONE)
			return fail(p, m->rates[i].line,
			    "%s is the currency of [source] itself, and worth 1; remove "
			    "the line",
			    m->currency.code);
	return true;
}

/* [activities.calls] is another [activities] for files of other columns. */
static bool start_section(struct parse *p, const struct ini_item *item)
{
	const char *dot = strchr(item->section, '.');
	char *kind = arena_dup(p->arena, item->section,
	    dot ? (size_t)(dot - item->section) : strlen(item->section));
	enum fact_kind found;

	p->section = NULL;
	p->lookup = NULL;
	p->plain = NULL;
	if (!strcmp(item->section, "source"))
		p->plain = parse_setting;
	else if (!strcmp(item->section, "stages"))
		p->plain = parse_stage;
	else if (!strcmp(item->section, "status"))
		p->plain = parse_status;
	else if (!strcmp(item->section, "rates"))
		p->plain = parse_rate;
	else if (!strcmp(kind, "lookup"))
		return start_lookup(p, item);
	else if (fact_kind_find(kind, &found)) {
		for (int i = 0; i < p->out->n_sections; i++)
			if (!strcmp(p->out->sections[i].name, item->section))
				return fail(p, item->line,
				    "[%s] stands twice; give one of them a "
				    "suffix, such as [%s.2]",
				    item->section, item->section);
		p->out->sections = arena_grow(p->arena, p->out->sections,
		    &p->cap_sections, (size_t)p->out->n_sections + 1, sizeof *p->section);
		p->section = &p->out->sections[p->out->n_sections++];
		*p->section = (struct section){
		    .kind = found, .name = item->section, .line = item->line};
	} else
		return fail(p, item->line,
		    "[%s] is no section; there are source, stages, status, rates, "
		    "lookup.NAME and deals, accounts, contacts, people, committee, "
		    "activities, touches, "
		    "campaigns, leads, history, quotas, currencies",
		    item->section);
	return true;
}

static bool is_fed(const struct field_source *f)
{
	return f->used || f->default_value || f->guess.n_headers;
}

/* A required field is there when any field of its column is: deal or deal_id. */
static bool column_fed(const struct section *s, int field)
{
	const struct field *fields = fact_infos[s->kind].fields;

	for (int f = 0; fields[f].name; f++)
		if (is_fed(&s->fields[f]) && fact_same_column(&fields[f], &fields[field]))
			return true;
	return false;
}

static bool check_fields(struct parse *p, const struct section *s)
{
	const struct field *fields = fact_infos[s->kind].fields;

	for (int f = 0; fields[f].name; f++) {
		if (s->fields[f].suffix_line && !s->fields[f].used)
			return fail(p, s->fields[f].suffix_line,
			    "%s itself is not there; add "
			    "%s = HEADER",
			    fields[f].name, fields[f].name);
		if (fields[f].required && !column_fed(s, f))
			return fail(p, s->line,
			    "[%s] has no %s, which every %s needs; add %s = "
			    "HEADER",
			    s->name, fields[f].name, fact_infos[s->kind].one,
			    fields[f].name);
	}
	return true;
}

static bool check_sections(struct parse *p)
{
	for (int i = 0; i < p->out->n_sections; i++) {
		struct section *s = &p->out->sections[i];
		if (!s->n_files && !s->signature.count)
			return fail(p, s->line,
			    "[%s] says no files; add files = NAME*.csv", s->name);
		if (s->restores)
			restore_fields(p, s);
		if (!check_fields(p, s))
			return false;
	}
	if (!p->out->name)
		return fail(p, 1, "[source] has no name; add name = ...");
	return check_lookups(p) && check_rates(p);
}

bool mapping_parse(struct mapping *out, struct arena *arena, const char *name,
    const char *text, size_t len, struct err *err)
{
	struct parse p = {.out = out, .arena = arena, .err = err, .fail = fail};
	struct ini ini;

	*out = (struct mapping){.file = arena_strdup(arena, path_base(name))};
	if (!ini_parse(&ini, arena, out->file, text, len, err))
		return false;
	for (size_t i = 0; i < ini.count; i++) {
		const struct ini_item *item = &ini.items[i];
		bool fine;
		if (!item->key)
			fine = start_section(&p, item);
		else if (p.plain)
			fine = p.plain(&p, item);
		else if (p.lookup)
			fine = parse_lookup_key(&p, item);
		else if (p.section)
			fine = parse_field_key(&p, item);
		else
			fine = fail(&p, item->line,
			    "%s stands before any [section]; write [source] "
			    "above it",
			    item->key);
		if (!fine)
			return false;
	}
	snprintf(out->hash, sizeof out->hash, "%016llx",
	    (unsigned long long)XXH3_64bits(text, len));
	return check_sections(&p);
}

/* Only what the preset takes over makes it another one. */
void mapping_inherit(struct mapping *preset, const struct mapping *own)
{
	struct str all = STR_INIT;

	if (preset->dates == DATES_UNKNOWN)
		preset->dates = own->dates;
	if (preset->decimal == DECIMAL_AUTO)
		preset->decimal = own->decimal;
	if (!*preset->currency.code)
		preset->currency = own->currency;
	if (!preset->zone)
		preset->zone = own->zone;
	str_addf(&all, "%s %d %d %s %s", preset->hash, preset->dates, preset->decimal,
	    preset->currency.code, preset->zone ? zone_name(preset->zone) : "");
	snprintf(preset->hash, sizeof preset->hash, "%016llx",
	    (unsigned long long)XXH3_64bits(all.p, all.len));
	str_release(&all);
}

enum { MAPPING_MAX = 1 << 20 };

bool mapping_read(
    struct mapping *out, struct arena *arena, const char *path, struct err *err)
{
	struct str text = STR_INIT;
	bool fine = path_read(&text, path, MAPPING_MAX, err) &&
	            mapping_parse(out, arena, path, str_text(&text), text.len, err);

	str_release(&text);
	return fine;
}

bool mapping_preset(
    struct mapping *out, struct arena *arena, const char *name, struct err *err)
{
	const char *config = path_config_home(arena);
	struct str text = STR_INIT;
	struct err ignored = ERR_INIT;

	if (config) {
		const char *path = arena_printf(arena, "%s/sources/%s.ini", config, name);
		bool found = path_read(&text, path, MAPPING_MAX, &ignored);
		bool fine = found && mapping_parse(out, arena, path, str_text(&text),
		                         text.len, err);
		str_release(&text);
		if (found)
			return fine;
	}
	for (const struct embedded_file *f = embedded_sources; f->name; f++)
		if (!strcmp(f->name, name))
			return mapping_parse(out, arena,
			    arena_printf(arena, "%s.ini", name), f->text, f->len, err);
	return err_usage(err, name,
	    "no such source; name a mapping file, or one of those that "
	    "`huddle help sync` lists");
}

const char *const *sync_presets(void)
{
	static const char *names[32];

	for (int i = 0; i < 31 && embedded_sources[i].name; i++)
		names[i] = embedded_sources[i].name;
	return names;
}
