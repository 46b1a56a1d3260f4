/*
 * andmu.h: one camera, or one channel of an NVR, on the Andmu/Hemu platform. Link with -landmu. C99.
 *
 *   andmu_config config;
 *   andmu_device *device;
 *   andmu_config_init(&config);
 *   config.openapi_url = "https://..."; config.device_id = "..."; ...   what has no default is marked "required"
 *   config.on_state = print_state;
 *   if (andmu_create(&config, &device) == ANDMU_OK && andmu_start(device) == ANDMU_OK)
 *       while (encoder_read(&frame))
 *           andmu_push_video(device, frame.data, frame.size, frame.pts_us, 0);
 *   andmu_destroy(device);
 *
 * Threads. Every function may be called from every thread, at any time, unless its comment says otherwise; none takes a lock that is held while a
 * callback runs. Only andmu_stop, andmu_drain and andmu_destroy wait for anything but memory.
 *
 * Callbacks come on threads of the library. The notifications of a device (on_state, on_plan, on_viewers, on_key_frame, on_bitrate, on_power, on_clip,
 * on_firmware_progress, on_card) come one at a time, in order. The others may come beside them, each by one thread at a time. A callback may call every function
 * but andmu_stop, andmu_drain, andmu_destroy and andmu_set_log, which then return ANDMU_E_CALLBACK. One that blocks holds up its own kind alone. It must
 * not throw, longjmp or end its thread. After andmu_destroy has returned, none of that device is running, nor will be.
 *
 * Ownership. What is passed to a function is copied before it returns, and stays the caller's. What a callback is passed, structures and what they
 * point to, is valid until the callback returns. Nothing is ever to be freed. All text is UTF-8, ends with NUL, and is NULL where there is none.
 *
 * Errors. Every function that can fail returns ANDMU_OK or a negative ANDMU_E_ value; andmu_last_error says more. A device that is NULL, destroyed or
 * never was one is ANDMU_E_HANDLE, never a crash. Pointers to memory that is not the caller's cannot be noticed.
 *
 * Versions. The first member of every structure, but of the elements of arrays, is its size, so that later versions can append members: a program
 * that was built against this header runs with every later libandmu.so.1.
 */
#ifndef ANDMU_H
#define ANDMU_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The interface that this header describes: the number in libandmu.so.1. */
#define ANDMU_ABI_VERSION 1u

/** What a function returns. */
typedef int32_t andmu_result;

enum {
    ANDMU_OK = 0,
    ANDMU_PENDING = 1,          /**< from on_command alone: the answer comes later */
    ANDMU_E_INVALID = -1,       /**< an argument is NULL, out of its range, or not what it should be */
    ANDMU_E_HANDLE = -2,        /**< not a device, or destroyed */
    ANDMU_E_STATE = -3,         /**< not now: not started yet, started already, ended, or not asked for */
    ANDMU_E_AGAIN = -4,         /**< no room; the access unit, event or picture was not taken */
    ANDMU_E_KEY_FRAME = -5,     /**< not taken: nothing can be decoded before a key frame with its parameter sets */
    ANDMU_E_MALFORMED = -6,     /**< not taken: no NAL unit in it, no sound, or no JPEG */
    ANDMU_E_BUSY = -7,          /**< another thread is in the same call on the same track */
    ANDMU_E_CALLBACK = -8,      /**< not allowed in a callback */
    ANDMU_E_ABI = -9,           /**< the header and the library do not belong together, or the structure was not initialised */
    ANDMU_E_NO_TLS = -10,       /**< OpenSSL (libssl.so.3 or libssl.so.1.1) is not installed */
    ANDMU_E_NETWORK = -11,      /**< the platform could not be reached */
    ANDMU_E_PEER = -12,         /**< the platform's certificate was not accepted: its CA, its name, or this device's clock */
    ANDMU_E_AUTH = -13,         /**< the platform does not accept the credentials or the registration */
    ANDMU_E_REFUSED = -14,      /**< the platform, or the camera, says no */
    ANDMU_E_TIMEOUT = -15,      /**< not done in time */
    ANDMU_E_UNSUPPORTED = -16,  /**< the camera cannot do this */
    ANDMU_E_STOPPED = -17,      /**< the device was stopped */
    ANDMU_E_MEMORY = -18,       /**< not enough memory */
    ANDMU_E_LIMIT = -19,        /**< too many devices in this process (256) */
    ANDMU_E_INTERNAL = -20,     /**< a fault of the library; the log has it */
    ANDMU_E_FORKED = -21        /**< any function, in a child of fork without exec of a process that has called the library */
};

/** A device. Not an address: never dereferenced, and no value is used twice in the life of a process. */
typedef struct andmu_device andmu_device;

/* ---- The library ------------------------------------------------------------------------------------------------------------------------- */

