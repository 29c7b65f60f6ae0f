using System.Net.Http.Headers;
using System.Text;

namespace VideoGen.Silo.Inference.HuggingFace.Wire;

/// <summary>
/// Sends one request with its token and gives back what it ended in. Nothing is sent twice, no redirect is followed, no more than a
/// megabyte of an answer is read, and every call has its own time limit.
/// </summary>
internal sealed class RouterClient(IHttpClientFactory clients, TimeProvider time)
{
    public const string Asking = "huggingface";
    public const string Ordering = "huggingface-order";
    private const int LongestAnswer = 1024 * 1024;
    private const string Removed = "[removed]";

    /// <summary>Sends the request; only the caller's own cancellation is thrown.</summary>
    public async Task<Exchange> SendAsync(
        HttpRequestMessage request, HubToken? token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token.Value);
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var client = clients.CreateClient(request.Method == HttpMethod.Post ? Ordering : Asking);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new Exchange.Reply((int)response.StatusCode, ReadHeaders(response, token), await ReadBodyAsync(response, token, either.Token));
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Exchange.Silence(error, request.Content is OnceContent { Started: true });
        }
    }

    private static Dictionary<string, string> ReadHeaders(HttpResponseMessage response, HubToken? token)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = Clean(string.Join(", ", values), token);
        }

        return headers;
    }

    private static async Task<string> ReadBodyAsync(HttpResponseMessage response, HubToken? token, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            return Clean(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)), token);
        }
        catch (Exception error) when (!response.IsSuccessStatusCode && error is IOException or HttpRequestException)
        {
            return ""; // a status that says no is an answer, with or without its words
        }
    }

    private static string Clean(string text, HubToken? token) =>
        token is null ? text : text.Replace(token.Value, Removed, StringComparison.Ordinal);
}
