using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Andmu.Pipeline.Gateway.Remote;

/// <summary>
/// The control port's requests, JSON in and out:
/// <code>
/// GET  /devices                        who is logged in
/// GET  /events[?device=ID][&amp;follow=1]  a line of JSON for each event; with follow, those to come, too
/// POST /devices/ID/commands            {"name":"rotation","parameters":{"value":"180"},"timeout":10}
/// </code>
/// </summary>
internal sealed class RemoteEndpoint(RemoteGuard guard, RemoteDevices devices, RemoteEvents events)
{
    private const string Devices = "devices";
    private const string Commands = "commands";

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            guard.Check(http);
            await AnswerAsync(http);
        }
        catch (RemoteRefusal refusal)
        {
            await RefuseAsync(http, refusal.Status, refusal.Message);
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(http, bad.StatusCode, bad.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
    }

    private Task AnswerAsync(HttpContext http)
    {
        string[] path = (http.Request.Path.Value ?? "").Split('/', 6);
        switch (path)
        {
            case ["", Devices]:
                Require(http, HttpMethods.Get);
                return WriteAsync(http, devices.List(), RemoteJson.Default.DevicesBody);
            case ["", "events"]:
                Require(http, HttpMethods.Get);
                return events.WriteAsync(http);
            case ["", Devices, var id, Commands]:
                Require(http, HttpMethods.Post);
                return CommandAsync(http, id);
            default:
                throw new RemoteRefusal(StatusCodes.Status404NotFound, "There is /devices, /events and /devices/ID/commands.");
        }
    }

    private async Task CommandAsync(HttpContext http, string id)
    {
        CommandBody body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(http.Request.Body, RemoteJson.Default.CommandBody, http.RequestAborted)
                ?? throw new RemoteRefusal(StatusCodes.Status400BadRequest, "The body is null.");
        }
        catch (JsonException)
        {
            // The text of the fault may repeat what was sent, and that may be the key of a network.
            throw new RemoteRefusal(StatusCodes.Status400BadRequest, "The body is not {\"name\":...,\"parameters\":{...},\"timeout\":seconds}, all parameters strings.");
        }

        AnswerBody answer = await devices.SendAsync(id, body, http.RequestAborted);
        await WriteAsync(http, answer, RemoteJson.Default.AnswerBody);
    }

    private static void Require(HttpContext http, string method)
    {
        if (http.Request.Method != method)
        {
            http.Response.Headers.Allow = method;
            throw new RemoteRefusal(StatusCodes.Status405MethodNotAllowed, $"Use {method}.");
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        if (http.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        http.Response.StatusCode = status;
        return WriteAsync(http, new ErrorBody(message), RemoteJson.Default.ErrorBody);
    }

    private static async Task WriteAsync<T>(HttpContext http, T body, JsonTypeInfo<T> type)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }
}
