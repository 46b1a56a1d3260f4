#!/bin/sh
# Makes the demo clip from ffmpeg's own test sources, so that nothing in it belongs to anyone:
#
#   clip.h264   20 s, 1280x720, 25 fps, H.264 Main, Annex B; 500 pictures, no B-frames, an IDR every 50 with SPS and PPS before it
#   clip.alaw   20 s, raw G.711 A-law, 8 kHz mono; a tone with a beep on every second
#
# The picture shows its own number and time, so that a cut, a repeat or a delay in a recording is seen at a glance.
#
# Needs: apt-get install ffmpeg fonts-dejavu-core
# One encoder thread and the bit-exact flags: the same ffmpeg and x264 make the same bytes.
set -eu

cd "$(dirname "$0")"

seconds=20
fps=25
gop=50
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf

if [ ! -f "$font" ]; then
  echo "make-clip.sh: $font is missing: apt-get install fonts-dejavu-core" >&2
  exit 1
fi

ffmpeg -y -hide_banner -loglevel error \
  -f lavfi -i "testsrc2=size=1280x720:rate=$fps:duration=$seconds" \
  -vf "drawtext=fontfile=$font:fontsize=96:fontcolor=white:box=1:boxcolor=black:boxborderw=24:x=(w-tw)/2:y=(h-th)/2:\
text='%{eif\:n\:d\:3}  %{eif\:trunc(n/$fps)\:d\:2}.%{eif\:mod(n,$fps)*100/$fps\:d\:2} s',format=yuv420p" \
  -an -c:v libx264 -profile:v main -level:v 3.1 -preset slow -threads 1 \
  -b:v 1200k -maxrate 1500k -bufsize 1500k -bf 0 -g $gop -keyint_min $gop -sc_threshold 0 \
  -x264-params "repeat-headers=1:force-cfr=1:open-gop=0:annexb=1" \
  -flags:v +bitexact -fflags +bitexact -f h264 clip.h264

ffmpeg -y -hide_banner -loglevel error \
  -f lavfi -i "sine=frequency=330:beep_factor=4:sample_rate=8000:duration=$seconds" \
  -ac 1 -ar 8000 -c:a pcm_alaw -flags:a +bitexact -fflags +bitexact -f alaw clip.alaw

ls -l clip.h264 clip.alaw
