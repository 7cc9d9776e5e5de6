#include "row.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

void random_id(char out[33])
{
	unsigned char bits[16];
	while (getrandom(bits, sizeof bits, 0) != sizeof bits)
		if (errno != EINTR)
			BUG("getrandom: %s", strerror(errno));
	for (size_t i = 0; i < sizeof bits; i++)
		snprintf(out + 2 * i, 3, "%02x", bits[i]);
}
