#include "counts.h"

#include "huddle/report_meeting.h"
#include <stdlib.h>
#include <string.h>

/* What losses have in common, and notes on messages. */

static bool make(struct cli *cli, struct period period, const struct deal_list *deals,
    const struct debrief_list *debriefs, struct themes *out, struct err *err)
{
	struct campaign_touch *touches;
	size_t count;
	if (!store_load_campaign_touches(
	        cli->store, &cli->arena, period, &touches, &count, err))
		return false;
	themes_make(out, &cli->arena,
	    &(struct themes_input){
	        deals->items, deals->count, debriefs, touches, count, period});
	return true;
}

bool cli_count_themes(
    struct cli *cli, struct themes *out, struct themes *before, struct err *err)
{
	const char *text = cli_quarter(cli);
	int fiscal = cli->info.fiscal_start;
	struct period now;
	struct deal_list deals;
	struct debrief_list debriefs;
	if (!period_parse(text, cli->report.today, fiscal, &now))
		return err_usage(
		    err, "--quarter", "\"%.40s\" is no quarter; write 2026-Q3", text);
	return cli_all_deals(cli, &deals, err) &&
	       store_load_debriefs(cli->store, &cli->arena, &debriefs, err) &&
	       make(cli, now, &deals, &debriefs, out, err) &&
	       make(cli, period_of_quarter(now.first - 1, fiscal), &deals, &debriefs,
	           before, err);
}

int cmd_themes(struct cli *cli, struct err *err)
{
	const char *text = cli_quarter(cli);
	struct themes themes, before;
	enum table_form form;
	bool table = cli_table(cli, &form, err);
	if (*err->text || !cli_count_themes(cli, &themes, &before, err))
		return err->status;
	if (table) {
		report_themes_table(
		    &cli->out, &cli->report, form, &themes, &before, text);
		return EXIT_OK;
	}
	if (cli_has(cli, OPT_JSON))
		report_themes_json(&cli->out, &themes, text);
	else
		report_themes(&cli->out, &cli->report, &themes, &before, text);
	return EXIT_OK;
}

static int print_notes(struct cli *cli, const char *deal_id, struct err *err)
{
	struct note_list notes;
	struct message *messages;
	size_t count;
	if (!store_load_notes(cli->store, &cli->arena, deal_id, &notes, err))
		return err->status;
	messages_of(&messages, &count, &cli->arena, &notes, cli->report.today);
	if (cli_has(cli, OPT_JSON))
		report_notes_json(&cli->out, &notes, messages, count);
	else
		report_notes(&cli->out, &cli->report, &notes, messages, count);
	return EXIT_OK;
}

int cmd_note_add(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct note note = {.about = cli->value[OPT_ABOUT],
	    .text = cli_has(cli, OPT_TEXT) ? cli->value[OPT_TEXT] : cli_joined(cli, 1),
	    .answer = ""};
	bool conflict;
	if (!note.about)
		err_usage(err, "--about",
		    "the message or campaign that the note is about is missing");
	if (*err->text || !deal_named(cli, cli->args[0], &deal, err))
		return err->status;
	note.deal_id = deal->id;
	return note_check(&note, err) &&
	               store_save_note(cli->store, &note, &conflict, err)
	           ? print_notes(cli, deal->id, err)
	           : err->status;
}

int cmd_note_answer(struct cli *cli, struct err *err)
{
	struct note_list notes;
	bool conflict;
	const char *digits = cli->args[0] + (*cli->args[0] == '#');
	long long id = atoll(digits);
	if (!store_load_notes(cli->store, &cli->arena, NULL, &notes, err))
		return err->status;
	for (size_t i = 0; i < notes.count; i++) {
		struct note note = notes.items[i];
		if (note.id != id)
			continue;
		note.answer =
		    cli_has(cli, OPT_TEXT) ? cli->value[OPT_TEXT] : cli_joined(cli, 1);
		if (!*note.answer)
			err_usage(err, "note answer", "say what was changed");
		return !*err->text && store_save_note(cli->store, &note, &conflict, err)
		           ? print_notes(cli, note.deal_id, err)
		           : err->status;
	}
	err_set(err, cli->args[0], "there is no such note; huddle note list has them");
	return err->status;
}

int cmd_note_list(struct cli *cli, struct err *err)
{
	const struct deal *deal = NULL;
	if (cli->n_args && !deal_named(cli, cli_joined(cli, 0), &deal, err))
		return err->status;
	return print_notes(cli, deal ? deal->id : NULL, err);
}
