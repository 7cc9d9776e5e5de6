#include <criterion/criterion.h>

#include "huddle/cli.h"
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct cli cli;
static struct err err;
static struct str out;

static void release(void)
{
	cli_release(&cli);
	str_release(&out);
}

TestSuite(cli, .fini = release);

/* Parse a line of words without blanks in them. */
static bool parse(const char *line)
{
	static char words[512];
	static char *argv[32];
	int argc = 0;
	cli_release(&cli);
	cli = (struct cli){.command = NULL};
	err = (struct err)ERR_INIT;
	snprintf(words, sizeof words, "%s", line);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	return cli_parse(&cli, argc, argv, &err);
}

static void refused(const char *line, const char *place, const char *text)
{
	cr_expect_not(parse(line), "%s", line);
	cr_expect_eq(err.status, EXIT_USAGE);
	cr_expect_str_eq(err.place, place);
	cr_expect(strstr(err.text, text), "%s: %s", line, err.text);
}

Test(cli, nothing_is_the_review)
{
	cr_assert(parse(""));
	cr_assert_null(cli.command);
	cr_assert(parse("--print --filter acme"));
	cr_assert_null(cli.command);
	cr_assert_str_eq(cli.value[OPT_FILTER], "acme");
}

Test(cli, options_stand_anywhere)
{
	cr_assert(
	    parse("--json deals --today 2026-11-23 --status=won --db=/tmp/x --limit 3"));
	cr_assert_str_eq(cli.command->name, "deals");
	cr_assert_str_eq(cli.value[OPT_TODAY], "2026-11-23");
	cr_assert_str_eq(cli.value[OPT_STATUS], "won");
	cr_assert_str_eq(cli.value[OPT_DB], "/tmp/x");
	cr_assert_str_eq(cli.value[OPT_LIMIT], "3");
	cr_assert_not_null(cli.value[OPT_JSON]);
	cr_assert_eq(cli.n_args, 0);
}

Test(cli, names_of_two_words)
{
	cr_assert(parse("action --team sales add acme call --due fri the CFO"));
	cr_assert_str_eq(cli.command->name, "action add");
	cr_assert_eq(cli.n_args, 4);
	cr_assert_str_eq(cli.args[0], "acme");
	cr_assert_str_eq(cli.args[3], "CFO");
	cr_assert(parse("debrief missing"));
	cr_assert_str_eq(cli.command->name, "debrief missing");
	cr_assert(parse("debrief acme --from -"));
	cr_assert_str_eq(cli.command->name, "debrief");
	cr_assert_str_eq(cli.value[OPT_FROM], "-");
}

Test(cli, two_dashes_end_the_options)
{
	cr_assert(parse("show -- --json"));
	cr_assert_str_eq(cli.args[0], "--json");
	cr_assert_null(cli.value[OPT_JSON]);
}

Test(cli, usage_errors_name_what_is_nearest)
{
	refused("delas", "delas", "did you mean deals?");
	refused("deals --limt 3", "--limt", "did you mean --limit?");
	refused("deals --limt=3", "--limt=3", "did you mean --limit?");
	refused("deals --top 3", "--top", "not an option of deals");
	refused("deals --status gone", "--status", "open, won, lost, all");
	refused("deals --limit", "--limit", "--limit N");
	refused("deals --json=yes", "--json=yes", "takes no value");
	refused("deals extra", "deals", "\"extra\" is too much");
	refused("deals -x", "-x", "no such option");
	refused("show", "show", "huddle show DEAL");
	refused("action", "action", "add, export, list, done, drop, assign, due");
	refused("--limit 3", "--limit", "name a command");
	refused("xyzzy", "xyzzy", "huddle --help");
}

Test(cli, help_asks_for_no_arguments)
{
	cr_assert(parse("show --help"));
	cr_assert(parse("-h"));
	cr_assert_not_null(cli.value[OPT_HELP]);
}