/** The version of the library, for instance "0.1.0". Valid for ever. */
const char *andmu_version(void);

/** The interface of the library: ANDMU_ABI_VERSION of its own header. */
uint32_t andmu_abi_version(void);

/** What an andmu_result means, in a few words. Valid for ever; never NULL, whatever the code. */
const char *andmu_strerror(andmu_result code);

/** What went wrong in the last call of this thread that failed: says which member of a configuration, for instance. Holds no secret. Valid until
 *  the next call of this thread into the library; "" when nothing went wrong yet. */
const char *andmu_last_error(void);

enum { ANDMU_LOG_NONE = 0, ANDMU_LOG_ERROR = 1, ANDMU_LOG_WARNING = 2, ANDMU_LOG_INFO = 3, ANDMU_LOG_DEBUG = 4 };

/** Takes one line of the log, without a line end and without secrets. May be called by several threads at once, the caller's own among them. */
typedef void (*andmu_log_fn)(void *user, int32_t level, const char *category, const char *line);

/** Sets where the log of all devices goes; nowhere before it is called. When it returns, the function before is no longer running.
 *  @param level  the least important that is wanted: ANDMU_LOG_ERROR to ANDMU_LOG_DEBUG; ANDMU_LOG_NONE for no log
 *  @param log    NULL for no log
 *  @return ANDMU_OK, ANDMU_E_INVALID, ANDMU_E_CALLBACK */
andmu_result andmu_set_log(int32_t level, andmu_log_fn log, void *user);

/* ---- What callbacks are told ------------------------------------------------------------------------------------------------------------- */

enum {
    ANDMU_STEP_REGISTERING = 0,
    ANDMU_STEP_REGISTERED = 1,
    ANDMU_STEP_SETTINGS_READ = 2,
    ANDMU_STEP_CAPABILITIES_REPORTED = 3,
    ANDMU_STEP_INFO_REPORTED = 4,
    ANDMU_STEP_GATEWAY = 5,         /**< gateway_host and gateway_port are the address that is tried */
    ANDMU_STEP_UPLINK = 6,          /**< uplink has changed; error says why, if for a fault */
    ANDMU_STEP_RETRYING = 7,        /**< a call has failed (error) and is made again after retry_ms */
    ANDMU_STEP_GIVEN_UP = 8,        /**< a call has failed (error) and is not made again; the media goes on without it */
    ANDMU_STEP_FORGOTTEN = 9,       /**< the platform no longer knows the device: it needs a new user, by a new configuration */
    ANDMU_STEP_WAITING_FOR_USER = 10, /**< andmu_bind is awaited; error says why the user before was refused, if one was */
    ANDMU_STEP_START_FAILED = 11,   /**< andmu_start has come to nothing (error): it may be called again */
    ANDMU_STEP_ENDED = 12           /**< over (error): stopped, or a fault that trying again does not mend. The device can only be destroyed */
};

enum {
    ANDMU_UPLINK_NEW = 0, ANDMU_UPLINK_CONNECTING = 1, ANDMU_UPLINK_LOGGING_IN = 2, ANDMU_UPLINK_ONLINE = 3, ANDMU_UPLINK_WAITING = 4,
    ANDMU_UPLINK_ENDED = 5
};

/** A step on the way to being online, and back. */
typedef struct andmu_state {
    uint32_t struct_size;
    int32_t step;               /**< ANDMU_STEP_ */
    int32_t uplink;             /**< ANDMU_UPLINK_: where the uplink is now */
    andmu_result error;         /**< ANDMU_OK, or what went wrong */
    int32_t platform_code;      /**< the platform's own error code, 0 when it gave none */
    int32_t retry_ms;           /**< with ANDMU_STEP_RETRYING */
    int32_t gateway_port;       /**< with ANDMU_STEP_GATEWAY */
    int32_t reserved;
    const char *gateway_host;   /**< with ANDMU_STEP_GATEWAY, else NULL */
    const char *text;           /**< all of it in one line for people; holds no secret */
} andmu_state;

enum { ANDMU_PLAN_TRIAL = 0, ANDMU_PLAN_CLOUD = 1, ANDMU_PLAN_EXPIRED = 2, ANDMU_PLAN_EVENT = 3, ANDMU_PLAN_DELETED = 44 };

enum {
    ANDMU_CLIP_DELIVERED = 0, ANDMU_CLIP_UNCONFIRMED = 1, ANDMU_CLIP_DEVICE_OFF = 2, ANDMU_CLIP_PLAN_CHANGED = 3, ANDMU_CLIP_EVICTED = 4,
    ANDMU_CLIP_UPLINK_ENDED = 5
};

