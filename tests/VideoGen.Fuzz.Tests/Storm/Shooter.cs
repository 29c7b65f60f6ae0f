using System.Diagnostics;
using System.Text;
using VideoGen.Fuzz.Tests.Cases;

namespace VideoGen.Fuzz.Tests.Storm;

/// <summary>Sends the requests as they are, over connections that are used again.</summary>
internal sealed class Shooter(Uri address, Judge judge, Harvest harvest, Findings findings) : IDisposable
{
    private static readonly TimeSpan HangUpAfter = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// A machine that stands still for so long may be told that the service is unavailable; no request of the storm may.
    /// </summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>
    /// A connection may be closed between two requests (RFC 9112 §9.6), and a POST that meets this is not repeated by the client:
    /// this does it, so often. What closes connections as a habit, or the one of every such request, is found all the same.
    /// </summary>
    private int _repeatsLeft = 3;

    public async Task ShootAsync(int number, Case request, CancellationToken end)
    {
        if (!await TryAsync(number, request, isLast: false, end))
        {
            await TryAsync(number, request, isLast: true, end);
        }
    }

    /// <summary>Whether that was all.</summary>
    private async Task<bool> TryAsync(int number, Case request, bool isLast, CancellationToken end)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        if (request.HangsUp)
        {
            patience.CancelAfter(HangUpAfter);
        }

        var clock = Stopwatch.StartNew();
        try
        {
            using var message = Write(request);
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var answer = await Answer.ReadAsync(response, request, patience.Token);
            findings.Count(answer.Status);
            Learn(answer);
            if (judge.Complaint(request, answer) is { } complaint && !(answer.Status == 503 && clock.Elapsed > Standstill))
            {
                findings.Add(number, request.Operation?.Id ?? $"{request.Method}", complaint, request.ToString());
            }
        }
        catch (OperationCanceledException) when (request.HangsUp && !end.IsCancellationRequested)
        {
            // It was to go away, and what it would have been told is nobody's business.
        }
        catch (HttpRequestException exception) when (!request.HangsUp)
        {
            if (!isLast && exception.HttpRequestError is HttpRequestError.ResponseEnded
                && Interlocked.Decrement(ref _repeatsLeft) >= 0)
            {
                return false;
            }

            Broken(number, request, exception);
        }
        catch (HttpRequestException) when (request.HangsUp)
        {
            // The same, seen from the other side.
        }

        return true;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The server may stop to listen to a body that it has refused; anything else has no excuse.</summary>
    private void Broken(int number, Case request, HttpRequestException exception)
    {
        if (!request.IsCrude)
        {
            findings.Add(number, request.Operation?.Id ?? $"{request.Method}",
                $"no answer: {exception.Message} {exception.InnerException?.Message}", request.ToString());
        }
    }

    private HttpRequestMessage Write(Case request)
    {
        var target = new Uri(
            $"{address.Scheme}://{address.Authority}{request.Target}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(request.Method, target);
        if (request.Body is { } body)
        {
            message.Content = request.IsChunked ? new StreamContent(new MemoryStream(body)) : new ByteArrayContent(body);
            message.Headers.TransferEncodingChunked = request.IsChunked ? true : null;
            message.Content.Headers.ContentType = null;
            if (request.ContentType is { } type)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }
        }

        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private void Learn(Answer answer)
    {
        if (answer.Status is >= 200 and < 300 && answer.ContentType == "application/json" && Judge.Parse(answer) is { } json)
        {
            harvest.Read(json);
        }

        harvest.Keep("If-None-Match", answer.Header("ETag"));
        harvest.Keep("If-Range", answer.Header("ETag"));
        harvest.Keep("cursor", answer.Header("Link") is { } link
            && link.Split("cursor=") is [_, var rest] ? rest.Split('&', '>')[0] : null);
    }
}