Test(cli, the_tables_are_whole)
{
	for (int i = 0; i < OPTIONS; i++) {
		cr_assert(option_infos[i].name && *option_infos[i].help, "%d", i);
		for (int j = 0; j < i; j++)
			cr_assert_str_neq(option_infos[i].name, option_infos[j].name);
	}
	for (const struct cli_command *c = cli_commands; c->name; c++) {
		cr_assert(c->run && *c->summary, "%s", c->name);
		cr_assert_eq(cli_command_find(c->name), c);
		cr_assert(c->args || !c->least, "%s", c->name);
	}
}

Test(cli, help_tells_every_command_and_option)
{
	help_program(&out);
	for (const struct cli_command *c = cli_commands; c->name; c++)
		cr_expect(c->hidden || strstr(str_text(&out), c->summary), "%s", c->name);
	for (int i = 0; i < GLOBAL_OPTIONS; i++)
		cr_expect(strstr(str_text(&out), option_infos[i].help));
	str_clear(&out);
	help_command(&out, cli_command_find("deals"));
	cr_assert(strstr(str_text(&out), "usage: huddle deals [OPTION]..."));
	cr_assert(strstr(str_text(&out), "--stage STAGE"));
	str_clear(&out);
	cr_assert(help_family(&out, "action"));
	cr_assert(strstr(str_text(&out), "action due ID... DATE"));
}

/* What is committed is what the program prints: huddle completion SHELL. */
Test(cli, completions_are_those_of_the_tables)
{
	static const char *const files[][2] = {
	    {"bash", "huddle.bash"}, {"zsh", "_huddle"}, {"fish", "huddle.fish"}};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[512], *text = NULL;
		size_t size = 0;
		snprintf(
		    path, sizeof path, "%s/completions/%s", TEST_SOURCE_DIR, files[i][1]);
		FILE *file = fopen(path, "r");
		cr_assert_not_null(file, "%s", path);
		ssize_t len = getdelim(&text, &size, '\0', file);
		fclose(file);
		str_clear(&out);
		cr_assert(completion_script(&out, files[i][0]));
		cr_expect(len >= 0 && !strcmp(text, str_text(&out)),
		    "%s is old: huddle completion %s > completions/%s", files[i][1],
		    files[i][0], files[i][1]);
		free(text);
	}
	cr_assert_not(completion_script(&out, "tcsh"));
}

/*
 * The program as a whole, on a records file in a new folder. Each test is a
 * process of its own, so what it prints can be sent to a file.
 */
static char folder[64], captured[128], database[128];

static void begin(void)
{
	snprintf(folder, sizeof folder, "/tmp/huddle-cli-XXXXXX");
	cr_assert_not_null(mkdtemp(folder));
	snprintf(captured, sizeof captured, "%s/out", folder);
	snprintf(database, sizeof database, "%s/huddle.db", folder);
}

static void end(void)
{
	char line[128];
	release();
	snprintf(line, sizeof line, "rm -r '%s'", folder);
	cr_assert_eq(system(line), 0);
}

TestSuite(program, .init = begin, .fini = end);

/* Run with these words; `out` is then what was printed. */
static int run(const char *const *words)
{
	const char *argv[24] = {"huddle", "--db", database, "--today", "2026-11-20"};
	int argc = 5;
	for (; *words; words++)
		argv[argc++] = *words;
	cr_assert_not_null(freopen(captured, "w", stdout));
	int status = cli_main(argc, (char *const *)argv);
	fflush(stdout);
	char buf[4096];
	FILE *file = fopen(captured, "r");
	str_clear(&out);
	for (size_t n; (n = fread(buf, 1, sizeof buf, file)) > 0;)
		str_add(&out, buf, n);
	fclose(file);
	return status;
}

#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

static cJSON *parsed(void)
{
	cJSON *root = cJSON_Parse(str_text(&out));
	cr_assert_not_null(root, "%s", str_text(&out));
	return root;
}

static void expect(const char *part)
{
	cr_expect(
	    strstr(str_text(&out), part), "no \"%s\" in:\n%s", part, str_text(&out));
}

