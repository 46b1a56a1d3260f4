/* Every way to hold the library wrongly that can be noticed: each is an error, none a crash. */
#define _DEFAULT_SOURCE
#include "check.h"
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST_SIZE offsetof(andmu_config, card_dir)

static andmu_result in_callback[4];
static volatile int told;

static void on_state(void *user, const andmu_state *state) {
    andmu_device *device = *(andmu_device **)user;
    if (told || state->step != ANDMU_STEP_REGISTERING) return;
    in_callback[0] = andmu_destroy(device);
    in_callback[1] = andmu_stop(device);
    in_callback[2] = andmu_drain(device, 0);
    in_callback[3] = andmu_set_log(ANDMU_LOG_NONE, NULL, NULL);
    told = 1;
}

static void all_functions(andmu_device *device, andmu_result expected) {
    andmu_stats stats;
    unsigned char byte = 0;
    stats.struct_size = sizeof stats;
    CHECK_IS(expected, andmu_start(device));
    CHECK_IS(expected, andmu_bind(device, "13800000000", "token", 0));
    CHECK_IS(expected, andmu_drain(device, 0));
    CHECK_IS(expected, andmu_stop(device));
    CHECK_IS(expected, andmu_push_video(device, &byte, 1, 0, 0));
    CHECK_IS(expected, andmu_push_audio(device, &byte, 1, 0, 0));
    CHECK_IS(expected, andmu_push_picture(device, 1, NULL, 0));
    CHECK_IS(expected, andmu_report_event(device, ANDMU_EVENT_MOTION, 1, 0));
    CHECK_IS(expected, andmu_answer(device, 1, ANDMU_OK));
    CHECK_IS(expected, andmu_answer_wifi(device, 1, NULL, 0));
    CHECK_IS(expected, andmu_answer_card(device, 1, NULL, 0));
    CHECK_IS(expected, andmu_answer_ptz(device, 1, 0, 0));
    CHECK_IS(expected, andmu_set_power(device, 1));
    CHECK_IS(expected, andmu_set_microphone(device, 1));
    CHECK_IS(expected, andmu_report_wifi(device, "home"));
    CHECK_IS(expected, andmu_report_card(device, ANDMU_CARD_NORMAL));
    CHECK_IS(expected, andmu_cancel_firmware(device));
    CHECK_IS(expected, andmu_get_stats(device, &stats));
    CHECK_IS(expected, andmu_destroy(device));
}

static void wrong_configurations(void) {
    andmu_device *device = (andmu_device *)1;
    andmu_config config;
    struct { andmu_config config; unsigned char later[64]; } newer;
    memset(&config, 0, sizeof config);
    CHECK_IS(ANDMU_E_ABI, andmu_create(&config, &device));
    CHECK(device == NULL);
    memset(&config, 0xFF, sizeof config);
    CHECK_IS(ANDMU_E_ABI, andmu_create(&config, &device));
    CHECK_IS(ANDMU_E_INVALID, andmu_create(NULL, &device));
    complete(&config);
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, NULL));
    CHECK_IS(ANDMU_E_INVALID, andmu_config_init_abi(NULL, sizeof config, ANDMU_ABI_VERSION));
    CHECK_IS(ANDMU_E_ABI, andmu_config_init_abi(&config, sizeof config, ANDMU_ABI_VERSION + 1));
    CHECK_IS(ANDMU_E_ABI, andmu_config_init_abi(&config, 8, ANDMU_ABI_VERSION));

    complete(&config); config.device_id = NULL;
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    CHECK(strstr(andmu_last_error(), "device_id") != NULL);
    complete(&config); config.openapi_url = "http://127.0.0.1";
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.access_key = "\xC3\x28";
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.ca_file = "/nowhere/ca.pem";
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.gateway_pins = "00,11";
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.buffer_bytes = 1;
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.video_codec = 3;
    CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));

    /* A program of a later header: its further members are taken as long as they are not set. */
    CHECK_IS(ANDMU_OK, andmu_config_init_abi(&newer.config, sizeof newer, ANDMU_ABI_VERSION));
    complete(&newer.config);
    newer.config.struct_size = sizeof newer;
    memset(newer.later, 0, sizeof newer.later);
    CHECK_IS(ANDMU_OK, andmu_create(&newer.config, &device));
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
    newer.later[63] = 1;
    CHECK_IS(ANDMU_E_ABI, andmu_create(&newer.config, &device));
}