/** What became of the clip of an event, or of several that overlap. */
typedef struct andmu_clip {
    uint32_t struct_size;
    int32_t outcome;            /**< ANDMU_CLIP_ */
    int64_t event_time_ms;      /**< when the first event started: Unix time by the platform's clock */
    int32_t events;             /**< how many are in it */
    int32_t pre_roll_ms;        /**< sent before the event */
    int32_t post_roll_ms;       /**< sent after it */
    int32_t missing_pre_roll_ms;
    int32_t missing_post_roll_ms;
    int32_t lost_packages;      /**< in the middle of it */
} andmu_clip;

enum {
    ANDMU_FIRMWARE_DOWNLOAD_STARTED = 1, ANDMU_FIRMWARE_DOWNLOADING = 2, ANDMU_FIRMWARE_DOWNLOADED = 3, ANDMU_FIRMWARE_DOWNLOAD_FAILED = 4,
    ANDMU_FIRMWARE_INSTALL_STARTED = 5, ANDMU_FIRMWARE_INSTALLING = 6, ANDMU_FIRMWARE_INSTALLED = 7, ANDMU_FIRMWARE_INSTALL_FAILED = 8
};

/** How an upgrade goes, as the platform is told of it. */
typedef struct andmu_firmware_progress {
    uint32_t struct_size;
    int32_t stage;              /**< ANDMU_FIRMWARE_ */
    int64_t current_bytes;
    int64_t total_bytes;
    const char *comment;        /**< for people */
} andmu_firmware_progress;

enum { ANDMU_PACKAGE_FIRMWARE = 1, ANDMU_PACKAGE_CAMERA_APP = 2 };

/** A package that has arrived whole, its MD5 checked: to be verified, then installed. */
typedef struct andmu_firmware {
    uint32_t struct_size;
    int32_t kind;               /**< ANDMU_PACKAGE_ */
    int64_t size;               /**< in bytes */
    const char *path;           /**< opens these very bytes, for reading, until the callback returns: /proc/PID/fd/N, not a name in a folder */
    const char *version;        /**< as the platform says: the signature is to say it, too */
    const char *md5;            /**< 32 hexadecimal digits */
} andmu_firmware;

enum { ANDMU_PICTURE_THUMBNAIL = 1, ANDMU_PICTURE_PANORAMA = 2 };

/** A JPEG is wanted: to be given by andmu_push_picture, in the callback or later. */
typedef struct andmu_picture {
    uint32_t struct_size;
    int32_t kind;               /**< ANDMU_PICTURE_ */
    uint64_t id;                /**< for andmu_push_picture */
    int32_t width;              /**< about; 0 when the platform does not say. At most 1920 x 1080; of a panorama 640 x 360 */
    int32_t height;
    int32_t within_ms;          /**< later it is no longer taken */
    int32_t sequence;           /**< of a panorama: which shot, from 1 */
    int32_t count;              /**< of a panorama: of how many */
    int32_t pan;                /**< of a panorama: turn the head there, degrees from its left stop, before the picture is taken */
    int32_t upright;            /**< of a panorama: 0 for a camera on a ceiling */
    int32_t reserved;
} andmu_picture;

/** What a user says to the camera: 8 kHz, mono. */
typedef struct andmu_talk {
    uint32_t struct_size;
    int32_t first;              /**< 1: a talk begins with it */
    int32_t last;               /**< 1: the talk is over, and there is no sound in this one */
    int32_t missing;            /**< packs that are missing before it */
    uint32_t samples;           /**< how many, of both of these */
    uint32_t reserved;
    const int16_t *pcm;
    const uint8_t *alaw;        /**< the same in G.711 A-law */
} andmu_talk;

/* ---- Commands of apps -------------------------------------------------------------------------------------------------------------------- */

/** Commands, with the members of andmu_command that they use. (R): has an answer, which goes by what on_command returns. (A): has an answer of its own,
 *  to be given by the andmu_answer_ function that stands there. (L): the library has done it already, the camera need not do anything. */
