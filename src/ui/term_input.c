#include "term_inside.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "huddle/text.h"

/* The event that term_pending() has read ahead. */
static struct event ahead;

enum { DOUBLE_MS = 400, PASTE_PAUSE_MS = 2000 };

static long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static const struct {
	int curses;
	uint32_t code;
} function_keys[] = {
    {KEY_UP, KEYNAME_UP},
    {KEY_DOWN, KEYNAME_DOWN},
    {KEY_LEFT, KEYNAME_LEFT},
    {KEY_RIGHT, KEYNAME_RIGHT},
    {KEY_HOME, KEYNAME_HOME},
    {KEY_END, KEYNAME_END},
    {KEY_LL, KEYNAME_END},
    {KEY_A1, KEYNAME_HOME},
    {KEY_A3, KEYNAME_PGUP},
    {KEY_C1, KEYNAME_END},
    {KEY_C3, KEYNAME_PGDN},
    {KEY_PPAGE, KEYNAME_PGUP},
    {KEY_NPAGE, KEYNAME_PGDN},
    {KEY_BTAB, KEYNAME_BACKTAB},
    {KEY_BACKSPACE, KEYNAME_BACKSPACE},
    {KEY_DC, KEYNAME_DELETE},
    {KEY_IC, KEYNAME_INSERT},
    {KEY_ENTER, KEYNAME_ENTER},
    {KEY_SR, KEYNAME_UP},
    {KEY_SF, KEYNAME_DOWN},
};

/* xterm's keys with modifiers have names only: kUP5 is ctrl-up. The digit less
 * one is a bit set: 1 shift, 2 alt, 4 ctrl. */
static bool extended_key(int curses, struct key *out)
{
	static const struct {
		const char *name;
		uint32_t code;
	} table[] = {
	    {"kUP", KEYNAME_UP},
	    {"kDN", KEYNAME_DOWN},
	    {"kLFT", KEYNAME_LEFT},
	    {"kRIT", KEYNAME_RIGHT},
	    {"kHOM", KEYNAME_HOME},
	    {"kEND", KEYNAME_END},
	    {"kPRV", KEYNAME_PGUP},
	    {"kNXT", KEYNAME_PGDN},
	    {"kDC", KEYNAME_DELETE},
	    {"kIC", KEYNAME_INSERT},
	};
	const char *name = keyname(curses);
	for (size_t i = 0; name && i < sizeof table / sizeof *table; i++) {
		size_t len = strlen(table[i].name);
		if (strncmp(name, table[i].name, len) != 0)
			continue;
		int bits = name[len] >= '2' && name[len] <= '8' ? name[len] - '1' : 0;
		*out = (struct key){table[i].code, (bits & 4) != 0, (bits & 2) != 0};
		return name[len] == '\0' || bits;
	}
	return false;
}

static bool function_key(int curses, struct key *out)
{
	*out = (struct key){0};
	if (curses >= KEY_F(1) && curses <= KEY_F(12)) {
		out->code = KEYNAME_F1 + (uint32_t)(curses - KEY_F(1));
		return true;
	}
	for (size_t i = 0; i < sizeof function_keys / sizeof *function_keys; i++) {
		if (function_keys[i].curses == curses) {
			out->code = function_keys[i].code;
			return true;
		}
	}
	return extended_key(curses, out);
}

static struct key character_key(uint32_t c)
{
	switch (c) {
	case '\r':
	case '\n':
		return (struct key){.code = KEYNAME_ENTER};
	case '\t':
		return (struct key){.code = KEYNAME_TAB};
	case 0x1B:
		return (struct key){.code = KEYNAME_ESC};
	case ' ':
		return (struct key){.code = KEYNAME_SPACE};
	case '\b':
	case 0x7F:
		return (struct key){.code = KEYNAME_BACKSPACE};
	case 0:
		return (struct key){.code = KEYNAME_SPACE, .ctrl = true};
	default:
		break;
	}
	if (c < 0x1B)
		return (struct key){.code = c + 'a' - 1, .ctrl = true};
	if (c < 0x20)
		return (struct key){.code = c + '@', .ctrl = true};
	return (struct key){.code = c};
}

