using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace VideoGen.Silo.Tests.Backends;

/// <summary>
/// Answers requests from a script and keeps what was sent. A request that is not in the script is a failure of the test, also
/// where the code under test would take an exception of the network for granted.
/// </summary>
internal sealed class ScriptedHttp : HttpMessageHandler
{
    private readonly List<(string Key, Queue<Func<HttpRequestMessage, HttpResponseMessage>> Answers)> _script = [];

    public List<SentRequest> Sent { get; } = [];

    /// <summary>Several answers to the same request come one after the other; the last one stays.</summary>
    public ScriptedHttp On(string method, string url, params Func<HttpRequestMessage, HttpResponseMessage>[] answers)
    {
        _script.Add(($"{method} {url}", new(answers)));
        return this;
    }

    public ScriptedHttp On(string method, string url, int status, string body, params (string Name, string Value)[] headers) =>
        On(method, url, _ => Answer(status, Encoding.UTF8.GetBytes(body), "application/json", headers));

    public static HttpResponseMessage Answer(
        int status, byte[] body, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value));
        var sent = new SentRequest(request.Method.Method, request.RequestUri!.AbsoluteUri, headers, body);
        Sent.Add(sent);
        var (_, answers) = _script.Find(entry => entry.Key == $"{sent.Method} {sent.Url}");
        return answers is null
            ? throw new InvalidOperationException($"Nobody expected {sent.Method} {sent.Url}")
            : (answers.Count > 1 ? answers.Dequeue() : answers.Peek())(request);
    }
}

internal sealed record SentRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers, byte[] Body);
