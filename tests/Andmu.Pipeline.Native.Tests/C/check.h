/* What the programs of this folder share. */
#ifndef CHECK_H
#define CHECK_H

#include <andmu.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Says where, and ends the program with a failure. */
#define CHECK(condition) \
    do { if (!(condition)) { fprintf(stderr, "%s:%d: %s; last error: %s\n", __FILE__, __LINE__, #condition, andmu_last_error()); exit(1); } } while (0)

#define CHECK_IS(expected, actual) \
    do { \
        andmu_result is_ = (actual); \
        if (is_ != (expected)) { \
            fprintf(stderr, "%s:%d: %s is %d (%s), not %s; last error: %s\n", __FILE__, __LINE__, #actual, (int)is_, andmu_strerror(is_), #expected, \
                    andmu_last_error()); \
            exit(1); \
        } \
    } while (0)

/* A configuration that is complete, for a platform that nobody can reach. */
static inline void complete(andmu_config *config) {
    CHECK_IS(ANDMU_OK, andmu_config_init(config));
    config->openapi_url = "https://127.0.0.1:9";
    config->access_key = "Zhejian";
    config->access_secret = "secret";
    config->device_id = "330100100000001";
    config->device_mac = "2059a074e0bc";
    config->model_id = "Zhejian_zj_cnmobile_001";
    config->user_mobile = "13800000000";
    config->user_token = "token";
    config->buffer_bytes = 1 << 16;
    config->buffer_packages = 64;
    config->close_timeout_ms = 500;
}

#endif