enum {
    ANDMU_CMD_MOTION_SENSITIVITY = 1,   /**< value: 30, 50, 80, 90, 100 */
    ANDMU_CMD_SOUND_SENSITIVITY = 2,    /**< value: 80, 85, 90, 95, 100 */
    ANDMU_CMD_MICROPHONE = 3,           /**< (L) value: 0 or 1. Silence is sent in place of the sound */
    ANDMU_CMD_RESOLUTION = 4,           /**< value: 0 VGA, 1 the camera's largest */
    ANDMU_CMD_ROTATION = 5,             /**< value: 1 for 180 degrees, 0 for none */
    ANDMU_CMD_STATUS_LIGHT = 6,         /**< value: 0 or 1 */
    ANDMU_CMD_NIGHT_VISION = 7,         /**< value: 0 off, 1 on, 2 by the light */
    ANDMU_CMD_ANTI_FLICKER = 8,         /**< value: 50 or 60 Hz */
    ANDMU_CMD_POWER = 9,                /**< (L) value: 0 or 1. No media is sent while it is 0 */
    ANDMU_CMD_PTZ_STEP = 10,            /**< value: ANDMU_PTZ_, 0 to the home position */
    ANDMU_CMD_PTZ_TURN = 11,            /**< value: ANDMU_PTZ_, 0 to stop */
    ANDMU_CMD_PTZ_POSITION = 12,        /**< pan, tilt */
    ANDMU_CMD_MOTION_REGIONS = 13,      /**< block_mask */
    ANDMU_CMD_WIFI = 14,                /**< (R) ssid, bssid, encryption, key */
    ANDMU_CMD_OFF_SCHEDULE = 15,        /**< (L) schedule */
    ANDMU_CMD_PERSON_REGIONS = 16,      /**< regions */
    ANDMU_CMD_PERSON_COUNTING = 17,     /**< (L, with on_person_count) value: 0 or 1 */
    ANDMU_CMD_PERSON_SCHEDULE = 18,     /**< (L, with on_person_count) schedule; value: 0, 1, or -1 to leave it as it is */
    ANDMU_CMD_FORMAT_CARD = 19,         /**< (R; L with card_dir: what the library has on the card is erased, other files are left) */
    ANDMU_CMD_MOTION_TRACKING = 20,     /**< value: 0 or 1 */
    ANDMU_CMD_TRACKING_RETURN = 21,     /**< value: seconds without motion, after which the head returns */
    ANDMU_CMD_PANORAMA = 22,            /**< (R; L with pano_max_rotation) value: 1 start, 0 stop; degrees a shot in pan; tilt: 0 ceiling, 1 upright */
    ANDMU_CMD_QUERY_WIFI = 23,          /**< (A) andmu_answer_wifi */
    ANDMU_CMD_QUERY_CARD = 24,          /**< (A) andmu_answer_card. With card_dir the library answers, and the camera is not asked */
    ANDMU_CMD_QUERY_PTZ = 25            /**< (A) andmu_answer_ptz */
};

enum { ANDMU_PTZ_LEFT = 1, ANDMU_PTZ_RIGHT = 2, ANDMU_PTZ_UP = 3, ANDMU_PTZ_DOWN = 4 };

/** A part of the picture, in thousandths of it. Element of an array. */
typedef struct andmu_region {
    int32_t x, y, width, height;
} andmu_region;

/** A line of a weekly schedule, in UTC. Element of an array: without a size, never to change. */
typedef struct andmu_schedule {
    int32_t days;               /**< bit 0 Sunday to bit 6 Saturday */
    int32_t start_minute;       /**< of the day */
    int32_t end_minute;         /**< of the day; before start_minute: of the next one */
    int32_t enabled;            /**< 0 or 1 */
} andmu_schedule;

/** What an app asks of the camera. Its values are within the ranges that the commands name. */
typedef struct andmu_command {
    uint32_t struct_size;
    int32_t code;               /**< ANDMU_CMD_ */
    uint64_t id;                /**< for the andmu_answer_ functions */
    int32_t has_answer;         /**< 1: the app waits for one */
    int32_t value;
    int32_t pan;                /**< -1000000 (left) to 1000000 */
    int32_t tilt;               /**< -1000000 (bottom) to 1000000 */
    uint32_t block_mask;        /**< of 5 x 5 blocks, bit 0 top left, row by row */
    uint32_t region_count;
    const andmu_region *regions;
    const andmu_schedule *schedule;
    uint32_t schedule_count;
    uint32_t reserved;
    const char *ssid;
    const char *bssid;
    const char *encryption;
    const char *key;            /**< a secret */
} andmu_command;

/** A wireless network in reach. Element of an array. */
typedef struct andmu_wifi {
    const char *ssid;
    const char *bssid;
    const char *encryption;     /**< for instance "WPA/WPA2" */
    int32_t signal;             /**< 1 (weak) to 5 (strong) */
    int32_t connected;          /**< 1: the camera is in it */
} andmu_wifi;

/** A volume of the SD card. Element of an array. */
typedef struct andmu_volume {
    const char *name;           /**< for instance "/dev/mmcblk0p1" */
    const char *file_system;    /**< for instance "vfat" */
    int64_t total_bytes;
    int64_t free_bytes;
} andmu_volume;

/* ---- Configuration ----------------------------------------------------------------------------------------------------------------------- */

