/* An encoder: the pictures of a .h264 file, over and over. */
#ifndef CLIP_H
#define CLIP_H

#include "check.h"

typedef struct clip_unit {
    unsigned char *file;
    size_t file_size;
    const unsigned char *data; /* the access unit that clip_next has found */
    size_t size;
} clip_unit;

static inline void clip_open(clip_unit *unit, const char *path) {
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL && fseek(file, 0, SEEK_END) == 0);
    unit->file_size = (size_t)ftell(file);
    rewind(file);
    unit->file = malloc(unit->file_size);
    CHECK(unit->file != NULL && fread(unit->file, 1, unit->file_size, file) == unit->file_size);
    fclose(file);
    unit->data = unit->file;
    unit->size = 0;
}

/* Up to what follows a picture's first slice and belongs to the next picture (H.264, 7.4.1.2.3). */
static inline void clip_next(clip_unit *unit) {
    size_t at = (size_t)(unit->data - unit->file) + unit->size, end;
    int picture = 0;
    if (at >= unit->file_size) at = 0;
    for (end = at; end + 4 < unit->file_size; end++) {
        const unsigned char *here = unit->file + end;
        if (here[0] != 0 || here[1] != 0 || here[2] != 1) continue;
        int type = here[3] & 0x1f, slice = type == 1 || type == 5, first = slice && (here[4] & 0x80) != 0;
        if (picture && (first || (type >= 6 && type <= 9))) break;
        picture |= slice;
    }
    if (end + 4 >= unit->file_size) end = unit->file_size;
    else if (end > at && unit->file[end - 1] == 0) end--;
    unit->data = unit->file + at;
    unit->size = end - at;
}

#endif
