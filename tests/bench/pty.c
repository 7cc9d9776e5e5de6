#include "pty.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CANNOT_RUN = 127, LONGEST_MS = 20000, STOP_MS = 1000 };

double pty_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

bool pty_start(struct pty *p, int width, int height, char **command)
{
	struct winsize size = {
	    .ws_col = (unsigned short)width, .ws_row = (unsigned short)height};
	*p = (struct pty){.started = pty_now()};
	p->pid = forkpty(&p->master, NULL, NULL, &size);
	if (p->pid == 0) {
		execvp(command[0], command);
		perror(command[0]);
		_exit(CANNOT_RUN);
	}
	return p->pid > 0;
}

/* Closing the terminal is what ends the review; a program that stays is killed. */
void pty_stop(struct pty *p)
{
	double end = pty_now() + STOP_MS;
	close(p->master);
	while (waitpid(p->pid, NULL, WNOHANG) == 0) {
		if (pty_now() > end)
			kill(p->pid, SIGKILL);
		usleep(1000);
	}
}

void pty_send(struct pty *p, const char *bytes, size_t len)
{
	while (len > 0 && !p->ended) {
		ssize_t n = write(p->master, bytes, len);
		p->ended = n <= 0;
		bytes += n;
		len -= (size_t)n;
	}
}

struct answer pty_answer(struct pty *p, double since, int quiet, int patience)
{
	struct answer answer = {-1, -1, 0};
	struct pollfd ready = {.fd = p->master, .events = POLLIN};
	char bytes[65536];
	double now = pty_now();
	while (!p->ended && now < since + LONGEST_MS &&
	       poll(&ready, 1, answer.bytes ? quiet : patience) > 0) {
		ssize_t n = read(p->master, bytes, sizeof bytes);
		now = pty_now();
		if (n <= 0) {
			p->ended = true;
			break;
		}
		if (!answer.bytes)
			answer.first = now - since;
		answer.last = now - since;
		answer.bytes += (size_t)n;
	}
	return answer;
}
