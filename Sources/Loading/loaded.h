/* Stands between a program and a library that is loaded at the first call, not by the dynamic linker. `LIBRARY` is its
   name; each `CALL` replaces the function of the same name, whose header must be included: one with another signature
   does not compile. */
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

static void *find(const char *name) {
  void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  void *found = library ? dlsym(library, name) : NULL;
  if (found) return found;
  // Ends the program, as the dynamic linker does when a library is missing.
  fprintf(stderr, "obox: %s\n", dlerror());
  _exit(127);
}

#define CALL(type, name, parameters, arguments) \
  type name parameters { \
    static type (*_Atomic call) parameters; \
    if (!call) call = (type(*) parameters)find(#name); \
    return call arguments; \
  }
