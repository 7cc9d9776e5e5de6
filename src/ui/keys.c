#include "huddle/keys.h"

#include <stdio.h>
#include <string.h>

#include "huddle/text.h"

/* The first name of a code is the one shown. */
static const struct {
	const char *name;
	uint32_t code;
} names[] = {
    {"enter", KEYNAME_ENTER},
    {"esc", KEYNAME_ESC},
    {"tab", KEYNAME_TAB},
    {"shift-tab", KEYNAME_BACKTAB},
    {"backspace", KEYNAME_BACKSPACE},
    {"delete", KEYNAME_DELETE},
    {"insert", KEYNAME_INSERT},
    {"up", KEYNAME_UP},
    {"down", KEYNAME_DOWN},
    {"left", KEYNAME_LEFT},
    {"right", KEYNAME_RIGHT},
    {"home", KEYNAME_HOME},
    {"end", KEYNAME_END},
    {"pgup", KEYNAME_PGUP},
    {"pgdn", KEYNAME_PGDN},
    {"space", KEYNAME_SPACE},
    {"return", KEYNAME_ENTER},
    {"escape", KEYNAME_ESC},
    {"backtab", KEYNAME_BACKTAB},
    {"del", KEYNAME_DELETE},
    {"pageup", KEYNAME_PGUP},
    {"pagedown", KEYNAME_PGDN},
};
enum { NAMES = sizeof names / sizeof *names };

static bool is_function(uint32_t code)
{
	return code >= KEYNAME_F1 && code <= KEYNAME_F12;
}

static bool parse_function(struct slice name, uint32_t *out)
{
	if (name.len < 2 || name.len > 3 || (name.p[0] != 'f' && name.p[0] != 'F'))
		return false;
	uint32_t number = 0;
	for (size_t i = 1; i < name.len; i++) {
		if (name.p[i] < '0' || name.p[i] > '9')
			return false;
		number = number * 10 + (uint32_t)(name.p[i] - '0');
	}
	*out = KEYNAME_F1 + number - 1;
	return number >= 1 && number <= 12;
}

static bool parse_named(struct slice name, uint32_t *out)
{
	for (size_t i = 0; i < NAMES; i++) {
		if (slice_is_nocase(name, names[i].name)) {
			*out = names[i].code;
			return true;
		}
	}
	return parse_function(name, out);
}

/* One character, or false. */
static bool parse_character(struct slice name, uint32_t *out)
{
	size_t n = utf8_decode(name.p, name.len, out);
	return n && n == name.len && *out >= 0x20 && *out != 0x7F;
}

static bool cut_prefix(struct slice *name, const char *prefix)
{
	size_t len = strlen(prefix);
	if (name->len <= len || !slice_is_nocase((struct slice){name->p, len}, prefix))
		return false;
	name->p += len;
	name->len -= len;
	return true;
}

/* The space bar is always the named key; ctrl has lower-case letters. */
static struct key normal(struct key key)
{
	if (key.code == ' ')
		key.code = KEYNAME_SPACE;
	if (key.ctrl && key.code >= 'A' && key.code <= 'Z')
		key.code += 'a' - 'A';
	return key;
}

static bool parse_slice(struct slice name, struct key *out)
{
	struct key key = {0};
	for (bool more = true; more;) {
		more = false;
		if (!key.ctrl && cut_prefix(&name, "ctrl-"))
			key.ctrl = more = true;
		else if (!key.alt && cut_prefix(&name, "alt-"))
			key.alt = more = true;
	}
	if (!name.len ||
	    (!parse_named(name, &key.code) && !parse_character(name, &key.code)))
		return false;
	*out = normal(key);
	return true;
}

bool key_parse(const char *name, struct key *out)
{
	return name && parse_slice(slice_of(name), out);
}

static const char *code_name(uint32_t code, char buf[8])
{
	for (size_t i = 0; i < NAMES; i++) {
		if (names[i].code == code)
			return names[i].name;
	}
	if (is_function(code)) {
		snprintf(buf, 8, "f%u", (unsigned)(code - KEYNAME_F1 + 1) % 100);
		return buf;
	}
	struct str text = STR_INIT;
	if (code && code < KEYNAME_NONE)
		utf8_add(&text, code);
	slice_copy((struct slice){text.p, text.len}, buf, 8);
	str_release(&text);
	return buf;
}

const char *key_text(struct key key, char buf[24])
{
	char one[8] = "";
	key = normal(key);
	snprintf(buf, 24, "%s%s%s", key.ctrl ? "ctrl-" : "", key.alt ? "alt-" : "",
	    code_name(key.code, one));
	return buf;
}

bool key_eq(struct key a, struct key b)
{
	a = normal(a);
	b = normal(b);
	return a.code == b.code && a.ctrl == b.ctrl && a.alt == b.alt;
}

static void skip(struct slice *rest, size_t n)
{
	rest->p += n;
	rest->len -= n;
}

/* "<enter>" at the start of rest. Anything else after < is a plain <. */
static bool script_named(struct slice *rest, struct key *out)
{
	const char *end = memchr(rest->p, '>', rest->len);
	if (!end || end - rest->p < 2 || end - rest->p > 24)
		return false;
	struct slice name = {rest->p + 1, (size_t)(end - rest->p) - 1};
	if (!parse_slice(name, out))
		return false;
	skip(rest, name.len + 2);
	return true;
}

bool key_script(struct slice *rest, struct key *out)
{
	if (!rest->len)
		return false;
	if (slice_starts(*rest, "<<")) {
		*out = (struct key){.code = '<'};
		skip(rest, 2);
		return true;
	}
	if (rest->p[0] == '<' && script_named(rest, out))
		return true;
	uint32_t code;
	size_t n = utf8_decode(rest->p, rest->len, &code);
	if (!n) {
		code = 0xFFFD;
		n = 1;
	}
	*out = normal((struct key){.code = code});
	if (code == '\n' || code == '\r')
		out->code = KEYNAME_ENTER;
	else if (code == '\t')
		out->code = KEYNAME_TAB;
	skip(rest, n);
	return true;
}
