#include "huddle/record.h"

#include "huddle/text.h"

bool snooze_check(const struct snooze *snooze, day_t today, struct err *err)
{
	char day[DAY_TEXT];
	if (!slice_trim(slice_of(snooze->reason ? snooze->reason : "")).len)
		return err_set(
		    err, "reason", "a snooze needs a reason; say what it waits for");
	if (snooze->until == DAY_NONE)
		return err_set(err, "until",
		    "a snooze needs the day on which the deal counts again; write +2w or "
		    "2027-01-05");
	if (snooze->until <= today)
		return err_set(err, "until", "%s is not after today; give a later day",
		    day_format(snooze->until, day));
	if (snooze->until > today + SNOOZE_DAYS_MOST)
		return err_set(err, "until",
		    "%s is more than a year away; give an earlier day, or close the deal",
		    day_format(snooze->until, day));
	return true;
}
