#include "debrief_read.h"

#include "huddle/text.h"
#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Equal without case and without "_", "-" and blanks: "Win back" is winback. */
static bool same_name(struct slice text, const char *name)
{
	size_t i = 0;
	for (;; i++, name++) {
		while (i < text.len && strchr("_- ", text.p[i]))
			i++;
		while (*name && strchr("_- ", *name))
			name++;
		if (i == text.len || !*name)
			return i == text.len && !*name;
		if (tolower((unsigned char)text.p[i]) != tolower((unsigned char)*name))
			return false;
	}
}

static int field_named(struct slice name)
{
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		if (same_name(name, debrief_infos[i].name) ||
		    same_name(name, debrief_infos[i].title))
			return i;
	/* As earlier versions called them. */
	return same_name(name, "reason")     ? B_REASON
	       : same_name(name, "reason_2") ? B_REASON_2
	                                     : -1;
}

static bool no_field(const char *place, struct slice name, struct err *err)
{
	struct str list = STR_INIT;
	char buf[64];
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		str_addf(&list, "%s%s", i ? ", " : "", debrief_infos[i].name);
	err_set(err, place, "\"%s\" is no field of a debrief; use: %s",
	    slice_copy(name, buf, sizeof buf), str_text(&list));
	str_release(&list);
	return false;
}

static void set_text(
    struct debrief *debrief, struct arena *arena, int field, struct slice value)
{
	value = slice_trim(value);
	debrief->value[field] = arena_dup(arena, value.p ? value.p : "", value.len);
}

static bool read_line(struct debrief *debrief, struct arena *arena, const char *place,
    struct slice line, int *field, struct err *err)
{
	struct slice all = slice_trim(line);
	if (!all.len || *all.p == '#')
		return true;
	if ((*line.p == ' ' || *line.p == '\t') && *field >= 0) {
		debrief->value[*field] = arena_printf(
		    arena, "%s\n%.*s", debrief->value[*field], (int)all.len, all.p);
		return true;
	}
	size_t at = 0;
	while (at < all.len && all.p[at] != '=' && all.p[at] != ':')
		at++;
	if (at == all.len)
		return err_set(err, place, "it has no = ; write lines of field = value");
	struct slice name = slice_trim((struct slice){all.p, at});
	*field = field_named(name);
	if (*field < 0)
		return no_field(place, name, err);
	set_text(
	    debrief, arena, *field, (struct slice){all.p + at + 1, all.len - at - 1});
	return true;
}

static bool read_lines(struct debrief *debrief, struct arena *arena, const char *name,
    struct slice text, int lines[DEBRIEF_FIELDS], struct err *err)
{
	struct slice line;
	int field = -1;
	for (int number = 1; text.len && slice_cut(&text, '\n', &line); number++) {
		char place[300];
		snprintf(place, sizeof place, "%.280s:%d", name, number);
		int before = field;
		if (line.len && !read_line(debrief, arena, place, line, &field, err))
			return false;
		if (field >= 0 && (field != before || !lines[field]))
			lines[field] = number;
	}
	return true;
}

/* Keys of our own output that are no fields of the form. */
static bool is_frame(const char *key)
{
	static const char *const keys[] = {
	    "deal", "deal_id", "deal_name", "by", "at", "id", "rev", "crm", NULL};
	for (const char *const *k = keys; *k; k++)
		if (!strcmp(*k, key))
			return true;
	return false;
}

static bool read_object(struct debrief *debrief, struct arena *arena, const char *name,
    const cJSON *root, struct err *err)
{
	const cJSON *item, *inside = cJSON_GetObjectItemCaseSensitive(root, "debrief");
	if (cJSON_IsObject(inside))
		root = inside;
	cJSON_ArrayForEach(item, root)
	{
		if (is_frame(item->string))
			continue;
		int field = field_named(slice_of(item->string));
		if (field < 0)
			return no_field(name, slice_of(item->string), err);
		if (!cJSON_IsString(item) && !cJSON_IsNull(item))
			return err_set(err, name, "\"%s\" is no text; write it in quotes",
			    debrief_infos[field].name);
		set_text(debrief, arena, field,
		    slice_of(cJSON_IsString(item) ? item->valuestring : ""));
	}
	return true;
}

bool debrief_read(struct debrief *debrief, struct arena *arena, const char *name,
    struct slice text, int lines[DEBRIEF_FIELDS], struct err *err)
{
	memset(lines, 0, DEBRIEF_FIELDS * sizeof *lines);
	if (slice_starts(text, "\xEF\xBB\xBF"))
		text = (struct slice){text.p + 3, text.len - 3};
	if (!utf8_valid(text) || memchr(text.p, '\0', text.len))
		return err_set(err, name, "it is no UTF-8 text; save it as UTF-8");
	struct slice body = slice_trim(text);
	if (!body.len || *body.p != '{')
		return read_lines(debrief, arena, name, text, lines, err);
	cJSON *root = cJSON_ParseWithLength(body.p, body.len);
	if (!root)
		return err_set(err, name,
		    "it starts like JSON but is none; check its commas and "
		    "quotes");
	bool fine = read_object(debrief, arena, name, root, err);
	cJSON_Delete(root);
	return fine;
}
