#include "huddle/report_sync.h"
#include "json.h"
#include "print.h"

/* What files are taken for, and what stands in their columns. */

static const char *delimiter_name(char delimiter)
{
	switch (delimiter) {
	case ',':
		return "commas";
	case ';':
		return "semicolons";
	case '\t':
		return "tabs";
	case '|':
		return "bars";
	default:
		return "another delimiter";
	}
}

static void put_uses(
    struct str *out, const struct report *report, const struct explained_file *file)
{
	if (file->left_out) {
		put_line(
		    out, report, 0, 2, "%s: not read, it %s", file->file, file->left_out);
		if (file->nearest)
			put_line(out, report, 2, 2, "%s", file->nearest);
	} else if (!file->n_uses) {
		put_line(out, report, 0, 2, "%s: can not be read", file->file);
	}
	for (size_t i = 0; i < file->n_uses; i++) {
		const struct explained_use *use = &file->uses[i];
		put_line(out, report, 0, 2, "%s: [%s] of %s, because %s", file->file,
		    use->section, use->source, use->why);
	}
}

static void put_shape(
    struct str *out, const struct report *report, const struct explained_file *file)
{
	if (!file->encoding)
		return;
	put_line(out, report, 2, 2,
	    "%s with %s, %lld row%s, %zu columns, %lld lines skipped", file->encoding,
	    delimiter_name(file->delimiter), (long long)file->rows,
	    file->rows == 1 ? "" : "s", file->n_columns, (long long)file->skipped);
	if (file->ragged)
		put_line(out, report, 2, 2,
		    "%lld row%s have more or fewer fields than the header and will be "
		    "rejected",
		    (long long)file->ragged, file->ragged == 1 ? "" : "s");
}

static void put_problems(
    struct str *out, const struct report *report, const struct explained_file *file)
{
	if (file->problem)
		put_line(
		    out, report, 2, 2, "A sync refuses this file: %s", file->problem);
	for (size_t i = 0; i < file->n_uses; i++)
		if (file->uses[i].problem)
			put_line(out, report, 2, 2,
			    "A sync refuses this file as [%s]: %s", file->uses[i].section,
			    file->uses[i].problem);
}

/* "under 1 %" is not "none". */
static void full_cell(struct table *table, int64_t filled, int64_t rows)
{
	int64_t percent = rows ? filled * 100 / rows : 0;

	if (filled && !percent)
		table_cell(table, "<1 %");
	else
		table_cellf(table, "%lld %%", (long long)percent);
}

static void samples_cell(struct table *table, const struct explained_column *column)
{
	struct str text = STR_INIT;

	for (int i = 0; i < EXPLAIN_SAMPLES && column->samples[i]; i++)
		str_addf(&text, "%s%s", i ? " | " : "", column->samples[i]);
	table_cell(table, str_text(&text));
	str_release(&text);
}

static void put_columns(
    struct str *out, const struct report *report, const struct explained_file *file)
{
	static const struct column columns[] = {{.title = "Column", .most = 30},
	    {.title = "Feeds", .most = 32, .least = 16},
	    {.title = "Format", .most = 44, .least = 12},
	    {.title = "Full", .right = true}, {.title = "Samples", .most = 70}};
	struct table table = table_of(report, columns, 5);

	for (size_t i = 0; i < file->n_columns; i++) {
		const struct explained_column *c = &file->columns[i];
		table_cell(&table, *c->header ? c->header : "(blank)");
		table_cell(&table, c->feeds ? c->feeds : "not used");
		table_cell(&table, c->format);
		full_cell(&table, c->filled, file->rows);
		samples_cell(&table, c);
	}
	if (file->n_columns)
		table_print(&table, out, 2);
	for (size_t i = 0; i < file->n_columns; i++)
		if (file->columns[i].note)
			put_line(out, report, 2, 2, "%s: %s", file->columns[i].header,
			    file->columns[i].note);
}

