#include "run.h"
#include <string.h>

/*
 * The shells' completions, made from the tables of options and commands. The
 * ones in completions/ are what this prints; a test compares them.
 */

static void quoted(struct str *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			str_adds(out, "'\\''");
		else
			str_addc(out, *text);
	}
}

/* The first words of the commands, each once. */
static void add_first_words(struct str *out)
{
	const char *last = "";
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		size_t len = strcspn(command->name, " ");
		if (command->hidden ||
		    (strlen(last) >= len && !strncmp(last, command->name, len) &&
		        (last[len] == ' ' || !last[len])))
			continue;
		str_addf(out, "%s%.*s", last[0] ? " " : "", (int)len, command->name);
		last = command->name;
	}
}

/* Is this the first of the commands with this first word and a second one? */
static bool starts_family(const struct cli_command *command)
{
	size_t len = strcspn(command->name, " ");
	if (!command->name[len])
		return false;
	for (const struct cli_command *before = cli_commands; before < command; before++)
		if (!strncmp(before->name, command->name, len + 1))
			return false;
	return true;
}

/* The second words of the commands that share this one's first. */
static void add_second_words(struct str *out, const struct cli_command *family)
{
	size_t len = strcspn(family->name, " ") + 1;
	for (const struct cli_command *command = family; command->name; command++)
		if (!strncmp(command->name, family->name, len))
			str_addf(out, "%s%s", command == family ? "" : " ",
			    command->name + len);
}

static void add_options(struct str *out, const struct cli_command *command)
{
	bool first = true;
	for (int i = command ? GLOBAL_OPTIONS : 0;
	     i < (command ? OPTIONS : GLOBAL_OPTIONS); i++) {
		if (command && !command_takes(command, i))
			continue;
		str_addf(out, "%s--%s", first ? "" : " ", option_infos[i].name);
		first = false;
	}
}

static void add_choices(struct str *out, const struct option_info *info)
{
	for (const char *const *choice = info->choices; *choice; choice++)
		str_addf(out, "%s%s", choice == info->choices ? "" : " ", *choice);
}

/* Options that name a file, whose values the shell completes itself. */
static bool is_file(const struct option_info *info)
{
	return info->value && strstr(info->value, "FILE");
}

static void bash_values(struct str *out)
{
	str_adds(out, "\tcase $prev in\n");
	for (int i = 0; i < OPTIONS; i++) {
		const struct option_info *info = &option_infos[i];
		if (!info->value)
			continue;
		str_addf(out, "\t--%s) ", info->name);
		if (info->choices) {
			str_adds(out, "COMPREPLY=($(compgen -W '");
			add_choices(out, info);
			str_adds(out, "' -- \"$cur\")); return ;;\n");
		} else if (is_file(info)) {
			str_adds(
			    out, "COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n");
		} else {
			str_adds(out, "return ;;\n");
		}
	}
	str_adds(out, "\tesac\n");
}

static void bash(struct str *out)
{
	str_adds(out,
	    "# bash completion of huddle; made by: huddle completion bash\n"
	    "_huddle()\n"
	    "{\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\tlocal words=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" options='");
	add_options(out, NULL);
	str_adds(out, "'\n\tCOMPREPLY=()\n");
	bash_values(out);
	str_adds(out, "\tcase \" $words \" in\n");
	/* "debrief missing" must be looked at before "debrief". */
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		if (command->hidden || !command->options)
			continue;
		str_addf(out, "\t*' %s '*) options=\"$options ", command->name);
		add_options(out, command);
		str_adds(out, "\" ;;\n");
	}
	str_adds(out, "\tesac\n"
	              "\tcase \" $words \" in\n");
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		if (!starts_family(command))
			continue;
		str_addf(out, "\t*' %.*s '*) words='", (int)strcspn(command->name, " "),
		    command->name);
		add_second_words(out, command);
		str_adds(out, "' ;;\n");
	}
	str_adds(out, "\t*' sync '*) COMPREPLY=($(compgen -f -- \"$cur\")); words='' ;;\n"
	              "\t*) words='");
	add_first_words(out);
	str_adds(out, "' ;;\n"
	              "\tesac\n"
	              "\tif [[ $cur == -* ]]; then\n"
	              "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
	              "\telse\n"
	              "\t\tCOMPREPLY+=($(compgen -W \"$words\" -- \"$cur\"))\n"
	              "\tfi\n"
	              "}\n"
	              "complete -F _huddle huddle\n");
}

