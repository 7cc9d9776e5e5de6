#include "json.h"
#include "print.h"

/* What one sync read, changed and left out. */

enum { REJECTS_SHOWN = 10 };

/* Of a year of weekly exports the table shows those that were read. */
static bool several_days(const struct sync_report *sync)
{
	day_t first = DAY_NONE;
	for (size_t i = 0; i < sync->n_files; i++) {
		const struct file_report *file = &sync->files[i];
		if (!file->kind)
			continue;
		if (first != DAY_NONE && first != file->as_of)
			return true;
		first = file->as_of;
	}
	return false;
}

static void add_file(struct table *table, const struct file_report *file, bool days)
{
	char day[DAY_TEXT];
	table_cell(table, file->file);
	table_cell(table, file->left_out ? "left out"
	                  : file->kind   ? file->kind
	                                 : "not read");
	table_cell(table, file->source ? file->source : "-");
	const int64_t numbers[] = {file->rows, file->added, file->updated,
	    file->unchanged + file->repeated, file->rejected, file->missing,
	    file->skipped};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		table_cellf(table, "%lld", (long long)numbers[i]);
	if (days)
		table_cell(table, file->kind ? day_format(file->as_of, day) : "-");
}

static void put_files(
    struct str *out, const struct report *report, const struct sync_report *sync)
{
	static const struct column columns[] = {{.title = "File", .most = 36},
	    {.title = "Kind"}, {.title = "Source", .most = 20},
	    {.title = "Rows", .right = true}, {.title = "New", .right = true},
	    {.title = "Changed", .right = true}, {.title = "Same", .right = true},
	    {.title = "Rejected", .right = true}, {.title = "Missing", .right = true},
	    {.title = "Skipped", .right = true}, {.title = "As of"}};
	bool days = several_days(sync);
	size_t known = 0;
	struct table table = table_of(report, columns, days ? 11 : 10);
	for (size_t i = 0; i < sync->n_files; i++) {
		if (days && sync->files[i].same_file)
			known++;
		else
			add_file(&table, &sync->files[i], days);
	}
	if (known < sync->n_files)
		table_print(&table, out, 0);
	else
		str_release(&table.text);
	if (known)
		put_line(out, report, 0, 0, "%zu file%s read before, and the same now",
		    known, known == 1 ? "" : "s");
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
	else if (sync->changed && sync->first_sync < sync->sync_id)
		put_line(out, report, 0, 0, "Syncs %lld to %lld, up to %s, are done",
		    (long long)sync->first_sync, (long long)sync->sync_id,
		    day_format(sync->as_of, day));
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
	json_day(value, "as_of", file->kind ? file->as_of : DAY_NONE);
	json_bool(value, "left_out", file->left_out);
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
	if (sync->sync_id)
		json_number(root, "first_sync", sync->first_sync);
	else
		json_text(root, "first_sync", NULL);
	json_day(root, "as_of", sync->as_of);
	json_bool(root, "changed", sync->changed);
	json_bool(root, "dry_run", sync->dry_run);
	json_put(root, "files", files);
	json_put(root, "rejects", rejects);
	json_put(root, "warnings", warnings);
	json_print(out, root);
	str_addc(out, '\n');
}
