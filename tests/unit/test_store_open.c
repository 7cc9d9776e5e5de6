#include "store_fixture.h"

TestSuite(store_open, .init = folder_make, .fini = folder_remove, .timeout = 60);

static struct store *open_options(const char *path, bool read_only)
{
	struct store *store;
	struct err err = ERR_INIT;
	struct store_options options = {
	    .path = path, .read_only = read_only, .person = "Ana"};
	cr_assert(store_open(&store, &options, &err), "%s: %s", err.place, err.text);
	return store;
}

static void file_write(const char *path, const void *bytes, size_t len, mode_t mode)
{
	FILE *file = fopen(path, "wb");
	cr_assert(file);
	cr_assert_eq(fwrite(bytes, 1, len, file), len);
	fclose(file);
	cr_assert_eq(chmod(path, mode), 0);
}

Test(store_open, a_new_file_is_ours_alone)
{
	struct stat st;
	umask(0);
	struct store *store = open_options(in_folder("a/b/huddle.db"), false);
	cr_assert_eq(stat(in_folder("a/b/huddle.db"), &st), 0);
	cr_assert_eq(st.st_mode & 07777, 0600);
	cr_assert_eq(stat(in_folder("a/b"), &st), 0);
	cr_assert_eq(st.st_mode & 07777, 0700);
	cr_assert_not(store_read_only(store));
	cr_assert_str_eq(store_person(store), "Ana");
	cr_assert_str_eq(strrchr(store_path(store), '/'), "/huddle.db");
	store_close(store);
	store_close(NULL);
}

Test(store_open, the_default_is_in_the_data_home)
{
	cr_assert_eq(setenv("XDG_DATA_HOME", folder, 1), 0);
	struct store *store = open_options(NULL, false);
	cr_assert_eq(access(in_folder("huddle/huddle.db"), F_OK), 0);
	store_close(store);
}

Test(store_open, the_file_says_what_it_is)
{
	store_close(open_as("Ana"));
	cr_assert_eq(read_int("PRAGMA application_id"), SCHEMA_APPLICATION_ID);
	cr_assert_eq(read_int("PRAGMA user_version"), SCHEMA_VERSION);
	cr_assert_str_eq(read_text("PRAGMA journal_mode"), "delete");
	cr_assert_str_eq(read_text("PRAGMA integrity_check"), "ok");
}

Test(store_open, opening_again_and_twice_at_once_is_fine)
{
	struct err err = ERR_INIT;
	struct store *a = open_as("Ana"), *b = open_as("Tom");
	cr_assert(try_action(a, &err), "%s", err.text);
	cr_assert(try_action(b, &err), "%s", err.text);
	store_close(a);
	store_close(b);
	cr_assert_eq(read_int("SELECT count(*) FROM action"), 2);
}

Test(store_open, an_empty_file_becomes_a_store)
{
	struct err err = ERR_INIT;
	file_write(db_path, "", 0, 0600);
	struct store *store = open_as("Ana");
	cr_assert(try_action(store, &err), "%s", err.text);
	store_close(store);
}

/* Killed between creating the file and committing its tables: SQLite's journal
 * takes the first page back, then the tables are made. */
Test(store_open, a_file_without_tables_gets_them)
{
	char sql[64];
	struct err err = ERR_INIT;
	snprintf(sql, sizeof sql, "PRAGMA application_id = %d", SCHEMA_APPLICATION_ID);
	stranger(sql);
	chmod(db_path, 0600);
	struct store *store = open_as("Ana");
	cr_assert(try_action(store, &err), "%s", err.text);
	store_close(store);
}

Test(store_open, what_is_not_a_database_is_refused_and_left_alone)
{
	char before[5000], after[5000];
	memset(before, 'x', sizeof before);
	file_write(db_path, before, sizeof before, 0600);
	cr_has(open_refused(db_path, false), "not a database");
	cr_has(open_refused(db_path, true), "not a database");
	FILE *file = fopen(db_path, "rb");
	cr_assert_eq(fread(after, 1, sizeof after, file), sizeof after);
	fclose(file);
	cr_assert_eq(memcmp(before, after, sizeof before), 0);
	file_write(db_path, "x", 1, 0600);
	cr_has(open_refused(db_path, false), "not a database");
}

