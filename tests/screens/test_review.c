/*
 * What people write in the review, when the terminal, the program or the disk goes
 * away under it, and when others write meanwhile: test_review HUDDLE SOURCE [NAME].
 * Each test has a home of its own with the exports of cases/review.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test_term.h"

enum { SKIPPED = 77 };

static const char *huddle, *source;
static char home[64];
static int failures;

bool check(bool good, const char *what, const char *where, int line)
{
	if (!good) {
		failures++;
		printf("  FAIL %s:%d: %s\n", where, line, what);
	}
	return good;
}

static void print_screen(struct vt *t)
{
	struct str screen = STR_INIT;
	vt_text(t, &screen);
	printf("%s", str_text(&screen));
	str_release(&screen);
}

void wait_for(struct vt *t, const char *text)
{
	for (int i = 0; i < 400 && !vt_has(t, text); i++)
		vt_run(t, 25);
	if (vt_has(t, text))
		return;
	printf("  no \"%s\" in:\n", text);
	print_screen(t);
	failures++;
}

/* A command of the shell in the home; $H is the program on this file. */
static bool sh(const char *command)
{
	struct str script = STR_INIT;
	str_addf(&script,
	    "cd '%s' || exit 1; export HOME='%s' TZ=UTC LC_ALL=C.UTF-8; unset "
	    "XDG_DATA_HOME "
	    "XDG_CONFIG_HOME; H='%s --db data/h.db --today 2026-11-23'; { %s\n} "
	    ">sh.log 2>&1 || { cat sh.log; exit 1; }",
	    home, home, huddle, command);
	bool fine = system(str_text(&script)) == 0;
	str_release(&script);
	return fine;
}

/* job: under a shell, which outlives it. */
static struct vt *open_in(bool job)
{
	char db[96], *argv[8];
	snprintf(db, sizeof db, "%s/data/h.db", home);
	const char *words[] = {
	    huddle, "--db", db, "--as", "Ana", "--today", "2026-11-23", NULL};
	memcpy(argv, words, sizeof argv);
	struct vt_options options = {
	    .width = 120, .height = 40, .home = home, .job = job, .argv = argv};
	struct vt *t = vt_start(&options);
	vt_ready(t, QUIET, LIMIT);
	wait_for(t, "HCM rollout");
	return t;
}

static struct vt *open_review(void)
{
	return open_in(true);
}

static void begin(void)
{
	snprintf(home, sizeof home, "/tmp/review-XXXXXX");
	if (!mkdtemp(home)) {
		perror(home);
		exit(1);
	}
	struct str sync = STR_INIT;
	str_addf(&sync,
	    "mkdir data; $H sync --as-of 2026-11-23 '%s/tests/screens/cases/review'",
	    source);
	CHECK(sh(str_text(&sync)));
	CHECK(sh("$H --as Ana review start"));
	str_release(&sync);
}

static void end(void)
{
	CHECK(sh("$H check | grep '^All is well'"));
	CHECK(sh("rm -rf \"$HOME\""));
}

/* Every form with text in it: the keys that open it and write, what of it is seen
 * then, and the keys that open it the next time. */
static const struct form {
	const char *name, *keys, *text, *again;
} forms[] = {
    {"debrief", "od<up>half a debrief", "half a debrief", "od"},
    {"action", "ahalf an action", "half an action", "a"},
    {"decision", "vch<tab>half a decision", "half a decision", "vc"},
};
enum { FORMS = sizeof forms / sizeof *forms };

static void write_half(struct vt *t, const struct form *form)
{
	vt_keys(t, form->keys);
	wait_for(t, form->text);
	wait_for(t, "not saved");
}

static void is_offered(const struct form *form)
{
	struct vt *t = open_review();
	vt_keys(t, form->again);
	wait_for(t, "Your draft is back");
	vt_keys(t, "<up>"); /* to the last field, where it may have to be scrolled to */
	wait_for(t, form->text);
	vt_free(t);
}

/* As a shell wants it back: cooked, echoing, off the alternate screen, the cursor
 * to be seen, and nothing of pastes and clicks reported any longer. */
