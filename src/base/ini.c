#include "huddle/ini.h"

#include <string.h>
#include <unistd.h>

#include "huddle/path.h"
#include "huddle/text.h"

enum { LARGEST = 1 << 20 };

struct reader {
	struct ini *out;
	struct arena *arena;
	struct err *err;
	size_t cap;
	const char *section;
	int line;
};

static bool fail(const struct reader *r, const char *what)
{
	char place[sizeof r->err->place];
	snprintf(place, sizeof place, "%s:%d", r->out->name, r->line);
	return err_set(r->err, place, "%s", what);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A quote opens a quoted part only where a word may begin: not in 5" pipes. */
static bool may_open(struct slice s, size_t at)
{
	return at == 0 || strchr(" \t=+,|:", s.p[at - 1]) != NULL;
}

/*
 * The line without its comment, and where its first = outside quotes stands
 * (len if nowhere). A lone ; behind the = is a value: contact_id.split = ;
 */
static bool survey(struct slice *line, size_t *equals)
{
	bool quoted = false;
	*equals = line->len;
	for (size_t i = 0; i < line->len; i++) {
		char c = line->p[i];
		if (c == '"' && quoted && i + 1 < line->len && line->p[i + 1] == '"')
			i++;
		else if (c == '"' && (quoted || may_open(*line, i)))
			quoted = !quoted;
		if (quoted)
			continue;
		if (c == '=' && *equals == line->len)
			*equals = i;
		if ((c != ';' && c != '#') || (i && !is_blank(line->p[i - 1])))
			continue;
		bool has_equals = *equals < i;
		struct slice before = *line;
		before.len = i;
		if (has_equals && i + 1 == line->len &&
		    slice_trim(before).len == *equals + 1)
			continue;
		if (!has_equals)
			*equals = i;
		line->len = i;
	}
	return !quoted;
}

/* "Closed; won" as a key means the text between the quotes; "" is a quote. */
static const char *unquoted(struct arena *arena, struct slice s)
{
	bool whole = s.len >= 2 && s.p[0] == '"' && s.p[s.len - 1] == '"';
	char *copy = arena_dup(arena, whole ? s.p + 1 : s.p, whole ? s.len - 2 : s.len);
	if (!whole)
		return copy;
	size_t to = 0;
	for (size_t from = 0; from < s.len - 2; from++) {
		copy[to++] = copy[from];
		if (copy[from] == '"' && copy[from + 1] == '"')
			from++;
	}
	copy[to] = '\0';
	return copy;
}

const char *ini_unquote(struct arena *arena, const char *value)
{
	return unquoted(arena, slice_of(value));
}

static void add(struct reader *r, const char *key, const char *value)
{
	struct ini *out = r->out;
	out->items =
	    arena_grow(r->arena, out->items, &r->cap, out->count + 1, sizeof *out->items);
	out->items[out->count++] = (struct ini_item){
	    .section = r->section,
	    .key = key,
	    .value = value,
	    .line = r->line,
	};
}

static bool read_header(struct reader *r, struct slice line)
{
	if (line.p[line.len - 1] != ']')
		return fail(r, "a section header has no ] at its end; write [name]");
	struct slice name =
	    slice_trim((struct slice){.p = line.p + 1, .len = line.len - 2});
	if (!name.len || memchr(name.p, '[', name.len) || memchr(name.p, ']', name.len))
		return fail(r, "a section header has no name; write [name]");
	r->section = arena_dup(r->arena, name.p, name.len);
	add(r, NULL, "");
	return true;
}

static bool read_line(struct reader *r, struct slice line)
{
	size_t equals;
	if (line.len && memchr(line.p, '\0', line.len))
		return fail(r, "a NUL byte; save the file as plain UTF-8 text");
	if (!utf8_valid(line))
		return fail(r, "text that is not UTF-8; save the file as UTF-8");
	line = slice_trim(line);
	if (!line.len)
		return true;
	if (!survey(&line, &equals))
		return fail(r, "a double quote is not closed; add the missing \"");
	struct slice key = slice_trim((struct slice){.p = line.p, .len = equals});
	if (line.len && line.p[0] == '[')
		return read_header(r, slice_trim(line));
	if (!slice_trim(line).len)
		return true;
	if (equals >= line.len)
		return fail(r,
		    "neither [section] nor key = value; put ; before a comment, "
		    "or double quotes around a key that holds ; or #");
	if (!key.len)
		return fail(r, "nothing stands before the =; write key = value");
	struct slice value = slice_trim(
	    (struct slice){.p = line.p + equals + 1, .len = line.len - equals - 1});
	add(r, unquoted(r->arena, key), arena_dup(r->arena, value.p, value.len));
	return true;
}

bool ini_parse(struct ini *out, struct arena *arena, const char *name, const char *text,
    size_t len, struct err *err)
{
	*out = (struct ini){.name = arena_strdup(arena, name ? name : "")};
	struct reader r = {.out = out, .arena = arena, .err = err, .section = ""};
	if (len > LARGEST)
		return err_set(
		    err, out->name, "larger than 1 MiB; this is no settings file");
	struct slice rest = {.p = len ? text : NULL, .len = len};
	if (len >= 3 && slice_starts(rest, "\xEF\xBB\xBF"))
		rest = (struct slice){.p = text + 3, .len = len - 3};
	for (struct slice line; slice_cut(&rest, '\n', &line);) {
		r.line++;
		if (!read_line(&r, line))
			return false;
	}
	return true;
}

bool ini_read_file(
    struct ini *out, struct arena *arena, const char *path, struct err *err)
{
	struct str text = STR_INIT;
	bool good = path_read(&text, path, LARGEST, err) &&
	            ini_parse(out, arena, path, text.p, text.len, err);
	str_release(&text);
	return good;
}

bool ini_read_settings(
    struct ini *out, struct arena *arena, const char *path, struct err *err)
{
	*out = (struct ini){.name = "huddle.ini"};
	if (!path) {
		const char *home = path_config_home(arena);
		path = home ? path_join(arena, home, "huddle.ini") : NULL;
		if (!path || access(path, F_OK) != 0)
			return true;
	}
	return ini_read_file(out, arena, path, err);
}

const char *ini_get(const struct ini *ini, const char *section, const char *key)
{
	for (size_t i = ini->count; i-- > 0;) {
		const struct ini_item *item = &ini->items[i];
		if (item->key && !strcmp(item->key, key) &&
		    !strcmp(item->section, section))
			return item->value;
	}
	return NULL;
}