/** config.flags. */
enum {
    ANDMU_HEX_DIGEST = 0x1,         /**< try it when good credentials are answered by 401 (specification 2.1) */
    ANDMU_USER_CODE_ENCRYPTED = 0x2, /**< user_mobile and user_token come from an encrypted QR code */
    ANDMU_WAIT_FOR_USER = 0x4,      /**< without user_mobile, and without a kept registration: wait for andmu_bind */
    ANDMU_WIRED_BINDING = 0x8,      /**< the same, and ask the platform for a user who binds the camera in the app alone */
    ANDMU_FIRMWARE_UNVERIFIED = 0x10, /**< install without on_firmware_verify: whoever can alter a command then owns the camera */
    ANDMU_FIRMWARE_PLAIN_HTTP = 0x20, /**< fetch packages over http, too */
    ANDMU_CARD_MOUNT_POINT = 0x40     /**< card_dir must be a mount point: set it where cards are pulled. Under one that is out lies the system's flash */
};

/** config.fixed_features: what the device can do for its whole life, told at the registration. */
enum { ANDMU_FIXED_WIFI = 0x1, ANDMU_FIXED_PTZ = 0x10, ANDMU_FIXED_NO_MICROPHONE = 0x200, ANDMU_FIXED_FISHEYE = 0x800 };

/** config.features: what this firmware can do, told at every start. */
enum {
    ANDMU_HAS_MOTION_REGION = 0x1, ANDMU_HAS_DUPLEX_TALK = 0x2, ANDMU_HAS_FACE_DETECTION = 0x4, ANDMU_HAS_PERSON_COUNT = 0x8,
    ANDMU_HAS_SD_CARD = 0x10, ANDMU_HAS_EVENT_RECORDING = 0x20, ANDMU_HAS_TWO_LENSES = 0x40, ANDMU_HAS_MOTION_TRACKING = 0x80,
    ANDMU_HAS_PEOPLE_DETECTION = 0x100, ANDMU_HAS_PANORAMA = 0x200
};

enum { ANDMU_VIDEO_H264 = 1, ANDMU_VIDEO_H265 = 2 };
enum { ANDMU_NAL_START_CODES = 0, ANDMU_NAL_LENGTH_PREFIXES = 1 }; /* Annex B; 4-byte lengths */
enum { ANDMU_AUDIO_G726 = 1, ANDMU_AUDIO_G711A = 2 };