Test(program, nothing_synced_is_said_and_makes_no_file)
{
	cr_assert_eq(RUN("status"), EXIT_OK);
	expect("huddle sync FOLDER");
	cr_assert_eq(RUN("deals", "--json"), EXIT_OK);
	expect("\"as_of\":null");
	expect("\"count\":0");
	cr_assert_eq(RUN("show", "acme", "--json"), EXIT_REFUSED);
	expect("{\"error\":\"acme: no deals are loaded");
	cr_assert_eq(RUN("--print"), EXIT_OK);
	expect("0 open");
	cr_assert_neq(access(database, F_OK), 0);
}

Test(program, usage_errors_are_json_too)
{
	cr_assert_eq(RUN("deals", "--sort", "size", "--json"), EXIT_USAGE);
	expect("{\"error\":\"--sort: ");
	cr_assert_eq(RUN("deals", "--closing", "soon", "--json"), EXIT_USAGE);
	expect("{\"error\":\"--closing: ");
	cr_assert_eq(RUN("deals", "--limit", "-1", "--json"), EXIT_USAGE);
}

static void sync_sample(void)
{
	cr_assert_eq(RUN("sync", TEST_SOURCE_DIR "/sample-data", "--json"), EXIT_OK);
}

Test(program, syncs_and_shows)
{
	sync_sample();
	cJSON *root = parsed();
	cr_assert(cJSON_IsTrue(cJSON_GetObjectItem(root, "changed")));
	cJSON_Delete(root);
	cr_assert_eq(RUN("deals", "--json", "--limit", "2"), EXIT_OK);
	root = parsed();
	cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(root, "deals")), 2);
	cr_assert_gt(cJSON_GetObjectItem(root, "count")->valueint, 2);
	const char *id = cJSON_GetObjectItem(
	    cJSON_GetArrayItem(cJSON_GetObjectItem(root, "deals"), 0), "id")
	                     ->valuestring;
	cr_assert_eq(RUN("show", id), EXIT_OK);
	expect("Slip risk");
	expect("Marketing touches");
	cr_assert_eq(
	    RUN("risk", "--closing", "this-month", "--top", "1", "--json"), EXIT_OK);
	expect("\"period\":\"2026-11\"");
	cJSON_Delete(root);
	cr_assert_eq(RUN("--print"), EXIT_OK);
	expect("Most likely to slip this month");
	cr_assert_null(strchr(str_text(&out), '\x1b'));
}

Test(program, lists_are_narrowed_by_words)
{
	sync_sample();
	cr_assert_eq(
	    RUN("deals", "--filter", "owner:declan risk:high", "--json"), EXIT_OK);
	cJSON *root = parsed();
	const cJSON *deal, *deals = cJSON_GetObjectItem(root, "deals");
	cr_assert_gt(cJSON_GetArraySize(deals), 0);
	cJSON_ArrayForEach(deal, deals)
	{
		cr_expect_str_eq(
		    cJSON_GetObjectItem(deal, "owner")->valuestring, "Declan McGlinchy");
	}
	cJSON_Delete(root);
	cr_assert_eq(RUN("deals", "--filter", "xyzzyx", "--json"), EXIT_OK);
	expect("\"count\":0");
	cr_assert_eq(RUN("deals", "--filter", "closing:2026-99", "--json"), EXIT_USAGE);
	expect("is no period; write 2026-11");
}

Test(program, several_deals_are_listed_not_guessed)
{
	sync_sample();
	cr_assert_eq(RUN("show", "Quillmoor", "--json"), EXIT_REFUSED);
	expect("give the id of one");
	expect("006Q");
}

Test(program, actions_are_added_done_and_taken_back)
{
	sync_sample();
	cr_assert_eq(RUN("action", "add", "Bluewater", "Send", "the", "case", "--team",
	                 "marketing", "--owner", "Ana", "--due", "fri"),
	    EXIT_OK);
	cr_assert_eq(RUN("action", "list", "--json"), EXIT_OK);
	expect("\"text\":\"Send the case\"");
	expect("\"due\":\"2026-11-27\"");
	cr_assert_eq(RUN("action", "due", "#1", "+3d"), EXIT_OK);
	expect("23 Nov");
	cr_assert_eq(RUN("action", "done", "1"), EXIT_OK);
	cr_assert_eq(RUN("action", "list"), EXIT_OK);
	expect("No actions");
	cr_assert_eq(RUN("undo"), EXIT_OK);
	cr_assert_eq(RUN("action", "list"), EXIT_OK);
	expect("Send the case");
	cr_assert_eq(RUN("--read-only", "action", "done", "1"), EXIT_REFUSED);
	cr_assert_eq(RUN("action", "done", "7"), EXIT_REFUSED);
	cr_assert_eq(RUN("action", "drop", "1"), EXIT_USAGE);
	cr_assert_eq(
	    RUN("action", "assign", "1", "declan", "mcglinchy", "--json"), EXIT_OK);
	expect("\"owner\":\"Declan McGlinchy\"");
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file);
	fputs(text, file);
	fclose(file);
}

