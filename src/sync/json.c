#include "plan_text.h"
#include <cjson/cJSON.h>
#include <stdlib.h>

/* Values out of cells that hold a JSON object, as marketing automation exports the
 * attributes of an activity. */

static void put_text(struct str *buf, const cJSON *value)
{
	if (cJSON_IsString(value)) {
		str_adds(buf, value->valuestring);
	} else if (!cJSON_IsNull(value)) {
		char *text = cJSON_PrintUnformatted(value);
		str_adds(buf, text ? text : "");
		cJSON_free(text);
	}
}

struct slice json_value(
    struct slice text, const char *const *names, int n, struct str *buf)
{
	cJSON *object = cJSON_ParseWithLength(text.p, text.len);
	struct slice found = {"", 0};

	for (int i = 0; i < n && !found.len; i++) {
		const cJSON *value = cJSON_GetObjectItem(object, names[i]);
		str_clear(buf);
		if (value)
			put_text(buf, value);
		found = slice_trim((struct slice){str_text(buf), buf->len});
	}
	cJSON_Delete(object);
	return found;
}
