#include "../../src/sync/claim.h"
#include "../../src/sync/lookup.h"
#include "../../src/sync/plan.h"
#include "huddle/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * A mapping file, and below a line of %% the cells to read by it, a line each.
 * Each section is held against an export that has its columns, in whose rows every
 * cell comes to stand below every header once. No crash, a refusal says what to do,
 * what is taken is whole, and reading again gives the same.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS = 24, COLUMNS = 48 };

static const char some_cells[] =
    "1\n2026-11-28\n03/04/2025\n1.234,50\n60%\nyes\n\na@x.example\n2026-11-28T09:30:00Z\n"
    "EUR\n0.5\n005A\n{\"a\": 1}\n28 Nov 2026 2:05 PM";

struct cells {
	struct slice items[CELLS];
	size_t count;
};

#define must(what)                                                    \
	do {                                                          \
		if (!(what)) {                                        \
			fprintf(stderr, "%s: %s\n", __func__, #what); \
			abort();                                      \
		}                                                     \
	} while (0)

static void check_refusal(const struct err *err)
{
	fprintf(stderr, "%s", strchr(err->text, ';') ? "" : err->text);
	must(err->text[0] && strchr(err->text, ';'));
	must(utf8_valid(slice_of(err->text)) && utf8_valid(slice_of(err->place)));
}

static struct cells cells_of(struct slice text)
{
	struct cells out = {.count = 0};
	while (out.count < CELLS) {
		const char *end = text.len ? memchr(text.p, '\n', text.len) : NULL;
		size_t len = end ? (size_t)(end - text.p) : text.len;
		out.items[out.count++] = (struct slice){text.p, len};
		if (!end)
			break;
		text = (struct slice){end + 1, text.len - len - 1};
	}
	return out;
}

static void add_cell(struct str *csv, struct slice cell, bool first)
{
	str_adds(csv, first ? "\"" : ",\"");
	for (size_t i = 0; i < cell.len; i++) {
		str_addc(csv, cell.p[i]);
		if (cell.p[i] == '"')
			str_addc(csv, '"');
	}
	str_addc(csv, '"');
}

struct columns {
	const char *names[COLUMNS];
	int count;
};

static void add_column(struct columns *c, const char *name)
{
	for (int i = 0; i < c->count; i++)
		if (header_same(slice_of(name), c->names[i]))
			return;
	if (c->count < COLUMNS)
		c->names[c->count++] = name;
}

static void add_alternative(struct columns *c, const struct alternative *a)
{
	for (int i = 0; i < a->n_headers; i++)
		add_column(c, a->headers[i]);
}

static struct columns columns_of(const struct section *s)
{
	struct columns c = {.count = 0};
	for (int f = 0; f < FACT_FIELDS_MAX; f++) {
		const struct field_source *from = &s->fields[f];
		if (from->n_alternatives)
			add_alternative(&c, &from->alternatives[0]);
		if (from->fallback.count)
			add_alternative(&c, &from->fallback.items[0]);
		add_alternative(&c, &from->guess);
	}
	for (int i = 0; i < s->n_rules; i++)
		add_column(&c, s->rules[i].header);
	for (int i = 0; i < s->n_custom; i++)
		add_column(&c, s->custom[i].header);
	return c;
}

static void write_export(
    struct str *csv, const struct columns *columns, const struct cells *cells)
{
	str_clear(csv);
	for (int i = 0; i < columns->count; i++)
		add_cell(csv, slice_of(columns->names[i]), !i);
	for (size_t row = 0; row < cells->count; row++) {
		str_addc(csv, '\n');
		for (int i = 0; i < columns->count; i++)
			add_cell(csv, cells->items[(row + (size_t)i) % cells->count], !i);
	}
	str_addc(csv, '\n');
}

static void check_value(const struct field *field, const struct value *v)
{
	day_t day;
	instant_t at;
	char buf[40];

	if (v->type != VALUE_TEXT)
		return;
	struct slice text = {v->p, v->len};
	must(text.len && utf8_valid(text) && !memchr(text.p, '\0', text.len));
	if (field->type == FIELD_DAY)
		must(day_parse(slice_copy(text, buf, sizeof buf), &day));
	if (field->type == FIELD_INSTANT)
		must(instant_parse(slice_copy(text, buf, sizeof buf), &at) ||
		     day_parse(buf, &day));
}

static uint64_t check_row(const struct plan *plan, const struct row_out *row)
{
	must(row->kind == ROW_SKIPPED || row->line > 0);
	if (row->kind == ROW_REJECT) {
		must(row->why && *row->why && row->column && row->value);
		must(utf8_valid(slice_of(row->value)));
	}
	if (row->kind != ROW_FACT)
		return row->kind;
	must(utf8_valid(row->fact.id));
	for (int i = 1; i < plan->n_fields; i++)
		check_value(plan->fields[i].field, &row->fact.values[i]);
	return row->fact.hash ^ row->fact.raw_hash;
}

/* All rows by one section; returns what they came to. */
static uint64_t read_rows(struct plan *plan, struct reader *reader, struct err *err)
{
	struct batch batch = {.count = 0};
	struct reader_row row;
	uint64_t sum = 0;
	bool fine = true;

	while (fine && reader_next(reader, &row, err) == READER_ROW)
		fine = plan_row(plan, &row, &batch, err);
	for (size_t i = 0; i < batch.count; i++)
		sum = sum * 31 + check_row(plan, &batch.rows[i]);
	if (!fine)
		check_refusal(err);
	arena_release(&batch.arena);
	free(batch.rows);
	return sum + *err->text;
}

static uint64_t read_export(
    const struct mapping *m, const struct section *s, const char *path)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct reader *reader;
	struct plan plan;
	size_t n;
	uint64_t sum = 0;

	if (!reader_open(&reader, path, &err)) {
		check_refusal(&err);
		return 0;
	}
	const struct slice *header = reader_header(reader, &n);
	const struct file_header h = file_header(&arena, "x.csv", header, n);
	mapping_for(m, 1, true, &h);
	if (plan_make(&plan, &arena, m, s, path, "x.csv", header, n, &err)) {
		sum = read_rows(&plan, reader, &err);
		must(utf8_valid(slice_of(plan_decided(&plan, &arena))));
	} else {
		check_refusal(&err);
	}
	plan_release(&plan);
	reader_close(reader);
	arena_release(&arena);
	return sum;
}

