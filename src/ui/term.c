#include "term_inside.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

/* The one mutable global of the room besides the flags of the signals:
 * handlers and atexit() take no argument. */
struct terminal terminal = {.in = -1, .out = -1};

/* Tried in this order after the terminal's own TERM. */
static const char *const fallbacks[] = {"xterm-256color", "vt100"};

/* A locale that is named but not installed here (ssh passes LANG on) would
 * become "C" and lose every letter beyond ASCII on a terminal that has them. */
static void set_locale(void)
{
	if (setlocale(LC_ALL, "") == NULL) {
		static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
		const char *value = NULL;
		for (size_t i = 0; i < 3 && (!value || !value[0]); i++)
			value = getenv(names[i]);
		if (value && (strcasestr(value, "utf-8") || strcasestr(value, "utf8")))
			setlocale(LC_CTYPE, "C.UTF-8");
	}
	setlocale(LC_NUMERIC, "C"); /* files and JSON have decimal points */
}

static bool codeset_is_utf8(void)
{
	const char *codeset = nl_langinfo(CODESET);
	return !strcasecmp(codeset, "UTF-8") || !strcasecmp(codeset, "utf8");
}

/* Asked first, because a newterm() that fails leaks what it has set up. */
static SCREEN *open_known(const char *name)
{
	int status;
	if (!name || !name[0] || setupterm(name, terminal.out, &status) != OK)
		return NULL;
	del_curterm(cur_term);
	return newterm(name, stdout, stdin);
}

static SCREEN *open_any(void)
{
	const char *name = getenv("TERM");
	SCREEN *screen = open_known(name);
	for (size_t i = 0; i < sizeof fallbacks / sizeof *fallbacks && !screen; i++) {
		screen = open_known(fallbacks[i]);
		if (screen)
			snprintf(terminal.notice, sizeof terminal.notice,
			    "terminal type \"%.64s\" is not known here, working as %s; "
			    "install its terminfo entry or set TERM",
			    name ? name : "", fallbacks[i]);
	}
	return screen;
}

static bool can_move_cursor(void)
{
	const char *move = tigetstr("cup");
	return move && move != (char *)-1;
}

/* Append a capability without its $<padding>. */
static size_t add_capability(char *out, size_t len, size_t size, const char *name)
{
	const char *text = tigetstr(name);
	if (!text || text == (char *)-1)
		return len;
	while (*text && len < size - 1) {
		const char *end = !strncmp(text, "$<", 2) ? strchr(text, '>') : NULL;
		if (end)
			text = end + 1;
		else
			out[len++] = *text++;
	}
	return len;
}

/* Worked out now, because a crash can not ask terminfo. */
static void prepare_restore(void)
{
	char bytes[RESTORE_MOST];
	size_t len = 0;
	static const char *const names[] = {"sgr0", "op", "rmcup", "rmkx", "cnorm"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (terminal.color || strcmp(names[i], "op") != 0)
			len = add_capability(bytes, len, sizeof bytes, names[i]);
	}
	signals_restore_bytes(bytes, len);
}

static void set_modes(void)
{
	raw(); /* ^C, ^Z, ^S and ^Q are keys: a draft is never lost to one */
	noecho();
	nonl();
	if (!getenv("ESCDELAY"))
		set_escdelay(25);
	typeahead(-1); /* a paint is whole; term_pending() is how to skip one */
	terminal.input = newpad(1, 1);
	keypad(terminal.input, TRUE);
	nodelay(terminal.input, TRUE);
	meta(terminal.input, TRUE);
	curs_set(0);
	terminal.cursor_shown = false;
}

static bool want_color(const struct term_options *options)
{
	const char *no_color = getenv("NO_COLOR");
	return !options->no_color && !(no_color && no_color[0]) && has_colors();
}

static bool refuse(struct err *err)
{
	const char *name = getenv("TERM");
	if (terminal.screen) {
		endwin();
		delscreen(terminal.screen);
		terminal.screen = NULL;
	}
	signals_close();
	return err_set(err, "terminal",
	    "\"%.64s\" can not move its cursor; set TERM, or add --print for plain text",
	    name ? name : "");
}

