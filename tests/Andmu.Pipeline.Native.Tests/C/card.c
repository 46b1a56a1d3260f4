/* A camera with an SD card, whose platform goes away for longer than its buffer holds.
 * card OPENAPI_URL CA_FILE SECRET STATE_DIR CARD_DIR CLIP.h264; ends on SIGTERM, tells its counters on SIGUSR1 */
#define _DEFAULT_SOURCE
#include "check.h"
#include "clip.h"
#include <signal.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t over, asked;

static void on_signal(int number) { if (number == SIGUSR1) asked = 1; else over = 1; }
static void on_state(void *user, const andmu_state *state) { (void)user; printf("%s\n", state->text); }
static void on_card(void *user, int32_t status) { (void)user; printf("card %d\n", status); }
static andmu_result on_command(void *user, const andmu_command *command) {
    (void)user;
    CHECK(command->code != ANDMU_CMD_QUERY_CARD); /* the library's own */
    printf("command %d\n", command->code);
    return ANDMU_E_UNSUPPORTED;
}

static void tell(andmu_device *device) {
    andmu_stats stats;
    stats.struct_size = sizeof stats;
    CHECK_IS(ANDMU_OK, andmu_get_stats(device, &stats));
    printf("counted: card %d backlog %d kept %lld sent %lld used %lld faults %lld\n", stats.card, stats.card_backlog, (long long)stats.card_kept,
           (long long)stats.card_sent, (long long)stats.card_used_bytes, (long long)stats.card_faults);
}

int main(int count, char **arguments) {
    andmu_device *device;
    andmu_config config;
    struct timespec due;
    clip_unit unit = { 0 };
    CHECK(count > 6);
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGTERM, on_signal);
    signal(SIGUSR1, on_signal);
    complete(&config);
    config.openapi_url = arguments[1]; config.ca_file = arguments[2]; config.access_secret = arguments[3]; config.state_dir = arguments[4];
    config.card_dir = arguments[5]; config.card_max_bytes = 64 << 20; config.card_queue_bytes = 5 << 20;
    config.buffer_bytes = 4 << 20; config.buffer_packages = 4096; config.buffer_ms = 6000;
    config.features = ANDMU_HAS_SD_CARD;
    config.on_state = on_state; config.on_card = on_card; config.on_command = on_command;
    CHECK_IS(ANDMU_OK, andmu_create(&config, &device));
    CHECK_IS(ANDMU_OK, andmu_start(device));
    clip_open(&unit, arguments[6]);
    clock_gettime(CLOCK_MONOTONIC, &due);
    for (int64_t us = 0; !over; us += 40000) {
        clip_next(&unit);
        (void)andmu_push_video(device, unit.data, unit.size, us, 0);
        if (asked) { asked = 0; tell(device); }
        due.tv_nsec += 40000000;
        if (due.tv_nsec >= 1000000000) { due.tv_sec++; due.tv_nsec -= 1000000000; }
        while (!over && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) != 0) { }
    }
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
    puts("ok");
    return 0;
}
