#include "stop.h"

#include "huddle/sync.h"

volatile int sync_interrupted;

void sync_interrupt(void)
{
	sync_interrupted = 1;
}

bool sync_stopped(struct err *err)
{
	if (sync_interrupted)
		err_set(err, "sync", "interrupted, and nothing was changed; try again");
	return sync_interrupted;
}