Test(program, a_stall_is_snoozed_and_comes_back)
{
	sync_sample();
	cr_assert_eq(RUN("snooze", "list"), EXIT_OK);
	expect("No deal is snoozed.");
	cr_assert_eq(
	    RUN("snooze", "Bluewater", "--until", "+2w", "--reason", "legal review"),
	    EXIT_OK);
	expect("snoozed until 4 Dec");
	expect("legal review");
	cr_assert_eq(RUN("risk", "--top", "1", "--json"), EXIT_OK);
	expect("\"snoozed\":[{\"until\":\"2026-12-04\"");
	cr_assert_eq(RUN("risk", "--top", "1"), EXIT_OK);
	expect("Bluewater Tanning Works: renewal + expansion   ");
	cr_assert_eq(RUN("deals", "--json"), EXIT_OK);
	expect("\"reason\":\"legal review\"");
	/* On its day it is back, and nothing was written for that. */
	cr_assert_eq(RUN("--today", "2026-12-04", "snooze", "list", "--json"), EXIT_OK);
	expect("{\"count\":0,\"deals\":[]}");
	cr_assert_eq(RUN("snooze", "Bluewater", "--off"), EXIT_OK);
	expect("is awake");
	cr_assert_eq(RUN("snooze", "Bluewater", "--off"), EXIT_REFUSED);
	cr_assert_eq(RUN("snooze", "Bluewater", "--reason", "x"), EXIT_USAGE);
	cr_assert_eq(RUN("snooze", "Bluewater", "--until", "+1d"), EXIT_USAGE);
	cr_assert_eq(RUN("snooze", "Bluewater", "--until", "2020-01-01", "--reason", "x"),
	    EXIT_REFUSED);
	cr_assert_eq(RUN("undo"), EXIT_OK);
	expect("woken");
}

Test(program, changes_are_a_bridge_that_sums)
{
	sync_sample();
	cr_assert_eq(RUN("changes", "--json"), EXIT_OK);
	expect("\"since\":null");
	expect("\"residual\":0.00");
	cr_assert_eq(RUN("changes", "--since", "2026-10-31"), EXIT_OK);
	expect("residual");
	expect("Moves of open deals:");
	cr_assert_eq(
	    RUN("changes", "--since", "2026-10-31", "--closing", "2026-11", "--json"),
	    EXIT_OK);
	expect("\"period\":\"2026-11\"");
	cr_assert_eq(RUN("changes", "--since", "2027-10-31"), EXIT_USAGE);
	cr_assert_eq(RUN("changes", "--since", "1999-10-31"), EXIT_USAGE);
	cr_assert_eq(RUN("changes", "--since", "77"), EXIT_USAGE);
}

Test(program, slip_risk_is_proved_on_the_past)
{
	sync_sample();
	cr_assert_eq(RUN("risk", "backtest", "--json"), EXIT_OK);
	expect("{\"method\":\"trained\",\"months\":21");
	expect("\"precision_at_3\":");
	cr_assert_eq(RUN("risk", "backtest"), EXIT_OK);
	expect("Method now: trained on");
	cr_assert_eq(RUN("risk", "--top", "3"), EXIT_OK);
	expect("Method: trained. Backtest: 21 months");
}

