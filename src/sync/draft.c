#include "draft.h"

#include "huddle/deal.h"
#include "huddle/sync.h"
#include "huddle/text.h"
#include "returned.h"
#include <stdlib.h>
#include <string.h>

/* A mapping written from what is in the files: it can be parsed as it stands,
 * and every guess says what it rests on. */

/* ---- files to sections ---- */

static bool same_header(const struct looked *a, const struct looked *b)
{
	if (a->n_header != b->n_header)
		return false;
	for (size_t i = 0; i < a->n_header; i++)
		if (!slice_eq(a->header[i], b->header[i]))
			return false;
	return true;
}

static bool join_section(struct draft *d, const struct looked *file)
{
	for (size_t i = 0; i < d->n_sections; i++) {
		struct draft_section *s = &d->sections[i];
		if (!same_header(s->files[0], file) ||
		    s->n_files == sizeof s->files / sizeof *s->files)
			continue;
		s->files[s->n_files++] = file;
		return true;
	}
	return false;
}

/* ---- writing ---- */

/* A header that can be written in a mapping and read back. */
bool draft_writable(struct slice header)
{
	struct str safe = STR_INIT;

	display_safe(&safe, header);
	bool fine = header.len && slice_is(header, str_text(&safe));
	str_release(&safe);
	return fine;
}

static void add_quoted(struct str *out, const char *text, const char *signs)
{
	bool plain = *text && !strpbrk(text, signs) && *text != '[';

	if (!plain)
		str_addc(out, '"');
	for (; *text; text++) {
		if (*text == '"' && !plain)
			str_addc(out, '"');
		str_addc(out, *text);
	}
	if (!plain)
		str_addc(out, '"');
}

static void add_header_name(struct str *out, struct slice header)
{
	add_quoted(out, header.p, "+|;#=:\"");
}

/* report1700000000000.csv of next week has another number. */
static void add_pattern(struct str *out, const char *name)
{
	for (size_t digits; *name; name += digits ? digits : 1) {
		digits = strspn(name, "0123456789");
		if (digits > 3)
			str_addc(out, '*');
		else if (digits)
			str_add(out, name, digits);
		else
			str_addc(out, *name == ',' || *name == ';' || *name == '#' ||
			                      *name == '"' || (unsigned char)*name < ' '
			                  ? '?'
			                  : *name);
	}
}

static void say_files(struct draft *d, const struct draft_section *s)
{
	struct str patterns = STR_INIT;

	for (size_t i = 0; i < s->n_files; i++) {
		struct str one = STR_INIT;
		add_pattern(&one, path_base(s->files[i]->file->name));
		if (!strstr(str_text(&patterns), str_text(&one)))
			str_addf(
			    &patterns, "%s%s", patterns.len ? ", " : "", str_text(&one));
		str_release(&one);
	}
	str_addf(d->out, "files        = %s\n", str_text(&patterns));
	str_release(&patterns);
}

static bool field_writable(const struct draft_section *s, const struct draft_field *f)
{
	for (int i = 0; i < f->n_columns; i++)
		if (!draft_writable(s->files[0]->header[f->columns[i]]))
			return false;
	return f->n_columns || f->fallback;
}

static void say_field(
    struct draft *d, const struct draft_section *s, const struct draft_field *f)
{
	const struct looked *file = s->files[0];
	char key[64];

	snprintf(key, sizeof key, "%s%s", f->field->name, f->n_columns ? "" : ".default");
	str_addf(d->out, "%-12s = ", key);
	for (int i = 0; i < f->n_columns; i++) {
		str_adds(d->out, i ? " + " : "");
		add_header_name(d->out, file->header[f->columns[i]]);
	}
	if (!f->n_columns)
		str_adds(d->out, f->fallback);
	if (f->why)
		str_addf(d->out, " ; %s", f->why);
	else if (f->n_columns && !file->columns[f->columns[0]].filled)
		str_adds(d->out, " ; blank in every row here");
	else if (!strcmp(f->field->name, "id") && file->columns[f->columns[0]].repeats &&
	         fact_infos[s->kind].entity)
		str_adds(d->out, " ; LOOK: the same id stands in several rows");
	str_addc(d->out, '\n');
}

