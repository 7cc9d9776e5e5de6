#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int least_of(int a, int b, int c)
{
	int least = a < b ? a : b;
	return least < c ? least : c;
}

/* Levenshtein's distance of two short words; a long one is far from all. */
static int distance(const char *a, const char *b)
{
	enum { MOST = 32 };
	int row[MOST + 1];
	size_t width = strlen(b);
	if (width > MOST || strlen(a) > MOST)
		return MOST;
	for (size_t j = 0; j <= width; j++)
		row[j] = (int)j;
	for (size_t i = 0; a[i]; i++) {
		int corner = row[0];
		row[0] = (int)i + 1;
		for (size_t j = 0; j < width; j++) {
			int above = row[j + 1];
			row[j + 1] =
			    least_of(above + 1, row[j] + 1, corner + (a[i] != b[j]));
			corner = above;
		}
	}
	return row[width];
}

/* The nearest of what has been offered; NULL when none is near. */
struct nearest {
	const char *wanted, *name;
	int distance;
};

static void offer(struct nearest *nearest, const char *name)
{
	int d = distance(nearest->wanted, name);
	size_t len = strlen(nearest->wanted);
	if (len >= 3 && !strncmp(name, nearest->wanted, len))
		d = 0;
	if (d <= (int)strlen(name) / 2 && d <= 3 &&
	    (!nearest->name || d < nearest->distance)) {
		nearest->name = name;
		nearest->distance = d;
	}
}

const struct cli_command *cli_command_find(const char *name)
{
	for (const struct cli_command *command = cli_commands; command->name; command++)
		if (!strcmp(command->name, name))
			return command;
	return NULL;
}

static int option_named(struct slice name)
{
	for (int i = 0; i < OPTIONS; i++)
		if (slice_is(name, option_infos[i].name))
			return i;
	return -1;
}

static bool takes(const struct cli_command *command, int option)
{
	return option < GLOBAL_OPTIONS ||
	       (command && command_takes(command, (int)option));
}

static bool unknown_option(const char *word, struct err *err)
{
	char name[40];
	slice_copy((struct slice){word + 2, strcspn(word + 2, "=")}, name, sizeof name);
	struct nearest nearest = {.wanted = name};
	for (int i = 0; i < OPTIONS; i++)
		offer(&nearest, option_infos[i].name);
	if (nearest.name)
		return err_usage(
		    err, word, "no such option; did you mean --%s?", nearest.name);
	return err_usage(err, word, "no such option; see huddle --help");
}

static bool unknown_command(struct cli *cli, struct err *err)
{
	const char *word = cli->args[0];
	struct nearest nearest = {.wanted = word};
	struct str family = STR_INIT;
	size_t len = strlen(word);
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		if (!strncmp(command->name, word, len) && command->name[len] == ' ')
			str_addf(&family, "%s%s", family.len ? ", " : "",
			    command->name + len + 1);
		if (!command->hidden)
			offer(&nearest, command->name);
	}
	if (family.len)
		err_usage(
		    err, word, "it needs a word more; use one of: %s", str_text(&family));
	else if (nearest.name)
		err_usage(err, word, "no such command; did you mean %s?", nearest.name);
	else
		err_usage(err, word, "no such command; see huddle --help");
	str_release(&family);
	return false;
}

/* The command of the first one or two arguments, which are then taken off. */
static bool find_command(struct cli *cli, struct err *err)
{
	int words = 0;
	if (!cli->n_args)
		return true;
	if (cli->n_args > 1) {
		char name[64];
		snprintf(name, sizeof name, "%s %s", cli->args[0], cli->args[1]);
		cli->command = cli_command_find(name);
		words = 2;
	}
	if (!cli->command) {
		cli->command =
		    strchr(cli->args[0], ' ') ? NULL : cli_command_find(cli->args[0]);
		words = 1;
	}
	if (!cli->command)
		return unknown_command(cli, err);
	memmove(cli->args, cli->args + words,
	    (size_t)(cli->n_args - words + 1) * sizeof *cli->args);
	cli->n_args -= words;
	return true;
}

