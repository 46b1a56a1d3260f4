/* A camera with everything that a platform or an app can ask for beyond single answers: it waits for a user, turns its head for panoramas, counts persons,
 * installs firmware, and sets its encoder to what is advised.
 * services OPENAPI_URL CA_FILE SECRET FIRMWARE_DIR FIRMWARE_CA JPEG CLIP.h264 qr|wired; ends on SIGTERM */
#define _DEFAULT_SOURCE
#include "check.h"
#include "clip.h"
#include <signal.h>
#include <unistd.h>

static unsigned char jpeg[1 << 19];
static size_t jpeg_size;
static volatile sig_atomic_t over;
static volatile int waiting;

static void on_signal(int number) { (void)number; over = 1; }
static void on_state(void *user, const andmu_state *state) {
    (void)user;
    printf("%s\n", state->text);
    if (state->step == ANDMU_STEP_WAITING_FOR_USER) waiting = 1;
}
static void on_plan(void *user, int32_t plan) { (void)user; printf("plan %d\n", plan); }
static void on_viewers(void *user, int32_t viewers) { (void)user; printf("viewers %d\n", viewers); }
static void on_key_frame(void *user) { (void)user; printf("key frame\n"); }
static void on_bitrate(void *user, int32_t bits_per_second) { (void)user; printf("bitrate %d\n", bits_per_second); }
static void on_panorama_end(void *user) { (void)user; printf("head back\n"); }

static void on_picture(void *user, const andmu_picture *picture) {
    CHECK(picture->kind == ANDMU_PICTURE_PANORAMA && picture->width == 640 && picture->height == 360 && picture->within_ms > 0);
    printf("shot %d of %d at %d\n", picture->sequence, picture->count, picture->pan);
    CHECK_IS(ANDMU_E_INVALID, andmu_push_picture(*(andmu_device **)user, picture->id, jpeg, sizeof jpeg + 1));
    CHECK_IS(ANDMU_OK, andmu_push_picture(*(andmu_device **)user, picture->id, jpeg, jpeg_size));
    CHECK_IS(ANDMU_E_STATE, andmu_push_picture(*(andmu_device **)user, picture->id, jpeg, jpeg_size));
}

static andmu_result on_person_count(void *user, int32_t *upwards, int32_t *downwards) {
    (void)user;
    *upwards = 3;
    *downwards = 4;
    return ANDMU_OK;
}

static andmu_result on_command(void *user, const andmu_command *command) {
    (void)user;
    printf("command %d value %d\n", command->code, command->value);
    return ANDMU_E_UNSUPPORTED; /* of what is marked (L), the library has done all */
}

static void on_firmware_progress(void *user, const andmu_firmware_progress *progress) {
    (void)user;
    CHECK(progress->struct_size == sizeof *progress && progress->current_bytes <= progress->total_bytes);
    printf("firmware stage %d\n", progress->stage);
}

/* The package says whether it is a good one: its first byte. */
static andmu_result on_firmware_verify(void *user, const andmu_firmware *firmware) {
    FILE *file = fopen(firmware->path, "rb");
    int first;
    (void)user;
    CHECK(firmware->struct_size == sizeof *firmware && firmware->kind == ANDMU_PACKAGE_FIRMWARE && strlen(firmware->md5) == 32 && file != NULL);
    first = fgetc(file);
    CHECK(fseek(file, 0, SEEK_END) == 0 && ftell(file) == (long)firmware->size);
    fclose(file);
    printf("verify %s of %lld bytes\n", firmware->version, (long long)firmware->size);
    return first == 'g' ? ANDMU_OK : ANDMU_E_REFUSED;
}

static andmu_result on_firmware_install(void *user, const andmu_firmware *firmware) {
    CHECK_IS(ANDMU_E_CALLBACK, andmu_destroy(*(andmu_device **)user));
    printf("install %s\n", firmware->version);
    return ANDMU_OK;
}

int main(int count, char **arguments) {
    andmu_device *device;
    andmu_config config;
    clip_unit unit = { 0 };
    FILE *picture;
    int wired;
    CHECK(count > 8);
    wired = strcmp(arguments[8], "wired") == 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGTERM, on_signal);
    picture = fopen(arguments[6], "rb");
    CHECK(picture != NULL);
    jpeg_size = fread(jpeg, 1, sizeof jpeg, picture);
    fclose(picture);
    complete(&config);
    config.openapi_url = arguments[1]; config.ca_file = arguments[2]; config.access_secret = arguments[3];
    config.user_mobile = config.user_token = NULL;
    config.flags = wired ? ANDMU_WIRED_BINDING : ANDMU_WAIT_FOR_USER;
    config.firmware_dir = arguments[4]; config.firmware_hosts = "localhost, firmware.example"; config.firmware_ca_file = arguments[5];
    config.features = ANDMU_HAS_PERSON_COUNT | ANDMU_HAS_PANORAMA;
    config.pano_max_rotation = 355; config.pano_horizontal_view = 96; config.pano_vertical_view = 69; config.pano_elevation = 65;
    config.pano_depression = 10; config.pano_per_shot = 30;
    config.buffer_bytes = 8 << 20; config.buffer_packages = 4096;
    config.bitrate_ceiling = 4000000;
    config.user = &device;
    config.on_state = on_state; config.on_plan = on_plan; config.on_viewers = on_viewers; config.on_key_frame = on_key_frame;
    config.on_bitrate = on_bitrate; config.on_command = on_command; config.on_picture = on_picture; config.on_panorama_end = on_panorama_end;
    config.on_person_count = on_person_count; config.on_firmware_progress = on_firmware_progress; config.on_firmware_verify = on_firmware_verify;
    config.on_firmware_install = on_firmware_install;
    CHECK_IS(ANDMU_OK, andmu_create(&config, &device));
    CHECK_IS(ANDMU_E_STATE, andmu_bind(device, "13800000000", "token", 0));
    CHECK_IS(ANDMU_OK, andmu_start(device));
    while (!waiting && !over) usleep(10000);
    if (!wired) {
        CHECK_IS(ANDMU_OK, andmu_bind(device, "13800000000", "token", 1));
        printf("bound\n");
    }

    clip_open(&unit, arguments[7]);
    for (int64_t us = 0; !over; us += 40000) {
        clip_next(&unit);
        (void)andmu_push_video(device, unit.data, unit.size, us, 0);
        usleep(40000);
    }
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
    puts("ok");
    return 0;
}
