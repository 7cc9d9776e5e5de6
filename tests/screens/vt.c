#include "vt_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

long vt_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void die(const char *what)
{
	fprintf(stderr, "vt: %s: %s\n", what, strerror(errno));
	exit(99);
}

static int on_property(VTermProp property, VTermValue *value, void *arg)
{
	struct vt *t = arg;
	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		t->visible = value->boolean;
	return 1;
}

static void on_output(const char *bytes, size_t len, void *arg)
{
	struct vt *t = arg;
	vt_send(t, bytes, len);
}

/* libvterm 0.1 writes beyond its one column when a wide letter comes, as one
 * may that was on its way when the window shrank. */
static int at_least_two(int width)
{
	return width < 2 ? 2 : width;
}

static void open_screen(struct vt *t, int width, int height)
{
	static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
	t->width = width;
	t->height = height;
	t->vterm = vterm_new(height, at_least_two(width));
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, on_output, t);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	t->visible = true;
	vterm_screen_reset(t->screen, 1);
}

/* What the tests themselves need to find tools and report leaks is passed on. */
static const char *const kept[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS",
    "LSAN_OPTIONS", "LLVM_PROFILE_FILE", "GCOV_PREFIX", "LD_LIBRARY_PATH"};

static char **environment(const struct vt_options *o)
{
	enum { MOST = 64 };
	char **env = xcalloc(MOST, sizeof *env);
	int count = 0;
	struct str line = STR_INIT;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		if (!getenv(kept[i]))
			continue;
		str_clear(&line);
		str_addf(&line, "%s=%s", kept[i], getenv(kept[i]));
		env[count++] = xstrdup(line.p);
	}
	str_clear(&line);
	str_addf(&line, "TERM=%s\nLC_ALL=%s\nHOME=%s\nTZ=UTC\nUSER=tester",
	    o->term ? o->term : "xterm-256color", o->locale ? o->locale : "C.UTF-8",
	    o->home ? o->home : "/nonexistent");
	char *rest = line.p;
	for (char *one; (one = strsep(&rest, "\n"));)
		env[count++] = xstrdup(one);
	for (int i = 0; o->env && o->env[i] && count < MOST - 1; i++)
		env[count++] = xstrdup(o->env[i]);
	str_release(&line);
	return env;
}

static void run(const struct vt_options *o, char **env)
{
	for (int number = 1; number < 32; number++)
		signal(number, SIG_DFL);
	execve(o->argv[0], o->argv, env);
	fprintf(stderr, "vt: %s: %s\n", o->argv[0], strerror(errno));
	_exit(127);
}

/* What a shell with job control does with one job in the foreground: report
 * each change, take the terminal when it stops, continue it when asked to. */
static void shell(pid_t job, int report, int command)
{
	struct termios modes;
	int status;
	char byte;
	signal(SIGTTOU, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	setpgid(job, job);
	tcsetpgrp(0, job);
	tcgetattr(0, &modes);
	if (write(report, &job, sizeof job) != sizeof job)
		_exit(98);
	while (waitpid(job, &status, WUNTRACED) == job) {
		tcsetpgrp(0, getpgrp());
		if (write(report, &status, sizeof status) != sizeof status)
			_exit(98);
		if (!WIFSTOPPED(status))
			_exit(0);
		if (read(command, &byte, 1) != 1)
			_exit(0);
		tcsetattr(0, TCSADRAIN, &modes); /* as bash does: fg must cope */
		tcsetpgrp(0, job);
		kill(-job, SIGCONT);
	}
	_exit(0);
}

static void child(
    const struct vt_options *o, char **env, int slave, int report, int command)
{
	login_tty(slave);
	if (!o->job)
		run(o, env);
	pid_t job = fork();
	if (job == 0) {
		close(report);
		close(command);
		setpgid(0, 0);
		while (tcgetpgrp(0) != getpid())
			usleep(1000);
		run(o, env);
	}
	shell(job, report, command);
}

static void open_job(struct vt *t, int report[2], int command[2])
{
	close(report[1]);
	close(command[0]);
	t->report = report[0];
	t->command = command[1];
	if (read(t->report, &t->job, sizeof t->job) != sizeof t->job)
		die("job");
}

struct vt *vt_start(const struct vt_options *o)
{
	struct vt *t = xcalloc(1, sizeof *t);
	struct winsize size = {
	    .ws_col = (unsigned short)o->width, .ws_row = (unsigned short)o->height};
	int report[2] = {-1, -1}, command[2] = {-1, -1};
	t->report = t->command = -1;
	if (openpty(&t->master, &t->slave, NULL, NULL, &size) != 0)
		die("openpty");
	if (o->job && (pipe2(report, O_CLOEXEC) != 0 || pipe2(command, O_CLOEXEC) != 0))
		die("pipe");
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	open_screen(t, o->width, o->height);
	char **env = environment(o);
	t->pid = fork();
	if (t->pid < 0)
		die("fork");
	if (t->pid == 0) {
		close(t->master);
		child(o, env, t->slave, report[1], command[0]);
	}
	t->job = t->pid;
	if (o->job)
		open_job(t, report, command);
	for (char **p = env; *p; p++)
		free(*p);
	free(env);
	return t;
}

void vt_free(struct vt *t)
{
	int status;
	if (t->report >= 0 && !t->done)
		kill(t->job, SIGKILL);
	if (t->report >= 0 || !t->done) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, &status, 0);
	}
	const int fds[] = {t->master, t->slave, t->report, t->command};
	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
		if (fds[i] >= 0)
			close(fds[i]);
	}
	vterm_free(t->vterm);
	str_release(&t->raw);
	free(t);
}