static bool check_choice(int option, const char *value, struct err *err)
{
	const struct option_info *info = &option_infos[option];
	struct str list = STR_INIT;
	char place[40];
	for (const char *const *choice = info->choices; choice && *choice; choice++) {
		if (!strcmp(*choice, value)) {
			str_release(&list);
			return true;
		}
		str_addf(&list, "%s%s", list.len ? ", " : "", *choice);
	}
	if (info->choices) {
		snprintf(place, sizeof place, "--%s", info->name);
		err_usage(err, place,
		    "\"%.60s\" is not one of its values; use one of: %s", value,
		    str_text(&list));
	}
	str_release(&list);
	return !info->choices;
}

/* Read the option at argv[*i], and its value, which may be the next word. */
static bool read_option(
    struct cli *cli, int argc, char *const argv[], int *i, struct err *err)
{
	const char *word = argv[*i];
	if (!strcmp(word, "-h"))
		word = "--help";
	if (!strcmp(word, "-o"))
		word = "--out";
	if (strncmp(word, "--", 2))
		return err_usage(err, word, "no such option; options start with --");
	const char *equal = strchr(word, '=');
	size_t len = equal ? (size_t)(equal - word) - 2 : strlen(word) - 2;
	int option = option_named((struct slice){word + 2, len});
	if (option < 0)
		return unknown_option(word, err);
	const struct option_info *info = &option_infos[option];
	if (!info->value && equal)
		return err_usage(err, word, "it takes no value; write --%s", info->name);
	if (info->value && !equal && *i + 1 >= argc)
		return err_usage(err, word, "it needs a value; write --%s %s", info->name,
		    info->value);
	cli->value[option] = !info->value ? "" : equal ? equal + 1 : argv[++*i];
	return check_choice(option, cli->value[option], err);
}

static bool read_words(struct cli *cli, int argc, char *const argv[], struct err *err)
{
	bool only_arguments = false;
	for (int i = 0; i < argc; i++) {
		if (only_arguments || argv[i][0] != '-' || !argv[i][1])
			cli->args[cli->n_args++] = argv[i];
		else if (!strcmp(argv[i], "--"))
			only_arguments = true;
		else if (!read_option(cli, argc, argv, &i, err))
			return false;
	}
	return true;
}

static bool check_options(const struct cli *cli, struct err *err)
{
	for (int i = GLOBAL_OPTIONS; i < OPTIONS; i++) {
		char word[40];
		if (!cli->value[i] || takes(cli->command, i))
			continue;
		snprintf(word, sizeof word, "--%s", option_infos[i].name);
		if (!cli->command)
			return err_usage(
			    err, word, "not an option of the review; name a command");
		struct nearest nearest = {.wanted = option_infos[i].name};
		for (int other = GLOBAL_OPTIONS; other < OPTIONS; other++)
			if (takes(cli->command, other))
				offer(&nearest, option_infos[other].name);
		return err_usage(err, word, "not an option of %s; %s%s%s",
		    cli->command->name, nearest.name ? "did you mean --" : "see huddle ",
		    nearest.name ? nearest.name : cli->command->name,
		    nearest.name ? "?" : " --help");
	}
	return true;
}

static bool check_arguments(const struct cli *cli, struct err *err)
{
	const struct cli_command *command = cli->command;
	if (!command || cli->value[OPT_HELP] || cli->value[OPT_VERSION])
		return true;
	if (cli->n_args < command->least)
		return err_usage(err, command->name,
		    "something is missing; write huddle %s %s", command->name,
		    command->args);
	if (command->most >= 0 && cli->n_args > command->most)
		return err_usage(err, command->name,
		    "\"%.60s\" is too much; write huddle %s%s%s",
		    cli->args[command->most], command->name, command->args ? " " : "",
		    command->args ? command->args : "");
	return true;
}

bool cli_parse(struct cli *cli, int argc, char *const argv[], struct err *err)
{
	cli->args = xcalloc((size_t)argc + 1, sizeof *cli->args);
	return read_words(cli, argc, argv, err) && find_command(cli, err) &&
	       check_options(cli, err) && check_arguments(cli, err);
}

void cli_release(struct cli *cli)
{
	store_close(cli->store);
	arena_release(&cli->arena);
	str_release(&cli->out);
	str_release(&cli->notes);
	free(cli->args);
}
