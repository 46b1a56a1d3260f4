/* Every way to hold the library wrongly that can be noticed: each is an error, none a crash. */
#define _DEFAULT_SOURCE
#include "check.h"
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

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
    puts("ok");
    return 0;
}