/* A program of the first header, which had no card: nothing behind its structure is read or written. */
static void older_configuration(void) {
    andmu_device *device;
    union { andmu_config config; unsigned char bytes[sizeof(andmu_config)]; } older; /* from FIRST_SIZE on it is another's memory */
    andmu_config complete_one;
    memset(&older, 0xA5, sizeof older);
    CHECK_IS(ANDMU_OK, andmu_config_init_abi(&older.config, FIRST_SIZE, ANDMU_ABI_VERSION));
    for (size_t i = FIRST_SIZE; i < sizeof older; i++) CHECK(older.bytes[i] == 0xA5);
    complete(&complete_one);
    memcpy(older.bytes, &complete_one, FIRST_SIZE);
    older.config.struct_size = FIRST_SIZE;
    CHECK_IS(ANDMU_OK, andmu_create(&older.config, &device));
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
    CHECK_IS(ANDMU_E_ABI, andmu_config_init_abi(&complete_one, FIRST_SIZE - 1, ANDMU_ABI_VERSION));
}

static void wrong_cards(void) {
    andmu_device *device;
    andmu_config config;
    complete(&config); config.card_dir = ""; CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.card_dir = "/tmp"; config.card_max_bytes = 1; CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.card_dir = "/tmp"; config.card_max_bytes = -1; CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.card_dir = "/tmp"; config.card_queue_bytes = 4194351; CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.card_dir = "/tmp"; config.card_reserved = 1; CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.card_dir = "/tmp"; config.close_timeout_ms = -1; CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
    complete(&config); config.card_dir = "/proc/nobody-can-make-this"; CHECK_IS(ANDMU_OK, andmu_create(&config, &device)); /* a card may come later */
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
}

/* Sizes that are none, texts without an end, and every member of the configuration that points somewhere, one after the other. */
static void texts_without_an_end(void) {
    andmu_device *device;
    andmu_config config;
    const char **texts[] = {
        &config.openapi_url, &config.access_key, &config.access_secret, &config.device_id, &config.device_mac, &config.model_id, &config.user_mobile,
        &config.user_token, &config.hardware, &config.firmware_version, &config.app_version, &config.state_dir, &config.ca_file, &config.gateway_name,
        &config.gateway_pins, &config.card_dir,
    };
    size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = 8192 / page + 1;
    char *memory = mmap(NULL, (pages + 1) * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED && mprotect(memory + pages * page, page, PROT_NONE) == 0);
    memset(memory, '1', pages * page);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        complete(&config);
        *texts[i] = memory + pages * page - 8192; /* no byte behind these is looked at */
        CHECK_IS(ANDMU_E_INVALID, andmu_create(&config, &device));
        CHECK(device == NULL && strlen(andmu_last_error()) < 8192);
    }
    munmap(memory, (pages + 1) * page);
    complete(&config); config.struct_size = UINT32_MAX; CHECK_IS(ANDMU_E_ABI, andmu_create(&config, &device));
    complete(&config); config.struct_size = 0; CHECK_IS(ANDMU_E_ABI, andmu_create(&config, &device));
    complete(&config); config.struct_size = 4; CHECK_IS(ANDMU_E_ABI, andmu_create(&config, &device));
}

static andmu_device *pushed;
static volatile int pushing;

static void *push(void *argument) {
    static const unsigned char key_frame[] = {
        0, 0, 0, 1, 0x67, 0x42, 0xC0, 0x0A, 0xDA, 0x79, 0, 0, 0, 1, 0x68, 0xCE, 0x38, 0x80, 0, 0, 0, 1, 0x65, 0x88, 0x84, 0, 0x33, 0xFF, 0x80,
    };
    andmu_result result;
    int64_t us = 0;
    (void)argument;
    do {
        result = andmu_push_video(pushed, key_frame, sizeof key_frame, us += 1000, 0);
        pushing = 1;
    } while (result == ANDMU_OK || result == ANDMU_E_AGAIN || result == ANDMU_E_KEY_FRAME);
    return (void *)(intptr_t)result;
}