static void is_restored(struct vt *t, const struct termios *during)
{
	struct termios after;
	bool visible;
	int x, y;
	vt_tty(t, &after);
	vt_cursor(t, &x, &y, &visible);
	CHECK(!vt_tty_same(during, &after));
	CHECK((after.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
	CHECK((after.c_iflag & ICRNL) && (after.c_oflag & ONLCR));
	CHECK(!vt_alternate(t) && visible && !vt_mouse(t));
	struct slice raw = vt_raw(t);
	const char *off = memmem(raw.p, raw.len, "\033[?2004l", 8);
	CHECK(off != NULL);
	CHECK(off && !memmem(off, raw.len - (size_t)(off - raw.p), "\033[?2004h", 8));
}

static void ended_by(const struct form *form, int number, const char *called)
{
	struct termios during;
	int status = 0;
	begin();
	struct vt *t = open_review();
	write_half(t, form);
	vt_tty(t, &during);
	kill(vt_pid(t), number);
	CHECK(vt_exited(t, LIMIT, &status));
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 128 + number);
	is_restored(t, &during);
	vt_free(t);
	is_offered(form);
	end();
	printf("  %s, %s: status %d\n", form->name, called, WEXITSTATUS(status));
}

static void test_hang_ups(void)
{
	for (int i = 0; i < FORMS; i++)
		ended_by(&forms[i], SIGHUP, "SIGHUP");
}

static void test_terminations(void)
{
	for (int i = 0; i < FORMS; i++)
		ended_by(&forms[i], SIGTERM, "SIGTERM");
}

static void test_interrupts(void)
{
	for (int i = 0; i < FORMS; i++)
		ended_by(&forms[i], SIGINT, "SIGINT");
}

/* Typed, it is a key: the program asks, y leaves, and it was no failure. */
static void test_ctrl_c(void)
{
	for (int i = 0; i < FORMS; i++) {
		struct termios during;
		int status = -1;
		begin();
		struct vt *t = open_review();
		write_half(t, &forms[i]);
		vt_tty(t, &during);
		vt_keys(t, "<ctrl-c>");
		wait_for(t, "Leave?");
		vt_keys(t, "y");
		CHECK(vt_exited(t, LIMIT, &status));
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
		is_restored(t, &during);
		vt_free(t);
		is_offered(&forms[i]);
		end();
	}
}

/* The window is closed under it. */
static void test_windows(void)
{
	for (int i = 0; i < FORMS; i++) {
		int status = 0;
		begin();
		struct vt *t = open_in(false);
		write_half(t, &forms[i]);
		vt_hang_up(t);
		CHECK(vt_exited(t, LIMIT, &status));
		CHECK(WIFEXITED(status) &&
		      (WEXITSTATUS(status) == 129 || WEXITSTATUS(status) == 1));
		vt_free(t);
		is_offered(&forms[i]);
		end();
	}
}

/* Nothing can be done about this one; but two quiet seconds saved the text. */
static void test_kills(void)
{
	for (int i = 0; i < FORMS; i++) {
		int status = 0;
		begin();
		struct vt *t = open_review();
		write_half(t, &forms[i]);
		vt_run(t, 3500);
		kill(vt_pid(t), SIGKILL);
		CHECK(vt_exited(t, LIMIT, &status));
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		vt_free(t);
		is_offered(&forms[i]);
		end();
	}
}

/* No room left while a form is saved: the text stays in it, the words say what to
 * do, and the same key saves it when there is room again. */
static void test_full_disk(void)
{
	static const char *const keys[FORMS] = {"odn<tab><tab>pt<up>half a debrief",
	    "ahalf an action<tab><tab>Tom", "vch<tab>half a decision"};
	static const char *const done[FORMS] = {
	    "Filed the debrief", "Added: half an action", "Decided: hold"};
	for (int i = 0; i < FORMS; i++) {
		char data[96];
		begin();
		snprintf(data, sizeof data, "%s/data", home);
		CHECK(sh("mv data kept; mkdir data"));
		if (mount("tmpfs", data, "tmpfs", 0, "size=2m") != 0) {
			CHECK(sh("rm -rf \"$HOME\""));
			printf("skipped: file systems can not be mounted here\n");
			exit(SKIPPED);
		}
		CHECK(sh("cp -p kept/* data"));
		struct vt *t = open_review();
		vt_keys(t, keys[i]);
		wait_for(t, forms[i].text);
		CHECK(sh("head -c 3000000 /dev/zero >data/ballast || true"));
		vt_keys(t, "<ctrl-s>");
		if (i == 1) /* nobody is known as Tom */
			vt_keys(t, "<ctrl-s>");
		wait_for(t, "make room and try again");
		CHECK(vt_has(t, forms[i].text) && vt_has(t, "not saved"));
		CHECK(sh("rm data/ballast"));
		vt_keys(t, "<ctrl-s>");
		wait_for(t, done[i]);
		vt_free(t);
		CHECK(sh("$H check | grep '^All is well'"));
		/* The program may be ending still. */
		CHECK(umount2(data, MNT_DETACH) == 0);
		CHECK(sh("rm -rf data; mv kept data"));
		end();
	}
}

/* What somebody else writes, and what of it must come up by itself. */
static const struct news {
	const char *what, *command, *seen;
} news[] = {
    {"an action on this deal", "action add Acme --owner Tom --text \"call the CFO\"",
        "call the CFO"},
    {"an action on another", "action add HCM --owner Tom --text two", "Globex    1a"},
    {"a decision on this deal", "review decide Acme hold --text \"wait for legal\"",
        "1 of 5 decided"},
    {"a decision on another", "review decide HCM hold --text \"wait for them\"",
        "2 of 5 decided"},
    {"a debrief of another", "debrief Umbrella --from d.txt", "debriefs 100%"},
};

/* Waits at most ten seconds; returns how many ms it took, the program's included. */
static long seen_after(struct vt *t, const struct news *one)
{
	struct str command = STR_INIT;
	long start = vt_now();
	CHECK(!vt_has(t, one->seen));
	str_addf(&command, "$H --as Tom %s &", one->command);
	CHECK(sh(str_text(&command)));
	str_release(&command);
	while (!vt_has(t, one->seen) && vt_now() - start < LIMIT)
		vt_run(t, 5);
	if (!CHECK(vt_has(t, one->seen)))
		print_screen(t);
	printf("  %s: seen after %ld ms\n", one->what, vt_now() - start);
	return vt_now() - start;
}

/* The cursor is in the row of this deal, and its facts are beside the list. */
static void is_on(struct vt *t, const char *deal, const char *facts)
{
	struct str row = STR_INIT;
	bool visible;
	int x, y;
	vt_run(t, QUIET);
	vt_cursor(t, &x, &y, &visible);
	vt_row(t, y, &row);
	CHECK(strstr(str_text(&row), deal) != NULL);
	CHECK(vt_has(t, facts));
	str_release(&row);
}

static void test_others(void)
{
	static const struct news own = {
	    "a debrief of this deal", "debrief Umbrella --from d.txt", "debriefs 100%"};
	begin();
	CHECK(sh("printf 'outcome = no-decision\\nprimary = other\\n' >d.txt"));
	struct vt *t = open_review();
	vt_keys(t, "vj");
	wait_for(t, "deal 2/5");
	for (size_t i = 0; i < sizeof news / sizeof *news; i++) {
		seen_after(t, &news[i]);
		is_on(t, "Acme: platform renewal", "Acme: platform renewal   $240,000");
		CHECK(vt_has(t, "deal 2/5"));
	}
	vt_free(t);
	CHECK(sh("$H --as Tom undo"));
	t = open_review();
	vt_keys(t, "ooo"); /* from the agenda, to which it came back */
	wait_for(t, "debrief missing");
	seen_after(t, &own);
	is_on(t, "Umbrella: payroll", "Umbrella: payroll   $120,000");
	CHECK(!vt_has(t, "debrief missing"));
	vt_free(t);
	end();
}

/* A decision belongs to a review: with none open it stays in its form, and is saved
 * in the next one. */
static void test_ended(void)
{
	begin();
	struct vt *t = open_review();
	write_half(t, &forms[2]);
	CHECK(sh("$H --as Tom review end"));
	vt_keys(t, "<ctrl-s>");
	wait_for(t, "No review is open any more and nothing was saved");
	CHECK(vt_has(t, "half a decision") && vt_has(t, "not saved"));
	CHECK(sh("! $H log | grep decided"));
	CHECK(sh("$H --as Tom review start"));
	vt_keys(t, "<ctrl-s>");
	wait_for(t, "Decided: hold");
	CHECK(sh("$H review show | grep 'half a decision'"));
	vt_free(t);
	end();
}

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
    {"hang-ups", test_hang_ups},
    {"terminations", test_terminations},
    {"interrupts", test_interrupts},
    {"ctrl-c", test_ctrl_c},
    {"windows", test_windows},
    {"kills", test_kills},
    {"full-disk", test_full_disk},
    {"others", test_others},
    {"ended", test_ended},
};

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: test_review HUDDLE SOURCE [NAME]\n");
		return 2;
	}
	huddle = argv[1];
	source = argv[2];
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		if (argc > 3 && strcmp(argv[3], tests[i].name) != 0)
			continue;
		int before = failures;
		tests[i].run();
		printf("%s %s\n", failures == before ? "ok  " : "FAIL", tests[i].name);
		fflush(stdout);
	}
	return failures != 0;
}
