#include "plan.h"
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

	str_clear(buf);
	for (int i = 0; i < n && !buf->len; i++) {
		const cJSON *value = cJSON_GetObjectItem(object, names[i]);
		if (value)
			put_text(buf, value);
	}
	cJSON_Delete(object);
	return slice_trim((struct slice){str_text(buf), buf->len});
}