/** All about a device. Initialise it with andmu_config_init, set what is required and what differs, and pass it to andmu_create, which copies it. */
typedef struct andmu_config {
    uint32_t struct_size;       /**< set by andmu_config_init */
    uint32_t abi_version;       /**< set by andmu_config_init */

    /* Who, and where. */
    const char *openapi_url;    /**< required: https://HOST[:PORT] */
    const char *access_key;     /**< required: the vendor's */
    const char *access_secret;  /**< required: the vendor's; a secret */
    const char *device_id;      /**< required: 15 digits */
    const char *device_mac;     /**< required: 12 hexadecimal digits */
    const char *model_id;       /**< required: given by the platform for this model */
    const char *user_mobile;    /**< from the QR code, for the first registration */
    const char *user_token;     /**< the same; a secret */
    const char *hardware;       /**< default "camera" */
    const char *firmware_version; /**< default "0.0.0" */
    const char *app_version;    /**< default "0.0.0" */
    const char *state_dir;      /**< a folder of this device's own, which survives a restart, made if need be; NULL: it registers at every start */
    const char *ca_file;        /**< PEM: the CAs to trust instead of the system's */
    const char *gateway_name;   /**< the name in the gateway's certificate when the platform gives its IP address */
    const char *gateway_pins;   /**< SHA-256 of public keys (RFC 7469) in hexadecimal, separated by commas; NULL for none */
    uint32_t flags;             /**< ANDMU_HEX_DIGEST ... */
    uint32_t fixed_features;    /**< ANDMU_FIXED_ */
    uint32_t features;          /**< ANDMU_HAS_ */

    /* Media. */
    int32_t video_codec;        /**< default ANDMU_VIDEO_H264 */
    int32_t nal_framing;        /**< default ANDMU_NAL_START_CODES */
    int32_t audio_codec;        /**< default ANDMU_AUDIO_G711A */
    int32_t audio_khz;          /**< default 8 */
    int32_t audio_channels;     /**< default 1 */
    int32_t width;              /**< before the first key frame; default 1280 */
    int32_t height;             /**< default 720 */
    int32_t buffer_bytes;       /**< 65536 to 1 GiB, default 8 MiB: taken by andmu_create, never more */
    int32_t buffer_ms;          /**< at least 1000, default 60000 */
    int32_t buffer_packages;    /**< 64 to 1048576, default 4096: pictures and audio packs */
    int32_t pre_roll_ms;        /**< 4000 to 15000, default 5000 */
    int32_t post_roll_ms;       /**< 10000 to 300000, default 10000 */
    int32_t catch_up_percent;   /**< at least 150, default 400: how much faster than real time a backlog is sent; 0 for as fast as it goes */
    int32_t bitrate_floor;      /**< bit/s, at least 16000: the lowest that on_bitrate advises; default 128000 */
    int32_t bitrate_ceiling;    /**< bit/s: what the encoder is set to when the network is good; 0, the default, for no advice */

    /* Time limits. */
    int32_t connect_timeout_ms; /**< default 15000 */
    int32_t login_timeout_ms;   /**< default 10000 */
    int32_t close_timeout_ms;   /**< default 3000 */
    int32_t api_timeout_ms;     /**< default 10000 */
    int32_t command_timeout_ms; /**< default 30000: a command that is not answered by then has failed */
    int32_t max_commands;       /**< 1 to 64, default 4: commands that are answered later, at the same time */

    /* A head that turns, for panoramas, in degrees (specification 5.1.6); pano_max_rotation 0, the default, for none. Needs on_picture. */
    int32_t pano_max_rotation, pano_horizontal_view, pano_vertical_view, pano_elevation, pano_depression, pano_per_shot;

    /* Firmware upgrades; needs on_firmware_install. */
    const char *firmware_dir;   /**< a folder of this device's own, with room for a package: 0700, not a link */
    const char *firmware_hosts; /**< hosts that packages may come from, separated by commas; NULL for the one that the platform names */
    const char *firmware_ca_file; /**< PEM: the CAs to trust there; NULL for ca_file, or the system's */
    int64_t firmware_max_bytes; /**< default 268435456 */

    /* Callbacks; each may be NULL. */
    void *user;                 /**< passed to each */
    void (*on_state)(void *user, const andmu_state *state);
    void (*on_plan)(void *user, int32_t plan);                              /**< ANDMU_PLAN_ */
    void (*on_viewers)(void *user, int32_t viewers);                        /**< how many watch now */
    void (*on_key_frame)(void *user);                                       /**< have the encoder make one soon */
    void (*on_bitrate)(void *user, int32_t bits_per_second);                /**< set the encoder to it */
    void (*on_power)(void *user, int32_t on);                               /**< switched by app, schedule or platform */
    void (*on_clip)(void *user, const andmu_clip *clip);
    void (*on_firmware_progress)(void *user, const andmu_firmware_progress *progress);

    /** Does a command, one at a time, in order. Returns ANDMU_OK: done (and, where it is marked (A), answered by then); ANDMU_PENDING: an andmu_answer_
     *  function will say, from whatever thread, within command_timeout_ms; ANDMU_E_UNSUPPORTED or another: the app is told that it failed. */
    andmu_result (*on_command)(void *user, const andmu_command *command);

    void (*on_talk)(void *user, const andmu_talk *talk);                    /**< may block as long as the sound lasts */
    void (*on_picture)(void *user, const andmu_picture *picture);           /**< a thumbnail or a shot of a panorama is wanted */
    void (*on_panorama_end)(void *user);                                    /**< turn the head back */
    andmu_result (*on_person_count)(void *user, int32_t *upwards, int32_t *downwards); /**< persons since the last call; ANDMU_OK when set */

    /** Checks the vendor's signature over a package, and that it is not older than what runs. May take its time. Anything but ANDMU_OK refuses it. */
    andmu_result (*on_firmware_verify)(void *user, const andmu_firmware *firmware);

    /** Installs a verified package, so that it runs after a restart. May take its time, and may restart the device. Anything but ANDMU_OK: failed. */
    andmu_result (*on_firmware_install)(void *user, const andmu_firmware *firmware);

    /* The SD card: media and events of an outage that is longer than the buffer are kept on it, and sent behind the live stream when the network is
     * back, also after a restart. Its state is told to the platform by the library: andmu_report_card is for cameras without card_dir. */
    const char *card_dir;       /**< a folder of this device's own on the card, or its mount point; made if need be. NULL, the default: no media on a card */
    int64_t card_max_bytes;     /**< at least 67108864, the oldest media go first; 0, the default: all of the card but 64 MiB */
    int32_t card_queue_bytes;   /**< memory for what waits for a slow card, 4194416 to 1 GiB, default 8 MiB: taken by andmu_create when card_dir is set */
    int32_t card_reserved;      /**< 0 */
    void (*on_card)(void *user, int32_t status);                            /**< ANDMU_CARD_: once at the start, and at every change. A notification */
} andmu_config;

/** Sets the defaults. @return ANDMU_OK, ANDMU_E_INVALID, ANDMU_E_ABI */
#define andmu_config_init(config) andmu_config_init_abi((config), (uint32_t)sizeof(andmu_config), ANDMU_ABI_VERSION)

andmu_result andmu_config_init_abi(andmu_config *config, uint32_t struct_size, uint32_t abi_version);

/* ---- The life of a device ---------------------------------------------------------------------------------------------------------------- */

/** Makes a device; nothing is sent before andmu_start. Media may be pushed and events reported from now on.
 *  @param device  set to the device, or to NULL when it fails
 *  @return ANDMU_OK, ANDMU_E_INVALID (andmu_last_error names the member), ANDMU_E_ABI, ANDMU_E_NO_TLS, ANDMU_E_MEMORY, ANDMU_E_LIMIT */