static void put_missing(
    struct str *out, const struct report *report, const struct explained_file *file)
{
	for (size_t i = 0; i < file->n_uses; i++)
		if (*file->uses[i].missing)
			put_line(out, report, 2, 2,
			    "No column for these fields of [%s]: %s",
			    file->uses[i].section, file->uses[i].missing);
}

void report_explain(
    struct str *out, const struct report *report, const struct explanation *explanation)
{
	for (size_t i = 0; i < explanation->n_files; i++) {
		const struct explained_file *file = &explanation->files[i];
		if (i)
			put_blank(out);
		put_uses(out, report, file);
		put_shape(out, report, file);
		put_problems(out, report, file);
		put_columns(out, report, file);
		put_missing(out, report, file);
	}
	for (size_t i = 0; i < explanation->n_warnings; i++)
		put_line(out, report, 0, 2, "warning: %s", explanation->warnings[i]);
}

/* ---- JSON ---- */

/* "a, b" as an array; NULL as none. */
static cJSON *json_list(const char *text)
{
	cJSON *array = json_array();
	struct slice rest = slice_of(text), part;

	while (rest.len && slice_cut(&rest, ',', &part)) {
		struct str word = STR_INIT;
		part = slice_trim(part);
		str_add(&word, part.p, part.len);
		json_push(array, json_string(str_text(&word)));
		str_release(&word);
	}
	return array;
}

static cJSON *json_use(const struct explained_use *use)
{
	cJSON *value = json_object();

	json_text(value, "source", use->source);
	json_text(value, "section", use->section);
	json_text(value, "kind", use->kind);
	json_text(value, "why", use->why);
	json_text(value, "problem", use->problem);
	json_put(value, "missing_fields", json_list(use->missing));
	return value;
}

static cJSON *json_column(const struct explained_column *column, int64_t rows)
{
	cJSON *value = json_object(), *samples = json_array();

	json_text(value, "header", column->header);
	json_put(value, "fields", json_list(column->feeds));
	json_bool(value, "used", column->feeds != NULL);
	json_text(value, "type", column->type);
	json_text(value, "format", column->format);
	json_put(value, "filled",
	    cJSON_CreateNumber(rows ? (double)column->filled / (double)rows : 0));
	json_number(value, "unreadable", column->unreadable);
	for (int i = 0; i < EXPLAIN_SAMPLES && column->samples[i]; i++)
		json_push(samples, json_string(column->samples[i]));
	json_put(value, "samples", samples);
	json_text(value, "note", column->note);
	return value;
}

static cJSON *json_explained(const struct explained_file *file)
{
	const char delimiter[2] = {file->delimiter, '\0'};
	cJSON *value = json_object(), *uses = json_array(), *columns = json_array();

	json_text(value, "file", file->file);
	json_text(value, "encoding", file->encoding);
	json_text(value, "delimiter", delimiter);
	json_number(value, "rows", file->rows);
	json_number(value, "skipped", file->skipped);
	json_number(value, "ragged", file->ragged);
	json_text(value, "left_out", file->left_out);
	json_text(value, "nearest", file->nearest);
	json_text(value, "problem", file->problem);
	for (size_t i = 0; i < file->n_uses; i++)
		json_push(uses, json_use(&file->uses[i]));
	for (size_t i = 0; i < file->n_columns; i++)
		json_push(columns, json_column(&file->columns[i], file->rows));
	json_put(value, "taken_for", uses);
	json_put(value, "columns", columns);
	return value;
}

void report_explain_json(struct str *out, const struct explanation *explanation)
{
	cJSON *root = json_object(), *files = json_array(), *warnings = json_array();

	for (size_t i = 0; i < explanation->n_files; i++)
		json_push(files, json_explained(&explanation->files[i]));
	for (size_t i = 0; i < explanation->n_warnings; i++)
		json_push(warnings, json_string(explanation->warnings[i]));
	json_put(root, "files", files);
	json_put(root, "warnings", warnings);
	json_print(out, root);
	str_addc(out, '\n');
}
