#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store_check.h"
#include "store_kinds.h"

/*
 * store_writer add DB PERSON COUNT TRIES KINDS: COUNT rounds of writes, each up to
 * TRIES times, and on standard output, at once, what is tried and what became of it:
 * "trying action PERSON-3", then "saved action PERSON-3", "idle ..." where there was
 * nothing to do, "written ..." where the disk did not confirm, or "failed ..." with
 * the reason. KINDS: "all", "alone" (without the meeting, which is one writer's), "first" (action,
 * draft, debrief), or one kind.
 *
 * store_writer check DB EXTRA < lines of all writers; see store_check().
 * store_writer forget DB: what was worked out and kept.
 * store_writer dump DB: all that is kept, without what differs from run to run.
 */

static void say(
    const char *word, const char *kind, const char *name, const struct err *err)
{
	char line[2048];
	int len = snprintf(line, sizeof line, "%s %s %s%s%s\n", word, kind, name,
	    err ? " " : "", err ? err->text : "");
	size_t size = (size_t)len < sizeof line ? (size_t)len : sizeof line - 1;
	if (write(STDOUT_FILENO, line, size) != (ssize_t)size)
		_exit(9);
}

static bool is_written(const struct err *err)
{
	return strstr(err->text, "written, but") != NULL;
}

static bool try_kind(
    const struct kind *kind, struct store *store, const char *name, int tries)
{
	say("trying", kind->name, name, NULL);
	for (int i = 0; i < tries; i++) {
		struct err err = ERR_INIT;
		bool nothing;
		if (kind_write(kind, store, name, &nothing, &err)) {
			say(nothing ? "idle" : "saved", kind->name, name, NULL);
			return true;
		}
		if ((kind->flags & KIND_ONCE) && is_written(&err)) {
			say("written", kind->name, name, &err);
			return true;
		}
		say("failed", kind->name, name, &err);
	}
	return false;
}

static bool is_meant(const struct kind *kind, const char *wanted)
{
	if (!strcmp(wanted, "all"))
		return true;
	if (!strcmp(wanted, "alone"))
		return !(kind->flags & KIND_MEETING);
	if (!strcmp(wanted, "first"))
		return kind->flags & KIND_FIRST;
	return !strcmp(wanted, kind->name);
}

static struct store *open_tries(const char *path, const char *person, int tries)
{
	struct store *store = NULL;
	struct store_options options = {.path = path, .person = person};
	for (int i = 0; i < tries && !store; i++) {
		struct err err = ERR_INIT;
		if (!store_open(&store, &options, &err))
			say("failed", "open", person, &err);
	}
	return store;
}

static int add(
    const char *path, const char *person, int count, int tries, const char *wanted)
{
	struct store *store = open_tries(path, person, tries);
	if (!store)
		return 1;
	int failed = 0;
	for (int i = 0; i < count; i++) {
		char name[64];
		snprintf(name, sizeof name, "%s-%d", person, i);
		kinds_begin();
		for (const struct kind *k = kinds; k->name; k++)
			if (is_meant(k, wanted))
				failed += !try_kind(k, store, name, tries);
	}
	store_close(store);
	return failed ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	if (argc == 7 && !strcmp(word, "add"))
		return add(argv[2], argv[3], atoi(argv[4]), atoi(argv[5]), argv[6]);
	if (argc == 4 && !strcmp(word, "check"))
		return store_check_lines(argv[2], atoll(argv[3]));
	if (argc == 3 && !strcmp(word, "forget"))
		return store_forget(argv[2]);
	if (argc == 3 && !strcmp(word, "dump"))
		return store_dump(argv[2], stdout);
	fputs("usage: store_writer add DB PERSON COUNT TRIES KINDS | check DB EXTRA | "
	      "forget DB | dump DB\n",
	    stderr);
	return 2;
}
