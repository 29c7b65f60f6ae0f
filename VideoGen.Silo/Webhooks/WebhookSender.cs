using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using VideoGen.Grains.Webhooks;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Webhooks;

/// <summary>
/// Sends one webhook once, with a client that calls only allowed addresses and follows no redirect. Of the response, only the
/// status and Retry-After are read.
/// </summary>
internal sealed class WebhookSender(
    IHttpClientFactory clients, HostLimiters hosts, IOptions<WebhookOptions> options, TimeProvider time) : IWebhookSender
{
    public const string Client = "webhooks";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public async Task<WebhookReply> SendAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        var url = new Uri(message.Url);
        using var permit = await hosts.EnterAsync(url.Authority, cancellationToken);
        var (at, began) = (time.GetUtcNow(), time.GetTimestamp());
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (options.Value.SecretsOf(message.Owner) is not { Count: > 0 } secrets)
            {
                return Without(WebhookFailure.NoSecret);
            }

            using var request = Request(url, message, secrets, at);
            using var response = await clients.CreateClient(Client).SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return new WebhookReply(at, Elapsed(), (int)response.StatusCode, RetryAfter: Asked(response.Headers.RetryAfter, at));
        }
        catch (OutgoingRefusedException)
        {
            return Without(WebhookFailure.AddressRefused);
        }
        catch (HttpRequestException)
        {
            return Without(WebhookFailure.ConnectionFailed);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Without(WebhookFailure.Timeout);
        }

        TimeSpan Elapsed() => time.GetElapsedTime(began);
        WebhookReply Without(WebhookFailure trouble) => new(at, Elapsed(), Trouble: trouble);
    }

    private static HttpRequestMessage Request(Uri url, WebhookMessage message, IReadOnlyList<string> secrets, DateTimeOffset at)
    {
        var body = WebhookBody.Of(message.GenerationId, message.Event);
        var (id, timestamp) = (message.Event.IdOf(message.GenerationId), at.ToUnixTimeSeconds());
        return new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = Json } },
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", WebhookSignature.Of(secrets, id, timestamp, body) },
            },
        };
    }

    // Retry-After: 120, or a date (RFC 9110 §10.2.3)
    private static TimeSpan? Asked(RetryConditionHeaderValue? header, DateTimeOffset now) => header?.Delta ?? header?.Date - now;
}
