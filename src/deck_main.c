#include "huddle/cli.h"
#include "huddle/deck.h"

#ifdef __SANITIZE_ADDRESS__
/* The libraries keep what they loaded of fonts, and Cairo 1.16 a PDF's bookmarks. */
const char *__lsan_default_suppressions(void), *__lsan_default_options(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libcairo\nleak:libfontconfig\nleak:libpango\nleak:libglib\n";
}
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

/* The same program with the writers of the deck, which need many libraries more: a
 * review that opens at once has no business loading them. */
int main(int argc, char *argv[])
{
	return cli_main_with(argc, argv, &deck_maker);
}
