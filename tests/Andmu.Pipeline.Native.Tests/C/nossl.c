/* A machine without OpenSSL: this program's dlopen, which the library's calls come to, finds none. */
#define _GNU_SOURCE
#include "check.h"
#include <dlfcn.h>

void *dlopen(const char *name, int flags) {
    void *(*real)(const char *, int);
    *(void **)&real = dlsym(RTLD_NEXT, "dlopen");
    return real(name != NULL && strstr(name, "libssl") != NULL ? "libssl-that-nobody-has.so" : name, flags);
}

int main(void) {
    andmu_device *device;
    andmu_config config;
    complete(&config);
    CHECK_IS(ANDMU_E_NO_TLS, andmu_create(&config, &device));
    CHECK(device == NULL && strstr(andmu_last_error(), "OpenSSL") != NULL);
    puts("ok");
    return 0;
}
