/* Invented companies: some by hand, in many scripts, then as many as wanted from syllables. */
#include <string.h>
#include "gen.h"

/* The text is the name, the ASCII form becomes the mail domain. */
const struct word name_companies[] = {
	{ "Alderwick Freight", "alderwick-freight" }, { "Quillmoor & Sons", "quillmoor" },
	{ "Brasserie du Vieux-Pré, S.A.", "vieux-pre" }, { "Hrušková Pekárna s.r.o.", "hruskova" },
	{ "The \"Little Anchor\" Ferry Co.", "little-anchor" },
	{ "O'Shaughlin's Bakeries", "oshaughlins" },
	{ "海鳴り水産株式会社", "uminari" }, { "Grünspan Metallbau GmbH", "gruenspan" },
	{ "Талий Камінь", "talyi-kamin" }, { "Copperlane Dental Group", "copperlane" },
	{ "Νήσος Φούρνοι Α.Ε.", "nisos-fournoi" },
	{ "Torrelavilla Cerámica, S.L.", "torrelavilla" },
	{ "松石电子有限公司", "songshi" }, { "Wintergreen Parks Trust", "wintergreen-parks" },
	{ "Pięć Wiatraków S.A.", "piec-wiatrakow" }, { "Dunloch Distilling, LLP", "dunloch" },
	{ "물레방아 식품", "mullebanga" }, { "Ashford-Keel Boatyards", "ashford-keel" },
	{ "สวนส้มริมธาร", "suan-som" }, { "Lac-des-Aulnes Coopérative", "lac-des-aulnes" },
	{ "नीलगगन मुद्रण", "neelgagan" }, { "Vireo Optical", "vireo-optical" },
	{ "بيت السنابل", "bayt-alsanabil" }, { "Größenwald & Partner", "groessenwald" },
	{ "Bến Trúc Logistics", "ben-truc" }, { "Harbour Lantern Books", "harbour-lantern" },
	{ "מטעי השחר", "matei-hashachar" }, { "Fjordglass Norden", "fjordglass" },
	{ "Sable & Thorn, Inc.", "sable-thorn" }, { "Ízek Kertje Kft.", "izek-kertje" },
};
const uint8_t name_company_cultures[] = {
	0, 17, 4, 6, 17, 1, 9, 3, 8, 0, 7, 2, 10, 0, 5, 17, 11, 17, 15, 4, 14, 0, 12, 3, 16, 0,
	13, 17,
	0, 6,
};
const uint32_t name_company_count = LENGTH(name_companies);

static const char *const heads[] = {
	"Alder", "Amber", "Ash", "Bram", "Briar", "Cald", "Cinder", "Clover", "Coal", "Crag",
	"Dapple",
	"Dray", "Elm", "Ember", "Fallow", "Fen", "Flint", "Frost", "Gale", "Garnet", "Glen",
	"Gorse",
	"Hazel", "Heron", "Holt", "Ivy", "Jasper", "Juniper", "Kestrel", "Lark", "Linden", "Loam",
	"Maple", "Marl", "Mill", "Moss", "Nettle", "Oat", "Osprey", "Otter", "Pewter", "Plover",
	"Quarry", "Quill", "Raven", "Reed", "Rook", "Rowan", "Sedge", "Shale", "Slate", "Sorrel",
	"Tarn", "Thorn", "Umber", "Vale", "Wax", "Willow", "Wren", "Yarrow",
};
static const char *const tails[] = {
	"barrow", "beck", "borne", "bridge", "brook", "bury", "combe", "cote", "croft", "dale",
	"den",
	"fell", "field", "ford", "gate", "ham", "haven", "holme", "hurst", "keld", "leigh", "march",
	"mere", "mont", "ness", "port", "quay", "ridge", "rigg", "sett", "shaw", "stead", "stow",
	"thorpe", "thwaite", "toft", "wark", "wick", "wold", "worth",
};
static const char *const trades[] = {
	"Foods", "Logistics", "Hotels", "Clinics", "Insurance", "Textiles", "Machining", "Schools",
	"Energy", "Retail", "Builders", "Dairies", "Rail", "Pharma", "Printing", "Security",
};

/*
 * The nth composed company, of 38,400. The step is coprime to the number of pairs, so neighbours
 * look unlike each other and no name comes twice.
 */
char *name_company(uint32_t nth, char **domain)
{
	const uint32_t pairs = LENGTH(heads) * LENGTH(tails);
	uint32_t pair = (nth % pairs) * 1009 % pairs;
	uint32_t trade = (nth / pairs + nth) % LENGTH(trades);
	const char *head = heads[pair / LENGTH(tails)], *tail = tails[pair % LENGTH(tails)];
	char text[96];
	int n = snprintf(text, sizeof(text), "%s%s-%s.example", head, tail, trades[trade]);

	*domain = memory_text(text, (size_t)n);
	for (char *p = *domain; *p; p++)
		*p = (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p);
	n = snprintf(text, sizeof(text), "%s%s %s", head, tail, trades[trade]);
	return memory_text(text, (size_t)n);
}
