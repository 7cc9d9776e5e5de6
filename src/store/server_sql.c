#include "server_sql.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */

/* Whose row it is: the column that must name who writes, and who may write at all, as a
 * condition on the row. A leader may do what a rep may, and so may RevOps; what only one
 * of them may do names that one. */
#define LEADER "pg_has_role(session_user, 'huddle_leader', 'MEMBER')"
#define REVOPS "pg_has_role(session_user, 'huddle_revops', 'MEMBER')"
#define BOTH   "(" LEADER " OR " REVOPS ")"
static const struct right {
	const char *table, *author, *who;
} rights[] = {
	{"action", "created_by", BOTH " OR created_by = session_user OR "
		"lower(owner) = lower(session_user)"},
	{"debrief", "filed_by", BOTH " OR filed_by = session_user"},
	{"note", "created_by", BOTH " OR created_by = session_user"},
	{"slice", "created_by", BOTH " OR created_by = session_user"},
	{"snooze", "created_by", BOTH},
	{"pin", "created_by", BOTH},
	{"review", "created_by", BOTH},
	{"agenda", "added_by", BOTH},
	{"audit_answer", "answered_by", BOTH},
	{"decision", "made_by", LEADER},
	{"signature", "person", LEADER},
	{"definition", "loaded_by", REVOPS},
	{"word_list", "changed_by", REVOPS},
};

static const char base[] =
	"CREATE SCHEMA main;"
	"GRANT USAGE ON SCHEMA main TO huddle_rep;"
	/* Beside the records: what there is, and the facts. */
	"CREATE TABLE main.huddle("
	" version bigint NOT NULL, database text NOT NULL, epoch bigint NOT NULL,"
	" owner text NOT NULL);"
	"CREATE TABLE main.generation("
	" id bigint PRIMARY KEY, as_of text NOT NULL, made_at text NOT NULL,"
	" made_by text NOT NULL, dropped bigint NOT NULL DEFAULT 0, size bigint NOT NULL);"
	"CREATE TABLE main.piece(hash text PRIMARY KEY, bytes bytea NOT NULL);"
	"ALTER TABLE main.piece ALTER COLUMN bytes SET STORAGE EXTERNAL;"
	"CREATE TABLE main.generation_piece("
	" generation bigint NOT NULL, n bigint NOT NULL, hash text NOT NULL,"
	" PRIMARY KEY(generation, n));"
	/* When somebody last asked whether a standby confirms: replica_write.c. */
	"CREATE TABLE main.seen(person text PRIMARY KEY, at text NOT NULL);"
	"ALTER TABLE main.seen ENABLE ROW LEVEL SECURITY;"
	"CREATE POLICY own ON main.seen USING (person = session_user)"
	" WITH CHECK (person = session_user);"
	"GRANT SELECT, INSERT, UPDATE ON main.seen TO huddle_rep;"
	"GRANT SELECT ON main.huddle, main.generation, main.piece, main.generation_piece"
	" TO huddle_rep;"
	"GRANT INSERT, UPDATE, DELETE ON main.generation, main.piece,"
	" main.generation_piece TO huddle_revops;";

/* "column = value" lines, as row_format() writes them. The server's own log: nobody may
 * write it but these, which run as the owner; who it was is session_user, which no SET
 * changes. What a client tells of a write is its sentence, its operation id and which
 * line it undoes. */
