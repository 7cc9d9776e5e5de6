#include "export.h"

#include "huddle/text.h"
#include "restore.h"
#include <string.h>

/* README.md: what each file of an export is, and each of its columns. */

/* A name that an export or a person chose, as code, which also stands in a table. */
static void add_name(struct str *out, const char *text)
{
	struct str safe = STR_INIT;

	display_safe(&safe, slice_of(text));
	str_addc(out, '`');
	for (size_t i = 0; i < safe.len; i++) {
		if (safe.p[i] == '|')
			str_addc(out, '\\');
		str_addc(out, safe.p[i] == '`' ? '\'' : safe.p[i]);
	}
	str_addc(out, '`');
	str_release(&safe);
}

static void add_intro(struct export_run *run)
{
	char day[DAY_TEXT];
	struct str *out = &run->text;

	str_addf(out,
	    "# Export of huddle\n\n"
	    "Written by huddle " HUDDLE_VERSION
	    " on %s: all that it holds, as CSV files in "
	    "UTF-8 with a header (RFC 4180, CRLF, a byte order mark for "
	    "spreadsheets).\n\n",
	    day_format(run->options->today, day));
	str_adds(out,
	    "    huddle --db NEW.db sync   THIS-FOLDER    # the facts\n"
	    "    huddle --db NEW.db import THIS-FOLDER    # the records\n\n"
	    "**Text that a spreadsheet would run as a formula** (it begins with `=`, "
	    "`+`, "
	    "`-`, `@`, a tab or a line end, and is no number) has an apostrophe in "
	    "front. "
	    "huddle takes exactly that one off again; so does a program that drops one "
	    "apostrophe before such a sign, or before nothing but apostrophes. A single "
	    "apostrophe alone is a text of no letters; a blank cell holds nothing.\n\n"
	    "A spreadsheet that saves these files again may turn ids and dates into "
	    "numbers; a sync and an import say so where they see it.\n");
}

static void add_what_stays(struct export_run *run)
{
	str_adds(&run->text,
	    "\n## What does not come back\n\n"
	    "* What slip risk learned from the past: it is worked out again.\n"
	    "* Who ran the syncs before, and the files that they read: the next sync "
	    "reads "
	    "them anew. The syncs themselves, what each saw change on a deal and the "
	    "days of "
	    "the sources' exports come back (`syncs.csv`, `snapshots.csv`, `feeds.csv`), "
	    "but "
	    "only where nothing was synced yet: beside other syncs their numbers would "
	    "be "
	    "others'.\n"
	    "* Rejected rows come back when they are corrected and synced by their name "
	    "(`rejects.csv`), as those of `huddle rejects --export` do.\n"
	    "* People, accounts and others that are named in rows and stand in no row "
	    "any more.\n");
}

/* ---- columns ---- */

/* The only field that says whom its column means takes ids as well. */
static bool stands_alone(const struct export_table *table, const struct field *f)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct field *other = table->columns[i].field;
		if (table->columns[i].what == EXPORT_FIELD && other != f &&
		    fact_same_column(other, f))
			return false;
	}
	return true;
}

static const char *ref_words(
    struct arena *arena, const struct export_table *table, const struct field *f)
{
	const char *kind = fact_infos[f->ref].name;

	if (f->by == REF_ID)
		return arena_printf(arena, "id in %s", kind);
	if (stands_alone(table, f))
		return arena_printf(arena, "id or name in %s", kind);
	return arena_printf(arena, "%s in %s; says who is meant where no id does",
	    f->by == REF_NAME ? "name" : "e-mail address", kind);
}

static const char *amount_words(const struct export_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		if (!strcmp(table->columns[i].name, "currency"))
			return "amount, in units of the row's currency";
	return "amount in the source's currency; a hundredth of it where that has no "
	       "cents";
}

static const char *field_words(
    struct arena *arena, const struct export_table *table, const struct field *f)
{
	switch (f->type) {
	case FIELD_TEXT:
		return !strcmp(f->name, "id") ? "id in the source; # and a hash where it "
		                                "has none"
		                              : "text";
	case FIELD_AMOUNT:
		return amount_words(table);
	case FIELD_NUMBER:
		return "whole number";
	case FIELD_SHARE:
		return "share, in percent";
	case FIELD_DAY:
		return "day, YYYY-MM-DD";
	case FIELD_INSTANT:
		return "instant in UTC, YYYY-MM-DDTHH:MM:SSZ; a day where the source "
		       "tells no "
		       "time";
	case FIELD_BOOL:
		return "yes or no";
	case FIELD_REF:
		return ref_words(arena, table, f);
	case FIELD_RATE:
		return "rate of exchange";
	}
	return "";
}

static const char *column_words(
    struct arena *arena, const struct export_table *table, const struct export_column *c)
{
	switch (c->what) {
	case EXPORT_PART_OF:
		return "id of the row above, which this one is a further contact or deal "
		       "of";
	case EXPORT_MISSING:
		return "number of the sync since which the source's exports lack the row";
	case EXPORT_CUSTOM:
		return "text; a field of the company's own";
	case EXPORT_FIELD:
		break;
	}
	return field_words(arena, table, c->field);
}

