/*
 * tell WHAT: what the program's own tables say, as pieces of the manual (keys,
 * settings, rules, fields, debrief, roles) or as lists (sources, commands, titles). agree.sh
 * holds the manual and the README against them, so that nothing can be changed
 * in the program and stay as it was on paper.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "huddle/app.h"
#include "huddle/cli.h"
#include "huddle/command.h"
#include "huddle/fact.h"
#include "huddle/pane.h"
#include "huddle/record.h"
#include "huddle/rules.h"
#include "huddle/style.h"
#include "huddle/sync.h"

enum { LINE = 78 };

/* Text for mdoc, in lines of no more than 80 columns. */
static void put_text(const char *format, ...)
{
	char text[512];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	size_t column = 0;
	for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
		size_t len = strlen(word);
		if (column && column + 1 + len > LINE) {
			putchar('\n');
			column = 0;
		}
		column += (size_t)printf("%s%s", column ? " " : "", word);
	}
	putchar('\n');
}

/* "j down": .It Ic j , down */
static void put_keys(const char *keys)
{
	fputs(".It", stdout);
	for (bool first = true; *keys; first = false) {
		size_t len = strcspn(keys, " ");
		fputs(first ? " Ic " : " , ", stdout);
		/* Signs that mdoc would take for punctuation. */
		if (len == 1 && strchr(".,:;()[]?!|", *keys))
			fputs("\\&", stdout);
		printf("%.*s", (int)len, keys);
		keys += len + (keys[len] == ' ');
	}
	putchar('\n');
}

/* "in the timeline: ", where the keys do not work in all panes. */
static const char *place(unsigned panes, char buf[64])
{
	buf[0] = '\0';
	if (panes == IN_FORM)
		return "in a form: ";
	for (int pane = 0; pane < PANES_KEYED; pane++)
		if (panes == IN(pane))
			snprintf(buf, 64, "in the %s: ",
			    pane == PANE_DEALS ? "list" : pane_table[pane]->name);
	return buf;
}

static void tell_keys(void)
{
	for (int group = 0; group < COMMAND_GROUPS; group++) {
		printf(".Pp\n.Em %c%s\n.Bl -tag -width \"shift-tab\" -compact\n",
		    command_groups[group][0] - 'a' + 'A', command_groups[group] + 1);
		for (size_t i = 0; i < n_commands; i++) {
			const struct command *command = &commands[i];
			if ((int)command->group != group)
				continue;
			if (*command->keys)
				put_keys(command->keys);
			else
				puts(".It (no key)");
			char buf[64];
			put_text("%s%s", place(command->panes, buf), command->title);
			printf(".Pq Cm %s\n", command->name);
		}
		puts(".El");
	}
}

/* What ? lists: the commands of every pane where keys are not text. */
static void tell_titles(void)
{
	for (size_t i = 0; i < n_commands; i++)
		if (commands[i].panes & IN_PANES)
			puts(commands[i].title);
}

/* "theme = a name: the colours" */
static void tell_settings(void)
{
	const char *line = app_settings_help();
	puts(".Bl -tag -width Ds -compact");
	while (*line) {
		size_t len = strcspn(line, "\n");
		const char *equals = memmem(line, len, " = ", 3);
		const char *colon = memmem(line, len, ": ", 2);
		if (equals && colon && *line != '[') {
			printf(".It Cm %.*s No = Ar %.*s\n", (int)(equals - line), line,
			    (int)(colon - equals - 3), equals + 3);
			put_text(
			    "%.*s", (int)(len - (size_t)(colon - line) - 2), colon + 2);
		}
		line += len + (line[len] == '\n');
	}
	puts(".El");
}

/* "idle-warn = 14": what it is, and its range */
static void tell_rules(void)
{
	const struct risk_rule *rule;
	puts(".Bl -tag -width Ds -compact");
	for (int i = 0; (rule = risk_rule_at(i)); i++) {
		printf(".It Cm %s No = Ar %d\n", rule->key,
		    risk_rule_value(rule, risk_rules_default()));
		put_text(
		    "%s (%s, %d to %d)", rule->text, rule->unit, rule->low, rule->high);
	}
	puts(".El");
}

static void tell_fields(void)
{
	puts(".Bl -tag -width Ds");
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		char all[512] = "";
		for (const struct field *f = fact_infos[kind].fields; f->name; f++)
			snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s ",
			    f->name, f->required ? "*" : "");
		printf(".It Bq Cm %s\n", fact_infos[kind].name);
		put_text("%s", all);
	}
	puts(".El");
}

static void tell_debrief(void)
{
	puts(".Bl -tag -width competitor -compact");
	for (int i = 0; i < DEBRIEF_FIELDS; i++) {
		const struct debrief_info *info = &debrief_infos[i];
		const char *const *choices = info->choices;
		const char *say = choices ? ":" : "";
		if (i && choices && choices == debrief_infos[i - 1].choices) {
			choices = NULL;
			say = "; the same choices";
		}
		printf(".It Cm %s%s\n", info->name, info->required ? "*" : "");
		put_text("%s%s", info->hint, say);
		for (const char *const *c = choices; c && *c; c++)
			printf(".Dq %s%s\n", *c, c[1] ? " ," : "");
	}
	puts(".El");
}

static void tell_roles(void)
{
	puts(".Bl -tag -width selected-idle -compact");
	for (int role = 0; role < ROLE_COUNT; role++)
		printf(".It Cm %s\n%s\n", role_name((enum role)role),
		    role_text((enum role)role));
	puts(".El");
}

static void tell_sources(void)
{
	for (const char *const *name = sync_presets(); *name; name++)
		puts(*name);
}

/* "command NAME ARGUMENTS" and "option COMMAND --NAME VALUE", with tabs. */
static void tell_commands(void)
{
	for (int i = 0; i < GLOBAL_OPTIONS; i++)
		printf("option\t-\t%s\n", option_infos[i].name);
	for (const struct cli_command *c = cli_commands; c->name; c++) {
		if (c->hidden)
			continue;
		printf("command\t%s%s%s\n", c->name, c->args ? " " : "",
		    c->args ? c->args : "");
		for (int i = GLOBAL_OPTIONS; i < OPTIONS; i++)
			if (command_takes(c, i))
				printf("option\t%s\t%s\n", c->name, option_infos[i].name);
	}
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		void (*tell)(void);
	} topics[] = {{"keys", tell_keys}, {"settings", tell_settings},
	    {"rules", tell_rules}, {"fields", tell_fields}, {"debrief", tell_debrief},
	    {"roles", tell_roles}, {"sources", tell_sources}, {"commands", tell_commands},
	    {"titles", tell_titles}};
	for (size_t i = 0; argc == 2 && i < sizeof topics / sizeof *topics; i++)
		if (!strcmp(topics[i].name, argv[1])) {
			topics[i].tell();
			return 0;
		}
	fputs("usage: tell keys|settings|fields|debrief|roles|sources|commands|titles\n",
	    stderr);
	return 2;
}
