/* Eight threads call every function in random order, with devices that are there, destroyed, or never were, from callbacks too. Nothing may crash, and
 * every result must be one that the header names.  chaos SECONDS SEED FOLDER [OPENAPI_URL CA_FILE SECRET] */
#define _DEFAULT_SOURCE
#include "check.h"
#include <pthread.h>
#include <time.h>

#define THREADS 8
#define SLOTS 6

static andmu_device *volatile slots[SLOTS]; /* what was there lately: most of it destroyed */
static const char *url = "https://127.0.0.1:9", *ca_file, *secret = "secret", *folder;
static unsigned cards;
static time_t ends;
static unsigned long long calls, callbacks;

static unsigned next(unsigned *seed) { return *seed = *seed * 1664525u + 1013904223u, *seed >> 8; }

static andmu_device *some(unsigned *seed) {
    unsigned which = next(seed) % 32;
    return which == 0 ? NULL : which == 1 ? (andmu_device *)(uintptr_t)next(seed) : slots[which % SLOTS];
}

static void step(unsigned *seed, int inside);

static void nested(void) {
    unsigned seed = (unsigned)__atomic_add_fetch(&callbacks, 1, __ATOMIC_RELAXED) * 2654435761u;
    step(&seed, 1);
}

static void on_state(void *user, const andmu_state *state) { (void)user; CHECK(state->struct_size == sizeof *state && state->text != NULL); nested(); }
static void on_number(void *user, int32_t number) { (void)user; (void)number; nested(); }
static void on_bare(void *user) { (void)user; nested(); }
static void on_clip(void *user, const andmu_clip *clip) { (void)user; CHECK(clip->struct_size == sizeof *clip); nested(); }
static void on_talk(void *user, const andmu_talk *talk) { (void)user; CHECK(talk->struct_size == sizeof *talk); nested(); }
static void on_picture(void *user, const andmu_picture *picture) { (void)user; CHECK(picture->struct_size == sizeof *picture); nested(); }
static andmu_result on_command(void *user, const andmu_command *command) {
    (void)user;
    nested();
    return command->id % 2 ? ANDMU_OK : ANDMU_PENDING;
}
static void on_log(void *user, int32_t level, const char *category, const char *line) {
    (void)user;
    CHECK(level > 0 && category != NULL && line != NULL && strstr(line, secret) == NULL);
}

static andmu_result create(unsigned *seed) {
    andmu_config config;
    andmu_device *device;
    char card[1024];
    complete(&config);
    config.openapi_url = url; config.ca_file = ca_file; config.access_secret = secret;
    config.flags = next(seed) % 16;
    if (next(seed) % 4 == 0) config.user_mobile = NULL;
    config.on_state = on_state; config.on_plan = on_number; config.on_viewers = on_number; config.on_key_frame = on_bare;
    config.on_bitrate = on_number; config.on_power = on_number; config.on_clip = on_clip; config.on_command = on_command;
    config.on_talk = on_talk; config.on_picture = on_picture;
    config.on_card = on_number;
    config.bitrate_ceiling = next(seed) % 2 ? 4000000 : 0;
    if (next(seed) % 8 == 0) { /* a card of its own: a journal has one writer */
        snprintf(card, sizeof card, "%s/%u", folder, __atomic_add_fetch(&cards, 1, __ATOMIC_RELAXED));
        config.card_dir = card;
        config.card_max_bytes = next(seed) % 2 ? 64 << 20 : 0;
        config.card_queue_bytes = 5 << 20;
    }
    andmu_result result = andmu_create(&config, &device);
    if (result == ANDMU_OK) {
        andmu_device *before = __atomic_exchange_n(&slots[next(seed) % SLOTS], device, __ATOMIC_ACQ_REL);
        result = andmu_destroy(before); /* at most SLOTS of them, and a handle that stays in other threads' hands */
    }
    return result;
}

