#include <stdlib.h>
#include <string.h>

#include "form_inside.h"

static bool has_field(const struct form *f, int field)
{
	return field >= 0 && field < f->count;
}

const char *form_value(const struct form *f, int field)
{
	return has_field(f, field) ? str_text(&f->fields[field].edit.text) : "";
}

void form_set(struct form *f, int field, const char *value)
{
	if (!has_field(f, field) || !strcmp(form_value(f, field), value ? value : ""))
		return;
	edit_set(&f->fields[field].edit, value);
	f->changed = true;
	f->complete = -1;
}

static void keep_text(char **text, const char *value)
{
	char *copy = value ? xstrdup(value) : NULL;

	free(*text);
	*text = copy;
}

void form_loaded(struct form *f)
{
	f->changed = false;
	f->complete = -1;
	for (int i = 0; i < f->count; i++) {
		keep_text(&f->fields[i].loaded, form_value(f, i));
		keep_text(&f->fields[i].theirs, NULL);
	}
}

enum form_merge form_merge(struct form *f, int field, const char *theirs)
{
	if (!has_field(f, field))
		return MERGE_SAME;
	struct form_field *at = &f->fields[field];
	bool same = !strcmp(form_value(f, field), theirs);
	bool touched = strcmp(form_value(f, field), at->loaded ? at->loaded : "") != 0;

	keep_text(&at->loaded, theirs);
	keep_text(&at->theirs, !same && touched ? theirs : NULL);
	if (same)
		return MERGE_SAME;
	if (touched)
		return MERGE_BOTH;
	form_set(f, field, theirs);
	return MERGE_TAKEN;
}

bool form_take_theirs(struct form *f, struct form_field *field)
{
	if (!field->theirs)
		return false;
	char *mine = xstrdup(str_text(&field->edit.text));

	edit_set(&field->edit, field->theirs);
	free(field->theirs);
	field->theirs = mine;
	field->problem = NULL;
	f->changed = true;
	f->complete = -1;
	return true;
}

void form_release(struct form *f)
{
	for (int i = 0; i < f->count; i++) {
		edit_release(&f->fields[i].edit);
		keep_text(&f->fields[i].loaded, NULL);
		keep_text(&f->fields[i].theirs, NULL);
	}
}

/* Blanks at the ends are part of what somebody typed; a line feed is \n. */
void form_write(const struct form *f, struct str *out)
{
	for (int i = 0; i < f->count; i++) {
		str_addf(out, "%s = ", f->fields[i].name);
		for (const char *p = form_value(f, i); *p; p++) {
			if (*p == '\n')
				str_adds(out, "\\n");
			else if (*p == '\\')
				str_adds(out, "\\\\");
			else
				str_addc(out, *p);
		}
		str_addc(out, '\n');
	}
}

static void read_value(struct form *f, int field, struct slice value)
{
	struct str text = STR_INIT;
	for (size_t i = 0; i < value.len; i++) {
		bool escaped = value.p[i] == '\\' && i + 1 < value.len;
		if (escaped)
			i++;
		str_addc(&text, escaped && value.p[i] == 'n' ? '\n' : value.p[i]);
	}
	form_set(f, field, str_text(&text));
	str_release(&text);
}

void form_read(struct form *f, const char *text)
{
	struct slice rest = slice_of(text), line, name;
	while (slice_cut(&rest, '\n', &line)) {
		struct slice value = line;
		if (!slice_cut(&value, '=', &name) || !value.p)
			continue;
		name = slice_trim(name);
		if (value.len && value.p[0] == ' ')
			value = (struct slice){value.p + 1, value.len - 1};
		for (int i = 0; i < f->count; i++) {
			if (slice_is(name, f->fields[i].name))
				read_value(f, i, value);
		}
	}
}
