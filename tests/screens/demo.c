/*
 * A small program on the room ui alone, for testing the terminal: it shows its
 * size, the last key, texts that must do no harm and texts of odd widths.
 *   demo show | form | bench
 * Keys: q quit, z suspend, A abort, S segfault, m mouse, y copy, e run true,
 * E run a program that is not there, ctrl-l repaint; others are shown.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "huddle/term.h"
#include "huddle/text.h"
#include "huddle/widget.h"

struct demo {
	bool mouse, quit;
	int exit_status, keys, selected;
	char last[64];
	struct form *form;
};

static const char *const hostile[] = {
    "title \033]0;owned\a end",
    "clear \033[2J\033[H end",
    "back \b\b\b\b\b\rspoofed",
    "bidi \xE2\x80\xAE"
    "evil \xE2\x81\xA6 end",
    "c1 \xC2\x9B"
    "31m \x9B"
    "31m end",
    "bad \xFF\xC3 end",
    "lines one\ntwo\ttabbed",
    "zero\xE2\x80\x8Bwidth \xF3\xA0\x81\x81tag",
};

static const char *const wide[] = {
    "ascii only",
    "東京の会議",
    "cafe\u0301 nai\u0308ve",
    "ಠ_ಠ ok",
    "한국어 text",
    "Zürich Łódź",
};

static void draw_rows(struct demo *d, struct surface *s)
{
	int y = 3;
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++, y++) {
		surface_puts(s, 2, y, 36, ROLE_TEXT, hostile[i]);
		surface_puts(s, 40, y, 1, ROLE_BORDER, "|");
		if (i < sizeof wide / sizeof *wide) {
			surface_puts(s, 42, y, 20, ROLE_TEXT, wide[i]);
			surface_puts(s, 56, y, 1, ROLE_BORDER, "|");
		}
	}
	surface_flag(s, 0, 3 + d->selected, s->width, CELL_SELECTED);
	surface_cursor(s, 0, 3 + d->selected);
	for (int i = 0; i < SYMBOLS; i++)
		surface_puts(s, 2 + 2 * i, y, 1, ROLE_TITLE,
		    symbol_text((enum symbol)i, s->ascii));
	surface_puts(s, 2, y + 1, 9, ROLE_RISK_HIGH, "a long text cut");
	surface_puts(s, 2, y + 2, 7, ROLE_RISK_LOW, "東京の会議");
	surface_right(s, 20, y + 1, 20, ROLE_MONEY, "$1,234");
}

static void draw(struct demo *d)
{
	int width, height;
	struct surface s;
	term_size(&width, &height);
	surface_init(&s, width, height, term_ascii());
	surface_fill(&s, ROLE_TEXT);
	struct surface header = surface_part(&s, 0, 0, width, 1);
	surface_fill(&header, ROLE_HEADER);
	surface_printf(&header, 1, 0, -1, ROLE_HEADER, "demo %dx%d", width, height);
	if (term_notice())
		surface_puts(&s, 1, 1, -1, ROLE_MESSAGE, term_notice());
	surface_printf(&s, 1, 2, -1, ROLE_KEY, "%d keys, last: %s", d->keys, d->last);
	if (d->form) {
		struct surface body = surface_part(&s, 1, 3, width - 2, height - 3);
		form_draw(d->form, &body, true);
		if (body.cursor_y >= 0)
			surface_cursor(&s, 1 + body.cursor_x, 3 + body.cursor_y);
	} else {
		draw_rows(d, &s);
	}
	term_paint(&s);
	surface_release(&s);
}

static void run_program(struct demo *d, const char *name)
{
	struct err err = ERR_INIT;
	char program[64];
	snprintf(program, sizeof program, "%s", name);
	char *argv[] = {program, NULL};
	bool ok = term_run(argv, &err);
	snprintf(d->last, sizeof d->last, "%.60s", ok ? "it ran" : err.text);
}

/* Where nothing is, and no sanitizer looks before the processor does. */
static volatile char *volatile nowhere = (volatile char *)16;

static void command_key(struct demo *d, uint32_t code)
{
	switch (code) {
	case 'q':
		d->quit = true;
		break;
	case 'z':
		term_suspend();
		break;
	case 'A':
		abort();
	case 'S':
		*nowhere = 1;
		break;
	case 'm':
		d->mouse = !d->mouse;
		term_mouse(d->mouse);
		break;
	case 'y':
		term_copy(slice_of("Acme \033[31mred\t€5\n"));
		break;
	case 'e':
		run_program(d, "true");
		break;
	case 'E':
		run_program(d, "no-such-program-here");
		break;
	default:
		break;
	}
}

static void form_event(struct demo *d, struct key key)
{
	static const char *const names[] = {
	    "ignored", "handled", "save", "leave", "editor"};
	enum form_result result = form_key(d->form, key);
	char text[24];
	snprintf(d->last, sizeof d->last, "%s, %s", key_text(key, text), names[result]);
	d->quit = result == FORM_LEAVE;
}