static void step(unsigned *seed, int inside) {
    static const unsigned char key_frame[] = {
        0, 0, 0, 1, 0x67, 0x42, 0xC0, 0x0A, 0xDA, 0x79, 0, 0, 0, 1, 0x68, 0xCE, 0x38, 0x80, 0, 0, 0, 1, 0x65, 0x88, 0x84, 0, 0x33, 0xFF, 0x80,
    };
    static const unsigned char jpeg[] = { 0xFF, 0xD8, 0xFF, 0xD9 };
    andmu_wifi wifi = { "home", NULL, NULL, 3, 1 };
    andmu_volume volume = { "/dev/sda1", "vfat", 2, 1 };
    andmu_stats stats;
    andmu_device *device = some(seed);
    andmu_result result = ANDMU_OK;
    unsigned long id = next(seed) % 8;
    stats.struct_size = next(seed) % (sizeof stats + 1);
    switch (next(seed) % 40) {
    case 0: result = create(seed); if (inside) CHECK(result <= ANDMU_OK); break;
    case 1: result = andmu_destroy(device); if (inside) CHECK_IS(ANDMU_E_CALLBACK, result); break;
    case 2: result = andmu_stop(device); if (inside) CHECK_IS(ANDMU_E_CALLBACK, result); break;
    case 3: case 4: result = andmu_start(device); break;
    case 5: result = andmu_drain(device, (int32_t)(next(seed) % 3)); if (inside) CHECK_IS(ANDMU_E_CALLBACK, result); break;
    case 6: result = andmu_bind(device, "13800000000", next(seed) % 2 ? "token" : "other", (int32_t)(next(seed) % 2)); break;
    case 7: result = andmu_report_event(device, (int32_t)(next(seed) % 7), (int32_t)(next(seed) % 2), 0); break;
    case 8: result = andmu_answer(device, id, -(andmu_result)(next(seed) % 20)); break;
    case 9: result = andmu_answer_wifi(device, id, &wifi, next(seed) % 2); break;
    case 10: result = andmu_answer_card(device, id, &volume, next(seed) % 2); break;
    case 11: result = andmu_answer_ptz(device, id, (int32_t)next(seed), 0); break;
    case 12: result = andmu_set_power(device, (int32_t)(next(seed) % 2)); break;
    case 13: result = andmu_set_microphone(device, (int32_t)(next(seed) % 2)); break;
    case 14: result = andmu_report_wifi(device, "home"); break;
    case 15: result = andmu_report_card(device, (int32_t)(next(seed) % 5)); break;
    case 16: result = andmu_cancel_firmware(device); break;
    case 17: result = andmu_get_stats(device, &stats); break;
    case 18: result = andmu_push_picture(device, id, jpeg, sizeof jpeg); break;
    case 19: result = andmu_set_log((int32_t)(next(seed) % 5), on_log, NULL); break;
    case 20: CHECK(strlen(andmu_last_error()) < 100000); break;
    default:
        if (next(seed) % 2) result = andmu_push_video(device, key_frame, 1 + next(seed) % sizeof key_frame, next(seed), 0);
        else result = andmu_push_audio(device, key_frame, 1 + next(seed) % sizeof key_frame, next(seed), next(seed) % 3);
    }
    CHECK(result <= ANDMU_OK && result >= ANDMU_E_LIMIT); /* ANDMU_E_INTERNAL is never to be seen */
    __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
}

static void *run(void *argument) {
    unsigned seed = *(unsigned *)argument;
    while (time(NULL) < ends) step(&seed, 0);
    return NULL;
}

int main(int count, char **arguments) {
    pthread_t threads[THREADS];
    unsigned seeds[THREADS];
    CHECK(count > 3);
    folder = arguments[3];
    if (count > 6) { url = arguments[4]; ca_file = arguments[5]; secret = arguments[6]; }
    ends = time(NULL) + atoi(arguments[1]);
    for (int i = 0; i < THREADS; i++) {
        seeds[i] = (unsigned)atoi(arguments[2]) + (unsigned)i * 7919u;
        CHECK(pthread_create(&threads[i], NULL, run, &seeds[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (int i = 0; i < SLOTS; i++) (void)andmu_destroy(slots[i]);
    CHECK_IS(ANDMU_OK, andmu_set_log(ANDMU_LOG_NONE, NULL, NULL));
    printf("ok: %llu calls, %llu callbacks\n", calls, callbacks);
    return 0;
}