static const char functions[] =
	"CREATE FUNCTION main.row_text(r jsonb, columns text[]) RETURNS text"
	" LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$"
	" SELECT coalesce(string_agg(c || ' = ' || replace(replace(r->>c, '\\', '\\\\'),"
	" chr(10), '\\n') || chr(10), '' ORDER BY i), '')"
	" FROM unnest(columns) WITH ORDINALITY AS u(c, i) WHERE r->>c IS NOT NULL $$;"

	"CREATE FUNCTION main.told(name text) RETURNS text"
	" LANGUAGE sql STABLE SET search_path = pg_catalog AS $$"
	" SELECT nullif(current_setting('huddle.' || name, true), '') $$;"

	/* A row that is new begins at 1 and is its writer's; a row that is changed is one
	 * further, keeps its key, and names its writer where it names another than before,
	 * unless that is what an undo of this person puts back. */
	"CREATE FUNCTION main.check_row() RETURNS trigger"
	" LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$"
	" DECLARE author text := to_jsonb(NEW)->>TG_ARGV[1]; back text;"
	" BEGIN"
	"  IF TG_OP = 'INSERT' THEN"
	"   IF NEW.rev <> 1 THEN RAISE 'changed at the same moment' USING ERRCODE = '40001';"
	"   END IF;"
	"   IF author IS DISTINCT FROM session_user::text THEN"
	"    RAISE 'not yours' USING ERRCODE = '42501'; END IF;"
	"   RETURN NULL;"
	"  END IF;"
	"  IF NEW.rev <> OLD.rev + 1 OR to_jsonb(NEW)->>TG_ARGV[0] <> to_jsonb(OLD)->>TG_ARGV[0]"
	"  THEN RAISE 'changed at the same moment' USING ERRCODE = '40001'; END IF;"
	"  IF author IS DISTINCT FROM to_jsonb(OLD)->>TG_ARGV[1]"
	"   AND author IS DISTINCT FROM session_user::text THEN"
	"   SELECT old_row INTO back FROM main.change_log WHERE person = session_user"
	"    AND seq = main.told('undoes')::bigint AND table_name = TG_TABLE_NAME;"
	"   IF position(TG_ARGV[1] || ' = ' || author || chr(10) IN coalesce(back, '')) = 0 THEN"
	"    RAISE 'not yours' USING ERRCODE = '42501'; END IF;"
	"  END IF;"
	"  RETURN NULL;"
	" END $$;"

	"CREATE FUNCTION main.log_row() RETURNS trigger"
	" LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$"
	" DECLARE columns text[] := TG_ARGV[2:]; taken bigint := main.told('undoes')::bigint;"
	"  last bigint;"
	" BEGIN"
	"  PERFORM pg_advisory_xact_lock(" SERVER_LOCK ");"
	"  SELECT coalesce(max(seq), 0) + 1 INTO last FROM main.change_log;"
	"  INSERT INTO main.change_log(seq, op_id, at, person, what, deal_id, table_name,"
	"   row_key, old_row, new_row, undoes, undone, batch) VALUES(last,"
	"   coalesce(main.told('op'), replace(gen_random_uuid()::text, '-', '')),"
	"   to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'), session_user,"
	"   coalesce(main.told('what'), TG_TABLE_NAME || ' written without huddle'),"
	"   main.told('deal'), TG_TABLE_NAME, to_jsonb(NEW)->>TG_ARGV[0],"
	"   CASE TG_OP WHEN 'INSERT' THEN NULL ELSE main.row_text(to_jsonb(OLD), columns) END,"
	"   main.row_text(to_jsonb(NEW), columns), taken, 0, main.told('batch'));"
	"  UPDATE main.change_log c SET undone = 1 WHERE c.seq = taken"
	"   AND c.person = session_user;"
	"  PERFORM set_config('huddle.op', '', true), set_config('huddle.undoes', '', true),"
	"   set_config('huddle.what', '', true), set_config('huddle.batch', '', true);"
	"  PERFORM pg_notify('huddle', last::text);"
	"  RETURN NULL;"
	" END $$;"

	"CREATE FUNCTION main.tell() RETURNS trigger"
	" LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$"
	" BEGIN PERFORM pg_notify('huddle', TG_TABLE_NAME); RETURN NULL; END $$;"
	"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA main FROM PUBLIC;"
	"GRANT EXECUTE ON FUNCTION main.told(text) TO huddle_rep;"
	"CREATE TRIGGER tell AFTER INSERT OR UPDATE ON main.generation FOR EACH STATEMENT"
	" EXECUTE FUNCTION main.tell();"
	"CREATE TRIGGER tell AFTER INSERT OR UPDATE ON main.clock FOR EACH STATEMENT"
	" EXECUTE FUNCTION main.tell();"
	"GRANT SELECT ON main.change_log TO huddle_rep;"
	"GRANT SELECT, INSERT, UPDATE ON main.clock TO huddle_rep;";
/* clang-format on */

void sql_quote_name(struct str *out, const char *name)
{
	str_addc(out, '"');
	for (; *name; name++) {
		if (*name == '"')
			str_addc(out, '"');
		str_addc(out, *name);
	}
	str_addc(out, '"');
}

void sql_quote_text(struct str *out, const char *text)
{
	str_adds(out, "'");
	for (; *text; text++) {
		if (*text == '\'')
			str_addc(out, '\'');
		str_addc(out, *text);
	}
	str_addc(out, '\'');
}

