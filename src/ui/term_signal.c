#include "term_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * Handlers set a flag and write a byte into a pipe that poll() watches, so a
 * signal between looking at the flag and waiting is not lost. They are set up
 * before curses is, which then leaves these signals alone: its own handlers
 * exit at once and lose what was being typed.
 */
struct signals signals;

static int wake[2] = {-1, -1};

static void handle(int number)
{
	int saved = errno;
	if (number == SIGWINCH)
		signals.resized = 1;
	else if (number == SIGTSTP)
		signals.stop = 1;
	else if (number == SIGCONT)
		signals.resumed = 1;
	else
		signals.hangup = number;
	ssize_t ignored = write(wake[1], "", 1); /* full is as good as written */
	(void)ignored;
	errno = saved;
}

static const int flagged[] = {
    SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT, SIGQUIT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { FLAGGED = sizeof flagged / sizeof *flagged, FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction old_flagged[FLAGGED], old_fatal[FATAL];

static struct {
	char bytes[RESTORE_MOST];
	size_t len;
} restore;

void signals_restore_bytes(const char *bytes, size_t len)
{
	restore.len = len < sizeof restore.bytes ? len : sizeof restore.bytes;
	memcpy(restore.bytes, bytes, restore.len);
}

/* Give the terminal back with calls that are safe here, then let the signal do
 * what it would have done: a core, or a sanitizer's report. */
static void crash(int number)
{
	static const char mouse_off[] = "\033[?1006l\033[?1000l";
	ssize_t ignored = 0;
	if (terminal.mouse)
		ignored += write(terminal.out, mouse_off, sizeof mouse_off - 1);
	ignored += write(terminal.out, terminal.paste_off, strlen(terminal.paste_off));
	ignored += write(terminal.out, restore.bytes, restore.len);
	(void)ignored;
	tcsetattr(terminal.in, TCSANOW, &terminal.saved);
	for (size_t i = 0; i < FATAL; i++)
		sigaction(fatal[i], &old_fatal[i], NULL);
	raise(number); /* held back until the handler returns */
}

static void install(int number, void (*handler)(int), int flags, struct sigaction *old)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, old);
}

/* A stack overflow leaves no room for its own handler. */
static void use_own_stack(void)
{
	static char stack[64 * 1024];
	stack_t own = {.ss_sp = stack, .ss_size = sizeof stack}, before;
	if (sigaltstack(NULL, &before) == 0 && (before.ss_flags & SS_DISABLE))
		sigaltstack(&own, NULL);
}

bool signals_open(struct err *err)
{
	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
		return err_set(
		    err, "terminal", "no pipe: %s; close some files", strerror(errno));
	signals = (struct signals){0};
	restore.len = 0;
	use_own_stack();
	for (size_t i = 0; i < FLAGGED; i++)
		install(flagged[i], handle, SA_RESTART, &old_flagged[i]);
	for (size_t i = 0; i < FATAL; i++)
		install(fatal[i], crash, SA_ONSTACK, &old_fatal[i]);
	return true;
}

void signals_close(void)
{
	for (size_t i = 0; i < FLAGGED; i++)
		sigaction(flagged[i], &old_flagged[i], NULL);
	for (size_t i = 0; i < FATAL; i++)
		sigaction(fatal[i], &old_fatal[i], NULL);
	close(wake[0]);
	close(wake[1]);
	wake[0] = wake[1] = -1;
}

int signals_fd(void)
{
	return wake[0];
}

void signals_drain(void)
{
	char bytes[64];
	while (read(wake[0], bytes, sizeof bytes) > 0)
		continue;
}

/* The whole group stops, so that a shell script around us does as well. */
void signals_stop(void)
{
	install(SIGTSTP, SIG_DFL, 0, NULL);
	kill(0, SIGTSTP);
	install(SIGTSTP, handle, SA_RESTART, NULL);
	signals.stop = 0;
	signals.resumed = 0;
}

void signals_lend(void)
{
	install(SIGINT, SIG_IGN, 0, NULL);
	install(SIGQUIT, SIG_IGN, 0, NULL);
	install(SIGTSTP, SIG_DFL, 0, NULL);
}

void signals_back(void)
{
	install(SIGINT, handle, SA_RESTART, NULL);
	install(SIGQUIT, handle, SA_RESTART, NULL);
	install(SIGTSTP, handle, SA_RESTART, NULL);
	signals.stop = 0;
	signals.resumed = 0;
}