static void key_event(struct demo *d, struct key key, bool pasted)
{
	char text[24];
	d->keys++;
	if (pasted && !d->form) {
		snprintf(d->last, sizeof d->last, "pasted %s", key_text(key, text));
		return;
	}
	if (d->form) {
		form_event(d, key);
		return;
	}
	snprintf(d->last, sizeof d->last, "%s", key_text(key, text));
	if (key.code == KEYNAME_DOWN && d->selected < 7)
		d->selected++;
	if (key.code == KEYNAME_UP && d->selected > 0)
		d->selected--;
	if (key.ctrl && key.code == 'l')
		term_repaint();
	if (!key.ctrl && !key.alt)
		command_key(d, key.code);
}

static void take(struct demo *d, const struct event *event)
{
	static const char *const buttons[] = {"click", "double", "up", "down"};
	if (event->kind == EVENT_KEY)
		key_event(d, event->key, event->pasted);
	else if (event->kind == EVENT_MOUSE)
		snprintf(d->last, sizeof d->last, "%s at %d,%d", buttons[event->button],
		    event->x, event->y);
	else if (event->kind == EVENT_RESUMED)
		snprintf(d->last, sizeof d->last, "resumed");
	if (event->kind == EVENT_HANGUP) {
		d->quit = true;
		d->exit_status = event->signal ? 128 + event->signal : 1;
	}
}

static double seconds(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* CPU time of full frames that differ in every cell, drawing and painting. */
static void bench(void)
{
	enum { FRAMES = 400 };
	int width, height;
	double draw_time = 0, paint_time = 0, same_time = 0;
	struct surface s;
	term_size(&width, &height);
	surface_init(&s, width, height, term_ascii());
	for (int i = 0; i < FRAMES; i++) {
		double start = seconds(CLOCK_PROCESS_CPUTIME_ID);
		surface_fill(&s, ROLE_TEXT);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x += 10)
				surface_printf(&s, x, y, 10,
				    (enum role)((x / 10 + i) % 27), "%c%08d",
				    'a' + i % 26, y * x + i);
		double drawn = seconds(CLOCK_PROCESS_CPUTIME_ID);
		term_paint(&s);
		double painted = seconds(CLOCK_PROCESS_CPUTIME_ID);
		term_paint(&s);
		same_time += seconds(CLOCK_PROCESS_CPUTIME_ID) - painted;
		draw_time += drawn - start;
		paint_time += painted - drawn;
	}
	surface_release(&s);
	term_close();
	printf("%dx%d: draw %.3f ms, paint all with ncurses %.3f ms, paint nothing %.3f "
	       "ms\n",
	    width, height, draw_time / FRAMES * 1e3, paint_time / FRAMES * 1e3,
	    same_time / FRAMES * 1e3);
}

static const char *const outcomes[] = {"Won", "Lost", "Slipped", "Still open", NULL};
static const char *const owners[] = {
    "Ana Ruiz", "Tom Okafor", "Anders Berg", "Mei 田中", NULL};

static void loop(struct demo *d)
{
	while (!d->quit) {
		struct event event;
		if (!term_pending())
			draw(d);
		term_next(&event, -1);
		take(d, &event);
	}
}

int main(int argc, char **argv)
{
	const char *mode = argc > 1 ? argv[1] : "show";
	struct form_field fields[] = {
	    {.name = "outcome",
	        .title = "Outcome",
	        .kind = FORM_CHOICE,
	        .choices = outcomes,
	        .required = true,
	        .hint = "how it ended: left, right or a first letter"},
	    {.name = "owner",
	        .title = "Owner",
	        .kind = FORM_TEXT,
	        .choices = owners,
	        .hint = "who takes it on"},
	    {.name = "why",
	        .title = "Why",
	        .kind = FORM_LONG,
	        .required = true,
	        .hint = "in your own words; ctrl-e opens an editor",
	        .problem = "say why; one sentence is enough"},
	    {.name = "next", .title = "Next step", .kind = FORM_TEXT},
	};
	struct form form = {
	    .title = "Debrief", .fields = fields, .count = 4, .complete = -1};
	struct demo demo = {.form = !strcmp(mode, "form") ? &form : NULL};
	struct err err = ERR_INIT;
	struct theme theme;
	const char *name = getenv("DEMO_THEME");
	theme_load(&theme, name ? name : "default", NULL, &err);
	struct term_options options = {.theme = &theme};
	if (!term_open(&options, &err)) {
		fprintf(stderr, "demo: %s: %s\n", err.place, err.text);
		return err.status;
	}
	if (!strcmp(mode, "bench"))
		bench();
	else
		loop(&demo);
	term_close();
	form_release(&form);
	return demo.exit_status;
}