static bool mouse_event(struct event *out)
{
	static struct {
		long when;
		int x, y;
	} last = {-DOUBLE_MS, -1, -1};
	MEVENT mouse;
	if (getmouse(&mouse) != OK)
		return false;
	*out = (struct event){.kind = EVENT_MOUSE, .x = mouse.x, .y = mouse.y};
	if (mouse.bstate & BUTTON4_PRESSED) {
		out->button = MOUSE_UP;
	} else if (mouse.bstate & BUTTON5_PRESSED) {
		out->button = MOUSE_DOWN;
	} else if (mouse.bstate & BUTTON1_PRESSED) {
		long now = now_ms();
		bool second =
		    now - last.when < DOUBLE_MS && last.x == mouse.x && last.y == mouse.y;
		out->button = second ? MOUSE_DOUBLE : MOUSE_CLICK;
		last.when = second ? now - DOUBLE_MS : now;
		last.x = mouse.x;
		last.y = mouse.y;
	} else {
		return false;
	}
	return true;
}

/*
 * The next character or function key, without waiting. curses gathers bytes to
 * wide characters itself, but one bad byte makes it swallow what follows; so
 * bytes are decoded here.
 */
enum input { INPUT_NONE, INPUT_CHARACTER, INPUT_FUNCTION };

/* The rest of a UTF-8 character comes with its first byte, or it is none. */
static uint32_t gather(int first)
{
	char bytes[4] = {(char)first};
	uint32_t code;
	size_t len = 1;
	size_t want = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
	while (len < want) {
		int c = wgetch(terminal.input);
		if (c == ERR)
			break;
		if (c > 0xFF || (c & 0xC0) != 0x80) {
			ungetch(c);
			break;
		}
		bytes[len++] = (char)c;
	}
	return utf8_decode(bytes, len, &code) == len ? code : 0xFFFD;
}

static enum input next_input(uint32_t *out)
{
	int c = wgetch(terminal.input);
	if (c == ERR)
		return INPUT_NONE;
	*out = (uint32_t)c;
	if (c > 0xFF)
		return INPUT_FUNCTION;
	if (c >= 0x80 && terminal.utf8) {
		*out = gather(c);
	} else if (c >= 0x80) {
		wint_t wide = btowc(c);
		*out = wide == WEOF ? 0xFFFD : (uint32_t)wide;
	}
	return INPUT_CHARACTER;
}

/* ESC [ ... of a key that terminfo does not list: take all of it, or its tail
 * would be read as commands. */
static void swallow_sequence(void)
{
	uint32_t c;
	while (next_input(&c) == INPUT_CHARACTER && c >= 0x20 && c < 0x40)
		continue;
}

/* ESC and a character that is there already is alt with it: a terminal sends
 * both at once. curses has waited ESCDELAY for it. */
static bool after_escape(struct event *out)
{
	uint32_t c;
	enum input got = next_input(&c);
	if (got == INPUT_NONE) {
		out->key = (struct key){.code = KEYNAME_ESC};
		return true;
	}
	if (got == INPUT_FUNCTION) {
		if (!function_key((int)c, &out->key))
			return false;
	} else if (c == '[' || c == 'O') {
		swallow_sequence();
		return false;
	} else {
		out->key = character_key(c);
	}
	out->key.alt = true;
	return true;
}

/* Pasted text is characters and the ends of its lines, nothing else. */
static bool pasted_key(uint32_t c, struct key *out)
{
	if (c == '\r' || c == '\n')
		*out = (struct key){.code = KEYNAME_ENTER, .alt = true};
	else if (c == '\t')
		*out = (struct key){.code = KEYNAME_SPACE};
	else
		*out = character_key(c);
	return c == '\r' || c == '\n' || c == '\t' ||
	       (c >= 0x20 && c != 0x7F && c != 0xFFFD);
}

/* Inside a paste? One whose end got lost must not make every key text for ever:
 * a paste does not pause. */
static bool still_pasting(bool pasting)
{
	static long last;
	long now = now_ms(), pause = now - last;
	last = now;
	return pasting && pause < PASTE_PAUSE_MS;
}

