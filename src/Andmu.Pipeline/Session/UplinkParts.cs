using Andmu.Pipeline.Advice;
using Andmu.Pipeline.Backlog;
using Andmu.Pipeline.Buffering;
using Andmu.Pipeline.Messages;
using Andmu.Pipeline.Upload;

namespace Andmu.Pipeline.Session;

/// <summary>What outlives a connection: the place in the media, what is due of it, the messages that wait, and the signal that wakes the send loop.</summary>
internal sealed record UplinkParts(
    MediaCursor Cursor, UploadFeed Feed, ClipSchedule Clips, UploadInputs Inputs, EncoderLoop Encoder, ControlOutbox Outbox, WakeSignal Signal,
    UplinkClock Clock, LiveTakeover Takeover);
