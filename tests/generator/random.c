/*
 * splitmix64 (Steele, Lea, Flood 2014; public domain reference by Sebastiano Vigna). Integers only:
 * a double may round differently from one machine to the next, and then the files would differ.
 */
#include "gen.h"

static uint64_t rng_next(struct rng *r)
{
	uint64_t z = (r->state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* A stream of its own for every thing made, so that things don't depend on the order of making. */
void rng_init(struct rng *r, uint64_t seed, enum stream stream, uint32_t index)
{
	r->state = seed * UINT64_C(0xd1342543de82ef95) + ((uint64_t)stream << 40) + index;
	r->state = rng_next(r);
}

/* 0 .. n-1; the bias of n / 2^32 doesn't matter here. */
uint32_t rng_below(struct rng *r, uint32_t n)
{
	return (uint32_t)(((rng_next(r) >> 32) * n) >> 32);
}

int32_t rng_between(struct rng *r, int32_t lowest, int32_t highest)
{
	return highest <= lowest
	           ? lowest
	           : lowest + (int32_t)rng_below(r, (uint32_t)(highest - lowest + 1));
}

bool rng_percent(struct rng *r, uint32_t percent)
{
	return rng_below(r, 100) < percent;
}