/* In the order of the fields, as the manual lists them. */
static void say_fields(struct draft *d, const struct draft_section *s)
{
	const struct field *fields = fact_infos[s->kind].fields;

	for (int i = 0; fields[i].name; i++) {
		const struct draft_field *f = draft_field_of(s, fields[i].name);
		if (f && field_writable(s, f))
			say_field(d, s, f);
		else if (fields[i].required)
			str_addf(d->out,
			    "; %s = ... REQUIRED: no column was found for it\n",
			    fields[i].name);
	}
}

static bool used(const struct draft_section *s, size_t column)
{
	for (int i = 0; i < s->n_fields; i++)
		for (int j = 0; j < s->fields[i].n_columns; j++)
			if ((size_t)s->fields[i].columns[j] == column)
				return true;
	return false;
}

static void say_unused(
    struct str *out, const struct looked *f, const struct draft_section *s)
{
	bool any = false;

	for (size_t c = 0; c < f->n_header; c++) {
		const struct profile *p = &f->columns[c];
		struct str format = STR_INIT;
		if (s && used(s, c))
			continue;
		if (!any && s)
			str_adds(out, "; Not used:\n");
		any = true;
		str_adds(out, ";   ");
		draft_plain(out, f->header[c].len ? f->header[c].p : "(a blank header)");
		profile_format(
		    &format, p, profile_type(p, f->header[c].p), DATES_UNKNOWN);
		str_addf(out, ": %s", str_text(&format));
		if (p->n_distinct) {
			str_adds(out, ", such as ");
			struct str safe = STR_INIT;
			draft_plain(&safe, p->distinct[0]);
			text_clip(
			    out, (struct slice){str_text(&safe), safe.len}, 40, false);
			str_release(&safe);
		}
		str_addc(out, '\n');
		str_release(&format);
	}
}

/* [activities.calls] for the second section of a kind. */
static void say_name(struct draft *d, const struct draft_section *s)
{
	int same = 0;

	for (const struct draft_section *other = d->sections; other < s; other++)
		same += other->kind == s->kind;
	str_addf(d->out, "[%s", fact_infos[s->kind].name);
	if (same)
		str_addf(d->out, ".%d", same + 1);
	str_adds(d->out, "]\n");
}

static void comment_out(struct draft *d, size_t from)
{
	char *text = arena_dup(d->arena, d->out->p + from, d->out->len - from);
	struct slice rest = slice_of(text), line;

	d->out->len = from;
	while (slice_cut(&rest, '\n', &line)) {
		if (line.len)
			str_addf(d->out, "%s%.*s", *line.p == ';' ? "" : "; ",
			    (int)line.len, line.p);
		str_addc(d->out, '\n');
	}
}

/* All that it needs is there to be written. */
static bool whole(const struct draft_section *s)
{
	const struct field *fields = fact_infos[s->kind].fields;

	for (int i = 0; fields[i].name; i++) {
		const struct draft_field *f = draft_field_of(s, fields[i].name);
		if (fields[i].required && (!f || !field_writable(s, f)))
			return false;
	}
	return true;
}

static void say_section(struct draft *d, const struct draft_section *s)
{
	const struct looked *f = s->files[0];

	str_addc(d->out, '\n');
	for (size_t i = 0; i < s->n_files; i++) {
		str_adds(d->out, "; ");
		draft_plain(d->out, s->files[i]->file->name);
		str_addf(d->out, ": %lld rows\n", (long long)s->files[i]->rows);
	}
	if (f->n_jobs)
		str_addf(d->out,
		    "; The built-in source %s reads this without a mapping: keep the "
		    "section "
		    "only\n; if it must read it otherwise.\n",
		    f->jobs[0].mapping->name);
	if (!whole(s))
		str_adds(d->out, "; Fill in what is REQUIRED, and remove the ; in front "
		                 "of the lines.\n");
	size_t from = d->out->len;
	say_name(d, s);
	say_files(d, s);
	say_fields(d, s);
	if (!whole(s))
		comment_out(d, from);
	say_unused(d->out, f, s);
}

