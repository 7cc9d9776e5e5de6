#include "sql.h"

#include <errno.h>
#include <string.h>

/*
 * What SQLite's codes mean to a person and what to do about them. A code that
 * only a mistake of ours can cause keeps SQLite's own words, for the report.
 */
static const struct {
	int code;
	const char *text;
} words[] = {
    {SQLITE_FULL, "the disk is full and nothing was saved; make room and try again"},
    {SQLITE_BUSY, "somebody else has been writing for 5 seconds and nothing was saved; "
                  "try again"},
    {SQLITE_LOCKED, "in use by another part of huddle and nothing was saved; try again"},
    {SQLITE_READONLY, "may not be written and nothing was saved; "
                      "give yourself write permission on the file and its folder"},
    {SQLITE_PERM,
        "may not be opened; give yourself permission on the file and its folder"},
    {SQLITE_CORRUPT, "damaged; put a backup in its place, or run 'huddle check' to see "
                     "what can still be read"},
    {SQLITE_NOTADB, "not a database; name huddle's own file with --db"},
    {SQLITE_TOOBIG, "a text is too long and nothing was saved; shorten it"},
    {SQLITE_NOMEM,
        "out of memory and nothing was saved; close other programs and try again"},
    {SQLITE_INTERRUPT, "interrupted, and nothing was changed; try again"},
};

static const char *words_for(int code)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].code == (code & 0xff))
			return words[i].text;
	return NULL;
}

static bool is_read(int code)
{
	return code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ ||
	       code == SQLITE_IOERR_FSTAT || code == SQLITE_IOERR_ACCESS;
}

static bool io_error(const char *place, int code, int number, struct err *err)
{
	const char *reason = number ? strerror(number) : "input/output error";
	if (number == EDQUOT || number == ENOSPC || number == EFBIG)
		return err_set(err, place,
		    "no room left (%s) and nothing was saved; make room and try again",
		    reason);
	if (is_read(code))
		return err_set(err, place,
		    "cannot be read (%s); check the disk and try again", reason);
	return err_set(err, place,
	    "cannot be written (%s) and nothing was saved; check the disk and try again",
	    reason);
}

bool sql_error(struct store *store, sqlite3 *db, int code, struct err *err)
{
	const char *place = store && store->path ? store->path : "";
	int number = db ? sqlite3_system_errno(db) : 0;
	if (code == SQLITE_CANTOPEN_SYMLINK)
		return err_set(err, place, "a symbolic link; name the file it points to");
	if ((code & 0xff) == SQLITE_IOERR)
		return io_error(place, code, number, err);
	if ((code & 0xff) == SQLITE_CANTOPEN)
		return err_set(err, place,
		    "cannot be opened (%s); check the file and its folder",
		    number ? strerror(number) : sqlite3_errstr(code));
	if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY)
		return err_set(err, place,
		    "left in the middle of a write; open it once without --read-only, "
		    "which "
		    "repairs it");
	const char *text = words_for(code);
	if (text)
		return err_set(err, place, "%s", text);
	if (store && !store_facts(store, err)) /* "no such table: facts.deal" */
		return false;
	return err_set(err, place,
	    "does not hold what huddle expects (%s); restore a backup or report this",
	    db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}
