#include "term_inside.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Leave the screen to somebody else, and take it back. */
static void leave(void)
{
	term_paste(false);
	def_prog_mode();
	endwin();
}

static void come_back(void)
{
	reset_prog_mode();
	term_paste(true);
	term_fit();
	paint_forget(); /* painting brings the alternate screen and the mouse back */
}

void term_suspend(void)
{
	if (!terminal.open)
		return;
	leave();
	signals_stop();
	come_back();
}

/* ^Z in the editor stops us with it, as one job of the shell. */
static bool wait_for(pid_t child, int *status)
{
	for (;;) {
		pid_t got = waitpid(child, status, WUNTRACED);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (!WIFSTOPPED(*status))
			return true;
		raise(SIGTSTP);
		kill(child, SIGCONT);
	}
}

/* The child gets the signals as a shell would give them. */
static int start(pid_t *child, char *const argv[])
{
	posix_spawnattr_t how;
	sigset_t normal, none;
	sigemptyset(&none);
	sigemptyset(&normal);
	sigaddset(&normal, SIGINT);
	sigaddset(&normal, SIGQUIT);
	sigaddset(&normal, SIGTSTP);
	sigaddset(&normal, SIGPIPE);
	posix_spawnattr_init(&how);
	posix_spawnattr_setsigdefault(&how, &normal);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	int error = posix_spawnp(child, argv[0], NULL, &how, argv, environ);
	posix_spawnattr_destroy(&how);
	return error;
}

static bool judge(const char *name, int error, bool waited, int status, struct err *err)
{
	if (error)
		return err_set(
		    err, name, "can not be run: %s; set EDITOR", strerror(error));
	if (!waited)
		return err_set(err, name, "was lost; try again");
	if (WIFSIGNALED(status))
		return err_set(err, name,
		    "was ended by signal %d; nothing was taken over", WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return err_set(err, name, "ended with status %d; nothing was taken over",
		    WEXITSTATUS(status));
	return true;
}

bool term_run(char *const argv[], struct err *err)
{
	pid_t child;
	int status = 0;
	bool waited = false, open = terminal.open;
	if (open) {
		leave();
		signals_lend();
	}
	int error = start(&child, argv);
	if (!error)
		waited = wait_for(child, &status);
	if (open) {
		signals_back();
		come_back();
	}
	return judge(argv[0], error, waited, status, err);
}
