using System.Net.Http.Headers;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>
/// Sends one request with its token and returns its outcome. Nothing is sent twice, no redirect is followed, at most a megabyte
/// of the response is read, and every call has its own time limit.
/// </summary>
internal sealed class UpstreamClient(IHttpClientFactory clients, HubWarnings warnings, TimeProvider time)
{
    public const string QueryClient = "huggingface";
    public const string SubmitClient = "huggingface-order";

    /// <summary>Sends the request; throws only when the caller cancels.</summary>
    public async Task<Exchange> SendAsync(
        HttpRequestMessage request, HubToken? token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var isAnswered = false;
        try
        {
            var client = clients.CreateClient(request.Method == HttpMethod.Post ? SubmitClient : QueryClient);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            isAnswered = true; // a response means that the request arrived, however much of it was read
            var reply = await ReplyReader.ReadAsync(response, token, either.Token);
            warnings.Note(reply);
            return reply;
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Exchange.Silence(error, isAnswered || request.Content is OnceContent { Started: true });
        }
    }
}
