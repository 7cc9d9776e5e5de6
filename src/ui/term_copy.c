#include "term_inside.h"

#include <stdlib.h>

#include "huddle/text.h"

/* Terminals drop an OSC 52 of more than 100,000 bytes; base64 makes 4 of 3. */
enum { COPY_MOST = 74994 };

static void add_base64(struct str *out, struct slice s)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789+/";
	for (size_t i = 0; i < s.len; i += 3) {
		size_t left = s.len - i;
		unsigned bits = (unsigned)(unsigned char)s.p[i] << 16;
		if (left > 1)
			bits |= (unsigned)(unsigned char)s.p[i + 1] << 8;
		if (left > 2)
			bits |= (unsigned char)s.p[i + 2];
		str_addc(out, digits[bits >> 18 & 63]);
		str_addc(out, digits[bits >> 12 & 63]);
		str_addc(out, left > 1 ? digits[bits >> 6 & 63] : '=');
		str_addc(out, left > 2 ? digits[bits & 63] : '=');
	}
}

/* What is pasted into a shell must be as harmless as what is shown; only line
 * feeds and tabs keep their meaning. */
static void add_harmless(struct str *out, struct slice text)
{
	size_t from = 0;
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && text.p[i] != '\n' && text.p[i] != '\t')
			continue;
		display_safe(out, (struct slice){text.p + from, i - from});
		if (i < text.len)
			str_addc(out, text.p[i]);
		from = i + 1;
	}
}

static size_t cut_at_character(const struct str *s, size_t most)
{
	if (s->len <= most)
		return s->len;
	while (most > 0 && ((unsigned char)s->p[most] & 0xC0) == 0x80)
		most--;
	return most;
}

/* https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (OSC 52). tmux takes
 * it plain with "set-clipboard on" and wrapped with "allow-passthrough on". */
void term_copy(struct slice text)
{
	struct str safe = STR_INIT, code = STR_INIT, out = STR_INIT;
	const char *tmux = getenv("TMUX");
	if (!terminal.open || !text.p)
		return;
	add_harmless(&safe, text);
	add_base64(
	    &code, (struct slice){str_text(&safe), cut_at_character(&safe, COPY_MOST)});
	str_addf(&out, "\033]52;c;%s\a", str_text(&code));
	if (tmux && tmux[0])
		str_addf(&out, "\033Ptmux;\033\033]52;c;%s\a\033\\", str_text(&code));
	write_all(terminal.out, out.p, out.len);
	str_release(&safe);
	str_release(&code);
	str_release(&out);
}
