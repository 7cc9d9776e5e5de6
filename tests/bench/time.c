/*
 * bench-time LOG COMMAND...: runs the command, its output into LOG, and prints
 * "WALL USER SYS MB STATUS": seconds, the most memory it had at once, and its
 * exit status.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CANNOT_RUN = 127 };

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run(const char *log, char **command)
{
	int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0 && dup2(fd, STDERR_FILENO) >= 0)
		execvp(command[0], command);
	perror(command[0]);
	_exit(CANNOT_RUN);
}

int main(int argc, char **argv)
{
	struct rusage usage;
	int status;
	if (argc < 3) {
		fprintf(stderr, "usage: bench-time LOG COMMAND...\n");
		return 2;
	}
	double start = now();
	pid_t child = fork();
	if (child == 0)
		run(argv[1], argv + 2);
	if (child < 0 || wait4(child, &status, 0, &usage) != child) {
		perror("bench-time");
		return 1;
	}
	printf("%.3f %.3f %.3f %.1f %d\n", now() - start, seconds(usage.ru_utime),
	    seconds(usage.ru_stime), (double)usage.ru_maxrss / 1024,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
