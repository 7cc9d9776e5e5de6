#include <stdlib.h>
#include <string.h>

#include "money_inside.h"

/* Current codes of ISO 4217, sorted. */
static const char codes[][4] = {"AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD",
    "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL",
    "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLF", "CLP", "CNH", "CNY",
    "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB",
    "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD",
    "HNL", "HRK", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP",
    "LKR", "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU",
    "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD",
    "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB",
    "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP",
    "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD",
    "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST", "XAF", "XCD",
    "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWL"};

/* Longer signs stand before those they begin with. */
static const struct {
	const char *sign, *code;
} signs[] = {
    {"$", "USD"},
    {"\xE2\x82\xAC", "EUR"}, /* euro */
    {"\xC2\xA3", "GBP"},     /* pound */
    {"\xC2\xA5", "JPY"},     /* yen */
    {"\xEF\xBF\xA5", "JPY"}, /* full-width yen */
    {"\xE2\x82\xB9", "INR"}, /* rupee */
    {"\xE2\x82\xA9", "KRW"}, /* won */
    {"\xE2\x82\xAA", "ILS"}, /* shekel */
    {"\xE2\x82\xBA", "TRY"}, /* lira */
    {"US$", "USD"},
    {"AU$", "AUD"},
    {"A$", "AUD"},
    {"CA$", "CAD"},
    {"C$", "CAD"},
    {"NZ$", "NZD"},
    {"HK$", "HKD"},
    {"S$", "SGD"},
    {"MX$", "MXN"},
    {"R$", "BRL"},
};

static int by_code(const void *a, const void *b)
{
	return memcmp(a, b, 3);
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

bool currency_code(struct slice letters, struct currency *out)
{
	struct currency read = {""};
	if (letters.len != 3)
		return false;
	for (int i = 0; i < 3; i++)
		read.code[i] = upper(letters.p[i]);
	if (!bsearch(
	        read.code, codes, sizeof codes / sizeof *codes, sizeof *codes, by_code))
		return false;
	*out = read;
	return true;
}

size_t currency_sign(struct slice s, struct currency *out)
{
	bool possible =
	    s.len && ((unsigned char)s.p[0] >= 0x80 || s.p[0] == '$' ||
	                 (s.len > 1 && memchr(s.p, '$', s.len < 3 ? s.len : 3)));
	if (!possible)
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (!slice_starts(s, signs[i].sign))
			continue;
		memcpy(out->code, signs[i].code, 4);
		return strlen(signs[i].sign);
	}
	return 0;
}

static bool is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* A code may be followed by its name: "EUR - Euro", "USD (US Dollar)". */
bool currency_read(struct slice text, struct currency *out)
{
	text = slice_trim(text);
	size_t letters = 0;
	while (letters < text.len && is_letter(text.p[letters]))
		letters++;
	if (currency_code((struct slice){.p = text.p, .len = letters}, out))
		return true;
	struct currency read;
	size_t used = currency_sign(text, &read);
	if (!used || used != text.len)
		return false;
	*out = read;
	return true;
}

/* Decimal digits of the minor unit, ISO 4217 table A.1. */
int currency_digits(struct currency currency)
{
	static const char none[] =
	    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF "
	    "XOF XPF";
	static const char three[] = "BHD IQD JOD KWD LYD OMR TND";
	if (strlen(currency.code) != 3)
		return 2;
	if (strstr(none, currency.code))
		return 0;
	if (!strcmp(currency.code, "CLF"))
		return 4;
	return strstr(three, currency.code) ? 3 : 2;
}

bool currency_eq(struct currency a, struct currency b)
{
	return !strcmp(a.code, b.code);
}
