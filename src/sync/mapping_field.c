#include "huddle/text.h"
#include "mapping_inside.h"
#include <string.h>

/* The lines of a section of facts: FIELD = HEADER and what may be said of it. */

static void add_header(struct parse *p, struct alternative *a, const char *header)
{
	size_t cap = (size_t)a->n_headers, cap_hashes = cap;

	a->headers = arena_grow(p->arena, a->headers, &cap, cap + 1, sizeof *a->headers);
	a->hashes = arena_grow(
	    p->arena, a->hashes, &cap_hashes, cap_hashes + 1, sizeof *a->hashes);
	a->hashes[a->n_headers] = header_hash(slice_of(header));
	a->headers[a->n_headers++] = header;
}

/* Past the quoted text at the start of s; "" in it is a quote. */
static size_t quoted_len(struct slice s)
{
	size_t i = 1;

	while (i < s.len && (s.p[i] != '"' || (i + 1 < s.len && s.p[i + 1] == '"')))
		i += s.p[i] == '"' ? 2 : 1;
	return i < s.len ? i + 1 : s.len;
}

/* The header at the start of *rest, and what ends it, one of `signs` or NUL. A
 * header in double quotes may hold the signs that mean something here. */
static const char *next_header(
    struct parse *p, struct slice *rest, const char *signs, char *ended_by)
{
	struct slice s = slice_trim(*rest);
	size_t i = s.len && *s.p == '"' ? quoted_len(s) : 0;

	while (i < s.len && !strchr(signs, s.p[i]))
		i++;
	struct slice header = slice_trim((struct slice){s.p, i});
	*ended_by = i < s.len ? s.p[i] : '\0';
	*rest = i < s.len ? (struct slice){s.p + i + 1, s.len - i - 1}
	                  : (struct slice){"", 0};
	return ini_unquote(
	    p->arena, arena_dup(p->arena, header.p ? header.p : "", header.len));
}

enum { ALTERNATIVES_MAX = 64, JOINED_MAX = 16 };

static bool parse_headers(
    struct parse *p, const struct ini_item *item, struct field_source *f)
{
	struct slice rest = slice_of(item->value);
	size_t cap = (size_t)f->n_alternatives;
	char ended_by;

	do {
		f->alternatives = arena_grow(p->arena, f->alternatives, &cap,
		    (size_t)f->n_alternatives + 1, sizeof *f->alternatives);
		struct alternative *a = &f->alternatives[f->n_alternatives++];
		*a = (struct alternative){.line = item->line};
		if (f->n_alternatives > ALTERNATIVES_MAX)
			return p->fail(p, item->line,
			    "%s has more than %d alternatives; keep the "
			    "likely ones",
			    item->key, ALTERNATIVES_MAX);
		do {
			if (a->n_headers == JOINED_MAX)
				return p->fail(p, item->line,
				    "%s joins more than %d headers; use fewer", item->key,
				    JOINED_MAX);
			const char *header = next_header(p, &rest, "+|", &ended_by);
			if (!*header)
				return p->fail(p, item->line,
				    "%s names no header; write %s = HEADER", item->key,
				    item->key);
			add_header(p, a, header);
		} while (ended_by == '+');
	} while (ended_by == '|');
	return true;
}

static bool parse_sets(
    struct parse *p, const struct ini_item *item, struct alternatives *out)
{
	struct field_source f = {0};

	if (!parse_headers(p, item, &f))
		return false;
	*out = (struct alternatives){f.alternatives, f.n_alternatives};
	return true;
}

static bool parse_one(
    struct parse *p, const struct ini_item *item, struct alternative *out)
{
	struct alternatives all;

	if (!parse_sets(p, item, &all))
		return false;
	*out = all.items[0];
	return all.count == 1 ||
	       p->fail(p, item->line, "%s takes one column; leave the | out", item->key);
}

bool parse_names(
    struct parse *p, const struct ini_item *item, const char ***out, int *count)
{
	struct alternatives all;