/* Two devices at once, each with its own; one of them goes while its encoder pushes. */
static void destroyed_while_pushing(void) {
    andmu_device *other;
    andmu_config config;
    andmu_stats stats;
    complete(&config);
    CHECK_IS(ANDMU_OK, andmu_create(&config, &other));
    for (int i = 0; i < 8; i++) {
        pthread_t thread;
        void *result;
        complete(&config); config.device_id = "330100100000002";
        CHECK_IS(ANDMU_OK, andmu_create(&config, &pushed));
        CHECK_IS(ANDMU_OK, andmu_start(pushed));
        pushing = 0;
        CHECK(pthread_create(&thread, NULL, push, NULL) == 0);
        while (!pushing) usleep(100);
        CHECK_IS(ANDMU_OK, andmu_destroy(pushed));
        pthread_join(thread, &result);
        CHECK_IS(ANDMU_E_HANDLE, (andmu_result)(intptr_t)result);
    }
    stats.struct_size = sizeof stats;
    CHECK_IS(ANDMU_OK, andmu_get_stats(other, &stats));
    CHECK(stats.video_captured == 0 && stats.card == 0);
    CHECK_IS(ANDMU_OK, andmu_destroy(other));
}

/* A child of fork has none of the library's threads: every function says so, at once. The parent goes on. */
static void forked(void) {
    andmu_device *device, *another;
    andmu_config config;
    int status;
    complete(&config);
    CHECK_IS(ANDMU_OK, andmu_create(&config, &device));
    CHECK_IS(ANDMU_OK, andmu_start(device));
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        alarm(20);
        all_functions(device, ANDMU_E_FORKED);
        CHECK_IS(ANDMU_E_FORKED, andmu_create(&config, &another));
        CHECK_IS(ANDMU_E_FORKED, andmu_set_log(ANDMU_LOG_NONE, NULL, NULL));
        CHECK(andmu_abi_version() == ANDMU_ABI_VERSION);
        _exit(42);
    }
    CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 42);
    CHECK_IS(ANDMU_OK, andmu_stop(device));
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
}