andmu_result andmu_create(const andmu_config *config, andmu_device **device);

/** Goes online: registers, unless it has, reads the settings, finds the gateway and logs in; from then on it comes back by itself. Returns at once:
 *  on_state tells. @return ANDMU_OK, ANDMU_E_HANDLE, ANDMU_E_STATE */
andmu_result andmu_start(andmu_device *device);

/** Names the user to register for, with ANDMU_WAIT_FOR_USER or ANDMU_WIRED_BINDING. @param encrypted  1 when it came from an encrypted QR code
 *  @return ANDMU_OK; ANDMU_E_HANDLE, ANDMU_E_INVALID, ANDMU_E_STATE (not waiting for one), ANDMU_E_REFUSED (the platform has just refused this one) */
andmu_result andmu_bind(andmu_device *device, const char *user_mobile, const char *user_token, int32_t encrypted);

/** Waits until the platform has everything that was pushed so far. Not in a callback.
 *  @return ANDMU_OK, ANDMU_E_TIMEOUT, ANDMU_E_STATE (not online yet), ANDMU_E_STOPPED, ANDMU_E_HANDLE, ANDMU_E_INVALID, ANDMU_E_CALLBACK */
andmu_result andmu_drain(andmu_device *device, int32_t timeout_ms);

/** Ends the device in order, within about close_timeout_ms; what was not sent is lost. It cannot be started again. Not in a callback.
 *  @return ANDMU_OK, also when it had ended; ANDMU_E_HANDLE, ANDMU_E_CALLBACK */
andmu_result andmu_stop(andmu_device *device);

/** Stops the device and gives it back. Waits for its callbacks to return, after which `user` may be freed. Not in a callback.
 *  @return ANDMU_OK; ANDMU_E_HANDLE, also for NULL; ANDMU_E_CALLBACK: the device is as before */
andmu_result andmu_destroy(andmu_device *device);

/* ---- Media ------------------------------------------------------------------------------------------------------------------------------- */

/** flags of andmu_push_audio: a pack of silence of that length; data is not read and may be NULL. */
#define ANDMU_PUSH_SILENCE 0x1u

/** Hands over one coded picture with all its slices, parameter sets in front of a key frame. Never blocks; copies it. One thread at a time pushes
 *  video, and one audio.
 *  @param pts_us  presentation time in microseconds on a clock of the encoder's, the same for audio and video. It may start and jump anywhere
 *  @param flags   0
 *  @return ANDMU_OK; ANDMU_E_AGAIN, ANDMU_E_KEY_FRAME, ANDMU_E_MALFORMED: not taken, and counted in andmu_stats; ANDMU_E_BUSY, ANDMU_E_INVALID,
 *          ANDMU_E_HANDLE. Nothing is to be done about any of them but to push the next picture, and on ANDMU_E_KEY_FRAME to make it a key frame */
andmu_result andmu_push_video(andmu_device *device, const void *data, size_t size, int64_t pts_us, uint32_t flags);

/** Hands over one audio pack of 20 or 40 ms; else as andmu_push_video. @param flags  0 or ANDMU_PUSH_SILENCE */
andmu_result andmu_push_audio(andmu_device *device, const void *data, size_t size, int64_t pts_us, uint32_t flags);

/** Gives a picture that on_picture asked for: a JPEG of at most 1 MiB, 512 KiB for a panorama. NULL and 0: there is none.
 *  @return ANDMU_OK, ANDMU_E_STATE (not asked for, or too late), ANDMU_E_MALFORMED, ANDMU_E_INVALID, ANDMU_E_HANDLE */
andmu_result andmu_push_picture(andmu_device *device, uint64_t id, const void *jpeg, size_t size);

enum { ANDMU_EVENT_MOTION = 1, ANDMU_EVENT_SOUND = 2, ANDMU_EVENT_FACE = 3, ANDMU_EVENT_HUMAN_SHAPE = 5 };

/** Reports the start of an event, and later its end. On the event-recording plan its clip is sent: on_clip tells. Kept while offline.
 *  @param started  1 at its start, 0 at its end
 *  @param time_ms  Unix time by the platform's clock; 0 for now
 *  @return ANDMU_OK, ANDMU_E_AGAIN (too many wait), ANDMU_E_INVALID, ANDMU_E_HANDLE */
andmu_result andmu_report_event(andmu_device *device, int32_t type, int32_t started, int64_t time_ms);

/* ---- Answers and reports ----------------------------------------------------------------------------------------------------------------- */

