#include <stdio.h>

#include "huddle/widget.h"

enum { MARGIN = 2 };

static int clamp(long value, int low, int high)
{
	if (value > high)
		value = high;
	return value < low ? low : (int)value;
}

void list_set_count(struct list *l, int count)
{
	l->count = count < 0 ? 0 : count;
	list_select(l, l->selected);
}

void list_select(struct list *l, int row)
{
	l->selected = clamp(row, 0, l->count - 1);
}

void list_move(struct list *l, int by)
{
	l->selected = clamp((long)l->selected + by, 0, l->count - 1);
}

void list_show(struct list *l, int height)
{
	if (height <= 0)
		return;
	int margin = height > 2 * MARGIN ? MARGIN : (height - 1) / 2;
	if (l->top > l->selected - margin)
		l->top = l->selected - margin;
	if (l->top < l->selected + margin - height + 1)
		l->top = l->selected + margin - height + 1;
	l->top = clamp(l->top, 0, l->count - height);
}

const char *list_position(const struct list *l, char buf[32])
{
	buf[0] = '\0';
	if (l->count > 0)
		snprintf(buf, 32, "%d/%d", l->selected + 1, l->count);
	return buf;
}
