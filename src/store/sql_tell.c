#include "sql_tell.h"

#include <stdlib.h>

/* Only for our own queries: nothing in a file's schema may call it. */
enum { FLAGS = SQLITE_UTF8 | SQLITE_DIRECTONLY };

struct teller {
	sql_told_fn told;
	void *arg;
};

static void tell(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct teller *t = sqlite3_user_data(context);

	(void)count;
	t->told(t->arg, values);
	sqlite3_result_int(context, 0);
}

bool sql_tell(
    struct store *store, int columns, sql_told_fn told, void *arg, struct err *err)
{
	struct teller *t = xmalloc(sizeof *t);

	*t = (struct teller){.told = told, .arg = arg};
	/* SQLite frees it, also when it refuses. */
	int code = sqlite3_create_function_v2(
	    store->db, SQL_TOLD, columns, FLAGS, t, tell, NULL, NULL, free);
	return code == SQLITE_OK || sql_error(store, store->db, code, err);
}

void sql_tell_end(struct store *store, int columns)
{
	sqlite3_create_function_v2(
	    store->db, SQL_TOLD, columns, FLAGS, NULL, NULL, NULL, NULL, NULL);
}

bool sql_drain(struct sql *q)
{
	while (sql_row(q))
		;
	return sql_done(q);
}

struct slice sql_value(sqlite3_value *value)
{
	/* As a blob: as text it would be copied to get its zero at the end. */
	const char *p = sqlite3_value_blob(value);

	return (struct slice){p, (size_t)sqlite3_value_bytes(value)};
}

instant_t sql_value_instant(sqlite3_value *value)
{
	const char *p = (const char *)sqlite3_value_text(value);

	return sql_parse_instant((struct slice){p, (size_t)sqlite3_value_bytes(value)});
}