Test(store_open, another_programs_database_is_refused_and_left_alone)
{
	stranger("CREATE TABLE songs(name); PRAGMA journal_mode = WAL");
	chmod(db_path, 0600);
	cr_has(open_refused(db_path, false), "is not huddle's");
	stranger("PRAGMA journal_mode = DELETE; PRAGMA application_id = 77");
	cr_has(open_refused(db_path, true), "is not huddle's");
	cr_assert_eq(read_int("SELECT count(*) FROM sqlite_schema"), 1);
}

Test(store_open, facts_are_not_records)
{
	store_close(open_as("Ana"));
	generation_make(1, "SELECT 1");
	cr_has(open_refused(in_folder("huddle.db-facts-1"), false), "is not huddle's");
}

Test(store_open, a_newer_file_is_only_read)
{
	struct err err = ERR_INIT;
	store_close(open_as("Ana"));
	stranger("PRAGMA user_version = 7");
	const char *why = open_refused(db_path, false);
	cr_has(why, "newer huddle (schema 7, this one knows ");
	cr_has(why, "--read-only");
	struct store *store = open_options(db_path, true);
	cr_assert_not(try_action(store, &err));
	store_close(store);
	cr_assert_eq(read_int("PRAGMA user_version"), 7);
}

Test(store_open, links_folders_and_devices_are_refused)
{
	cr_has(open_refused(folder, false), "a folder");
	cr_has(open_refused(in_folder(""), false), "a folder");
	cr_has(open_refused("", false), "empty");
	cr_has(open_refused("/dev/null", false), "not a regular file");
	store_close(open_options(in_folder("real.db"), false));
	cr_assert_eq(symlink("real.db", in_folder("link.db")), 0);
	cr_has(open_refused(in_folder("link.db"), false), "symbolic link");
	cr_has(open_refused(in_folder("link.db"), true), "symbolic link");
	cr_assert_eq(symlink("nowhere.db", in_folder("dangling.db")), 0);
	cr_has(open_refused(in_folder("dangling.db"), false), "symbolic link");
	cr_assert_neq(access(in_folder("nowhere.db"), F_OK), 0);
	cr_assert_eq(link(in_folder("real.db"), in_folder("second.db")), 0);
	cr_has(open_refused(in_folder("real.db"), false), "hard link");
}

/* As a home folder often is. */
Test(store_open, a_folder_behind_a_link_is_fine)
{
	struct err err = ERR_INIT;
	cr_assert_eq(mkdir(in_folder("real"), 0700), 0);
	cr_assert_eq(symlink("real", in_folder("home")), 0);
	struct store *store = open_options(in_folder("home/huddle.db"), false);
	cr_assert(try_action(store, &err), "%s", err.text);
	store_close(store);
	cr_assert_eq(access(in_folder("real/huddle.db"), F_OK), 0);
}

Test(store_open, a_file_that_others_can_write_is_refused)
{
	store_close(open_as("Ana"));
	chmod(db_path, 0660);
	cr_has(open_refused(db_path, false), "chmod 600");
	chmod(db_path, 0602);
	cr_has(open_refused(db_path, false), "chmod 600");
}

Test(store_open, somebody_elses_file_is_refused)
{
	store_close(open_as("Ana"));
	if (chown(db_path, 12345, (gid_t)-1) != 0)
		cr_skip_test("only root can give a file away");
	cr_has(open_refused(db_path, false), "another account");
	cr_has(open_refused(db_path, true), "another account");
}

Test(store_open, a_server_is_named_plainly)
{
	cr_has(open_refused("postgresql://127.0.0.1:1/huddle", false), "refused");
	cr_has(open_refused("postgres://127.0.0.1:1/huddle", true), "refused");
	cr_has(
	    open_refused("postgresql://me:secret@127.0.0.1:1/huddle", true), "password");
}