static bool check_tty(struct err *err)
{
	terminal.in = STDIN_FILENO;
	terminal.out = STDOUT_FILENO;
	if (tcgetattr(terminal.in, &terminal.saved) == 0 && isatty(terminal.out))
		return true;
	return err_set(err, "terminal", "input or output is no terminal; add --print");
}

/* xterm calls these capabilities BE and BD; terminfo lists them as extensions. */
static void find_paste(void)
{
	size_t on = add_capability(terminal.paste_on, 0, sizeof terminal.paste_on, "BE");
	size_t off =
	    add_capability(terminal.paste_off, 0, sizeof terminal.paste_off, "BD");
	terminal.paste_on[off ? on : 0] = '\0';
	terminal.paste_off[off] = '\0';
	define_key("\033[200~", INPUT_PASTE);
	define_key("\033[201~", INPUT_PASTED);
}

void term_paste(bool on)
{
	const char *bytes = on ? terminal.paste_on : terminal.paste_off;
	write_all(terminal.out, bytes, strlen(bytes));
}

bool term_open(const struct term_options *options, struct err *err)
{
	static bool at_exit;
	if (terminal.open)
		return true;
	set_locale();
	if (!check_tty(err) || !signals_open(err))
		return false;
	terminal.notice[0] = '\0';
	terminal.screen = open_any();
	if (!terminal.screen || !can_move_cursor())
		return refuse(err);
	terminal.open = true;
	gather_open();
	if (!at_exit)
		at_exit = atexit(term_close) == 0;
	terminal.utf8 = codeset_is_utf8();
	terminal.ascii = options->ascii || !terminal.utf8;
	terminal.color = want_color(options);
	terminal.theme = *options->theme;
	set_modes();
	if (terminal.color) {
		start_color();
		terminal.own_colors = use_default_colors() == OK;
	}
	paint_looks();
	prepare_restore();
	find_paste();
	term_paste(true);
	term_mouse(options->mouse);
	term_fit();
	return true;
}

void term_close(void)
{
	if (!terminal.open)
		return;
	terminal.open = false;
	term_mouse(false);
	term_paste(false);
	if (!isendwin())
		endwin();
	signals_close();
	input_forget();
	paint_release();
	delwin(terminal.input);
	delscreen(terminal.screen);
	gather_close();
	terminal.input = NULL;
	terminal.screen = NULL;
}

bool term_is_open(void)
{
	return terminal.open;
}

const char *term_notice(void)
{
	return terminal.notice[0] ? terminal.notice : NULL;
}

bool term_ascii(void)
{
	return terminal.ascii;
}

void term_size(int *width, int *height)
{
	*width = terminal.open ? COLS : 0;
	*height = terminal.open ? LINES : 0;
}

/* The kernel knows the size; LINES and COLUMNS of the environment may not. */
bool term_fit(void)
{
	struct winsize size;
	if (ioctl(terminal.out, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col)
		return false;
	if (size.ws_row == LINES && size.ws_col == COLS)
		return false;
	resize_term(size.ws_row, size.ws_col);
	paint_forget();
	return true;
}

void term_mouse(bool on)
{
	const mmask_t wanted = BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED;
	if (on == terminal.mouse || !terminal.screen)
		return;
	terminal.mouse = on;
	mouseinterval(0); /* no waiting for a second click: we pair them */
	mousemask(on ? wanted : 0, NULL);
}

void term_theme(const struct theme *theme)
{
	terminal.theme = *theme;
	if (!terminal.open)
		return;
	paint_looks();
	paint_forget();
}

bool write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno == EAGAIN) {
			struct pollfd ready = {.fd = fd, .events = POLLOUT};
			if (poll(&ready, 1, 1000) <= 0)
				return false;
		} else if (n < 0 && errno != EINTR) {
			return false;
		}
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
		}
	}
	return true;
}