Test(program, a_debrief_is_filed_from_a_file)
{
	char path[128];
	sync_sample();
	snprintf(path, sizeof path, "%s/debrief.txt", folder);
	write_file(path,
	    "# what we know\nOutcome: competitor\ncompetitor = Globex\n"
	    "reason = Price: too expensive\nwin-back = +2m\nnote = one\n  two\n");
	cr_assert_eq(
	    RUN("debrief", "006Qm000000103sIAA", "--from", path, "--json"), EXIT_OK);
	expect("\"competitor\":\"Globex\"");
	expect("\"winback\":\"2027-01-20\"");
	expect("\"note\":\"one\\ntwo\"");
	write_file(
	    path, "{\"debrief\": {\"outcome\": \"unknown\", \"competitor\": null}}");
	cr_assert_eq(
	    RUN("debrief", "006Qm000000103sIAA", "--from", path, "--json"), EXIT_OK);
	expect("\"outcome\":\"unknown\",\"competitor\":null,\"primary\":\"price: too "
	       "expensive\"");
	write_file(path, "outcome = unknown\nwhy = 42\n");
	cr_assert_eq(
	    RUN("debrief", "006Qm000000103sIAA", "--from", path, "--json"), EXIT_REFUSED);
	expect("debrief.txt:2: ");
	/* The file is looked at before the deal. */
	cr_assert_eq(RUN("debrief", "Bluewater", "--from", path, "--json"), EXIT_REFUSED);
	expect("debrief.txt:2: ");
	write_file(path, "outcome = unknown\nprimary = taste\n");
	cr_assert_eq(RUN("debrief", "Bluewater", "--from", path, "--json"), EXIT_REFUSED);
	expect("debrief.txt:2: primary: ");
	write_file(path, "outcome = no_decision\nprimary = Pricing\nevidence = rep\n");
	cr_assert_eq(RUN("debrief", "Bluewater", "--from", path, "--json"), EXIT_REFUSED);
	expect("the deal is open");
}

/* Each deal keeps its currency; the sums are the company's. */
Test(program, sums_are_in_the_currency_of_the_company)
{
	char path[128], ini[128];
	snprintf(path, sizeof path, "%s/Opportunity.csv", folder);
	snprintf(ini, sizeof ini, "%s/rates.ini", folder);
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file);
	fputs(
	    "Id,Name,StageName,Amount,CurrencyIsoCode,CloseDate,CreatedDate,AccountId,"
	    "OwnerId,IsClosed,IsWon\n"
	    "006000000000001AAA,One,New,1000,USD,2026-12-01,2026-01-01,,,false,false\n"
	    "006000000000002AAA,Two,New,1000.50,EUR,2026-12-01,2026-01-01,,,false,false\n"
	    "006000000000003AAA,Three,New,77,CHF,2026-12-01,2026-01-01,,,false,false\n",
	    file);
	fclose(file);
	file = fopen(ini, "w");
	cr_assert_not_null(file);
	fputs("[source]\nname = acme\ncurrency = USD\n[rates]\nEUR = 2\n", file);
	fclose(file);
	cr_assert_eq(RUN("sync", "--source", ini, path), EXIT_OK);
	cr_assert_eq(RUN("deals", "--json", "--sort", "amount"), EXIT_OK);
	expect("\"totals\":[{\"currency\":\"USD\",\"amount\":3001.00},"
	       "{\"currency\":\"CHF\",\"amount\":77.00}]");
	expect("\"deals\":[\n{\"id\":\"006000000000002AAA\"");
	expect("\"amount\":1000.50,\"currency\":\"EUR\",\"company_amount\":2001.00,"
	       "\"company_currency\":\"USD\"");
	expect("\"amount\":77.00,\"currency\":\"CHF\",\"company_amount\":null,"
	       "\"company_currency\":null");
	cr_assert_eq(RUN("deals"), EXIT_OK);
	expect("3, $3k + CHF 77; ");
	cr_assert_eq(RUN("--print"), EXIT_OK);
	expect("$3k + CHF 77");
	cr_assert_eq(RUN("--screen", "120x30"), EXIT_OK);
	expect("$3k + CHF 77");
}