static void zsh_option(struct str *out, const struct option_info *info)
{
	str_addf(out, "\t\t'--%s[", info->name);
	for (const char *p = info->help; *p; p++) {
		if (*p == '\'')
			str_adds(out, "'\\''");
		else if (strchr("[]:\\", *p))
			str_addf(out, "\\%c", *p);
		else
			str_addc(out, *p);
	}
	str_addc(out, ']');
	if (info->choices) {
		str_addf(out, ":%s:(", info->name);
		add_choices(out, info);
		str_addc(out, ')');
	} else if (info->value) {
		str_addf(out, ":%s:%s", info->name, is_file(info) ? "_files" : "");
	}
	str_adds(out, "' \\\n");
}

static void zsh(struct str *out)
{
	str_adds(out, "#compdef huddle\n"
	              "# zsh completion of huddle; made by: huddle completion zsh\n"
	              "_huddle() {\n"
	              "\tlocal -a names\n"
	              "\tnames=(\n");
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		if (command->hidden)
			continue;
		str_addf(out, "\t\t'%s:", command->name);
		quoted(out, command->summary);
		str_adds(out, "'\n");
	}
	str_adds(out, "\t)\n\t_arguments \\\n");
	for (int i = 0; i < OPTIONS; i++)
		zsh_option(out, &option_infos[i]);
	str_adds(out, "\t\t'1:command:{_describe command names}' \\\n"
	              "\t\t'*:argument:_files'\n"
	              "}\n"
	              "_huddle \"$@\"\n");
}

static void fish_option(
    struct str *out, const char *condition, const struct option_info *info)
{
	str_addf(out, "complete -c huddle%s -l %s", condition, info->name);
	if (info->value)
		str_adds(out, is_file(info) ? " -r -F" : " -x");
	if (info->choices) {
		str_adds(out, " -a '");
		add_choices(out, info);
		str_addc(out, '\'');
	}
	str_adds(out, " -d '");
	quoted(out, info->help);
	str_adds(out, "'\n");
}

static void fish_command(struct str *out, const struct cli_command *command)
{
	struct str condition = STR_INIT;
	size_t len = strcspn(command->name, " ");
	const char *second = command->name[len] ? command->name + len + 1 : command->name;
	if (command->name[len])
		str_addf(out,
		    "complete -c huddle -n '__fish_seen_subcommand_from %.*s' -a %s -d '",
		    (int)len, command->name, second);
	else
		str_addf(out, "complete -c huddle -n __fish_use_subcommand -a %s -d '",
		    command->name);
	quoted(out, command->summary);
	str_adds(out, "'\n");
	str_addf(&condition, " -n '__fish_seen_subcommand_from %s'", second);
	for (int i = GLOBAL_OPTIONS; i < OPTIONS; i++)
		if (command_takes(command, i))
			fish_option(out, str_text(&condition), &option_infos[i]);
	str_release(&condition);
}

/* The first word of a family, unless it is a command by itself. */
static void fish_family(struct str *out, const struct cli_command *family)
{
	char word[32];
	slice_copy(
	    (struct slice){family->name, strcspn(family->name, " ")}, word, sizeof word);
	if (cli_command_find(word))
		return;
	str_addf(out, "complete -c huddle -n __fish_use_subcommand -a %s -d '", word);
	add_second_words(out, family);
	str_adds(out, "'\n");
}

static void fish(struct str *out)
{
	str_adds(out, "# fish completion of huddle; made by: huddle completion fish\n"
	              "complete -c huddle -f\n"
	              "complete -c huddle -n '__fish_seen_subcommand_from sync' -F\n");
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		if (starts_family(command))
			fish_family(out, command);
		if (!command->hidden)
			fish_command(out, command);
	}
	for (int i = 0; i < GLOBAL_OPTIONS; i++)
		fish_option(out, "", &option_infos[i]);
}

bool completion_script(struct str *out, const char *shell)
{
	static const struct {
		const char *shell;
		void (*script)(struct str *out);
	} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
		if (strcmp(shells[i].shell, shell))
			continue;
		shells[i].script(out);
		return true;
	}
	return false;
}

int cmd_completion(struct cli *cli, struct err *err)
{
	if (completion_script(&cli->out, cli->args[0]))
		return EXIT_OK;
	err_usage(
	    err, cli->args[0], "no completions for this shell; use bash, zsh or fish");
	return EXIT_USAGE;
}
