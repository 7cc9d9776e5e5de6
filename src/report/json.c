#include "json.h"

#include "huddle/text.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static cJSON *made(cJSON *value)
{
	if (value)
		return value;
	fputs("huddle: out of memory\n", stderr);
	exit(EXIT_REFUSED);
}

cJSON *json_object(void)
{
	return made(cJSON_CreateObject());
}

cJSON *json_array(void)
{
	return made(cJSON_CreateArray());
}

cJSON *json_string(const char *text)
{
	return made(text && *text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void json_put(cJSON *object, const char *key, cJSON *value)
{
	cJSON_AddItemToObject(object, key, value);
}

void json_push(cJSON *array, cJSON *value)
{
	cJSON_AddItemToArray(array, value);
}

void json_text(cJSON *object, const char *key, const char *text)
{
	json_put(object, key, json_string(text));
}

static void put_raw(cJSON *object, const char *key, const char *raw)
{
	json_put(object, key, made(*raw ? cJSON_CreateRaw(raw) : cJSON_CreateNull()));
}

void json_number(cJSON *object, const char *key, int64_t number)
{
	char buf[24];
	snprintf(buf, sizeof buf, "%" PRId64, number);
	put_raw(object, key, buf);
}

void json_bool(cJSON *object, const char *key, bool value)
{
	json_put(object, key, made(cJSON_CreateBool(value)));
}

void json_day(cJSON *object, const char *key, day_t day)
{
	char buf[DAY_TEXT];
	json_text(object, key, day_format(day, buf));
}

void json_instant(cJSON *object, const char *key, instant_t at)
{
	char buf[INSTANT_TEXT];
	json_text(object, key, instant_format(at, buf));
}

void json_money(cJSON *object, const char *key, money_t amount, struct currency currency)
{
	char buf[MONEY_TEXT];
	put_raw(object, key, money_plain(amount, currency, buf));
}

void json_real(cJSON *object, const char *key, double number)
{
	json_put(object, key,
	    isfinite(number) ? made(cJSON_CreateNumber(number))
	                     : made(cJSON_CreateNull()));
}

void json_percent(cJSON *object, const char *key, int percent)
{
	char buf[16];
	snprintf(buf, sizeof buf, "%d.%02d", percent / 100, percent % 100);
	put_raw(object, key, buf);
}

/* What must not reach a terminal as it is. All else is left as UTF-8. */
static bool dangerous(uint32_t c)
{
	return (c >= 0x7F && c <= 0x9F) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
	       c == 0xFEFF;
}

/* Most of it is ASCII that needs no look at its letters. */
static size_t plain_run(struct slice s)
{
	size_t n = 0;
	while (n < s.len && (unsigned char)s.p[n] < 0x7F)
		n++;
	return n;
}

void json_print(struct str *out, cJSON *value)
{
	char *text = cJSON_PrintUnformatted(value);
	if (!text)
		made(NULL);
	struct slice rest = slice_of(text);
	while (rest.len) {
		uint32_t c;
		size_t plain = plain_run(rest);
		str_add(out, rest.p, plain);
		rest.p += plain;
		rest.len -= plain;
		if (!rest.len)
			break;
		size_t used = utf8_decode(rest.p, rest.len, &c);
		if (!used)
			str_adds(out, "\xEF\xBF\xBD"); /* no UTF-8: JSON must be */
		else if (dangerous(c))
			str_addf(out, "\\u%04x", (unsigned)c);
		else
			str_add(out, rest.p, used);
		rest.p += used ? used : 1;
		rest.len -= used ? used : 1;
	}
	cJSON_free(text);
	cJSON_Delete(value);
}

void report_error(struct str *out, const struct err *err)
{
	struct str line = STR_INIT;
	str_addf(&line, "huddle: %s%s%s", err->place, *err->place ? ": " : "", err->text);
	display_safe(out, (struct slice){str_text(&line), line.len});
	str_addc(out, '\n');
	str_release(&line);
}

void report_error_json(struct str *out, const struct err *err)
{
	struct str line = STR_INIT;
	str_addf(&line, "%s%s%s", err->place, *err->place ? ": " : "", err->text);
	cJSON *root = json_object();
	json_text(root, "error", str_text(&line));
	json_print(out, root);
	str_addc(out, '\n');
	str_release(&line);
}
