#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "huddle/money.h"

/* One for the process, as what a shared screen may show is. */
static bool hidden;

void money_hide(bool hide)
{
	hidden = hide;
}

bool money_hidden(void)
{
	return hidden;
}

static const char *hide(char buf[MONEY_TEXT])
{
	return memcpy(buf, "***", 4);
}

static uint64_t magnitude(money_t amount)
{
	return amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
}

static uint64_t power_of_ten(int digits)
{
	uint64_t power = 1;
	while (digits-- > 0)
		power *= 10;
	return power;
}

/* "-$" or "EUR -"; only the dollar has a sign that no terminal lacks. */
static const char *prefix(struct currency currency, bool minus, char buf[8])
{
	if (!strcmp(currency.code, "USD"))
		return minus ? "-$" : "$";
	const char *blank = currency.code[0] ? " " : "";
	snprintf(buf, 8, "%.3s%s%s", currency.code, blank, minus ? "-" : "");
	return buf;
}

/* 1234567 as 1,234,567; at most 26 bytes and a NUL. */
static void group(uint64_t value, char buf[32])
{
	char plain[24];
	int len = snprintf(plain, sizeof plain, "%" PRIu64, value);
	char *at = buf;
	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			*at++ = ',';
		*at++ = plain[i];
	}
	*at = '\0';
}

const char *money_format(money_t amount, struct currency currency, char buf[MONEY_TEXT])
{
	buf[0] = '\0';
	if (amount == MONEY_NONE)
		return buf;
	if (hidden)
		return hide(buf);
	int digits = currency_digits(currency);
	uint64_t unit = power_of_ten(digits), value = magnitude(amount);
	char code[8], whole[32], cents[8] = "";
	group(value / unit, whole);
	if (value % unit)
		snprintf(cents, sizeof cents, ".%0*d", digits, (int)(value % unit));
	snprintf(
	    buf, MONEY_TEXT, "%s%s%s", prefix(currency, amount < 0, code), whole, cents);
	return buf;
}

/* value / unit, half to even; the sum can not overflow as unit is at most 10^19. */
static uint64_t divide(uint64_t value, uint64_t unit)
{
	uint64_t whole = value / unit, rest = value % unit;
	bool up = rest > unit - rest || (rest == unit - rest && (whole & 1));
	return whole + (up && rest);
}

/* The shortest of 950, 1.2k, 240k, 7.9M ... in at most four columns. */
static void shorten(uint64_t value, uint64_t unit, char buf[8])
{
	static const char letters[] = "\0kMBTQ";
	for (int i = 0; i < 6; i++) {
		uint64_t whole = divide(value, unit);
		uint64_t tenths = i && unit >= 10 ? divide(value, unit / 10) : whole * 10;
		char letter[2] = {letters[i], '\0'};
		if (tenths < 100 && tenths % 10) {
			snprintf(buf, 8, "%d.%d%s", (int)(tenths / 10),
			    (int)(tenths % 10), letter);
			return;
		}
		if (whole < 1000) {
			snprintf(buf, 8, "%d%s", (int)whole, letter);
			return;
		}
		if (unit > UINT64_MAX / 1000)
			break;
		unit *= 1000;
	}
	memcpy(buf, "####", 5); /* as spreadsheets say that it does not fit */
}

const char *money_brief(money_t amount, struct currency currency, char buf[MONEY_TEXT])
{
	buf[0] = '\0';
	if (amount == MONEY_NONE)
		return buf;
	if (hidden)
		return hide(buf);
	char code[8], text[8];
	shorten(magnitude(amount), power_of_ten(currency_digits(currency)), text);
	bool minus = amount < 0 && strcmp(text, "0") != 0; /* -0.20 is not "-0" */
	snprintf(buf, MONEY_TEXT, "%s%s", prefix(currency, minus, code), text);
	return buf;
}

const char *money_short(money_t amount, struct currency currency, char buf[MONEY_TEXT])
{
	buf[0] = '\0';
	if (amount == MONEY_NONE)
		return buf;
	if (hidden)
		return hide(buf);
	char text[8];
	shorten(magnitude(amount), power_of_ten(currency_digits(currency)), text);
	bool minus = amount < 0 && strcmp(text, "0") != 0;
	snprintf(buf, MONEY_TEXT, "%s%s", minus ? "-" : "", text);
	return buf;
}

const char *money_plain(money_t amount, struct currency currency, char buf[MONEY_TEXT])
{
	buf[0] = '\0';
	if (amount == MONEY_NONE)
		return buf;
	int digits = currency_digits(currency);
	uint64_t unit = power_of_ten(digits), value = magnitude(amount);
	int n =
	    snprintf(buf, MONEY_TEXT, "%s%" PRIu64, amount < 0 ? "-" : "", value / unit);
	if (digits)
		snprintf(buf + n, (size_t)(MONEY_TEXT - n), ".%0*" PRIu64, digits,
		    value % unit);
	return buf;
}