/** Says what came of a command for which on_command returned ANDMU_PENDING: ANDMU_OK, or an error. For one that is marked (A) only the latter.
 *  @return ANDMU_OK, ANDMU_E_STATE (no such command waits: answered, timed out), ANDMU_E_INVALID (it needs another answer), ANDMU_E_HANDLE */
andmu_result andmu_answer(andmu_device *device, uint64_t command_id, andmu_result result);

/** Answers ANDMU_CMD_QUERY_WIFI, in on_command or later. @param count  at most 256. Returns as andmu_answer */
andmu_result andmu_answer_wifi(andmu_device *device, uint64_t command_id, const andmu_wifi *networks, uint32_t count);

/** Answers ANDMU_CMD_QUERY_CARD, in on_command or later; without a card no volume. @param count  at most 64. Returns as andmu_answer */
andmu_result andmu_answer_card(andmu_device *device, uint64_t command_id, const andmu_volume *volumes, uint32_t count);

/** Answers ANDMU_CMD_QUERY_PTZ, in on_command or later: -1000000 to 1000000 each. Returns as andmu_answer */
andmu_result andmu_answer_ptz(andmu_device *device, uint64_t command_id, int32_t pan, int32_t tilt);

/** Switches the device on or off by a button of its own. @return ANDMU_OK, ANDMU_E_HANDLE */
andmu_result andmu_set_power(andmu_device *device, int32_t on);

/** Switches the microphone by a button of the device's own. @return ANDMU_OK, ANDMU_E_HANDLE */
andmu_result andmu_set_microphone(andmu_device *device, int32_t on);

/** Tells the platform that another wireless network was joined. @return ANDMU_OK, ANDMU_E_INVALID, ANDMU_E_HANDLE */
andmu_result andmu_report_wifi(andmu_device *device, const char *ssid);

enum { ANDMU_CARD_ABSENT = 1, ANDMU_CARD_FAULTY = 2, ANDMU_CARD_NORMAL = 3 };

/** Tells the platform about the SD card: at the start, and at every change. @return ANDMU_OK, ANDMU_E_INVALID, ANDMU_E_HANDLE */
andmu_result andmu_report_card(andmu_device *device, int32_t status);

/** Gives up the upgrade that is under way, if there is one. @return ANDMU_OK, ANDMU_E_HANDLE */
andmu_result andmu_cancel_firmware(andmu_device *device);

/* ---- Counters ---------------------------------------------------------------------------------------------------------------------------- */

/** Everything that is counted of a device, from andmu_create on. */
typedef struct andmu_stats {
    uint32_t struct_size;       /**< set by the caller: sizeof(andmu_stats) */
    int32_t uplink;             /**< ANDMU_UPLINK_ */
    int32_t plan;               /**< ANDMU_PLAN_ */
    int32_t uploading;          /**< 0 nothing, 1 the live stream, 2 the clip of an event */
    int32_t viewers;
    int32_t logins;
    int32_t clips;              /**< that have ended */
    int32_t short_clips;        /**< of them, those of which something is missing */
    int32_t power;              /**< 0 or 1 */
    int32_t microphone;         /**< 0 or 1 */
    int32_t advised_bitrate;    /**< bit/s; 0 without advice */
    int32_t key_frames_asked;
    int64_t video_captured;     /**< pictures that were taken */
    int64_t audio_captured;     /**< packs that were taken */
    int64_t video_sent;
    int64_t audio_sent;
    int64_t video_dropped;      /**< refused, or overtaken by newer ones */
    int64_t audio_dropped;
    int64_t resent;             /**< pictures and packs that were sent again after a reconnect */
    int64_t bytes_sent;         /**< to the network, encryption included */
    int64_t push_again;         /**< calls that returned ANDMU_E_AGAIN */
    int64_t push_key_frame;     /**< calls that returned ANDMU_E_KEY_FRAME */
    int64_t push_malformed;     /**< calls that returned ANDMU_E_MALFORMED */
    int64_t buffered_bytes;
    int64_t unsent_ms;          /**< how much of what is buffered still waits */
    int64_t commands_done;
    int64_t commands_failed;    /**< refused ones included */
    int64_t notifications_lost; /**< a callback blocked while 256 others came */
    int32_t card;               /**< ANDMU_CARD_; 0 without card_dir */
    int32_t card_backlog;       /**< 1: something on the card waits to be sent */
    int64_t card_kept;          /**< pictures and packs that were given to the card */
    int64_t card_sent;          /**< pictures and packs of the card that were sent */
    int64_t card_used_bytes;    /**< what the library has on the card */
    int64_t card_faults;        /**< calls that the card has failed */
} andmu_stats;

/** Takes a snapshot. @param stats  its struct_size set. @return ANDMU_OK, ANDMU_E_HANDLE, ANDMU_E_INVALID */
andmu_result andmu_get_stats(andmu_device *device, andmu_stats *stats);

#ifdef __cplusplus
}
#endif

#endif
