/*
 * Golden screens: screens [NAME=PROGRAM ...] CASE ...
 * A case is a text file:
 *   program: demo              a NAME given above; the first one if left out
 *   size: 80x24                80x24 if left out
 *   locale: C.UTF-8
 *   term: xterm-256color
 *   env: NO_COLOR=1            may be repeated
 *   before: COMMAND            /bin/sh, in the scratch home; $PROGRAM, $SOURCE_DIR
 *   args: show --today 2026-11-23
 *   keys: jj<enter>            may be repeated; see vt_keys()
 *   looks: yes                 also expect the looks of the cells
 *   ---
 *   the screen, blanks at line ends and empty rows at the end left out
 *   ---
 *   cursor: 0,3                or "cursor: none"; then "exit: N" if it ended
 * Lines that start with # before the first --- are comments. UPDATE=1 writes
 * what is seen as what is expected.
 */
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vt.h"

enum { ENV_MOST = 32, ARGS_MOST = 64, PROGRAMS_MOST = 8 };
/* A busy machine is slow, not wrong: a screen has this long to become right. */
enum {
	QUIET_MS = 60,
	LONG_QUIET_MS = 400,
	START_MS = 20000,
	RIGHT_MS = 8000,
	END_MS = 10000
};
enum { SANITIZER_STATUS = 86 };

struct program {
	const char *name, *path;
};

struct test_case {
	struct str head; /* the lines before the first ---, as they are */
	struct str text, keys, before, expected;
	const char *env[ENV_MOST + 1];
	char *argv[ARGS_MOST + 1];
	char *program, *locale, *term, *args;
	int width, height, env_count;
	bool looks;
};

static bool read_file(const char *path, struct str *out)
{
	char bytes[4096];
	FILE *file = fopen(path, "r");
	if (!file) {
		perror(path);
		return false;
	}
	for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;)
		str_add(out, bytes, n);
	fclose(file);
	return true;
}

static bool set_size(struct test_case *c, const char *value)
{
	return sscanf(value, "%dx%d", &c->width, &c->height) == 2;
}

static bool add_line(struct str *out, const char *value)
{
	if (out->len)
		str_addc(out, '\n');
	str_adds(out, value);
	return true;
}

static bool set_key(struct test_case *c, const char *key, char *value)
{
	if (!strcmp(key, "size"))
		return set_size(c, value);
	if (!strcmp(key, "program"))
		return (c->program = value) != NULL;
	if (!strcmp(key, "locale"))
		return (c->locale = value) != NULL;
	if (!strcmp(key, "term"))
		return (c->term = value) != NULL;
	if (!strcmp(key, "args"))
		return (c->args = value) != NULL;
	if (!strcmp(key, "looks"))
		return c->looks = true;
	if (!strcmp(key, "before"))
		return add_line(&c->before, value);
	if (!strcmp(key, "keys"))
		return add_line(&c->keys, value);
	if (!strcmp(key, "env") && c->env_count < ENV_MOST)
		return (c->env[c->env_count++] = value) != NULL;
	return false;
}

/* Blanks separate; double quotes keep them together. */
static void split_args(struct test_case *c)
{
	int count = 1;
	for (char *p = c->args; p && *p && count < ARGS_MOST;) {
		p += strspn(p, " ");
		bool quoted = *p == '"';
		char *start = quoted ? ++p : p;
		p += strcspn(p, quoted ? "\"" : " ");
		if (p == start && !*p && !quoted)
			break;
		if (*p)
			*p++ = '\0';
		c->argv[count++] = start;
	}
	c->argv[count] = NULL;
}

static bool parse_head(struct test_case *c, const char *path, char *text)
{
	for (char *line; (line = strsep(&text, "\n"));) {
		char *value = strchr(line, ':');
		if (!*line || *line == '#')
			continue;
		if (value)
			*value++ = '\0';
		if (!value || !set_key(c, line, value + strspn(value, " "))) {
			fprintf(stderr, "%s: cannot read \"%s\"\n", path, line);
			return false;
		}
	}
	split_args(c);
	return true;
}

