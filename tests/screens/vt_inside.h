#ifndef TESTS_VT_INSIDE_H
#define TESTS_VT_INSIDE_H

#include <vterm.h>

#include "vt.h"

/* Shared by vt.c (program, bytes, screen) and vt_keys.c (typing). */
struct vt {
	int master, slave;
	int width, height;
	pid_t pid;   /* our child: the program or its shell */
	pid_t job;   /* the program */
	int report;  /* job: statuses from the shell; -1 */
	int command; /* job: a byte asks the shell to continue it; -1 */
	bool done;   /* the program has ended with ... */
	int status;
	bool stopped;
	bool alternate, visible;
	VTerm *vterm;
	VTermScreen *screen;
	struct str raw;
};

/* Take in what comes within `ms`; false when nothing came. */
bool vt_pump(struct vt *t, int ms);

#endif
