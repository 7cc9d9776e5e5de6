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

void form_loaded(struct form *f)
{
	f->changed = false;
	f->complete = -1;
}

void form_release(struct form *f)
{
	for (int i = 0; i < f->count; i++)
		edit_release(&f->fields[i].edit);
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
