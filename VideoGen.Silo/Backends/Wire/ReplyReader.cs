using System.Text;
using VideoGen.Silo.Backends.Settings;

namespace VideoGen.Silo.Backends.Wire;

/// <summary>Reads a response into memory, up to a megabyte, and removes the token in case the server repeats it.</summary>
internal static class ReplyReader
{
    private const int LongestAnswer = 1024 * 1024;
    private const string Removed = "[removed]";

    public static async Task<Exchange.Reply> ReadAsync(
        HttpResponseMessage response, HubToken? token, CancellationToken cancellationToken) =>
        new((int)response.StatusCode, ReadHeaders(response, token), await ReadBodyAsync(response, token, cancellationToken));

    private static Dictionary<string, string> ReadHeaders(HttpResponseMessage response, HubToken? token)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = Clean(string.Join(", ", values), token);
        }

        return headers;
    }

    private static async Task<string> ReadBodyAsync(
        HttpResponseMessage response, HubToken? token, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            return Clean(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)), token);
        }
        catch (Exception error) when (!response.IsSuccessStatusCode && error is (IOException or HttpRequestException))
        {
            return ""; // an error status is a reply, with or without its body
        }
    }

    private static string Clean(string text, HubToken? token) =>
        token is null ? text : text.Replace(token.Value, Removed, StringComparison.Ordinal);
}
