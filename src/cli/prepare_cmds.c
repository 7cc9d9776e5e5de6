#include "aside.h"
#include "counts.h"

#include "huddle/attribution_sums.h"
#include "huddle/scorecard.h"
#include "huddle/store_scorecard.h"
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

/*
 * prepare: work out and keep what follows from the facts and takes a moment, so that
 * nobody waits for it in the meeting. A sync of many facts leaves it running.
 */

extern char **environ;

/* Some seconds for millions of touches: slip risk beside the others. */
static bool count_sums(struct cli *cli, void *arg, struct err *err)
{
	struct scorecard_ask ask;
	struct scorecard_input *in = arena_alloc(&cli->arena, sizeof *in);
	struct scorecard *card = arena_alloc(&cli->arena, sizeof *card);
	struct attribution *sums = arena_alloc(&cli->arena, sizeof *sums);
	struct arena more = ARENA_INIT;
	(void)arg;
	bool fine = cli_count_scorecard(cli, &ask, in, card, err) &&
	            cli_count_attribution(cli, &more, sums, err);
	arena_release(&more);
	return fine;
}

int cmd_prepare(struct cli *cli, struct err *err)
{
	struct aside aside;
	if (!cli->info.has_facts) {
		err_set(err, "prepare", "nothing is synced yet; run huddle sync FILES");
		return err->status;
	}
	if (store_read_only(cli->store) && cli_has(cli, OPT_READ_ONLY)) {
		err_usage(err, "--read-only", "nothing could be kept; leave it out");
		return err->status;
	}
	aside_begin(&aside, cli, count_sums, NULL);
	bool learned = cli_learn(cli, err);
	bool fine = aside_end(&aside, cli, err) && learned;
	aside_release(&aside);
	if (fine)
		report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "prepared",
		    "Slip risk, scorecard and attribution of today are worked out");
	return fine ? EXIT_OK : err->status;
}

static const char *self(struct cli *cli)
{
	enum { LONGEST = 4096 };
	char *path = arena_alloc(&cli->arena, LONGEST);
	ssize_t len = readlink("/proc/self/exe", path, LONGEST - 1);
	return len > 0 ? path : NULL;
}

static void add_option(struct cli *cli, char **argv, int *n, enum option option)
{
	if (!cli_has(cli, option))
		return;
	argv[(*n)++] = arena_printf(
	    &cli->arena, "--%s=%s", option_infos[option].name, cli->value[option]);
}

/* In a session of its own, so that it does not end with the terminal, and with none of
 * its descriptors, so that nobody who reads what the sync prints waits for its end. */
static void leave_running(const char *program, char *const argv[])
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	pid_t child;
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&how);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSID);
	/* When it can not be had it is worked out when somebody asks. */
	posix_spawn(&child, program, &files, &how, argv, environ);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
}

void cli_prepare_later(struct cli *cli)
{
	enum { MANY = 50 * 1000 }; /* from which on it takes a noticeable while */
	struct err ignored = ERR_INIT;
	struct store_info info;
	const char *program = self(cli);
	char *argv[8] = {
	    arena_strdup(&cli->arena, "huddle"), arena_strdup(&cli->arena, "prepare")};
	int n = 2;
	if (!program || !store_info(cli->store, &info, &ignored) ||
	    info.touches + info.activities < MANY)
		return;
	add_option(cli, argv, &n, OPT_DB);
	add_option(cli, argv, &n, OPT_TODAY);
	add_option(cli, argv, &n, OPT_AS);
	add_option(cli, argv, &n, OPT_CONFIG);
	leave_running(program, argv);
}