static bool case_read(struct test_case *c, const char *path)
{
	struct str whole = STR_INIT;
	*c = (struct test_case){.width = 80, .height = 24};
	if (!read_file(path, &whole))
		return false;
	str_addc(&whole, '\n');
	char *split = strstr(str_text(&whole), "\n---\n");
	size_t head = split ? (size_t)(split - whole.p) : whole.len - 1;
	size_t end = head;
	while (end > 0 && whole.p[end - 1] == '\n')
		end--;
	str_add(&c->head, whole.p, end);
	str_add(&c->text, whole.p, end);
	if (split)
		str_add(&c->expected, split + 5, whole.len - head - 6);
	str_release(&whole);
	return parse_head(c, path, c->text.p);
}

static void case_release(struct test_case *c)
{
	struct str *all[] = {&c->head, &c->text, &c->keys, &c->before, &c->expected};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		str_release(all[i]);
}

static char look_letter(struct vt_cell cell)
{
	if (!cell.bg_default || cell.reverse)
		return cell.reverse ? 'R' : 'B';
	if (!cell.fg_default)
		return cell.bold ? 'C' : 'c';
	if (cell.underline)
		return 'u';
	return cell.bold ? 'b' : '.';
}

/* R reversed, B background, C bold colour, c colour, u underline, b bold. */
static void add_looks(struct vt *t, const struct test_case *c, struct str *out)
{
	str_adds(out, "---\n");
	for (int y = 0; y < c->height; y++) {
		size_t end = out->len;
		for (int x = 0; x < c->width; x++) {
			char letter = look_letter(vt_cell(t, x, y));
			str_addc(out, letter);
			if (letter != '.')
				end = out->len;
		}
		out->len = end;
		str_addc(out, '\n');
	}
}

/* The clock of a meeting goes on while it is looked at: the last digit of a time
 * in the top line is no part of a golden screen. */
static void hold_clock(char *text)
{
	for (; *text && *text != '\n'; text++)
		if (text[0] >= '0' && text[0] <= '9' && text[1] == ':' &&
		    text[2] >= '0' && text[2] <= '5' && text[3] >= '0' && text[3] <= '9')
			text[3] = '0';
}

