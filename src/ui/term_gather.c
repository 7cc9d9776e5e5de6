#include "term_inside.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * curses writes to the terminal at every move of its cursor, some 80 times a
 * frame. While it draws, its descriptor is a file in memory; what it holds then
 * goes out in one piece, so that no terminal shows half a frame and a key costs
 * one write. Everything else that writes uses a descriptor of its own, a crash
 * in the middle included.
 */
static struct {
	int memory; /* the file; -1: there is none, curses writes as it does */
	char *bytes;
	size_t cap;
} gather = {.memory = -1};

void gather_open(void)
{
	terminal.out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (terminal.out < 0) {
		terminal.out = STDOUT_FILENO;
		return;
	}
	gather.memory = memfd_create("frame", MFD_CLOEXEC);
}

void gather_close(void)
{
	if (gather.memory >= 0)
		close(gather.memory);
	if (terminal.out > STDOUT_FILENO)
		close(terminal.out);
	free(gather.bytes);
	gather.bytes = NULL;
	gather.cap = 0;
	gather.memory = -1;
	terminal.out = STDOUT_FILENO;
}

static void send(off_t size)
{
	size_t len = (size_t)size, done = 0;

	if (len > gather.cap) {
		gather.cap = len + 16384;
		gather.bytes = xrealloc(gather.bytes, gather.cap);
	}
	while (done < len) {
		ssize_t n =
		    pread(gather.memory, gather.bytes + done, len - done, (off_t)done);
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	write_all(terminal.out, gather.bytes, done);
}

/* After endwin() curses also sets the terminal's modes as it draws, which a
 * file has none of. */
void gather_refresh(void)
{
	bool whole = gather.memory >= 0 && !isendwin() &&
	             lseek(gather.memory, 0, SEEK_SET) == 0 &&
	             ftruncate(gather.memory, 0) == 0 &&
	             dup2(gather.memory, STDOUT_FILENO) == STDOUT_FILENO;

	refresh();
	if (!whole)
		return;
	off_t size = lseek(gather.memory, 0, SEEK_CUR);
	dup2(terminal.out, STDOUT_FILENO);
	if (size > 0)
		send(size);
}