static void write_week(const char *name, const char *rows)
{
	char path[256];
	snprintf(path, sizeof path, "%s/in/%s", folder, name);
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file, "%s", path);
	fprintf(file,
	    "Deal ID,Deal Name,Deal Stage,Amount,Close Date,Pipeline,Deal "
	    "owner,Associated Contact IDs\n%s",
	    rows);
	fclose(file);
}

/* HubSpot's names of files, a week apart, in one folder. */
static const char *two_weeks(void)
{
	static char in[128];
	snprintf(in, sizeof in, "%s/in", folder);
	snprintf(captured, sizeof captured, "%s/out", folder);
	char line[160];
	snprintf(line, sizeof line, "mkdir '%s'", in);
	cr_assert_eq(system(line), 0);
	write_week("hubspot-crm-exports-all-deals-2026-08-03-1.csv",
	    "1,Acme: renewal,Qualified,1000,2026-09-01,Sales,Ana,\n"
	    "2,Bolt\x1b[31m,Qualified,500,2026-09-02,Sales,Ana,\n");
	write_week("hubspot-crm-exports-all-deals-2026-08-10-1.csv",
	    "1,Acme: renewal,Negotiation,1200,2026-10-01,Sales,Bob,\n"
	    "2,Bolt\x1b[31m,Qualified,500,2026-09-02,Sales,Ana,\n"
	    "3,Corp,Qualified,500,2026-09-02,Sales,Ana,\n");
	return in;
}

Test(program, syncs_are_listed_and_what_one_changed)
{
	const char *in = two_weeks();
	cr_assert_eq(RUN("sync", in), EXIT_OK);
	expect("Syncs 1 to 2, up to 2026-08-10, are done");
	expect("2026-08-03");
	cr_assert_eq(RUN("status", "--syncs", "--as", "Eve"), EXIT_OK);
	expect("   2  2026-08-10  ");
	expect("   1  2026-08-03  ");
	cr_assert_eq(RUN("status", "--syncs", "2"), EXIT_OK);
	expect(
	    "What moved on 2 deals\n  Acme: renewal   [1]\n    amount: 1,000 -> 1,200\n"
	    "    close date: 1 Sep -> 1 Oct\n    owner: Ana -> Bob\n"
	    "    stage: Qualified -> Negotiation\n  Corp   [3]\n    new\n");
	cr_assert_eq(RUN("status", "--syncs", "1"), EXIT_OK);
	expect("It was the first");
	cr_assert_eq(RUN("status", "--syncs", "2", "--json"), EXIT_OK);
	expect("\"deals\":[{\"id\":\"1\",\"name\":\"Acme: renewal\",\"account\":null,"
	       "\"changes\":[{\"field\":\"amount\",\"old\":\"1000.00\",\"new\":\"1200."
	       "00\"}");
	cr_assert_eq(RUN("status", "--syncs", "--json"), EXIT_OK);
	expect("\"count\":2,\"syncs\":[{\"sync_id\":2,\"as_of\":\"2026-08-10\"");
	cr_assert_eq(RUN("status", "--syncs", "7"), EXIT_REFUSED);
	cr_assert_eq(RUN("status", "--syncs", "x"), EXIT_USAGE);
	cr_assert_eq(RUN("status", "2"), EXIT_USAGE);
	cr_assert_eq(RUN("sync", in, "--json"), EXIT_OK);
	expect("{\"sync_id\":null,\"first_sync\":null,\"as_of\":\"2026-08-10\"");
	cr_assert_eq(RUN("sync", "--undo", "--json"), EXIT_OK);
	expect("\"sync_id\":0");
	cr_assert_eq(RUN("status", "--syncs"), EXIT_OK);
	expect("undone");
	cr_assert_eq(RUN("status", "--syncs", "2"), EXIT_REFUSED);
	/* Undone and loaded again: the numbers go on, and all are listed. */
	cr_assert_eq(RUN("--as", "Eve", "sync", in), EXIT_OK);
	cr_assert_eq(RUN("status", "--syncs"), EXIT_OK);
	expect("   4  2026-08-10  ");
	expect("Eve");
	cr_assert_eq(RUN("status", "--syncs", "4"), EXIT_OK);
	expect("What moved on 2 deals");
}
