#include "run.h"
#include <stdio.h>

void say(struct app *app, const char *format, ...)
{
	va_list args;

	str_clear(&app->message);
	va_start(args, format);
	str_addv(&app->message, format, args);
	va_end(args);
	app->message_role = ROLE_MESSAGE;
	app->dirty |= DIRTY_SCREEN;
}

void say_error(struct app *app, const struct err *err)
{
	say(app, "%s%s%s", err->place, *err->place ? ": " : "", err->text);
	app->message_role = ROLE_ERROR;
}

void ask(struct app *app, void (*yes)(struct app *app), const char *question)
{
	say(app, "%s  y yes, any other key no", question);
	app->yes = yes;
}