Test(store_open, a_missing_file_read_is_an_empty_store)
{
	struct err err = ERR_INIT;
	struct arena arena = ARENA_INIT;
	struct action_list list;
	bool changed;
	struct store *store = open_options(in_folder("no/such/huddle.db"), true);
	cr_assert(store_read_only(store));
	cr_assert(store_load_actions(store, &arena, NULL, &list, &err), "%s", err.text);
	cr_assert_eq(list.count, 0);
	cr_assert(store_refresh(store, &changed, &err), "%s", err.text);
	cr_assert_not(changed);
	cr_assert_not(try_action(store, &err));
	cr_has(err.text, "reading only");
	store_close(store);
	cr_assert_neq(access(in_folder("no"), F_OK), 0);
	arena_release(&arena);
}

Test(store_open, a_read_only_folder_opens_for_reading)
{
	struct err err = ERR_INIT;
	store_close(open_as("Ana"));
	cr_assert_eq(chmod(folder, 0500), 0);
	if (access(folder, W_OK) == 0) {
		chmod(folder, 0700);
		cr_skip_test("permissions do not bind this account");
	}
	struct store *store = open_as("Ana");
	cr_assert(store_read_only(store));
	cr_assert_not(try_action(store, &err));
	store_close(store);
	cr_has(open_refused(in_folder("new.db"), false), "cannot be created");
	chmod(folder, 0700);
}

Test(store_open, triggers_and_views_are_refused)
{
	store_close(open_as("Ana"));
	stranger(
	    "CREATE TRIGGER t AFTER INSERT ON action BEGIN DELETE FROM debrief; END");
	cr_has(open_refused(db_path, false), "triggers or views");
}

Test(store_open, a_damaged_file_says_so)
{
	struct err err = ERR_INIT;
	struct store *store = open_as("Ana");
	for (int i = 0; i < 50; i++)
		cr_assert(try_action(store, &err));
	store_close(store);
	int fd = open(db_path, O_RDWR);
	for (off_t at = 4096; at < 40000; at += 512)
		cr_assert_eq(pwrite(fd, "garbage!", 8, at), 8);
	close(fd);
	struct arena arena = ARENA_INIT;
	struct action_list list;
	struct store_options options = {.path = db_path, .person = "Ana"};
	if (store_open(&store, &options, &err))
		cr_assert_not(store_load_actions(store, &arena, NULL, &list, &err));
	cr_has(err.text, "damaged");
	store_close(store);
	arena_release(&arena);
}

Test(store_open, a_truncated_file_says_so)
{
	store_close(open_as("Ana"));
	cr_assert_eq(truncate(db_path, 4096), 0);
	cr_has(open_refused(db_path, false), "damaged");
}

/* Somebody was killed while writing: SQLite repairs, the file is looked over. */
Test(store_open, a_journal_left_behind_is_looked_into)
{
	struct err err = ERR_INIT;
	store_close(open_as("Ana"));
	file_write(in_folder("huddle.db-journal"), "not a journal", 13, 0600);
	struct store *store = open_as("Ana");
	cr_assert(try_action(store, &err), "%s", err.text);
	store_close(store);
}

Test(store_open, a_busy_file_is_waited_for_and_named)
{
	sqlite3 *other;
	struct err err = ERR_INIT;
	struct store *store = open_as("Ana");
	sqlite3_busy_timeout(store->db, 50);
	cr_assert_eq(sqlite3_open(db_path, &other), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	cr_assert_not(try_action(store, &err));
	cr_has(err.text, "nothing was saved");
	cr_assert_eq(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	cr_assert(try_action(store, &err));
	sqlite3_close(other);
	store_close(store);
}

Test(store_open, a_nameless_person_is_refused)
{
	struct store *store;
	struct err err = ERR_INIT;
	struct store_options options = {.path = db_path, .person = " "};
	cr_assert_not(store_open(&store, &options, &err));
	cr_assert_eq(err.status, EXIT_USAGE);
	options.person = "A\xff";
	cr_assert_not(store_open(&store, &options, &err));
	options.person = NULL;
	cr_assert(store_open(&store, &options, &err));
	cr_assert_neq(*store_person(store), '\0');
	store_close(store);
}
