#include <string.h>
#include "huddle/text.h"
#include "mapping_inside.h"

/* The lines of a section of facts: FIELD = HEADER and what may be said of it. */

static void add_header(struct parse *p, struct alternative *a, struct slice text)
{
	size_t cap = (size_t)a->n_headers;

	text = slice_trim(text);
	a->headers = arena_grow(p->arena, a->headers, &cap, cap + 1, sizeof *a->headers);
	a->headers[a->n_headers++] = arena_dup(p->arena, text.p, text.len);
}

/* A header in double quotes may hold the signs that mean something here. */
static struct slice next_header(struct slice *rest, char *ended_by)
{
	struct slice s = slice_trim(*rest), out;
	size_t i = 0;

	if (s.len && *s.p == '"') {
		const char *end = memchr(s.p + 1, '"', s.len - 1);
		size_t len = end ? (size_t)(end - s.p) - 1 : s.len - 1;
		out = (struct slice){s.p + 1, len};
		i = end ? len + 2 : s.len;
		while (i < s.len && s.p[i] != '+' && s.p[i] != '|')
			i++;
	} else {
		while (i < s.len && s.p[i] != '+' && s.p[i] != '|')
			i++;
		out = (struct slice){s.p, i};
	}
	*ended_by = i < s.len ? s.p[i] : '\0';
	*rest = i < s.len ? (struct slice){s.p + i + 1, s.len - i - 1} : (struct slice){"", 0};
	return out;
}

static bool parse_headers(struct parse *p, const struct ini_item *item, struct field_source *f)
{
	struct slice rest = slice_of(item->value);
	size_t cap = 0;
	char ended_by;

	do {
		f->alternatives = arena_grow(p->arena, f->alternatives, &cap,
			(size_t)f->n_alternatives + 1, sizeof *f->alternatives);
		struct alternative *a = &f->alternatives[f->n_alternatives++];
		*a = (struct alternative){.line = item->line};
		do {
			struct slice header = next_header(&rest, &ended_by);
			if (!slice_trim(header).len)
				return p->fail(p, item->line, "%s names no header; write %s = HEADER",
					item->key, item->key);
			add_header(p, a, header);
		} while (ended_by == '+');
	} while (ended_by == '|');
	return true;
}

static bool parse_one(struct parse *p, const struct ini_item *item, struct alternative *out)
{
	struct field_source f = {0};

	if (!parse_headers(p, item, &f))
		return false;
	*out = f.alternatives[0];
	return true;
}

static char *dup_trimmed(struct parse *p, struct slice s)
{
	s = slice_trim(s);
	return arena_dup(p->arena, s.p, s.len);
}

/* "Email Sent: email, Call Log: call": the last colon of each part divides. */
static bool parse_map(struct parse *p, const struct ini_item *item, struct field_source *f)
{
	struct slice rest = slice_of(item->value), part;
	size_t cap = 0;

	while (slice_cut(&rest, ',', &part)) {
		const char *colon = memrchr(part.p, ':', part.len);
		if (!colon)
			return p->fail(p, item->line, "%s has no colon in \"%.*s\"; write %s = THEIR "
				"WORD: OUR WORD, ...", item->key, (int)part.len, part.p, item->key);
		struct slice from = {part.p, (size_t)(colon - part.p)};
		struct slice to = {colon + 1, part.len - from.len - 1};
		f->map = arena_grow(p->arena, f->map, &cap, (size_t)f->n_map + 1, sizeof *f->map);
		f->map[f->n_map++] = (struct word_pair){dup_trimmed(p, from), dup_trimmed(p, to)};
	}
	return true;
}

