/*
 * A whole camera in one file: a .h264 file and an A-law file are its encoder. It registers, uploads, answers commands, and raises a motion event for
 * two seconds on SIGUSR1. It ends when the file has ended LOOPS times, or on SIGTERM.
 *
 *   camera OPENAPI_URL CA_FILE STATE_DIR CLIP.h264 CLIP.alaw [LOOPS]      25 pictures and 8000 bytes of sound a second
 *   The vendor's secret and the user's token come from ANDMU_ACCESS_SECRET and ANDMU_USER_TOKEN, a folder on an SD card from ANDMU_CARD_DIR.
 */
#define _POSIX_C_SOURCE 200809L
#include <andmu.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#define FRAME_US 40000
#define FRAME_SOUND 320 /* 40 ms of A-law */

static volatile sig_atomic_t motion, over;
static int pan, tilt;

static void on_signal(int number) {
    if (number == SIGUSR1) motion = 1; else over = 1;
}

static void on_state(void *user, const andmu_state *state) {
    (void)user;
    printf("state %d uplink %d: %s\n", state->step, state->uplink, state->text);
    if (state->step == ANDMU_STEP_ENDED || state->step == ANDMU_STEP_START_FAILED) over = 1;
}

static void on_plan(void *user, int32_t plan) { (void)user; printf("plan %d\n", plan); }
static void on_viewers(void *user, int32_t viewers) { (void)user; printf("viewers %d\n", viewers); }
static void on_key_frame(void *user) { (void)user; printf("key frame wanted\n"); }

static void on_clip(void *user, const andmu_clip *clip) {
    (void)user;
    printf("clip outcome %d: %d ms before, %d ms after, %d ms missing\n", clip->outcome, clip->pre_roll_ms, clip->post_roll_ms,
           clip->missing_pre_roll_ms + clip->missing_post_roll_ms);
}

static andmu_result on_command(void *user, const andmu_command *command) {
    andmu_device *device = *(andmu_device **)user;
    andmu_wifi network = { "home", "02:00:00:00:00:01", "WPA/WPA2", 4, 1 };
    andmu_volume card = { "/dev/mmcblk0p1", "vfat", 32000000000, 16000000000 };
    printf("command %d value %d\n", command->code, command->value);
    switch (command->code) {
    case ANDMU_CMD_PTZ_POSITION: pan = command->pan; tilt = command->tilt; return ANDMU_OK;
    case ANDMU_CMD_QUERY_PTZ: return andmu_answer_ptz(device, command->id, pan, tilt);
    case ANDMU_CMD_QUERY_WIFI: return andmu_answer_wifi(device, command->id, &network, 1);
    case ANDMU_CMD_QUERY_CARD: return andmu_answer_card(device, command->id, &card, 1);
    case ANDMU_CMD_PANORAMA: return ANDMU_E_UNSUPPORTED;
    default: return ANDMU_OK; /* light, night vision, Wi-Fi...: a real camera does it here */
    }
}

static unsigned char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    unsigned char *bytes = NULL;
    *size = 0;
    if (file == NULL) return NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        *size = (size_t)ftell(file);
        rewind(file);
        bytes = malloc(*size + 1);
        if (bytes != NULL && fread(bytes, 1, *size, file) != *size) { free(bytes); bytes = NULL; }
    }
    fclose(file);
    return bytes;
}

/* The end of the access unit that starts at `at`: before what follows a picture's first slice and belongs to the next picture (H.264, 7.4.1.2.3). */
static size_t unit_end(const unsigned char *bytes, size_t size, size_t at) {
    int picture = 0;
    for (size_t i = at; i + 4 < size; i++) {
        if (bytes[i] != 0 || bytes[i + 1] != 0 || bytes[i + 2] != 1) continue;
        int type = bytes[i + 3] & 0x1f, slice = type == 1 || type == 5, first = slice && (bytes[i + 4] & 0x80) != 0;
        if (picture && (first || (type >= 6 && type <= 9))) return i > at && bytes[i - 1] == 0 ? i - 1 : i;
        picture |= slice;
        i += 2;
    }
    return size;
}

