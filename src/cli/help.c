#include "run.h"
#include <string.h>

static void add_option(struct str *out, const struct option_info *info)
{
	struct str left = STR_INIT;
	str_addf(&left, "--%s%s%s", info->name, info->value ? " " : "",
	    info->value ? info->value : "");
	str_addf(out, "  %-24s %s\n", str_text(&left), info->help);
	str_release(&left);
}

static void add_globals(struct str *out)
{
	for (int i = 0; i < GLOBAL_OPTIONS; i++)
		add_option(out, &option_infos[i]);
}

static void add_command(struct str *out, const struct cli_command *command)
{
	struct str left = STR_INIT;
	str_addf(&left, "%s%s%s", command->name, command->args ? " " : "",
	    command->args ? command->args : "");
	str_addf(out, "  %-24s %s\n", str_text(&left), command->summary);
	str_release(&left);
}

void help_program(struct str *out)
{
	str_adds(out,
	    "huddle - the weekly deal review\n"
	    "\n"
	    "usage: huddle [OPTION]... [COMMAND [ARGUMENT]...]\n"
	    "\n"
	    "Without a command it opens the review; without a terminal it prints it.\n"
	    "\n"
	    "commands:\n");
	for (const struct cli_command *command = cli_commands; command->name; command++)
		if (!command->hidden)
			add_command(out, command);
	str_adds(out, "\noptions, anywhere on the line:\n");
	add_globals(out);
	str_adds(out,
	    "\n"
	    "A DEAL is its id or a part of its name that no other deal has. A PERIOD is\n"
	    "2026-11, 2026-Q4, this-month, next-month, this-quarter or next-quarter.\n"
	    "\n"
	    "exit status: 0 done, 1 refused and nothing changed, 2 usage, 3 loaded with\n"
	    "rejected rows.\n"
	    "\n"
	    "start with: huddle sync FOLDER-OF-EXPORTS, then: huddle\n");
}

void help_command(struct str *out, const struct cli_command *command)
{
	str_addf(out, "huddle %s - %s\n\nusage: huddle %s", command->name,
	    command->summary, command->name);
	if (command->options)
		str_adds(out, " [OPTION]...");
	str_addf(
	    out, "%s%s\n", command->args ? " " : "", command->args ? command->args : "");
	if (command->options)
		str_adds(out, "\noptions:\n");
	for (int i = GLOBAL_OPTIONS; i < OPTIONS; i++)
		if (command_takes(command, i))
			add_option(out, &option_infos[i]);
	str_adds(out, "\nThe options of every command: huddle --help\n");
}

bool help_family(struct str *out, const char *word)
{
	size_t len = strlen(word);
	bool any = false;
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		if (strncmp(command->name, word, len) || command->name[len] != ' ')
			continue;
		if (!any)
			str_addf(out, "huddle %s:\n", word);
		add_command(out, command);
		any = true;
	}
	return any;
}

int cmd_help(struct cli *cli, struct err *err)
{
	if (!cli->n_args) {
		help_program(&cli->out);
		return EXIT_OK;
	}
	const char *name = cli_joined(cli, 0);
	const struct cli_command *command = cli_command_find(name);
	if (command) {
		help_command(&cli->out, command);
		return EXIT_OK;
	}
	if (help_family(&cli->out, name))
		return EXIT_OK;
	err_usage(err, name, "no such command; see huddle --help");
	return EXIT_USAGE;
}

int cmd_version(struct cli *cli, struct err *err)
{
	(void)err;
	if (cli_has(cli, OPT_JSON))
		str_addf(&cli->out, "{\"version\":\"%s\"}\n", HUDDLE_VERSION);
	else
		str_addf(&cli->out, "huddle %s\n", HUDDLE_VERSION);
	return EXIT_OK;
}
