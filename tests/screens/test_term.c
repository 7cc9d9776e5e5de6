/*
 * What a terminal must go through with the room ui, seen from its side:
 * test_term DEMO [NAME]. A plain main(): one process per program under test.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "test_term.h"

static const char *demo;
static int failures;

bool check(bool good, const char *what, const char *where, int line)
{
	if (!good) {
		failures++;
		printf("  FAIL %s:%d: %s\n", where, line, what);
	}
	return good;
}

struct vt *start_with(const char *mode, struct vt_options options)
{
	char *argv[] = {(char *)demo, (char *)mode, NULL};
	options.argv = argv;
	if (!options.width) {
		options.width = 80;
		options.height = 24;
	}
	struct vt *t = vt_start(&options);
	vt_ready(t, QUIET, LIMIT);
	return t;
}

struct vt *start(void)
{
	return start_with("show", (struct vt_options){0});
}

static bool contains(struct slice raw, const char *bytes, size_t len)
{
	return raw.len >= len && memmem(raw.p, raw.len, bytes, len) != NULL;
}

bool sent(struct vt *t, const char *bytes)
{
	return contains(vt_raw(t), bytes, strlen(bytes));
}

void wait_for(struct vt *t, const char *text)
{
	for (int i = 0; i < 200 && !vt_has(t, text); i++)
		vt_run(t, 25);
	if (!vt_has(t, text)) {
		struct str screen = STR_INIT;
		vt_text(t, &screen);
		printf("  no \"%s\" in:\n%s", text, str_text(&screen));
		str_release(&screen);
		failures++;
	}
}

void finish(struct vt *t)
{
	int status = -1;
	vt_keys(t, "q");
	CHECK(vt_exited(t, LIMIT, &status) && WIFEXITED(status) &&
	      WEXITSTATUS(status) == 0);
	if (status)
		printf("  status %x: %.3000s\n", (unsigned)status, vt_raw(t).p);
	vt_free(t);
}

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
    {"keys", test_keys},
    {"esc", test_esc_quick},
    {"restores", test_restores},
    {"crashes", test_crashes},
    {"suspend", test_suspend},
    {"suspend-alone", test_suspend_alone},
    {"resize", test_resize},
    {"tiny", test_starts_tiny},
    {"unknown-term", test_unknown_term},
    {"terms", test_terms},
    {"colors", test_colors},
    {"ascii", test_ascii},
    {"hostile", test_hostile},
    {"wide", test_wide},
    {"idle", test_idle},
    {"cursor", test_cursor},
    {"mouse", test_mouse},
    {"copy", test_copy},
    {"run", test_run},
    {"hang-up", test_hang_up},
    {"env-size", test_env_size},
    {"paste", test_paste},
    {"noise", test_noise},
    {"latency", test_latency},
};

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: test_term DEMO [NAME]\n");
		return 2;
	}
	demo = argv[1];
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		if (argc > 2 && strcmp(argv[2], tests[i].name) != 0)
			continue;
		int before = failures;
		tests[i].run();
		printf("%s %s\n", failures == before ? "ok  " : "FAIL", tests[i].name);
		fflush(stdout);
	}
	return failures != 0;
}