static void wait_until(struct timespec start, long long us) {
    struct timespec due = start;
    due.tv_sec += (time_t)(us / 1000000);
    due.tv_nsec += (long)(us % 1000000) * 1000;
    if (due.tv_nsec >= 1000000000) { due.tv_sec++; due.tv_nsec -= 1000000000; }
    while (!over && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL) != 0) { }
}

static void run(andmu_device *device, const unsigned char *video, size_t video_size, const unsigned char *audio, size_t audio_size, int loops) {
    struct timespec start;
    long long us = 0, motion_ends = -1;
    size_t at = 0, sound = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    while (!over && loops > 0) {
        size_t end = unit_end(video, video_size, at);
        andmu_push_video(device, video + at, end - at, us, 0);
        andmu_push_audio(device, audio + sound, FRAME_SOUND, us, 0);
        sound = sound + 2 * FRAME_SOUND <= audio_size ? sound + FRAME_SOUND : 0;
        at = end;
        if (at >= video_size) { at = 0; loops--; }
        if (motion && motion_ends < 0) { motion = 0; motion_ends = us + 2000000; andmu_report_event(device, ANDMU_EVENT_MOTION, 1, 0); }
        if (motion_ends >= 0 && us >= motion_ends) { motion_ends = -1; andmu_report_event(device, ANDMU_EVENT_MOTION, 0, 0); }
        us += FRAME_US;
        wait_until(start, us);
    }
}

int main(int count, char **arguments) {
    andmu_device *device;
    andmu_config config;
    andmu_stats stats;
    struct sigaction action = { 0 };
    size_t video_size, audio_size;
    if (count < 6) { fprintf(stderr, "usage: camera OPENAPI_URL CA_FILE STATE_DIR CLIP.h264 CLIP.alaw [LOOPS]\n"); return 2; }
    unsigned char *video = read_file(arguments[4], &video_size), *audio = read_file(arguments[5], &audio_size);
    if (video == NULL || audio == NULL || audio_size < FRAME_SOUND) { fprintf(stderr, "camera: the clip cannot be read\n"); return 1; }
    setvbuf(stdout, NULL, _IOLBF, 0);
    action.sa_handler = on_signal;
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGTERM, &action, NULL);

    andmu_config_init(&config);
    config.openapi_url = arguments[1]; config.ca_file = arguments[2]; config.state_dir = arguments[3];
    config.access_key = "Zhejian"; config.access_secret = getenv("ANDMU_ACCESS_SECRET");
    config.device_id = "330100100000001"; config.device_mac = "2059a074e0bc"; config.model_id = "Zhejian_zj_cnmobile_001";
    config.user_mobile = "13800000000"; config.user_token = getenv("ANDMU_USER_TOKEN");
    config.features = ANDMU_HAS_EVENT_RECORDING | ANDMU_HAS_SD_CARD;
    config.user = &device; config.card_dir = getenv("ANDMU_CARD_DIR"); /* NULL: nothing is kept on a card */
    config.on_state = on_state; config.on_plan = on_plan; config.on_viewers = on_viewers; config.on_key_frame = on_key_frame;
    config.on_clip = on_clip; config.on_command = on_command;
    if (andmu_create(&config, &device) != ANDMU_OK || andmu_start(device) != ANDMU_OK) {
        fprintf(stderr, "camera: %s\n", andmu_last_error());
        return 1;
    }

    run(device, video, video_size, audio, audio_size, count > 6 ? atoi(arguments[6]) : 1);
    printf("drained: %s\n", andmu_strerror(andmu_drain(device, 5000)));
    stats.struct_size = sizeof stats;
    andmu_get_stats(device, &stats);
    printf("sent %lld of %lld pictures, %lld bytes; %lld commands\n", (long long)stats.video_sent, (long long)stats.video_captured,
           (long long)stats.bytes_sent, (long long)stats.commands_done);
    andmu_destroy(device);
    free(video);
    free(audio);
    return 0;
}
