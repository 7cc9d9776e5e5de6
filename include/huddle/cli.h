#ifndef HUDDLE_CLI_H
#define HUDDLE_CLI_H

#include <stddef.h>
#include <stdint.h>
#include "huddle/report_risk.h"
#include "huddle/store_past.h"

/*
 * The command line. Two tables say all there is: options and commands. Help,
 * usage errors and the shells' completions are made from them.
 */
enum option { OPT_DB, OPT_TODAY, OPT_AS, OPT_READ_ONLY, OPT_JSON, OPT_PRINT, OPT_FILTER,
	OPT_THEME, OPT_ASCII, OPT_NO_COLOR, OPT_DISCREET, OPT_MOUSE, OPT_CONFIG, OPT_KEYS, OPT_SCREEN,
	OPT_HELP, OPT_VERSION, GLOBAL_OPTIONS,
	/* of single commands */
	OPT_STATUS = GLOBAL_OPTIONS, OPT_OWNER, OPT_STAGE, OPT_CLOSING, OPT_SORT, OPT_LIMIT,
	OPT_TOP, OPT_SOURCE, OPT_AS_OF, OPT_FULL, OPT_DRY_RUN, OPT_PARTIAL,
	OPT_ACCEPT_REJECTS, OPT_ACCEPT_SHRINK, OPT_PROGRESS, OPT_UNDO, OPT_EXPORT, OPT_TEAM,
	OPT_MANAGER, OPT_ACCOUNT, OPT_CUSTOM, OPT_DUE, OPT_ALL, OPT_REASON, OPT_FROM,
	OPT_SYNCS, OPT_SINCE, OPT_UNTIL, OPT_OFF, OPT_TEXT, OPT_SLICE, OPT_MINUTES, OPT_PER_DEAL, OPT_PEOPLE,
	OPT_PLACE, OPT_PUSH_REASON, OPT_OUT, OPT_QUARTER, OPT_ABOUT, OPT_EDIT, OPT_TO, OPT_FORMAT, OPT_EVENTS, OPT_MODEL, OPT_DEAL, OPT_BY, OPT_NOTE, OPT_YES, OPT_MONTH, OPT_ROWS, OPT_FORCE, OPT_OUTLINE, OPT_CSV, OPT_MD, OPT_KEEP, OPT_ROLE, OPTIONS };

struct option_info {
	const char *name;  /* without the dashes */
	const char *value; /* what its value is called; NULL: it takes none */
	const char *help;
	const char *const *choices; /* the only values, ended by NULL; or NULL */
};
extern const struct option_info option_infos[OPTIONS];

struct cli;
struct deck_maker; /* huddle/deck.h */

/* How a command wants the store. */
enum store_use { STORE_NONE, STORE_READ,
	STORE_WRITE, /* a file that is there */
	STORE_MAKE,  /* also one that is not there yet */ };

/*
 * A name may have two words: "action add". `run` appends to cli->out and
 * returns the exit status; what it fills into err is printed.
 */
struct cli_command {
	const char *name, *args, *summary;
	uint64_t options;  /* beside the global ones; a bit each, see command_takes() */
	int least, most;   /* arguments; most -1: any number */
	enum store_use store;
	int (*run)(struct cli *cli, struct err *err);
	bool hidden;       /* not listed in help */
};
/* Is it one of the command's own options? */
static inline bool command_takes(const struct cli_command *command, int option)
{
	return option >= GLOBAL_OPTIONS && command->options >> (option - GLOBAL_OPTIONS) & 1;
}
extern const struct cli_command cli_commands[]; /* ended by a NULL name */

/* One run of the program. */
struct cli {
	const struct cli_command *command; /* NULL: none was named, which is the review */
	const char *value[OPTIONS];    /* "" for an option without value; NULL: not given */
	char *const *argv;             /* all of the command line */
	const struct deck_maker *deck; /* NULL: another program has it, see deck_cmds.c */
	const char **args;             /* in its memory; args[n_args] is NULL */
	int n_args;
	struct store *store;
	struct store_info info;
	struct report report;          /* today is set before a command runs */
	struct rater rater;            /* of it; learning once cli_learn() was called */
	struct learning learning;
	bool learned;
	struct deal_list all;          /* once cli_all_deals() was called */
	bool all_loaded;
	struct arena arena;
	struct str out;                /* for standard output */
	struct str notes;              /* for standard error, below the error */
};

/* Fill in command, value and args from the words after the program's name;
 * they are borrowed. A usage error names what is wrong and what is nearest. */
bool cli_parse(struct cli *cli, int argc, char *const argv[], struct err *err);
void cli_release(struct cli *cli);

const struct cli_command *cli_command_find(const char *name); /* NULL: none */
void help_program(struct str *out);
void help_command(struct str *out, const struct cli_command *command);
/* Every command whose first word this is: for "huddle help action". */
bool help_family(struct str *out, const char *word);
/* "bash", "zsh" or "fish"; false for another shell. */
bool completion_script(struct str *out, const char *shell);

/* The program: enum exit_status, or 128 + n after signal n in the review. */
int cli_main(int argc, char *const argv[]);
/* The same with what makes decks. */
int cli_main_with(int argc, char *const argv[], const struct deck_maker *deck);

#endif