/* A file that is no more once it is closed. */
static int put_export(
    char path[64], const struct columns *columns, const struct cells *cells)
{
	struct str csv = STR_INIT;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	write_export(&csv, columns, cells);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	must(fd >= 0 && write(fd, csv.p, csv.len) == (ssize_t)csv.len);
	str_release(&csv);
	return fd;
}

static void try_section(
    const struct mapping *m, const struct section *s, const struct cells *cells)
{
	char path[64];
	const struct columns columns = columns_of(s);
	int fd = put_export(path, &columns, cells);

	must(read_export(m, s, path) == read_export(m, s, path));
	close(fd);
}

static void read_lookup(
    const struct mapping *m, struct lookup *l, const struct cells *cells)
{
	char path[64];
	struct columns columns = columns_of(&l->files);
	struct lookup_read read;
	struct err err = ERR_INIT;

	add_column(&columns, l->key);
	add_column(&columns, l->value);
	int fd = put_export(path, &columns, cells);
	l->table = lookup_table_new();
	l->present = lookup_table_read(l->table, m, l, path, "l.csv", NULL, &read, &err);
	if (!l->present)
		check_refusal(&err);
	close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct mapping m;
	const char *text = (const char *)data;
	const char *split = size ? memmem(text, size, "\n%%\n", 4) : NULL;
	size_t len = split ? (size_t)(split + 1 - text) : size;
	struct cells cells = cells_of(
	    split ? (struct slice){split + 4, size - len - 3} : slice_of(some_cells));

	if (!mapping_parse(&m, &arena, "x.ini", text, len, &err)) {
		check_refusal(&err);
		arena_release(&arena);
		return 0;
	}
	for (int i = 0; i < m.n_lookups; i++)
		read_lookup(&m, &m.lookups[i], &cells);
	for (int i = 0; i < m.n_sections; i++)
		try_section(&m, &m.sections[i], &cells);
	for (int i = 0; i < m.n_lookups; i++)
		lookup_table_free(m.lookups[i].table);
	arena_release(&arena);
	return 0;
}