	if (!parse_sets(p, item, &all))
		return false;
	const char **names = arena_alloc(p->arena, (size_t)all.count * sizeof *names);
	for (int i = 0; i < all.count; i++) {
		if (all.items[i].n_headers != 1)
			return p->fail(p, item->line,
			    "%s joins names with +; write %s = NAME | NAME", item->key,
			    item->key);
		names[i] = all.items[i].headers[0];
	}
	*out = names;
	*count = all.count;
	return true;
}

bool parse_header(struct parse *p, const struct ini_item *item, const char **out)
{
	struct alternatives all;

	if (!parse_sets(p, item, &all))
		return false;
	if (all.count != 1 || all.items[0].n_headers != 1)
		return p->fail(p, item->line, "%s takes one header; write %s = HEADER",
		    item->key, item->key);
	*out = all.items[0].headers[0];
	return true;
}

static char *dup_trimmed(struct parse *p, struct slice s)
{
	s = slice_trim(s);
	return arena_dup(p->arena, s.p, s.len);
}

/* "Email Sent: email, Call Log: call": the last colon of each part divides. */
static bool parse_map(
    struct parse *p, const struct ini_item *item, struct field_source *f)
{
	struct slice rest = slice_of(item->value), part;
	size_t cap = (size_t)f->n_map;

	while (slice_cut(&rest, ',', &part)) {
		const char *colon = memrchr(part.p, ':', part.len);
		if (!colon)
			return p->fail(p, item->line,
			    "%s has no colon in \"%.*s\"; write %s = THEIR "
			    "WORD: OUR WORD, ...",
			    item->key, (int)part.len, part.p, item->key);
		struct slice from = {part.p, (size_t)(colon - part.p)};
		struct slice to = {colon + 1, part.len - from.len - 1};
		f->map = arena_grow(
		    p->arena, f->map, &cap, (size_t)f->n_map + 1, sizeof *f->map);
		f->map[f->n_map++] = (struct word_pair){
		    dup_trimmed(p, from), dup_trimmed(p, to), item->line};
	}
	return true;
}

/* skip = Status: Deleted, Test */
static bool parse_rule(struct parse *p, const struct ini_item *item, bool only)
{
	size_t cap_rules = (size_t)p->section->n_rules, cap = 0;
	struct slice rest = slice_of(item->value), part;
	char ended_by;
	struct row_rule rule = {.only = only,
	    .line = item->line,
	    .header = next_header(p, &rest, ":", &ended_by)};

	if (!ended_by || !*rule.header)
		return p->fail(p, item->line,
		    "%s has no colon; write %s = HEADER: VALUE, VALUE", item->key,
		    item->key);
	while (slice_cut(&rest, ',', &part)) {
		rule.values = arena_grow(p->arena, rule.values, &cap,
		    (size_t)rule.n_values + 1, sizeof *rule.values);
		rule.values[rule.n_values++] = dup_trimmed(p, part);
	}
	p->section->rules = arena_grow(
	    p->arena, p->section->rules, &cap_rules, cap_rules + 1, sizeof rule);
	p->section->rules[p->section->n_rules++] = rule;
	return true;
}

static bool parse_files(struct parse *p, const struct ini_item *item)
{
	struct slice rest = slice_of(item->value), part;
	size_t cap = (size_t)p->section->n_files;

	while (slice_cut(&rest, ',', &part)) {
		if (!slice_trim(part).len)
			continue;
		p->section->files = arena_grow(p->arena, p->section->files, &cap,
		    (size_t)p->section->n_files + 1, sizeof *p->section->files);
		p->section->files[p->section->n_files++] = dup_trimmed(p, part);
	}
	return p->section->n_files ||
	       p->fail(p, item->line, "files names none; write files = NAME*.csv");
}

