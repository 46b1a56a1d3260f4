using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Parsing;

namespace Andmu.Pipeline.Control.Responses;

/// <summary>
/// Writes the answer to a command: <c>msg</c> of a DevIpCamCmd of type 2, whose dst_device_id is the command's src_device_id
/// (specification 5.2.9.15, 5.2.9.23 and 5.2.11). <c>msgSession</c> is copied as it came, digit by digit. Pure; any thread.
/// </summary>
public static class CommandResponse
{
    private static readonly CommandCode Panorama = new(1793, 153);

    /// <summary>The answer that it was carried out.</summary>
    /// <typeparam name="TAnswer">Kind of answer that the command has.</typeparam>
    /// <param name="received">The command as it was received.</param>
    /// <param name="query">Its command.</param>
    /// <param name="answer">What it is answered with.</param>
    /// <param name="stamp">Number and time of the answer; the time goes out in seconds.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="ArgumentException"><paramref name="query"/> is not what was received.</exception>
    public static string Succeeded<TAnswer>(ReceivedCommand received, IQuery<TAnswer> query, TAnswer answer, MessageStamp stamp)
        where TAnswer : CommandAnswer =>
        ReferenceEquals(received.Command, query)
            ? Write(received, 0, answer, stamp)
            : throw new ArgumentException("The answer belongs to another command.", nameof(query));

    /// <summary>The answer that it failed, or was refused: -1, and 1 for a panorama (specification 5.2.9.23).</summary>
    /// <param name="received">The command as it was received, refused or not.</param>
    /// <param name="stamp">Number and time of the answer; the time goes out in seconds.</param>
    /// <returns>JSON.</returns>
    /// <exception cref="ArgumentException">
    /// What was received does not say which command it is: see <see cref="ReceivedCommand.Code"/>.
    /// </exception>
    public static string Failed(ReceivedCommand received, MessageStamp stamp) =>
        Write(received, received.Code == Panorama ? 1 : -1, null, stamp);

    private static string Write(ReceivedCommand received, int response, CommandAnswer? answer, MessageStamp stamp)
    {
        if (received.Code is not { } code)
        {
            throw new ArgumentException("What was received names no command, so that it cannot be answered.", nameof(received));
        }

        return JsonMessage.Write(writer =>
        {
            writer.WriteString("msgCategory", "camera");
            writer.WriteStartObject("msgContent");
            writer.WriteNumber("response", response);
            answer?.Write(writer);
            writer.WriteNumber("responseRequest", code.Request);
            if (code.SubRequest is { } subRequest)
            {
                writer.WriteNumber("responseSubRequest", subRequest);
            }

            writer.WriteEndObject();
            writer.WriteNumber("msgSequence", stamp.Sequence);
            received.Session.Write(writer);
            writer.WriteNumber("msgTimeStamp", stamp.Time.ToUnixTimeSeconds());
        });
    }
}
