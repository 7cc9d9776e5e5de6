#include "record_fixture.h"

#include <poll.h>
#include <stdio.h>

TestSuite(store_watch, .init = begin, .fini = end, .timeout = 60);

static bool readable(int fd)
{
	struct pollfd one = {.fd = fd, .events = POLLIN};
	return poll(&one, 1, 0) == 1;
}

Test(store_watch, another_persons_write_wakes_and_nothing_else_does)
{
	struct store *tom = open_as("Tom");
	struct action a = new_action("D1", "Tom", "call");
	char path[256];
	int fd = store_watch(store);
	if (fd < 0)
		return; /* this system does not tell */
	cr_assert_eq(store_watch(store), fd);
	cr_assert_not(readable(fd));
	save(tom, &a);
	cr_assert(readable(fd));
	cr_assert(store_watched(store));
	cr_assert_not(readable(fd), "what was told is told once");
	snprintf(path, sizeof path, "%s.other", store_path(store));
	fclose(fopen(path, "w"));
	cr_assert_eq(remove(path), 0);
	cr_assert(readable(fd));
	cr_assert_not(store_watched(store), "a file of others");
	store_close(tom);
}

Test(store_watch, reading_wakes_nobody)
{
	struct store *tom = open_as("Tom");
	int fd = store_watch(store);
	struct action_list list;
	fine(store_load_actions(tom, &arena, NULL, &list, &err));
	cr_assert(fd < 0 || !readable(fd));
	store_close(tom);
}