static void wrong_arguments(andmu_device *device) {
    unsigned char byte = 0;
    andmu_stats stats;
    struct { uint32_t struct_size; int32_t uplink; int32_t plan; int32_t guard; } older;
    CHECK_IS(ANDMU_E_INVALID, andmu_push_video(device, NULL, 1, 0, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_video(device, &byte, 0, 0, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_video(device, &byte, SIZE_MAX, 0, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_video(device, &byte, 1, 0, 1));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_video(device, &byte, 1, INT64_MAX, 0));
    CHECK_IS(ANDMU_E_MALFORMED, andmu_push_video(device, &byte, 1, INT64_MIN / 64, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_audio(device, NULL, 1, 0, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_audio(device, NULL, 1, 0, 2));
    CHECK_IS(ANDMU_OK, andmu_push_audio(device, NULL, 160, 0, ANDMU_PUSH_SILENCE));
    CHECK_IS(ANDMU_E_AGAIN, andmu_push_audio(device, NULL, INT32_MAX, 20000, ANDMU_PUSH_SILENCE));
    CHECK_IS(ANDMU_E_STATE, andmu_push_picture(device, 1, NULL, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_push_picture(device, 1, &byte, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_report_event(device, 4, 1, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_report_event(device, ANDMU_EVENT_MOTION, 1, INT64_MAX));
    CHECK_IS(ANDMU_E_STATE, andmu_answer(device, 1, ANDMU_OK));
    CHECK_IS(ANDMU_E_INVALID, andmu_answer(device, 1, ANDMU_PENDING));
    CHECK_IS(ANDMU_E_INVALID, andmu_answer_wifi(device, 1, NULL, 1));
    CHECK_IS(ANDMU_E_INVALID, andmu_answer_card(device, 1, NULL, UINT32_MAX));
    CHECK_IS(ANDMU_E_INVALID, andmu_answer_ptz(device, 1, INT32_MIN, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_report_wifi(device, NULL));
    CHECK_IS(ANDMU_E_INVALID, andmu_report_wifi(device, ""));
    CHECK_IS(ANDMU_E_INVALID, andmu_report_card(device, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_bind(device, NULL, "token", 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_bind(device, "1\n2", "token", 0));
    CHECK_IS(ANDMU_E_STATE, andmu_bind(device, "13800000000", "token", 1));
    CHECK_IS(ANDMU_E_INVALID, andmu_drain(device, -1));
    CHECK_IS(ANDMU_E_STATE, andmu_drain(device, 0));
    CHECK_IS(ANDMU_E_INVALID, andmu_get_stats(device, NULL));
    stats.struct_size = 0;
    CHECK_IS(ANDMU_E_INVALID, andmu_get_stats(device, &stats));
    CHECK_IS(ANDMU_E_INVALID, andmu_set_log(5, NULL, NULL));

    /* A program of an earlier header: no more is written than it has room for. */
    older.struct_size = 12;
    older.guard = 42;
    CHECK_IS(ANDMU_OK, andmu_get_stats(device, (andmu_stats *)(void *)&older));
    CHECK(older.struct_size == 12 && older.guard == 42);

    CHECK(andmu_strerror(12345) != NULL && andmu_strerror(INT32_MIN) != NULL);
    CHECK(andmu_abi_version() == ANDMU_ABI_VERSION && strlen(andmu_version()) > 0);
}

/* Not a byte is read behind the end: the page behind it may not be touched. */
static void ends_of_memory(andmu_device *device) {
    static const unsigned char units[][8] = {
        { 0, 0, 1 }, { 0, 0, 1, 0x65 }, { 0, 0, 0, 1, 0x67, 0x42 }, { 0, 0, 1, 0x06, 0, 0, 1 }, { 0, 0, 0, 0 }, { 0x65, 0x88, 0, 0, 3, 0, 0, 0 },
    };
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(pages != MAP_FAILED && mprotect(pages + page, page, PROT_NONE) == 0);
    for (size_t unit = 0; unit < sizeof units / sizeof units[0]; unit++) {
        for (size_t size = 1; size <= sizeof units[0]; size++) {
            memcpy(pages + page - size, units[unit], size);
            (void)andmu_push_video(device, pages + page - size, size, 0, 0);
            (void)andmu_push_audio(device, pages + page - size, size, 0, 0);
            (void)andmu_push_picture(device, 1, pages + page - size, size);
        }
    }
    pages[page - 1] = 0;
    pages[page - 2] = 'x';
    CHECK_IS(ANDMU_OK, andmu_report_wifi(device, (char *)pages + page - 2));
    munmap(pages, 2 * page);
}

int main(void) {
    andmu_device *device, *next;
    andmu_config config;
    all_functions(NULL, ANDMU_E_HANDLE);
    all_functions((andmu_device *)1, ANDMU_E_HANDLE);
    all_functions((andmu_device *)UINTPTR_MAX, ANDMU_E_HANDLE);
    all_functions((andmu_device *)&device, ANDMU_E_HANDLE);
    wrong_configurations();
    older_configuration();
    wrong_cards();
    texts_without_an_end();
    destroyed_while_pushing();

    complete(&config);
    config.user = &device;
    config.on_state = on_state;
    CHECK_IS(ANDMU_OK, andmu_create(&config, &device));
    wrong_arguments(device);
    ends_of_memory(device);
    CHECK_IS(ANDMU_OK, andmu_start(device));
    CHECK_IS(ANDMU_E_STATE, andmu_start(device));
    while (!told) usleep(1000);
    for (int i = 0; i < 4; i++) CHECK_IS(ANDMU_E_CALLBACK, in_callback[i]);
    CHECK_IS(ANDMU_OK, andmu_stop(device));
    CHECK_IS(ANDMU_OK, andmu_stop(device));
    CHECK_IS(ANDMU_E_STATE, andmu_start(device));
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
    all_functions(device, ANDMU_E_HANDLE);

    complete(&config);
    CHECK_IS(ANDMU_OK, andmu_create(&config, &next));
    CHECK(next != device);
    all_functions(device, ANDMU_E_HANDLE);
    CHECK_IS(ANDMU_OK, andmu_destroy(next));
    forked();
    puts("ok");
    return 0;
}
