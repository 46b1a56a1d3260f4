using Andmu.Pipeline.Device.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Andmu.Pipeline.Device.Binding;

/// <summary>What the host hands in of a user: a QR code's text, or number and token. Thread-safe, if the parser is.</summary>
internal sealed class UserIntake(UserInbox inbox, Func<string, QrBinding?>? parser, ILogger logger)
{
    private readonly QrCodeReader _reader = new(parser, logger);

    public bool TrySubmit(string payload, out BindingRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(payload);
        refusal = Submit(payload);
        return Tell(refusal);
    }

    public bool TryBind(string userMobile, string userToken, out BindingRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(userMobile);
        ArgumentNullException.ThrowIfNull(userToken);
        refusal = inbox.TryPut(new QrBinding(userMobile, userToken));
        return Tell(refusal);
    }

    private BindingRefusal Submit(string payload)
    {
        if (!inbox.IsOpen)
        {
            return BindingRefusal.NotWaiting; // a parser need not run for nothing
        }

        BindingRefusal refusal = _reader.TryRead(payload, out QrBinding? user);
        return user is null ? refusal : inbox.TryPut(user);
    }

    private bool Tell(BindingRefusal refusal)
    {
        if (refusal != BindingRefusal.None)
        {
            Log.UserNotTaken(logger, refusal);
        }

        return refusal == BindingRefusal.None;
    }
}