/* A table as the newest records file has it: text stays text, and what SQLite calls
 * INTEGER has 64 bits. */
static bool add_table(
    struct str *out, struct store *model, const char *name, struct err *err)
{
	struct sql q;
	struct str key = STR_INIT;
	int n = 0;
	if (sql_begin(&q, model,
	        "SELECT name, type, \"notnull\", dflt_value, pk FROM "
	        "pragma_table_info($1) ORDER BY cid",
	        err)) {
		sql_text(&q, 1, name);
		str_addf(out, "CREATE TABLE main.%s(", name);
		for (; sql_row(&q); n++) {
			struct slice column = sql_get(&q, 0);
			str_addf(out, "%s%.*s %s%s", n ? ", " : "", (int)column.len,
			    column.p,
			    slice_is(sql_get(&q, 1), "INTEGER") ? "bigint" : "text",
			    sql_get_int(&q, 2) ? " NOT NULL" : "");
			if (!sql_is_null(&q, 3))
				str_addf(out, " DEFAULT %.*s", (int)sql_get(&q, 3).len,
				    sql_get(&q, 3).p);
			column = sql_get(&q, 0);
			if (sql_get_int(&q, 4))
				str_addf(&key, "%s%.*s", key.len ? ", " : "",
				    (int)column.len, column.p);
		}
		str_addf(out, ", PRIMARY KEY(%s));", str_text(&key));
	}
	str_release(&key);
	return sql_done(&q) && (n > 0 || err_set(err, name, "no such table"));
}

static void add_rights(struct str *out, const struct right *right)
{
	const struct row_table *table = row_table_find(right->table);
	const char *name = right->table;
	str_addf(out,
	    "GRANT SELECT, INSERT, UPDATE ON main.%s TO huddle_rep;"
	    "ALTER TABLE main.%s ENABLE ROW LEVEL SECURITY;"
	    "ALTER TABLE main.%s FORCE ROW LEVEL SECURITY;"
	    "CREATE POLICY seen ON main.%s FOR SELECT USING (true);"
	    "CREATE POLICY made ON main.%s FOR INSERT WITH CHECK (%s);"
	    "CREATE POLICY changed ON main.%s FOR UPDATE USING (%s) WITH CHECK (%s);",
	    name, name, name, name, name, right->who, name, right->who, right->who);
	str_addf(out,
	    "CREATE TRIGGER a_check AFTER INSERT OR UPDATE ON main.%s FOR EACH ROW "
	    "EXECUTE "
	    "FUNCTION main.check_row('%s', '%s');"
	    "CREATE TRIGGER b_log AFTER INSERT OR UPDATE ON main.%s FOR EACH ROW EXECUTE "
	    "FUNCTION main.log_row('%s', '%s'",
	    name, table->key, right->author, name, table->key, right->author);
	for (int i = 0; i < table->columns; i++)
		str_addf(out, ", '%s'", table->column[i]);
	str_adds(out, ");");
}

static bool add_records(struct str *out, struct store *model, struct err *err)
{
	bool fine = add_table(out, model, "change_log", err) &&
	            add_table(out, model, "clock", err);
	for (const struct row_table *const *t = row_tables; fine && *t; t++)
		fine = add_table(out, model, (*t)->name, err);
	str_adds(out, "CREATE UNIQUE INDEX change_log_op ON main.change_log(op_id);");
	return fine;
}

bool server_schema(
    struct str *out, const char *owner, const char *database, struct err *err)
{
	struct store model = {.path = (char *)"huddle", .watch = -1};
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
	bool fine = open_connection(&model.db, ":memory:", flags, err);
	for (int i = 0; fine && i < SCHEMA_VERSION; i++)
		fine = sql_script(&model, schema_steps[i], err);
	str_adds(out, base);
	fine = fine && add_records(out, &model, err);
	str_adds(out, functions);
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++)
		add_rights(out, &rights[i]);
	str_addf(out, "INSERT INTO main.huddle VALUES(%d, ", SERVER_SCHEMA);
	sql_quote_text(out, database);
	str_adds(out, ", 1, ");
	sql_quote_text(out, owner);
	str_adds(out, ");");
	sql_forget(&model);
	sqlite3_close(model.db);
	return fine;
}
