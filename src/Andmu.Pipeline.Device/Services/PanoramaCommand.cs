using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Device.Commands;
using Andmu.Pipeline.OpenApi;

namespace Andmu.Pipeline.Device.Services;

/// <summary>Starts and stops panoramas as apps command it (command 153, specification 5.2.9.23).</summary>
internal sealed class PanoramaCommand(PanoramaService service, DeviceAngle geometry, UplinkPort uplink)
{
    /// <summary>Carries a command out.</summary>
    /// <param name="command">The command.</param>
    /// <param name="client">The app that sent it, which gets the pictures.</param>
    /// <param name="started">Called when a panorama starts, before its first picture is taken: the answer goes in front of it.</param>
    /// <exception cref="CommandRejectedException">It is not started.</exception>
    public void Do(SetPanorama command, string client, Action started)
    {
        if (!command.On)
        {
            service.Stop();
        }
        else if (!uplink.IsDeviceOn)
        {
            throw new CommandRejectedException("The device is off.");
        }
        else if (!service.TryStart(client, geometry, command.DegreesPerShot, command.Stand == CameraStand.Upright, TellIfStarted))
        {
            throw new CommandRejectedException("One is being taken already, or these angles make none.");
        }

        void TellIfStarted(bool starts)
        {
            if (starts)
            {
                started();
            }
        }
    }
}
