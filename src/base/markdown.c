#include "huddle/text.h"

#include <string.h>

void text_markdown(struct str *out, struct slice s)
{
	struct str safe = STR_INIT;

	display_safe(&safe, s);
	for (const char *p = str_text(&safe); *p; p++) {
		/* An & alone is one; before a letter it may spell any character. */
		if (strchr("\\`*_{}[]<>#|!~", *p) ||
		    (*p == '&' && ((p[1] | 32) >= 'a' && (p[1] | 32) <= 'z')))
			str_addc(out, '\\');
		str_addc(out, *p);
	}
	str_release(&safe);
}
