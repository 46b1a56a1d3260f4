namespace Andmu.Pipeline.OpenApi.Wire;

/// <summary>The <c>msgType</c> of each request (specification 5.1, table 5.2; the bind call is in 5.1.2 only).</summary>
internal static class MsgTypes
{
    public const string Register = "MSG_P_THD_ADD_CAMERA_REQ";
    public const string GetBindInfo = "MSG_P_THD_GET_CAMERA_BIND_INFO_REQ";
    public const string ReportCapabilities = "MSG_P_THD_SET_CAMERA_CAPACITY_REQ";
    public const string GetHedgwAddress = "MSG_P_THD_GET_CAMERA_CHN_ADDR_REQ";
    public const string GetSettings = "MSG_P_THD_GET_CAMERA_SETTINGS_REQ";
    public const string UpdateSettings = "MSG_P_THD_SET_CAMERA_SETTINGS_REQ";
    public const string UpdateDeviceInfo = "MSG_P_THD_SET_CAMERA_INFO_REQ";

    /// <summary>
    /// Whether <paramref name="response"/> answers <paramref name="request"/>. The specification prints stray blanks, even inside.
    /// </summary>
    public static bool IsAnswer(string request, string response) =>
        response.Replace(" ", "", StringComparison.Ordinal) == string.Concat(request.AsSpan(0, request.Length - 3), "RSP");
}