static void see(struct vt *t, const struct test_case *c, struct str *out)
{
	int x, y, status;
	bool visible;
	str_clear(out);
	vt_text(t, out);
	if (out->len)
		hold_clock(out->p);
	if (c->looks)
		add_looks(t, c, out);
	vt_cursor(t, &x, &y, &visible);
	if (visible)
		str_addf(out, "---\ncursor: %d,%d\n", x, y);
	else
		str_adds(out, "---\ncursor: none\n");
	if (vt_exited(t, 0, &status))
		str_addf(out, "exit: %d\n",
		    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/* Without UPDATE: wait for the right screen; with it: for a quiet one. */
static void watch(struct vt *t, const struct test_case *c, bool update, struct str *seen)
{
	vt_settle(t, update ? LONG_QUIET_MS : QUIET_MS, update ? 1500 : 500);
	see(t, c, seen);
	for (long waited = 0; !update && waited < RIGHT_MS; waited += 50) {
		if (slice_is((struct slice){seen->p, seen->len}, str_text(&c->expected)))
			break;
		vt_run(t, 50);
		see(t, c, seen);
	}
}

static void print_diff(const char *path, const char *expected, const char *seen)
{
	struct slice a = slice_of(expected), b = slice_of(seen), left, right;
	printf("%s: the screen differs (- expected, + seen)\n", path);
	for (int row = 0;; row++) {
		bool more_a = slice_cut(&a, '\n', &left),
		     more_b = slice_cut(&b, '\n', &right);
		if (!more_a && !more_b)
			break;
		if (more_a && more_b && slice_eq(left, right)) {
			printf("   %3d | %.*s\n", row, (int)left.len, left.p);
			continue;
		}
		if (more_a)
			printf(" - %3d | %.*s\n", row, (int)left.len, left.p);
		if (more_b)
			printf(" + %3d | %.*s\n", row, (int)right.len, right.p);
	}
}

static bool write_case(
    const char *path, const struct test_case *c, const struct str *seen)
{
	FILE *file = fopen(path, "w");
	if (!file) {
		perror(path);
		return false;
	}
	fprintf(file, "%s\n---\n%s", str_text(&c->head), str_text(seen));
	printf("%s: written\n", path);
	return fclose(file) == 0;
}

static int remove_one(
    const char *path, const struct stat *info, int kind, struct FTW *where)
{
	(void)info, (void)kind, (void)where;
	return remove(path);
}

/* The commands of "before" see the same home and locale as the program. */
static bool prepare(const struct test_case *c, const char *home, const char *program)
{
	struct str script = STR_INIT;
	if (!c->before.len)
		return true;
	str_addf(&script,
	    "set -e; cd '%s'; export HOME='%s' PROGRAM='%s' TZ=UTC LC_ALL=C.UTF-8\n"
	    "unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_STATE_HOME\n",
	    home, home, program);
	for (int i = 0; i < c->env_count; i++)
		str_addf(&script, "export '%s'\n", c->env[i]);
	str_addf(&script, "{ %s\n} >before.log 2>&1 || { cat before.log >&2; exit 1; }\n",
	    c->before.p);
	bool ok = system(script.p) == 0;
	str_release(&script);
	return ok;
}

static struct vt *start(struct test_case *c, const char *home, const char *program)
{
	c->argv[0] = (char *)program;
	if (chdir(home) != 0)
		return NULL;
	struct vt_options options = {.width = c->width,
	    .height = c->height,
	    .locale = c->locale,
	    .term = c->term,
	    .home = home,
	    .env = c->env,
	    .argv = c->argv};
	return vt_start(&options);
}

/* End the program as a closing terminal would; a sanitizer that found something
 * says so by the exit status, and so does one that hangs. */
static bool ends_well(struct vt *t, const char *path)
{
	int status;
	if (vt_exited(t, 0, &status))
		return !WIFEXITED(status) || WEXITSTATUS(status) != SANITIZER_STATUS;
	vt_forget(t);
	kill(vt_pid(t), SIGTERM);
	bool ended = vt_exited(t, END_MS, &status);
	if (ended && WIFEXITED(status) && WEXITSTATUS(status) != SANITIZER_STATUS)
		return true;
	printf("%s: %s\n%.4000s\n", path,
	    ended ? "did not end well" : "did not end on SIGTERM", vt_raw(t).p);
	return false;
}

static bool run_case(const char *path, const char *program)
{
	struct test_case c;
	struct str seen = STR_INIT;
	char home[] = "/tmp/screens-XXXXXX";
	bool update = getenv("UPDATE") != NULL, ok = false;
	if (!case_read(&c, path))
		return false;
	if (mkdtemp(home) && prepare(&c, home, program)) {
		struct vt *t = start(&c, home, program);
		vt_ready(t, QUIET_MS, START_MS);
		vt_keys(t, str_text(&c.keys));
		watch(t, &c, update, &seen);
		ok = slice_is((struct slice){seen.p, seen.len}, str_text(&c.expected));
		bool well = ends_well(t, path);
		vt_free(t);
		if (!ok && update)
			ok = write_case(path, &c, &seen);
		else if (!ok)
			print_diff(path, str_text(&c.expected), str_text(&seen));
		ok = ok && well;
	}
	nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	str_release(&seen);
	case_release(&c);
	return ok;
}

/* Which program a case names; read on its own, before the case is run. */
static const char *program_of(const char *path, const struct program *programs, int count)
{
	struct test_case c;
	const char *found = NULL;
	if (case_read(&c, path)) {
		for (int i = 0; i < count && !found; i++) {
			if (!c.program || !strcmp(c.program, programs[i].name))
				found = programs[i].path;
		}
		if (!found)
			fprintf(stderr, "%s: no program %s\n", path, c.program);
	}
	case_release(&c);
	return found;
}

static char *absolute(const char *path)
{
	char *full = realpath(path, NULL);
	if (!full) {
		perror(path);
		exit(2);
	}
	return full;
}

int main(int argc, char **argv)
{
	struct program programs[PROGRAMS_MOST];
	int count = 0, failed = 0;
	setenv("ASAN_OPTIONS", "exitcode=86:detect_leaks=1", 1);
	setenv("UBSAN_OPTIONS", "exitcode=86:print_stacktrace=1", 1);
	for (int i = 1; i < argc; i++) {
		char *equals = strchr(argv[i], '=');
		if (equals && count < PROGRAMS_MOST) {
			*equals = '\0';
			programs[count++] =
			    (struct program){argv[i], absolute(equals + 1)};
			continue;
		}
		char *path = absolute(argv[i]);
		const char *program = program_of(path, programs, count);
		bool ok = program && run_case(path, program);
		printf("%s %s\n", ok ? "ok  " : "FAIL", argv[i]);
		failed += !ok;
		free(path);
	}
	for (int i = 0; i < count; i++)
		free((char *)programs[i].path);
	return failed != 0;
}
