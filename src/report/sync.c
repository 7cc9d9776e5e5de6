#include "json.h"
#include "print.h"

/* What one sync read, changed and left out. */

enum { REJECTS_SHOWN = 10 };

static void put_files(
    struct str *out, const struct report *report, const struct sync_report *sync)
{
	static const struct column columns[] = {{.title = "File", .most = 36},
	    {.title = "Kind"}, {.title = "Source", .most = 20},
	    {.title = "Rows", .right = true}, {.title = "New", .right = true},
	    {.title = "Changed", .right = true}, {.title = "Same", .right = true},
	    {.title = "Rejected", .right = true}, {.title = "Missing", .right = true},
	    {.title = "Skipped", .right = true}};
	struct table table = table_of(report, columns, 10);
	for (size_t i = 0; i < sync->n_files; i++) {
		const struct file_report *file = &sync->files[i];
		table_cell(&table, file->file);
		table_cell(&table, file->kind ? file->kind : "not read");
		table_cell(&table, file->source ? file->source : "-");
		table_cellf(&table, "%lld", (long long)file->rows);
		table_cellf(&table, "%lld", (long long)file->added);
		table_cellf(&table, "%lld", (long long)file->updated);
		const int64_t same = file->unchanged + file->repeated;
		table_cellf(&table, "%lld", (long long)same);
		table_cellf(&table, "%lld", (long long)file->rejected);
		table_cellf(&table, "%lld", (long long)file->missing);
		table_cellf(&table, "%lld", (long long)file->skipped);
	}
	table_print(&table, out, 0);
}

static void put_rejects(
    struct str *out, const struct report *report, const struct sync_report *sync)
{
	for (size_t i = 0; i < sync->n_rejects && i < REJECTS_SHOWN; i++) {
		const struct reject *reject = &sync->rejects[i];
		put_line(out, report, 2, 4, "%s:%lld: %s%s%s%s%s", reject->file,
		    (long long)reject->line, reject->column, *reject->column ? " \"" : "",
		    reject->value, *reject->column ? "\": " : "", reject->why);
	}
	if (sync->n_rejects > REJECTS_SHOWN)
		put_line(out, report, 2, 0, "and %zu more: %s",
		    sync->n_rejects - REJECTS_SHOWN,
		    sync->dry_run ? "--json has them all" : "huddle rejects lists them");
}

void report_sync(
    struct str *out, const struct report *report, const struct sync_report *sync)
{
	char day[DAY_TEXT];
	if (sync->n_files) {
		put_files(out, report, sync);
		put_blank(out);
	}
	for (size_t i = 0; i < sync->n_warnings; i++)
		put_line(out, report, 0, 2, "warning: %s", sync->warnings[i]);
	if (sync->n_rejects) {
		put_line(out, report, 0, 0, "%zu row%s rejected:", sync->n_rejects,
		    sync->n_rejects == 1 ? "" : "s");
		put_rejects(out, report, sync);
	}
	if (sync->dry_run)
		put_line(out, report, 0, 0, "A dry run, which changed nothing: %s",
		    sync->changed ? "the sync would change the facts"
		                  : "the sync would change nothing either");
	else if (sync->changed)
		put_line(out, report, 0, 0, "Sync %lld of %s is done",
		    (long long)sync->sync_id, day_format(sync->as_of, day));
	else
		put_line(out, report, 0, 0, "Nothing changed");
}

static cJSON *json_file(const struct file_report *file)
{
	const char delimiter[2] = {file->delimiter, '\0'};
	cJSON *value = json_object();
	json_text(value, "file", file->file);
	json_text(value, "kind", file->kind);
	json_text(value, "source", file->source);
	json_text(value, "encoding", file->encoding);
	json_text(value, "delimiter", delimiter);
	json_number(value, "rows", file->rows);
	json_number(value, "added", file->added);
	json_number(value, "updated", file->updated);
	json_number(value, "unchanged", file->unchanged);
	json_number(value, "repeated", file->repeated);
	json_number(value, "rejected", file->rejected);
	json_number(value, "missing", file->missing);
	json_number(value, "skipped", file->skipped);
	json_bool(value, "same_file", file->same_file);
	return value;
}

void report_sync_json(
    struct str *out, const struct sync_report *sync, const struct err *err)
{
	cJSON *root = json_object();
	cJSON *files = json_array(), *rejects = json_array(), *warnings = json_array();
	for (size_t i = 0; i < sync->n_files; i++)
		json_push(files, json_file(&sync->files[i]));
	for (size_t i = 0; i < sync->n_rejects; i++)
		json_push(rejects, json_reject(&sync->rejects[i]));
	for (size_t i = 0; i < sync->n_warnings; i++)
		json_push(warnings, json_string(sync->warnings[i]));
	if (err) {
		struct str text = STR_INIT;
		str_addf(&text, "%s%s%s", err->place, *err->place ? ": " : "", err->text);
		json_text(root, "error", str_text(&text));
		str_release(&text);
	}
	if (sync->sync_id)
		json_number(root, "sync_id", sync->sync_id);
	else
		json_text(root, "sync_id", NULL);
	json_day(root, "as_of", sync->as_of);
	json_bool(root, "changed", sync->changed);
	json_bool(root, "dry_run", sync->dry_run);
	json_put(root, "files", files);
	json_put(root, "rejects", rejects);
	json_put(root, "warnings", warnings);
	json_print(out, root);
	str_addc(out, '\n');
}
