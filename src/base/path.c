#include "huddle/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "huddle/text.h"

/* The standard says to ignore a relative path in these variables. */
static const char *home(struct arena *arena, const char *variable, const char *below_home)
{
	const char *base = getenv(variable);
	if (base && base[0] == '/')
		return path_join(arena, base, "huddle");
	base = getenv("HOME");
	if (!base || base[0] != '/')
		return NULL;
	return path_join(arena, path_join(arena, base, below_home), "huddle");
}

const char *path_data_home(struct arena *arena)
{
	return home(arena, "XDG_DATA_HOME", ".local/share");
}

const char *path_config_home(struct arena *arena)
{
	return home(arena, "XDG_CONFIG_HOME", ".config");
}

const char *path_state_home(struct arena *arena)
{
	return home(arena, "XDG_STATE_HOME", ".local/state");
}

const char *path_join(struct arena *arena, const char *folder, const char *name)
{
	if (!folder[0] || name[0] == '/')
		return arena_strdup(arena, name);
	size_t len = strlen(folder);
	return arena_printf(
	    arena, "%s%s%s", folder, folder[len - 1] == '/' ? "" : "/", name);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static bool make_one(const char *path, struct err *err)
{
	struct stat st;
	if (!mkdir(path, 0700))
		return true;
	int reason = errno;
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return true;
		return err_set(
		    err, path, "a file stands where a folder is needed; move it away");
	}
	return err_set(err, path,
	    "the folder can not be made: %s; make it or name another", strerror(reason));
}

bool path_make_folder(const char *path, struct err *err)
{
	struct str part = STR_INIT;
	bool good = path[0] || err_set(err, path, "no folder is named; name one");
	for (const char *at = path; good && *at;) {
		at += strspn(at, "/");
		at += strcspn(at, "/");
		str_clear(&part);
		str_add(&part, path, (size_t)(at - path));
		good = make_one(part.p, err);
	}
	str_release(&part);
	return good;
}

/* ---- shell patterns: own code, as fnmatch() follows the locale ---- */

static uint32_t next_point(const char **p)
{
	uint32_t c = 0;
	size_t used = utf8_decode(*p, strnlen(*p, 4), &c);
	if (!used) {
		c = (unsigned char)**p;
		used = c ? 1 : 0;
	}
	*p += used;
	return c;
}

/* [a-z], [!x]: *p stands behind the [ and is moved behind the ]; -1 is no set. */
static int match_set(const char **p, uint32_t c)
{
	const char *at = *p;
	bool negate = *at == '!' || *at == '^', found = false;
	at += negate;
	for (bool first = true; *at && (first || *at != ']'); first = false) {
		uint32_t low = next_point(&at), high = low;
		if (at[0] == '-' && at[1] && at[1] != ']') {
			at++;
			high = next_point(&at);
		}
		found = found || (c >= low && c <= high);
	}
	if (*at != ']')
		return -1;
	*p = at + 1;
	return found != negate;
}

/* One element of the pattern other than * against one character. */
static bool match_one(const char **pattern, uint32_t c)
{
	uint32_t want = next_point(pattern);
	if (want == '?')
		return c != '/';
	if (want == '[') {
		int set = match_set(pattern, c);
		if (set >= 0)
			return set && c != '/';
	}
	if (want == '\\' && **pattern)
		want = next_point(pattern);
	return want == c;
}

/* Only the last * needs to be taken back, so this is never exponential. */
static bool match(const char *pattern, const char *name)
{
	const char *star = NULL, *star_name = NULL;
	while (*name) {
		if (*pattern == '*') {
			star = ++pattern;
			star_name = name;
			continue;
		}
		const char *p = pattern, *n = name;
		if (*p && match_one(&p, next_point(&n))) {
			pattern = p;
			name = n;
			continue;
		}
		if (!star || *star_name == '/')
			return false;
		next_point(&star_name);
		pattern = star;
		name = star_name;
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

bool path_match(const char *pattern, const char *name)
{
	struct str p = STR_INIT, n = STR_INIT;
	text_fold(&p, slice_of(pattern));
	text_fold(&n, slice_of(strchr(pattern, '/') ? name : path_base(name)));
	bool matches = match(str_text(&p), str_text(&n));
	str_release(&p);
	str_release(&n);
	return matches;
}
