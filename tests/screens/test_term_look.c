#include <stdio.h>
#include <string.h>

#include "test_term.h"

/* What reaches the screen, and what never may. */

/* Any SGR that names a colour: 30-49, 90-107. */
static bool names_color(struct slice raw)
{
	for (size_t i = 0; i + 2 < raw.len; i++) {
		if (raw.p[i] != '\033' || raw.p[i + 1] != '[')
			continue;
		size_t at = i + 2;
		int value = 0;
		bool color = false;
		for (; at < raw.len &&
		       (raw.p[at] == ';' || (raw.p[at] >= '0' && raw.p[at] <= '9'));
		     at++) {
			value = raw.p[at] == ';' ? 0 : value * 10 + (raw.p[at] - '0');
			color = color || (value >= 30 && value <= 49) ||
			        (value >= 90 && value <= 107);
		}
		if (at < raw.len && raw.p[at] == 'm' && color)
			return true;
	}
	return false;
}

void test_colors(void)
{
	static const char *const none[] = {"NO_COLOR=1", NULL}, *const empty[] = {
	                                                            "NO_COLOR=", NULL};
	struct vt *t = start_with("show", (struct vt_options){.env = none});
	vt_keys(t, "<down><down>");
	vt_settle(t, QUIET, LIMIT);
	CHECK(!names_color(vt_raw(t)));
	CHECK(vt_cell(t, 5, 5).reverse); /* the selection is there all the same */
	finish(t);

	t = start_with("show", (struct vt_options){.env = empty});
	CHECK(names_color(vt_raw(t)));
	CHECK(vt_cell(t, 70, 20).bg_default);
	CHECK(vt_cell(t, 3, 12).bg == 208);                 /* risk-high of 256 colours */
	CHECK(!sent(t, "\033]4;") && !sent(t, "\033]104")); /* the palette is not ours */
	finish(t);

	t = start_with("show", (struct vt_options){.term = "xterm"});
	CHECK(names_color(vt_raw(t)));
	CHECK(!sent(t, "38;5;") && !sent(t, "48;5;"));
	finish(t);
}

void test_ascii(void)
{
	static const char *const locales[] = {"C", "POSIX", "xx_YY.ISO-8859-1"};
	for (size_t i = 0; i < 3; i++) {
		struct vt *t =
		    start_with("show", (struct vt_options){.locale = locales[i]});
		struct slice raw = vt_raw(t);
		bool pure = true;
		CHECK(vt_has(t, "demo 80x24") && vt_has(t, "Zurich Lodz"));
		for (size_t at = 0; at < raw.len; at++)
			pure = pure && !((unsigned char)raw.p[at] & 0x80);
		CHECK(pure);
		vt_send(t, "\xC3\xA9j", 3); /* letters that it can not have */
		wait_for(t, "last: j");
		CHECK(vt_run(t, 200) == 0);
		finish(t);
	}
	/* Named by ssh, not installed here: the terminal is UTF-8 all the same. */
	struct vt *t = start_with("show", (struct vt_options){.locale = "xx_YY.UTF-8"});
	CHECK(vt_has(t, "東京の会議"));
	finish(t);
}

void test_hostile(void)
{
	static const char *const never[] = {"\033]0;", "owned\a", "\033[2J\033[H end",
	    "\xE2\x80\xAE", "\xE2\x81\xA6", "\xC2\x9B", "\x9B", "\xE2\x80\x8B",
	    "\xF3\xA0\x81\x81", "\xFF"};
	struct vt *t = start();
	vt_keys(t, "<ctrl-l><down><up><resize:100x30>");
	wait_for(t, "demo 100x30");
	vt_run(t, 200);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		if (!CHECK(!sent(t, never[i])))
			printf("  number %zu\n", i);
	}
	CHECK(vt_has(t, "spoofed") && vt_has(t, "back "));
	finish(t);
}

/* The border drawn behind texts of odd widths stands in one column. */
void test_wide(void)
{
	struct vt *t = start();
	for (int y = 3; y < 9; y++) {
		CHECK(!strcmp(vt_cell(t, 40, y).bytes, "|"));
		CHECK(!strcmp(vt_cell(t, 56, y).bytes, "|"));
	}
	CHECK(vt_cell(t, 42, 4).width == 2);
	CHECK(!strcmp(vt_cell(t, 45, 5).bytes, "e\u0301"));
	CHECK(vt_has(t, "a long t…") && vt_has(t, "東京の…"));
	finish(t);
}

void test_idle(void)
{
	struct vt *t = start();
	CHECK(vt_run(t, 1000) == 0);
	vt_keys(t, "<f9>");
	CHECK(vt_settle(t, QUIET, LIMIT));
	vt_forget(t);
	CHECK(vt_run(t, 300) == 0);
	finish(t);
}

void test_cursor(void)
{
	struct vt *t = start();
	bool visible;
	int x, y;
	vt_keys(t, "<down><down>");
	wait_for(t, "2 keys");
	vt_cursor(t, &x, &y, &visible);
	CHECK(visible && x == 0 && y == 5);
	finish(t);
}

void test_copy(void)
{
	static const char *const tmux[] = {"TMUX=/tmp/x,1,0", NULL};
	/* "Acme ^[[31mred\t€5\n": the escape sequence has become harmless */
	static const char code[] = "\033]52;c;QWNtZSBeW1szMW1yZWQJ4oKsNQo=\a";
	struct vt *t = start();
	vt_keys(t, "y");
	vt_settle(t, QUIET, LIMIT);
	CHECK(sent(t, code));
	CHECK(!sent(t, "\033Ptmux"));
	finish(t);
	t = start_with("show", (struct vt_options){.env = tmux});
	vt_keys(t, "y");
	vt_settle(t, QUIET, LIMIT);
	CHECK(sent(t, "\033Ptmux;\033\033]52;c;QWNt"));
	finish(t);
}
