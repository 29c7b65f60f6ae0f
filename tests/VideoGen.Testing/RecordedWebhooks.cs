using System.Collections.Concurrent;
using VideoGen.Grains.Webhooks;

namespace VideoGen.Testing;

/// <summary>Keeps every webhook that was to be sent, and answers for its receiver: 204 unless a test says otherwise.</summary>
public sealed class RecordedWebhooks : IWebhookSender
{
    private readonly ConcurrentQueue<WebhookMessage> _sent = new();
    private readonly ConcurrentDictionary<string, Func<int, WebhookReply>> _answers = new();

    /// <summary>What was sent to an address, oldest first.</summary>
    public IReadOnlyList<WebhookMessage> To(string url) => [.. _sent.Where(message => message.Url == url)];

    /// <summary>Lets an address answer by the number of the request, from 1.</summary>
    public void Answer(string url, Func<int, WebhookReply> answer) => _answers[url] = answer;

    public Task<WebhookReply> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        _sent.Enqueue(message);
        return Task.FromResult(_answers.TryGetValue(message.Url, out var answer) ? answer(To(message.Url).Count) : Status(204));
    }

    public static WebhookReply Status(int status) => new(DateTimeOffset.UtcNow, TimeSpan.Zero, status);
}
