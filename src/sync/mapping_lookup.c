#include "mapping_inside.h"
#include <string.h>

/* [lookup.NAME], and the fields that look something up in it. */

bool start_lookup(struct parse *p, const struct ini_item *item)
{
	const char *dot = strchr(item->section, '.');

	if (!dot || !dot[1])
		return p->fail(p, item->line,
		    "[%s] has no name for fields to look up in; write [lookup.NAME]",
		    item->section);
	for (int i = 0; i < p->out->n_lookups; i++)
		if (!strcmp(p->out->lookups[i].files.name, item->section))
			return p->fail(p, item->line,
			    "[%s] stands twice; give one of them another name",
			    item->section);
	p->out->lookups = arena_grow(p->arena, p->out->lookups, &p->cap_lookups,
	    (size_t)p->out->n_lookups + 1, sizeof *p->lookup);
	p->lookup = &p->out->lookups[p->out->n_lookups++];
	*p->lookup = (struct lookup){.files = {
	                                 .kind = FACT_KINDS,
	                                 .name = item->section,
	                                 .line = item->line,
	                             }};
	p->section = &p->lookup->files;
	return true;
}

static bool parse_column(
    struct parse *p, const struct ini_item *item, const char **out, int *line)
{
	if (*line)
		return p->fail(p, item->line,
		    "%s is claimed by line %d already; keep one of the two lines",
		    item->key, *line);
	*line = item->line;
	return parse_header(p, item, out);
}

bool parse_lookup_key(struct parse *p, const struct ini_item *item)
{
	static const char *const of_files[] = {
	    "files", "signature", "without", "skip", "only"};
	struct lookup *l = p->lookup;

	if (!strcmp(item->key, "key"))
		return parse_column(p, item, &l->key, &l->key_line);
	if (!strcmp(item->key, "value"))
		return parse_column(p, item, &l->value, &l->value_line);
	for (size_t i = 0; i < sizeof of_files / sizeof *of_files; i++)
		if (!strcmp(item->key, of_files[i]))
			return parse_field_key(p, item);
	return p->fail(p, item->line,
	    "%s is no key of [%s]; it has files, signature, without, skip, only, key and "
	    "value",
	    item->key, l->files.name);
}

static struct lookup *find_lookup(struct mapping *m, const char *name)
{
	for (int i = 0; i < m->n_lookups; i++)
		if (!strcmp(strchr(m->lookups[i].files.name, '.') + 1, name))
			return &m->lookups[i];
	return NULL;
}

/* Each value of the key is one of the field's, as the pieces of a list are. */
static bool find_all(struct parse *p, struct section *s, int field, bool *used)
{
	const char *name = fact_infos[s->kind].fields[field].name;
	struct field_source *f = &s->fields[field];

	if (!field)
		return p->fail(p, f->lookup_line,
		    "%s.lookup: a row's own id stands in it, and is looked up nowhere; "
		    "remove the line",
		    name);
	if (f->split)
		return p->fail(p, f->lookup_line,
		    "%s has .lookup, which gives a row for each value, and .split; "
		    "remove one of the two lines",
		    name);
	f->split = LOOKUP_SPLIT;
	f->lookups = arena_alloc(p->arena, (size_t)f->n_lookups * sizeof *f->lookups);
	for (int i = 0; i < f->n_lookups; i++) {
		struct lookup *found = find_lookup(p->out, f->lookup_names[i]);
		if (!found)
			return p->fail(p, f->lookup_line,
			    "[lookup.%s] is not there; add it, with files, key and value",
			    f->lookup_names[i]);
		f->lookups[i] = found;
		used[found - p->out->lookups] = true;
	}
	return true;
}

static bool check_one(struct parse *p, const struct lookup *l, bool used)
{
	if (!l->files.n_files && !l->files.signature.count)
		return p->fail(p, l->files.line,
		    "[%s] says no files; add files = NAME*.csv", l->files.name);
	if (!l->key || !l->value)
		return p->fail(p, l->files.line, "[%s] has no %s; add %s = HEADER",
		    l->files.name, l->key ? "value" : "key", l->key ? "value" : "key");
	return used || p->fail(p, l->files.line,
	                   "no field looks anything up in [%s]; write FIELD.lookup = %s "
	                   "where its values belong",
	                   l->files.name, strchr(l->files.name, '.') + 1);
}

bool check_lookups(struct parse *p)
{
	struct mapping *m = p->out;
	bool *used = arena_alloc(p->arena, (size_t)m->n_lookups + 1);

	for (int i = 0; i < m->n_sections; i++)
		for (int f = 0; f < FACT_FIELDS_MAX; f++)
			if (m->sections[i].fields[f].n_lookups &&
			    !find_all(p, &m->sections[i], f, used))
				return false;
	for (int i = 0; i < m->n_lookups; i++)
		if (!check_one(p, &m->lookups[i], used[i]))
			return false;
	return true;
}