/* False: nothing in it for the program. */
static bool take_input(enum input got, uint32_t c, struct event *out)
{
	static bool pasting;
	pasting = still_pasting(pasting);
	*out = (struct event){.kind = EVENT_KEY, .pasted = pasting};
	if (got == INPUT_FUNCTION && (c == INPUT_PASTE || c == INPUT_PASTED)) {
		pasting = c == INPUT_PASTE;
		return false;
	}
	if (pasting)
		return got == INPUT_CHARACTER && pasted_key(c, &out->key);
	if (got == INPUT_CHARACTER && c == 0x1B)
		return after_escape(out);
	if (got == INPUT_CHARACTER) {
		out->key = character_key(c);
		return c != 0xFFFD;
	}
	if (c == KEY_MOUSE)
		return mouse_event(out);
	return function_key((int)c, &out->key);
}

bool input_read(struct event *out)
{
	uint32_t c;
	for (enum input got; (got = next_input(&c)) != INPUT_NONE;) {
		if (take_input(got, c, out))
			return true;
	}
	*out = (struct event){.kind = EVENT_NONE};
	return false;
}

void input_forget(void)
{
	ahead = (struct event){.kind = EVENT_NONE};
}

/* Flags first: leaving must not wait for a key. */
static bool flagged_event(struct event *out)
{
	*out = (struct event){.kind = EVENT_NONE};
	if (signals.hangup) {
		out->kind = EVENT_HANGUP;
		out->signal = signals.hangup;
		signals.hangup = 0;
	} else if (signals.stop) {
		term_suspend();
		out->kind = EVENT_RESUMED;
	} else if (signals.resumed) {
		signals.resumed = 0;
		reset_prog_mode(); /* a shell may have changed the modes meanwhile */
		paint_forget();
		term_fit();
		out->kind = EVENT_RESUMED;
	} else if (signals.resized) {
		signals.resized = 0;
		if (term_fit())
			out->kind = EVENT_RESIZE;
	}
	return out->kind != EVENT_NONE;
}

static bool anything_now(struct event *out)
{
	if (flagged_event(out))
		return true;
	if (ahead.kind != EVENT_NONE) {
		*out = ahead;
		input_forget();
		return true;
	}
	return input_read(out);
}

/* Readable with nothing to read is the end of the terminal, not a key. */
static bool terminal_lost(const struct pollfd *tty)
{
	int bytes = 0;
	if (tty->revents & (POLLERR | POLLNVAL | POLLHUP))
		return true;
	return (tty->revents & POLLIN) && ioctl(terminal.in, FIONREAD, &bytes) == 0 &&
	       !bytes;
}

static int watched[TERM_WATCHED] = {-1, -1, -1};

void term_watch(enum term_watched which, int fd)
{
	watched[which] = fd;
}

/* Sleep until there may be something. False: the time is over, or *out says
 * what came instead of a key. */
static bool wait_for_input(long deadline, struct event *out)
{
	struct pollfd fds[] = {
	    {.fd = terminal.in, .events = POLLIN},
	    {.fd = signals_fd(), .events = POLLIN},
	    {.fd = watched[WATCH_STORE], .events = POLLIN}, /* poll() skips -1 */
	    {.fd = watched[WATCH_WORK], .events = POLLIN},
	    {.fd = watched[WATCH_SERVER], .events = POLLIN},
	};
	long left = deadline < 0 ? -1 : deadline - now_ms();
	if (deadline >= 0 && left < 0)
		left = 0;
	int ready = poll(fds, sizeof fds / sizeof *fds, (int)left);
	if (ready < 0)
		return errno == EINTR || errno == EAGAIN;
	if (ready > 0 && (fds[1].revents & POLLIN))
		signals_drain();
	if (ready > 0 && terminal_lost(&fds[0]))
		out->kind = EVENT_HANGUP;
	else if (ready > 0 && !fds[0].revents && !fds[1].revents)
		out->kind = EVENT_WATCHED;
	return ready > 0 && out->kind == EVENT_NONE;
}

void term_next(struct event *out, int ms)
{
	long deadline = ms < 0 ? -1 : now_ms() + ms;
	struct event instead = {.kind = EVENT_NONE};
	*out = instead;
	if (!terminal.open)
		return;
	while (!anything_now(out)) {
		if (wait_for_input(deadline, &instead))
			continue;
		if (!anything_now(out)) /* a signal says more than a lost terminal */
			*out = instead;
		return;
	}
}

bool term_pending(void)
{
	if (!terminal.open)
		return false;
	if (ahead.kind == EVENT_NONE)
		anything_now(&ahead);
	return ahead.kind != EVENT_NONE || signals.hangup;
}

int64_t term_now(void)
{
	return terminal.open ? now_ms() : 0;
}
