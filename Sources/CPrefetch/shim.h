// The one instruction of a processor that Swift has no word for: it asks for a cache line and does not wait for it.
#pragma once

#include <stddef.h>

// Asks for the lines of `size` bytes at an address.
static inline __attribute__((always_inline)) void tributary_prefetch(const void *address, size_t size) {
    for (size_t offset = 0; offset < size; offset += 64) __builtin_prefetch((const char *)address + offset, 1, 3);
    __builtin_prefetch((const char *)address + size - 1, 1, 3);
}