static void add_column(struct str *out, const char *name, const char *words)
{
	str_adds(out, "| ");
	add_name(out, name);
	str_addf(out, " | %s |\n", words);
}

static void add_facts(struct export_run *run, const struct written *w)
{
	struct str *out = &run->text;
	const char *kind = fact_infos[w->feed->kind].name;
	char day[DAY_TEXT];

	str_addf(
	    out, "\n### %s\n\n%lld rows of %s from ", w->name, (long long)w->rows, kind);
	add_name(out, w->feed->source);
	str_adds(out, ", section ");
	add_name(out, w->feed->section);
	str_addf(out, "; as of %s.\n\n| column | holds |\n|---|---|\n",
	    day_format(w->feed->as_of, day));
	add_column(out, arena_printf(run->arena, RESTORED "%s", kind),
	    "source and section that the row is of");
	for (size_t i = 0; i < w->facts.count; i++)
		add_column(out, export_header(run->arena, &w->facts.columns[i]),
		    column_words(run->arena, &w->facts, &w->facts.columns[i]));
}

/* Tables of records; what is not here is told by its name and its columns. */
static const char *const about[][2] = {{"action", "Who does what by when."},
    {"debrief", "What was learned from a deal that was lost or won."},
    {"snooze", "Deals taken out of the ranking until a day."}, {"review", "Meetings."},
    {"agenda", "Deals on the agenda of a review."},
    {"decision", "What a review decided about a deal."},
    {"pin", "Deals on every agenda."}, {"slice", "Filters under a name."},
    {"word_list", "Lists that RevOps keeps, a word a line."},
    {"note", "How a message or campaign did with a buyer."},
    {"definition", "Versions of what both teams agreed on."},
    {"signature", "Who signed a version of the definition."},
    {"audit_answer", "Answers to the audit's questions."},
    {"change_log", "Every write: who, when, the row before and after. Undo and "
                   "`huddle check` go by it."},
    {"draft", "Forms that are half written."},
    {"setting", "Settings that the program keeps by itself."},
    {"clock", "Seconds spent on a deal in a review."}, {"sync", "The syncs there were."},
    {"feed", "Of which day the newest export of each section is, and which fields its "
             "files hold."},
    {"snapshot", "What each sync saw change on a deal: day, field, value before and "
                 "after."}};

static void add_about(struct str *out, const char *table)
{
	for (size_t i = 0; i < sizeof about / sizeof *about; i++)
		if (!strcmp(about[i][0], table))
			str_addf(out, " %s", about[i][1]);
}

static void add_table(struct export_run *run, const struct written *w, const char *marker)
{
	struct str *out = &run->text;

	str_addf(out, "\n### %s\n\n%lld rows.", w->name, (long long)w->rows);
	add_about(out, w->table->name);
	str_adds(out, "\n\n| column | holds |\n|---|---|\n");
	add_column(out, marker, "name of the table");
	for (size_t i = 0; i < w->table->count; i++) {
		const struct record_column *c = &w->table->columns[i];
		add_column(out, c->name,
		    arena_printf(run->arena, "%s%s%s",
		        c->integer ? "whole number" : "text",
		        c->optional ? ", or nothing" : "",
		        c->key ? "; tells the row" : ""));
	}
}

static void add_all_facts(struct export_run *run)
{
	char day[DAY_TEXT];

	if (run->as_of == DAY_NONE) {
		str_adds(&run->text, "\n## Facts\n\nNothing was synced yet.\n");
		return;
	}
	str_addf(&run->text,
	    "\n## Facts\n\nWhat the exports of CRM and marketing tool say, as of %s; a "
	    "file "
	    "for each source and kind. A column that is not here was in no export.\n",
	    day_format(run->as_of, day));
	for (size_t i = 0; i < run->n_files; i++)
		if (run->files[i].feed)
			add_facts(run, &run->files[i]);
	for (size_t i = 0; i < run->n_files; i++)
		if (written_past(&run->files[i]))
			add_table(run, &run->files[i], RESTORED_PAST);
	if (run->rejects)
		str_addf(&run->text,
		    "\n### rejects.csv\n\nRows that could not be used, each with its "
		    "file, "
		    "line and reason before its own columns%s.\n",
		    run->rejects > 1
		        ? "; those under other headers are in rejects-n2.csv "
		          "and on"
		        : "");
}

bool export_readme(struct export_run *run)
{
	str_clear(&run->text);
	add_intro(run);
	add_what_stays(run);
	add_all_facts(run);
	str_addf(&run->text,
	    "\n## Records\n\nWhat people wrote, which exists nowhere else (schema %d). "
	    "`" EXPORT_RECORDS "/" EXPORT_TABLES "` lists the tables with their rows, so "
	    "that an import sees when a file was cut.\n",
	    run->version);
	for (size_t i = 0; i < run->n_files; i++)
		if (run->files[i].table && !written_past(&run->files[i]))
			add_table(run, &run->files[i], RESTORED_RECORD);
	return export_text(run, EXPORT_README);
}