static bool parse_custom(struct parse *p, const struct ini_item *item)
{
	size_t cap = (size_t)p->section->n_custom;
	const char *name = item->key + strlen("custom."), *header;

	if (p->section->kind != FACT_DEALS)
		return p->fail(p, item->line,
		    "%s: only [deals] has custom fields; remove the line", item->key);
	if (!*name)
		return p->fail(p, item->line,
		    "%s gives no name; write custom.NAME = HEADER", item->key);
	for (size_t i = 0; i < cap; i++)
		if (!strcmp(p->section->custom[i].name, name) && strcmp(name, "*"))
			return p->fail(p, item->line,
			    "%s is claimed by line %d already; keep one of "
			    "the two lines",
			    item->key, p->section->custom[i].line);
	if (!parse_header(p, item, &header))
		return false;
	p->section->custom = arena_grow(
	    p->arena, p->section->custom, &cap, cap + 1, sizeof *p->section->custom);
	p->section->custom[p->section->n_custom++] =
	    (struct custom_source){name, header, item->line};
	return true;
}

static bool parse_suffix(struct parse *p, const struct ini_item *item,
    struct field_source *f, const char *suffix)
{
	if (!f->suffix_line && strcmp(suffix, "default") && strcmp(suffix, "guess"))
		f->suffix_line = item->line;
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
		/* In "split = ; ; why" the first ; reads as a comment. */
		f->split = *item->value ? *item->value : ';';
		return strlen(item->value) < 2 ||
		       p->fail(p, item->line,
		           "%s = %s is longer than one sign; write %s = ;", item->key,
		           item->value, item->key);
	}
	if (!strcmp(suffix, "else"))
		return parse_sets(p, item, &f->fallback);
	if (!strcmp(suffix, "key"))
		return parse_names(p, item, &f->keys, &f->n_keys);
	if (!strcmp(suffix, "lookup")) {
		f->lookup_line = item->line;
		return parse_names(p, item, &f->lookup_names, &f->n_lookups);
	}
	if (!strcmp(suffix, "guess"))
		return parse_one(p, item, &f->guess);
	return p->fail(p, item->line,
	    "%s is no key; a field may have .map, .default, .split, .else, .key, "
	    ".prefix, .lookup and .guess",
	    item->key);
}

/* What we wrote ourselves has each field under its own name. */
void restore_fields(struct parse *p, struct section *s)
{
	const struct field *fields = fact_infos[s->kind].fields;

	for (int i = 0; fields[i].name; i++) {
		struct field_source *f = &s->fields[i];
		if (f->used)
			continue;
		*f = (struct field_source){.used = true,
		    .line = s->line,
		    .text = fields[i].name,
		    .alternatives = arena_alloc(p->arena, sizeof *f->alternatives),
		    .n_alternatives = 1};
		f->alternatives[0].line = s->line;
		add_header(p, f->alternatives, fields[i].name);
	}
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
		return parse_sets(p, item, &p->section->signature);
	if (!strcmp(item->key, "without"))
		return parse_sets(p, item, &p->section->without);
	if (!strcmp(item->key, "restores"))
		return parse_header(p, item, &p->section->restores);
	if (!strcmp(item->key, "skip") || !strcmp(item->key, "only"))
		return parse_rule(p, item, *item->key == 'o');
	if (!strncmp(item->key, "custom.", 7))
		return parse_custom(p, item);

	const char *dot = strchr(item->key, '.');
	char *name = arena_dup(
	    p->arena, item->key, dot ? (size_t)(dot - item->key) : strlen(item->key));
	int field = fact_field(p->section->kind, name);
	if (field < 0) {
		struct str fields = STR_INIT;
		list_fields(&fields, p->section->kind);
		p->fail(p, item->line, "%s is no field of [%s]; it has %s", name,
		    p->section->name, fields.p);
		str_release(&fields);
		return false;
	}
	struct field_source *f = &p->section->fields[field];
	if (dot)
		return parse_suffix(p, item, f, dot + 1);
	if (f->used)
		return p->fail(p, item->line,
		    "%s is claimed by line %d already; keep one of the two "
		    "lines (alternatives go on one line, separated by |)",
		    name, f->line);
	f->used = true;
	f->line = item->line;
	f->text = item->value;
	return parse_headers(p, item, f);
}
