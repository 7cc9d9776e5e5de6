#include "huddle/attribution_sums.h"
#include "huddle/store_attribution.h"
#include "remembered.h"

/* Sums over all deals take a pass over all touches, so they are kept. */

static bool key_of(
    struct str *out, struct store *store, const struct attribution *sums, struct err *err)
{
	str_addf(out, "%s %s ", attribution_model_names[sums->rules.model],
	    sourced_by_name(sums->rules.sourced));
	return remembered_key(out, store, sums->today, err);
}

bool store_load_kept_attribution(
    struct store *store, struct attribution *sums, bool *found, struct err *err)
{
	struct attribution parsed = *sums;
	struct str key = STR_INIT;
	struct slice text;

	*found = false;
	if (!store->generation)
		return store_facts(store, err);
	bool fine =
	    key_of(&key, store, sums, err) &&
	    remembered(store, "attribution", str_text(&key), sums->arena, &text, err);

	*found = fine && text.p && attribution_parse(&parsed, text);
	if (*found)
		*sums = parsed;
	str_release(&key);
	return fine;
}

void store_keep_attribution(struct store *store, const struct attribution *sums)
{
	struct err ignored = ERR_INIT;
	struct str key = STR_INIT, text = STR_INIT;

	if (key_of(&key, store, sums, &ignored)) {
		attribution_format(&text, sums);
		remember(store, "attribution", str_text(&key), str_text(&text));
	}
	str_release(&key);
	str_release(&text);
}
