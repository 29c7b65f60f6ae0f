using System.Net.Sockets;

namespace VideoGen.LocalCluster;

/// <summary>Asks processes whether they are ready.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly HttpClient Client = new() { Timeout = Patience };

    public static async Task<bool> IsReadyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return address.Scheme == "redis"
                ? await AnswersPingAsync(address, limit.Token)
                : await AnswersOkAsync(address, limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersOkAsync(Uri address, CancellationToken cancellationToken)
    {
        using var answer = await Client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>While it reads its append-only file it answers <c>-LOADING</c>.</summary>
    private static async Task<bool> AnswersPingAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        var answer = new byte[5];
        return await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellationToken) == answer.Length
            && answer.AsSpan().SequenceEqual("+PONG"u8);
    }
}
