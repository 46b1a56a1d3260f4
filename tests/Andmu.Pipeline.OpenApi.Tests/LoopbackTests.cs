using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Andmu.Pipeline.OpenApi.Tests.Doubles;

namespace Andmu.Pipeline.OpenApi.Tests;

/// <summary>The whole way over real sockets and real TLS, against a server that keeps no rules.</summary>
public sealed class LoopbackTests
{
    private const string Json = """{"errorCode":"0","msgType":"MSG_P_THD_GET_CAMERA_CHN_ADDR_RSP","serverAddr":"220.1.1.10","serverPort":"50922"}""";

    private static readonly HedgwAddress Address = new("220.1.1.10", 50922);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Call_OrdinaryServer_IsAnswered(string host)
    {
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json));
        Assert.Equal(Address, await server.Client(host).GetHedgwAddressAsync("T"));
    }

    [Fact]
    public async Task Call_OnTheWire_IsWhatTheSpecificationPrints()
    {
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json));
        await server.Client().GetHedgwAddressAsync("T");
        string request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /andmu/v2/service/batch HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: WSSE profile=\"UsernamePwd\"\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nX-WSSE: UsernamePwd Username=\"Zhejian-110234567894562\",PasswordDigest=\"", request, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\naccessKey=Zhejian&signature=", request, StringComparison.Ordinal);
        Assert.DoesNotContain(Sample.Secret, request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Call_ChunkedAnswer_IsRead(int chunk)
    {
        await using var server = RawHttpsServer.Start("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks(Json, chunk) + "0\r\n\r\n");
        Assert.Equal(Address, await server.Client().GetHedgwAddressAsync("T"));
    }

    [Theory]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n" + Json)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + Json)]
    [InlineData("HTTP/1.1 200\r\nConnection: close\r\n\r\n" + Json)]
    public async Task Call_AnswerThatEndsWithTheConnection_IsRead(string answer)
    {
        await using var server = RawHttpsServer.Start(answer);
        Assert.Equal(Address, await server.Client().GetHedgwAddressAsync("T"));
    }

    [Fact]
    public async Task Call_EveryCutOfAnAnswer_IsNetworkOrInvalid()
    {
        string answer = WithLength("200 OK", Json);
        for (int length = 0; length < answer.Length; length += 13)
        {
            await using var server = RawHttpsServer.Start(answer[..length]);
            OpenApiException exception = await FailAsync(server);
            Assert.True(exception.Code is OpenApiError.Network or OpenApiError.InvalidResponse, $"{length}: {exception}");
        }
    }

    [Fact]
    public async Task Call_BodyShorterThanPromised_IsANetworkError()
    {
        await using var server = RawHttpsServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + Json);
        Assert.Equal(OpenApiError.Network, (await FailAsync(server)).Code);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n{}")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html/>\r\n")]
    public async Task Call_NotHttpOrNotJson_IsInvalid(string answer)
    {
        await using var server = RawHttpsServer.Start(answer);
        Assert.Equal(OpenApiError.InvalidResponse, (await FailAsync(server)).Code);
    }

    [Fact]
    public async Task Call_HeadersWithoutEnd_AreCutOff()
    {
        await using var server = RawHttpsServer.Start("HTTP/1.1 200 OK\r\nX-Long: " + new string('x', 1 << 20));
        Assert.Equal(OpenApiError.InvalidResponse, (await FailAsync(server)).Code);
    }

    [Fact]
    public async Task Call_LengthBeyondTheLimit_IsRefusedUnread()
    {
        await using var server = RawHttpsServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
        Assert.Equal(OpenApiError.ResponseTooLarge, (await FailAsync(server)).Code);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "10000\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n", "")]
    public async Task Call_EndlessBody_IsRefusedAndHungUpOn(string head, string beforeEach)
    {
        // What sockets and TLS may hold between the two is bounded, the body is not: it ends only when the client hangs up.
        const int Limit = 64 << 10;
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = RawHttpsServer.Start(async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
            byte[] chunk = Encoding.ASCII.GetBytes(beforeEach + new string(' ', 0x10000) + (beforeEach.Length > 0 ? "\r\n" : ""));
            try
            {
                while (true)
                {
                    await stream.WriteAsync(chunk);
                }
            }
            catch (IOException)
            {
                hungUp.SetResult();
            }
        });
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => server.Client(maxResponseBytes: Limit).GetHedgwAddressAsync("T"));
        Assert.Equal(OpenApiError.ResponseTooLarge, exception.Code);
        await hungUp.Task;
    }

    [Fact]
    public async Task Call_Redirect_IsNotFollowed()
    {
        await using var target = RawHttpsServer.Start(WithLength("200 OK", Json));
        await using var server = RawHttpsServer.Start(
            $"HTTP/1.1 307 Temporary Redirect\r\nLocation: https://127.0.0.1:{target.Port}/andmu/v2/service/batch\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(OpenApiError.Redirected, (await FailAsync(server)).Code);
        Assert.Empty(target.Requests);
    }

    [Fact]
    public async Task Call_NotFound_IsHedgwUnavailable()
    {
        await using var server = RawHttpsServer.Start(WithLength("404 Not Found", "<html>no</html>"));
        Assert.Equal(OpenApiError.HedgwUnavailable, (await FailAsync(server)).Code);
    }

    [Fact]
    public async Task Call_UnauthorizedWithRfc3339Date_IsTriedOnceMoreOnANewConnection()
    {
        int calls = 0;
        await using var server = RawHttpsServer.Start(stream => stream.WriteAsync(Encoding.ASCII.GetBytes(calls++ == 0
            ? "HTTP/1.1 401 Unauthorized\r\nHost:www.example.com\r\nDate: 2027-01-01T15:00:01+08:00\r\nContent-Length:0\r\n" +
                "WWW-Authenticate: WSSE realm=\"authcenter\", profile=\"UsernamePwd\"\r\n\r\n"
            : WithLength("200 OK", Json))).AsTask());
        OpenApiClient client = server.Client();
        Assert.Equal(Address, await client.GetHedgwAddressAsync("T"));
        Assert.Equal(2, server.Requests.Count);
        Assert.NotEqual(TimeSpan.Zero, client.ClockOffset);
    }

    [Fact]
    public async Task Call_ServerKeepsTheConnection_NextCallStillHasItsOwn()
    {
        // A platform that overlooks "Connection: close" and drops the connection later would otherwise make every other call fail.
        int reused = 0;
        await using var server = RawHttpsServer.Start(async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(WithLength("200 OK", Json)));
            reused += await stream.ReadAsync(new byte[1]);
        });
        OpenApiClient client = server.Client();
        Assert.Equal(Address, await client.GetHedgwAddressAsync("T"));
        Assert.Equal(Address, await client.GetHedgwAddressAsync("T"));
        await server.QuietAsync();
        Assert.Equal(0, reused);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Call_CertificateOfAnUnknownCa_IsRefusedBeforeAnythingIsSent()
    {
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json));
        await RefusesAsync(server, server.Client(trustTestAuthority: false));
    }

    [Fact]
    public async Task Call_CertificateOfAnotherHost_IsRefusedBeforeAnythingIsSent()
    {
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json), TestAuthority.Instance.Issue("other.example"));
        await RefusesAsync(server, server.Client());
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Call_CertificateOutOfItsTime_IsRefusedBeforeAnythingIsSent(int movedByDays)
    {
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json), TestAuthority.Instance.Issue(movedByDays: movedByDays));
        await RefusesAsync(server, server.Client());
    }

    [Fact]
    public async Task Call_CertificateTrustedBySystemButNotByOwnCa_IsRefused()
    {
        // A CA of one's own replaces the system's: another one's certificate does not pass.
        using X509Certificate2 stranger = new TestAuthority().Issue();
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json), stranger);
        await RefusesAsync(server, server.Client());
    }

    [Fact]
    public async Task Call_ServerSpeaksTls13Only_IsNoConnection()
    {
        await using var server = RawHttpsServer.Start(WithLength("200 OK", Json), protocols: SslProtocols.Tls13);
        OpenApiException exception = await FailAsync(server);
        Assert.Equal(OpenApiError.Tls, exception.Code);
        Assert.Contains("handshake failed", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Call_NobodyListens_IsANetworkError()
    {
        var server = RawHttpsServer.Start("");
        OpenApiClient client = server.Client();
        await server.DisposeAsync();
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => client.GetHedgwAddressAsync("T"));
        Assert.Equal(OpenApiError.Network, exception.Code);
        Assert.True(exception.IsTransient);
    }

    private static Task<OpenApiException> FailAsync(RawHttpsServer server) =>
        Assert.ThrowsAsync<OpenApiException>(() => server.Client().GetHedgwAddressAsync("T"));

    private static async Task RefusesAsync(RawHttpsServer server, OpenApiClient client)
    {
        var exception = await Assert.ThrowsAsync<OpenApiException>(() => client.GetHedgwAddressAsync("T"));
        Assert.Equal(OpenApiError.Tls, exception.Code);
        Assert.Contains("certificate verification failed", exception.Message, StringComparison.Ordinal);
        await server.QuietAsync();
        Assert.Empty(server.Requests);
    }

    private static string WithLength(string status, string body) => $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static string Chunks(string text, int size) =>
        string.Concat(text.Chunk(size).Select(chunk => $"{chunk.Length:x}\r\n{new string(chunk)}\r\n"));
}