/* skip = Status: Deleted, Test */
static bool parse_rule(struct parse *p, const struct ini_item *item, bool only)
{
	const char *colon = strchr(item->value, ':');
	size_t cap_rules = (size_t)p->section->n_rules, cap = 0;
	struct slice part;

	if (!colon)
		return p->fail(p, item->line, "%s has no colon; write %s = HEADER: VALUE, VALUE",
			item->key, item->key);
	struct row_rule rule = {.only = only, .line = item->line,
		.header = dup_trimmed(p, (struct slice){item->value, (size_t)(colon - item->value)})};
	struct slice rest = slice_of(colon + 1);
	while (slice_cut(&rest, ',', &part)) {
		rule.values = arena_grow(p->arena, rule.values, &cap, (size_t)rule.n_values + 1,
			sizeof *rule.values);
		rule.values[rule.n_values++] = dup_trimmed(p, part);
	}
	p->section->rules = arena_grow(p->arena, p->section->rules, &cap_rules, cap_rules + 1,
		sizeof rule);
	p->section->rules[p->section->n_rules++] = rule;
	return true;
}

static bool parse_files(struct parse *p, const struct ini_item *item)
{
	struct slice rest = slice_of(item->value), part;
	size_t cap = (size_t)p->section->n_files;

	while (slice_cut(&rest, ',', &part)) {
		p->section->files = arena_grow(p->arena, p->section->files, &cap,
			(size_t)p->section->n_files + 1, sizeof *p->section->files);
		p->section->files[p->section->n_files++] = dup_trimmed(p, part);
	}
	return true;
}

static bool parse_custom(struct parse *p, const struct ini_item *item)
{
	size_t cap = (size_t)p->section->n_custom;
	struct alternative header;

	if (p->section->kind != FACT_DEALS)
		return p->fail(p, item->line, "%s: only [deals] has custom fields", item->key);
	if (!parse_one(p, item, &header))
		return false;
	p->section->custom = arena_grow(p->arena, p->section->custom, &cap, cap + 1,
		sizeof *p->section->custom);
	p->section->custom[p->section->n_custom++] = (struct custom_source){
	    item->key + strlen("custom."), header.headers[0], item->line};
	return true;
}

static bool parse_suffix(struct parse *p, const struct ini_item *item, struct field_source *f,
	const char *suffix)
{
	if (!strcmp(suffix, "map"))
		return parse_map(p, item, f);
	if (!strcmp(suffix, "default")) {
		f->default_value = item->value;
		return true;
	}
	if (!strcmp(suffix, "prefix")) {
		f->prefix = item->value;
		return true;
	}
	if (!strcmp(suffix, "split")) {
		/* A lone ; reads as the start of a comment. */
		f->split = *item->value ? *item->value : ';';
		return true;
	}
	if (!strcmp(suffix, "else"))
		return parse_one(p, item, &f->fallback);
	if (!strcmp(suffix, "guess"))
		return parse_one(p, item, &f->guess);
	return p->fail(p, item->line, "%s is no key; a field may have .map, .default, .split, .else, "
		".prefix and .guess", item->key);
}

static void list_fields(struct str *out, enum fact_kind kind)
{
	for (const struct field *f = fact_infos[kind].fields; f->name; f++)
		str_addf(out, "%s%s", out->len ? " " : "", f->name);
}

bool parse_field_key(struct parse *p, const struct ini_item *item)
{
	if (!strcmp(item->key, "files"))
		return parse_files(p, item);
	if (!strcmp(item->key, "signature"))
		return parse_one(p, item, &p->section->signature);
	if (!strcmp(item->key, "skip") || !strcmp(item->key, "only"))
		return parse_rule(p, item, *item->key == 'o');
	if (!strncmp(item->key, "custom.", 7))
		return parse_custom(p, item);

	const char *dot = strchr(item->key, '.');
	char *name = arena_dup(p->arena, item->key,
		dot ? (size_t)(dot - item->key) : strlen(item->key));
	int field = fact_field(p->section->kind, name);
	if (field < 0) {
		struct str fields = STR_INIT;
		list_fields(&fields, p->section->kind);
		p->fail(p, item->line, "%s is no field of [%s]; it has %s", name, p->section->name,
			fields.p);
		str_release(&fields);
		return false;
	}
	struct field_source *f = &p->section->fields[field];
	if (dot)
		return parse_suffix(p, item, f, dot + 1);
	if (f->used)
		return p->fail(p, item->line, "%s is claimed by line %d already; keep one of the two "
			"lines (alternatives go on one line, separated by |)", name, f->line);
	f->used = true;
	f->line = item->line;
	f->text = item->value;
	return parse_headers(p, item, f);
}
