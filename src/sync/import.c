#include "export.h"

#include "huddle/path.h"
#include "restore.h"
#include "stop.h"
#include "table_file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Records out of the folder of an export: whole or not at all. */

struct reading {
	struct store *store;
	struct arena *arena;
	const char *folder;
	struct record_tables tables;
	struct import *import;
	struct err *err;
};

static bool is_there(const char *path)
{
	struct stat st;

	return !stat(path, &st);
}

/* The folder itself, or that of records in it. */
static bool find_folder(struct reading *r, const char *path)
{
	const char *inside = path_join(r->arena, path, EXPORT_RECORDS);

	r->folder = is_there(path_join(r->arena, inside, EXPORT_TABLES)) ? inside : path;
	if (is_there(path_join(r->arena, r->folder, EXPORT_TABLES)))
		return true;
	return err_set(r->err, path,
	    "holds no records: there is no " EXPORT_RECORDS "/" EXPORT_TABLES
	    "; name a folder that huddle export wrote");
}

/* ---- tables.csv ---- */

struct listed {
	const char *name;
	int64_t rows;
};

static const struct record_table *table_named(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->tables.count; i++)
		if (!strcmp(r->tables.items[i].name, name))
			return &r->tables.items[i];
	return NULL;
}

static bool check_version(
    struct reading *r, const char *name, int64_t version, const char *place)
{
	if (version > r->tables.version)
		return err_set(r->err, place,
		    "are records of a newer huddle (schema %lld, this one knows %d); "
		    "nothing "
		    "was imported: update huddle",
		    (long long)version, r->tables.version);
	return table_named(r, name) ||
	       err_set(r->err, place,
	           "\"%.60s\" is no table of records; nothing was imported: export again",
	           name);
}

/* In the first column a row tells which table it is about. */
static bool read_listed(struct reading *r, const struct reader_row *row, int columns[3],
    size_t n_header, struct listed *out)
{
	char place[400];
	int64_t version = 0;

	snprintf(place, sizeof place, EXPORT_TABLES ":%lld", (long long)row->line);
	if (row->count != n_header ||
	    !number_read(
	        slice_trim(row->fields[columns[1]]), DECIMAL_POINT, 0, &out->rows) ||
	    !number_read(slice_trim(row->fields[columns[2]]), DECIMAL_POINT, 0, &version))
		return err_set(
		    r->err, place, "can not be read; nothing was imported: export again");
	struct slice name = slice_trim(row->fields[columns[0]]);
	out->name = arena_dup(r->arena, name.p, name.len);
	return check_version(r, out->name, version, place);
}

static bool read_list(struct reading *r, struct listed **out, size_t *count)
{
	static const char *const names[] = {RESTORED_TABLES, "rows", "version"};
	struct reader *reader;
	struct reader_row row;
	size_t n, cap = 0;
	int columns[3];
	enum reader_result result = READER_END;
	bool fine = true;

	*out = NULL;
	*count = 0;
	if (!reader_open(&reader, path_join(r->arena, r->folder, EXPORT_TABLES), r->err))
		return false;
	const struct slice *header = reader_header(reader, &n);
	for (int i = 0; fine && i < 3; i++) {
		columns[i] = header_find(header, n, names[i]);
		fine =
		    columns[i] >= 0 ||
		    err_set(r->err, EXPORT_TABLES,
		        "has no column %s; nothing was imported: export again", names[i]);
	}
	while (fine && (result = reader_next(reader, &row, r->err)) == READER_ROW) {
		*out = arena_grow(r->arena, *out, &cap, *count + 1, sizeof **out);
		fine = read_listed(r, &row, columns, n, &(*out)[*count]);
		++*count;
	}
	reader_close(reader);
	return fine && result == READER_END;
}

/* ---- a table ---- */

static bool read_rows(struct reading *r, struct table_file *f, int64_t *rows)
{
	enum reader_result result = READER_END;

	while (!sync_stopped(r->err) && (result = table_next(f, r->err)) == READER_ROW) {
		++*rows;
		if (!store_import_row(r->import, f->table, f->values, f->place, r->err))
			return false;
	}
	return result == READER_END && !*r->err->text;
}

static bool read_table(struct reading *r, const struct listed *listed)
{
	struct table_file f;
	int64_t rows = 0;
	const char *name = arena_printf(r->arena, "%s.csv", listed->name);
	const char *path = path_join(r->arena, r->folder, name);

	if (!is_there(path))
		return err_set(r->err, path,
		    "is not there, and " EXPORT_TABLES
		    " lists it; nothing was imported: put it back or export again");
	if (!table_open(
	        &f, path, name, RESTORED_RECORD, table_named(r, listed->name), r->err))
		return false;
	bool fine = read_rows(r, &f, &rows);
	table_close(&f);
	return fine &&
	       (rows == listed->rows ||
	           err_set(r->err, name,
	               "has %lld rows where " EXPORT_TABLES
	               " says %lld: it was cut or added to; nothing was imported: export "
	               "again, or say the right number there",
	               (long long)rows, (long long)listed->rows));
}

bool sync_import(struct store *store, struct arena *arena, const char *path,
    enum import_keep keep, struct imported *out, struct err *err)
{
	struct reading r = {.store = store, .arena = arena, .err = err};
	struct listed *listed;
	size_t n;

	*out = (struct imported){false};
	if (!find_folder(&r, path) ||
	    !store_record_tables(store, arena, &r.tables, err) ||
	    !read_list(&r, &listed, &n) ||
	    !store_import_begin(&r.import, store, arena, keep, err))
		return false;
	bool fine = true;
	for (size_t i = 0; fine && i < n; i++)
		fine = read_table(&r, &listed[i]);
	return store_import_end(r.import, fine, out, err);
}
