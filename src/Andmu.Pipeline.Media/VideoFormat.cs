namespace Andmu.Pipeline.Media;

/// <summary>What a sequence parameter set says of the pictures that refer to it.</summary>
/// <param name="Codec">The codec.</param>
/// <param name="Width">Width in luma samples, after cropping; 1 to 65535.</param>
/// <param name="Height">Height in luma samples, after cropping; 1 to 65535.</param>
/// <param name="FrameRate">Frames a second from the VUI timing, or null where the encoder does not say.</param>
/// <param name="Profile"><c>profile_idc</c> (ITU-T H.264 annex A) or <c>general_profile_idc</c> (ITU-T H.265 annex A).</param>
/// <param name="Level"><c>level_idc</c>, ten times the level (H.264), or <c>general_level_idc</c>, thirty times (H.265).</param>
public sealed record VideoFormat(VideoCodec Codec, int Width, int Height, double? FrameRate, int Profile, int Level);
