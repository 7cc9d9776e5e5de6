#include "json.h"
#include "print.h"
#include "words.h"

#include <string.h>

/* Where the numbers come from: status, sources, what was rejected, one sync. */

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

void report_status(
    struct str *out, const struct report *report, const struct status *status)
{
	const struct store_info *info = status->info;
	char at[INSTANT_TEXT];
	struct str age = STR_INIT;
	put_line(out, report, 0, 2, "Records in %s%s, written by %s", status->path,
	    status->read_only ? " (read-only)" : "", status->person);
	age_words(&age, report);
	if (!info->has_facts) {
		put_line(out, report, 0, 2,
		    "Nothing synced yet. Load the exports of your CRM with: huddle sync "
		    "FOLDER");
		str_release(&age);
		return;
	}
	put_line(out, report, 0, 2, "Facts of sync %lld, %s; %s",
	    (long long)info->sync_id, instant_format(info->synced_at, at),
	    str_text(&age));
	put_line(out, report, 0, 2,
	    "%lld deals, %lld of them open; %lld touches, %lld activities, %lld contacts",
	    (long long)info->deals, (long long)info->open, (long long)info->touches,
	    (long long)info->activities, (long long)info->contacts);
	str_release(&age);
}

void report_status_json(
    struct str *out, const struct report *report, const struct status *status)
{
	const struct store_info *info = status->info;
	cJSON *root = json_object();
	json_day(root, "as_of", report->as_of);
	json_text(root, "db", status->path);
	json_text(root, "person", status->person);
	json_bool(root, "read_only", status->read_only);
	if (info->sync_id)
		json_number(root, "sync_id", info->sync_id);
	else
		json_text(root, "sync_id", NULL);
	json_instant(root, "synced_at", info->synced_at);
	json_number(root, "deals", info->deals);
	json_number(root, "open", info->open);
	json_number(root, "touches", info->touches);
	json_number(root, "activities", info->activities);
	json_number(root, "contacts", info->contacts);
	json_put(root, "syncs", json_syncs(status->syncs, false));
	json_print(out, root);
	str_addc(out, '\n');
}

/* Is the field, or another that is stored in the same column, in the files? */
static bool captured(
    const struct fact_info *fact, const struct field *wanted, const char *fields)
{
	const char *column = wanted->column ? wanted->column : wanted->name;
	struct slice rest = slice_of(fields), word;
	while (rest.len && slice_cut(&rest, ' ', &word))
		for (const struct field *field = fact->fields; field->name; field++)
			if (slice_is(word, field->name) &&
			    !strcmp(field->column ? field->column : field->name, column))
				return true;
	return false;
}

/* The first field of each column that this source does not hold; NULL: no more. */
static const struct field *next_absent(
    const struct source_info *info, const struct field *after)
{
	enum fact_kind kind;
	if (!info->kind || !fact_kind_find(info->kind, &kind))
		return NULL;
	const struct fact_info *fact = &fact_infos[kind];
	for (const struct field *f = after ? after + 1 : fact->fields; f->name; f++)
		if (!f->column && !captured(fact, f, info->captured))
			return f;
	return NULL;
}

static void put_absent(
    struct str *out, const struct report *report, const struct source_info *info)
{
	struct str line = STR_INIT;
	for (const struct field *f = NULL; (f = next_absent(info, f));)
		str_addf(&line, "%s%s", line.len ? ", " : "", f->name);
	if (line.len)
		put_line(out, report, 2, 2, "%s of %s: %s", or_dash(info->kind),
		    or_dash(info->file), str_text(&line));
	str_release(&line);
}