/* ---- the whole ---- */

/* Of a table of links the two columns; false: it is hardly one. */
static bool find_links(const struct looked *f, struct slice *key, struct slice *value)
{
	int found = 0;

	if (f->n_jobs && f->jobs[0].lookup) {
		*key = slice_of(f->jobs[0].lookup->key);
		*value = slice_of(f->jobs[0].lookup->value);
		return true;
	}
	for (size_t i = 0; i < f->n_header && found < 2; i++) {
		if (strcmp(profile_type(&f->columns[i], f->header[i].p), "id") != 0 ||
		    !draft_writable(f->header[i]))
			continue;
		*(found++ ? value : key) = f->header[i];
	}
	return found == 2;
}

static void say_links(struct draft *d, const struct looked *f)
{
	struct slice key, value;

	if (!find_links(f, &key, &value))
		return;
	str_adds(d->out, "; If rows of other files refer by it, look it up:\n"
	                 ";   [lookup.links]\n;   files = ");
	add_pattern(d->out, path_base(f->file->name));
	str_adds(d->out, "\n;   key   = ");
	add_header_name(d->out, key);
	str_adds(d->out, "\n;   value = ");
	add_header_name(d->out, value);
	str_adds(d->out, "\n; and in the section of those rows, such as deal_id:\n"
	                 ";   FIELD        = ");
	add_header_name(d->out, key);
	str_adds(d->out, "\n;   FIELD.lookup = links\n");
}

static void say_file_without_kind(struct draft *d, const struct looked *f)
{
	str_adds(d->out, "\n; ");
	draft_plain(d->out, f->file->name);
	if (f->problem || !f->n_header) {
		str_adds(d->out, ": ");
		draft_plain(d->out, f->problem ? f->problem : f->left_out);
		str_addc(d->out, '\n');
		return;
	}
	str_addf(d->out, ": %lld rows; no kind of fact fits its headers. Its columns:\n",
	    (long long)f->rows);
	say_unused(d->out, f, NULL);
	say_links(d, f);
}

static void draft_sections(struct draft *d, const struct looked *files, size_t n)
{
	d->sections = arena_alloc(d->arena, (n + 1) * sizeof *d->sections);
	for (size_t i = 0; i < n; i++)
		if (!files[i].problem && files[i].n_header &&
		    !returned_header(files[i].header, files[i].n_header) &&
		    !join_section(d, &files[i]) &&
		    draft_guess(&d->sections[d->n_sections], d->arena, &files[i]))
			d->n_sections++;
}

static bool in_a_section(const struct draft *d, const struct looked *file)
{
	for (size_t i = 0; i < d->n_sections; i++)
		for (size_t j = 0; j < d->sections[i].n_files; j++)
			if (d->sections[i].files[j] == file)
				return true;
	return false;
}

bool sync_draft(struct str *out, struct arena *arena, const struct sync_options *options,
    struct err *err)
{
	struct sync_report report = {0};
	struct sync_run run = {
	    .arena = arena, .options = options, .report = &report, .err = err};
	struct draft d = {.out = out, .arena = arena};
	struct looked *files;
	size_t n;

	if (!look_at_files(&run, &files, &n))
		return false;
	draft_sections(&d, files, n);
	draft_source(&d);
	for (size_t i = 0; i < d.n_sections; i++)
		say_section(&d, &d.sections[i]);
	for (size_t i = 0; i < d.n_sections; i++)
		if (d.sections[i].kind == FACT_DEALS && whole(&d.sections[i])) {
			draft_stages(&d, &d.sections[i]);
			draft_status(&d, &d.sections[i]);
			break; /* a mapping has one list of each */
		}
	for (size_t i = 0; i < n; i++)
		if (!in_a_section(&d, &files[i]))
			say_file_without_kind(&d, &files[i]);
	return true;
}
