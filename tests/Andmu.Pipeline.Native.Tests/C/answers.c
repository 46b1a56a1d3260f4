/* A camera that answers everything later, from another thread than it was asked on.  answers OPENAPI_URL CA_FILE SECRET; ends on SIGTERM */
#define _DEFAULT_SOURCE
#include "check.h"
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define WAITING 16

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { int code; uint64_t id; } waiting[WAITING];
static size_t count;
static volatile sig_atomic_t over;

static void on_signal(int number) { (void)number; over = 1; }

static void put(int code, uint64_t id) {
    pthread_mutex_lock(&lock);
    CHECK(count < WAITING);
    waiting[count].code = code;
    waiting[count++].id = id;
    pthread_mutex_unlock(&lock);
}

static void on_state(void *user, const andmu_state *state) { (void)user; printf("%s\n", state->text); }
static void on_power(void *user, int32_t on) { (void)user; printf("power %d\n", on); }
static void on_picture(void *user, const andmu_picture *picture) { (void)user; CHECK(picture->kind == ANDMU_PICTURE_THUMBNAIL); put(0, picture->id); }
static andmu_result on_command(void *user, const andmu_command *command) {
    (void)user;
    CHECK(command->struct_size == sizeof *command && command->id != 0);
    if (command->code == ANDMU_CMD_WIFI) printf("wifi %s %s %s %s\n", command->ssid, command->bssid, command->encryption, command->key);
    if (command->code == ANDMU_CMD_OFF_SCHEDULE)
        printf("schedule %u: days %d, %d to %d\n", command->schedule_count, command->schedule[0].days, command->schedule[0].start_minute,
               command->schedule[0].end_minute);
    put(command->code, command->id);
    return ANDMU_PENDING;
}
static void on_talk(void *user, const andmu_talk *talk) {
    (void)user;
    CHECK(talk->last ? talk->samples == 0 : talk->pcm != NULL && talk->alaw != NULL);
    if (talk->first) printf("talk of %u samples, %d first\n", talk->samples, talk->pcm[0]);
    if (talk->last) printf("talk ends\n");
}

static void answer(andmu_device *device, int code, uint64_t id) {
    static const unsigned char jpeg[] = { 0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 'h', 'i', 0xFF, 0xD9 };
    andmu_wifi networks[] = { { "home", "02:00:00:00:00:01", "WPA/WPA2", 5, 1 }, { "caf\xC3\xA9", NULL, NULL, 1, 0 } };
    andmu_volume volume = { "/dev/mmcblk0p1", "vfat", 32000000000, 16000000000 };
    switch (code) {
    case 0:
        CHECK_IS(ANDMU_E_MALFORMED, andmu_push_picture(device, id, "no picture", 10));
        CHECK_IS(ANDMU_OK, andmu_push_picture(device, id, jpeg, sizeof jpeg));
        break;
    case ANDMU_CMD_QUERY_WIFI:
        CHECK_IS(ANDMU_E_INVALID, andmu_answer_ptz(device, id, 0, 0));
        CHECK_IS(ANDMU_E_INVALID, andmu_answer(device, id, ANDMU_OK));
        CHECK_IS(ANDMU_OK, andmu_answer_wifi(device, id, networks, 2));
        break;
    case ANDMU_CMD_QUERY_CARD: CHECK_IS(ANDMU_OK, andmu_answer_card(device, id, &volume, 1)); break;
    case ANDMU_CMD_QUERY_PTZ: CHECK_IS(ANDMU_OK, andmu_answer_ptz(device, id, -7, 8)); break;
    case ANDMU_CMD_FORMAT_CARD: CHECK_IS(ANDMU_OK, andmu_answer(device, id, ANDMU_E_REFUSED)); break;
    default: CHECK_IS(ANDMU_OK, andmu_answer(device, id, ANDMU_OK));
    }
    CHECK_IS(ANDMU_E_STATE, andmu_answer(device, id + 1000, ANDMU_OK));
}

int main(int argument_count, char **arguments) {
    andmu_device *device;
    andmu_config config;
    CHECK(argument_count > 3);
    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGTERM, on_signal);
    complete(&config);
    config.openapi_url = arguments[1]; config.ca_file = arguments[2]; config.access_secret = arguments[3];
    config.on_state = on_state; config.on_power = on_power; config.on_picture = on_picture; config.on_command = on_command; config.on_talk = on_talk;
    CHECK_IS(ANDMU_OK, andmu_create(&config, &device));
    CHECK_IS(ANDMU_OK, andmu_start(device));
    while (!over) {
        usleep(10000);
        pthread_mutex_lock(&lock);
        size_t due = count;
        count = 0;
        for (size_t i = 0; i < due; i++) answer(device, waiting[i].code, waiting[i].id);
        pthread_mutex_unlock(&lock);
    }
    CHECK_IS(ANDMU_OK, andmu_destroy(device));
    puts("ok");
    return 0;
}