void report_sources(
    struct str *out, const struct report *report, const struct source_list *list)
{
	static const struct column columns[] = {{.title = "Source", .most = 20},
	    {.title = "Kind"}, {.title = "Rows", .right = true},
	    {.title = "Missing", .right = true}, {.title = "As of"},
	    {.title = "File", .most = 60}};
	if (!list->count) {
		put_line(out, report, 0, 0, "Nothing synced yet");
		return;
	}
	struct table table = table_of(report, columns, 6);
	for (size_t i = 0; i < list->count; i++) {
		const struct source_info *info = &list->items[i];
		char day[DAY_TEXT];
		table_cell(&table, or_dash(info->source));
		table_cell(&table, or_dash(info->kind));
		table_cellf(&table, "%lld", (long long)info->rows);
		table_cellf(&table, "%lld", (long long)info->missing);
		table_cell(&table, day_format(info->as_of, day));
		table_cell(&table, or_dash(info->file));
	}
	table_print(&table, out, 0);
	put_blank(out);
	put_line(out, report, 0, 0, "Not captured, and so neither good nor bad:");
	for (size_t i = 0; i < list->count; i++)
		put_absent(out, report, &list->items[i]);
}

static cJSON *json_words(const char *words)
{
	cJSON *array = json_array();
	struct slice rest = slice_of(words), word;
	while (rest.p && slice_cut(&rest, ' ', &word)) {
		char buf[64];
		if (word.len)
			json_push(array, json_string(slice_copy(word, buf, sizeof buf)));
	}
	return array;
}

static cJSON *json_absent(const struct source_info *info)
{
	cJSON *array = json_array();
	for (const struct field *f = NULL; (f = next_absent(info, f));)
		json_push(array, json_string(f->name));
	return array;
}

void report_sources_json(
    struct str *out, const struct report *report, const struct source_list *list)
{
	cJSON *root = json_object(), *array = json_array();
	for (size_t i = 0; i < list->count; i++) {
		const struct source_info *info = &list->items[i];
		cJSON *value = json_object();
		json_text(value, "source", info->source);
		json_text(value, "kind", info->kind);
		json_number(value, "rows", info->rows);
		json_number(value, "missing", info->missing);
		json_day(value, "as_of", info->as_of);
		json_put(value, "captured", json_words(info->captured));
		json_put(value, "not_captured", json_absent(info));
		json_text(value, "file", info->file);
		json_push(array, value);
	}
	json_day(root, "as_of", report->as_of);
	json_put(root, "sources", array);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_rejects(
    struct str *out, const struct report *report, const struct reject_list *list)
{
	put_line(out, report, 0, 0, "%zu row%s rejected", list->count,
	    list->count == 1 ? "" : "s");
	for (size_t i = 0; i < list->count; i++) {
		const struct reject *reject = &list->items[i];
		put_line(out, report, 0, 4, "%s:%lld: %s%s%s%s%s", reject->file,
		    (long long)reject->line, reject->column, *reject->column ? " \"" : "",
		    reject->value, *reject->column ? "\": " : "", reject->why);
		put_cut(out, report, 4, "%s", reject->text);
	}
	if (list->count)
		put_line(out, report, 0, 2,
		    "To correct them: huddle rejects --export FILE, then huddle sync "
		    "FILE");
}

cJSON *json_reject(const struct reject *reject)
{
	cJSON *value = json_object();
	json_text(value, "file", reject->file);
	json_number(value, "line", reject->line);
	json_text(value, "column", reject->column);
	json_text(value, "value", reject->value);
	json_text(value, "why", reject->why);
	return value;
}

static cJSON *json_names(const char *const *names)
{
	cJSON *array = json_array();
	for (; *names; names++)
		json_push(array, json_string(*names));
	return array;
}

void report_rejects_json(struct str *out, const struct report *report,
    const struct reject_list *list, const char *const *written)
{
	(void)report;
	cJSON *root = json_object(), *array = json_array();
	for (size_t i = 0; i < list->count; i++) {
		cJSON *value = json_reject(&list->items[i]);
		json_text(value, "row", list->items[i].text);
		json_push(array, value);
	}
	json_number(root, "count", (int64_t)list->count);
	json_put(root, "rejects", array);
	if (written)
		json_put(root, "written", json_names(written));
	json_print(out, root);
	str_addc(out, '\n');
}
