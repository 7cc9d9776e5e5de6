#include "huddle/cli.h"
#include "huddle/deck.h"

/* The same program with the writers of the deck, which need many libraries more: a
 * review that opens at once has no business loading them. */
int main(int argc, char *argv[])
{
	return cli_main_with(argc, argv, &deck_maker);
}
