#include <stddef.h>
#include <sodium/utils.h>