bool vt_pump(struct vt *t, int ms)
{
	char bytes[8192];
	struct pollfd ready = {.fd = t->master, .events = POLLIN};
	if (t->master < 0 || poll(&ready, 1, ms) <= 0)
		return false;
	ssize_t n = read(t->master, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	str_add(&t->raw, bytes, (size_t)n);
	vterm_input_write(t->vterm, bytes, (size_t)n);
	return true;
}

size_t vt_run(struct vt *t, int ms)
{
	size_t before = t->raw.len;
	long end = vt_now() + ms;
	for (long left = ms; left > 0; left = end - vt_now())
		vt_pump(t, (int)left);
	return t->raw.len - before;
}

bool vt_settle(struct vt *t, int quiet, int deadline)
{
	long end = vt_now() + deadline;
	bool any = false;
	for (;;) {
		long left = end - vt_now();
		if (left <= 0)
			return false;
		long wait = any && quiet < left ? quiet : left;
		if (vt_pump(t, (int)wait))
			any = true;
		else if (any)
			return true;
	}
}

bool vt_ready(struct vt *t, int quiet, int deadline)
{
	long end = vt_now() + deadline;
	struct termios modes;
	int status;
	while (vt_tty(t, &modes) && (modes.c_lflag & ICANON) && vt_now() < end &&
	       !vt_exited(t, 0, &status))
		vt_run(t, 5);
	if (!t->raw.len)
		return vt_settle(t, quiet, (int)(end - vt_now()));
	while (vt_now() < end) {
		if (!vt_pump(t, quiet))
			return true;
	}
	return false;
}

static long now_us(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

long vt_latency(struct vt *t, const char *bytes, int quiet)
{
	long before = now_us(), last = -1;
	struct pollfd ready = {.fd = t->master, .events = POLLIN};
	vt_send(t, bytes, strlen(bytes));
	while (poll(&ready, 1, last < 0 ? 2000 : quiet) > 0) {
		last = now_us() - before;
		if (!vt_pump(t, 0))
			break;
	}
	return last;
}

void vt_send(struct vt *t, const char *bytes, size_t len)
{
	while (len > 0 && t->master >= 0) {
		ssize_t n = write(t->master, bytes, len);
		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

void vt_resize(struct vt *t, int width, int height)
{
	struct winsize size = {
	    .ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
	t->width = width;
	t->height = height;
	vterm_set_size(t->vterm, height, at_least_two(width));
	ioctl(t->master, TIOCSWINSZ, &size); /* the kernel sends SIGWINCH */
}

pid_t vt_pid(struct vt *t)
{
	return t->job;
}

static void note(struct vt *t, int status)
{
	t->stopped = WIFSTOPPED(status);
	if (!t->stopped) {
		t->done = true;
		t->status = status;
	}
}

/* Output is taken in while waiting: a full pty would hold the program back. */
static void poll_status(struct vt *t)
{
	int status;
	if (t->done)
		return;
	if (t->report < 0) {
		if (waitpid(t->pid, &status, WNOHANG) == t->pid)
			note(t, status);
		return;
	}
	struct pollfd ready = {.fd = t->report, .events = POLLIN};
	if (poll(&ready, 1, 0) > 0 && read(t->report, &status, sizeof status) > 0)
		note(t, status);
}

bool vt_exited(struct vt *t, int deadline, int *status)
{
	long end = vt_now() + deadline;
	for (;;) {
		poll_status(t);
		if (t->done || vt_now() >= end)
			break;
		if (!vt_pump(t, 5) && t->master < 0)
			usleep(5000);
	}
	while (t->done && vt_pump(t, 20))
		continue;
	if (t->done)
		*status = t->status;
	return t->done;
}

bool vt_stopped(struct vt *t, int deadline)
{
	long end = vt_now() + deadline;
	while (!t->stopped && !t->done && vt_now() < end) {
		vt_pump(t, 5);
		poll_status(t);
	}
	while (t->stopped && vt_pump(t, 20))
		continue;
	return t->stopped;
}

void vt_continue(struct vt *t)
{
	t->stopped = false;
	if (write(t->command, "", 1) != 1)
		die("continue");
}

bool vt_tty(struct vt *t, struct termios *out)
{
	return tcgetattr(t->slave, out) == 0;
}

bool vt_tty_same(const struct termios *a, const struct termios *b)
{
	return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag &&
	       a->c_cflag == b->c_cflag && a->c_lflag == b->c_lflag &&
	       !memcmp(a->c_cc, b->c_cc, sizeof a->c_cc);
}

void vt_hang_up(struct vt *t)
{
	close(t->master);
	t->master = -1;
}
