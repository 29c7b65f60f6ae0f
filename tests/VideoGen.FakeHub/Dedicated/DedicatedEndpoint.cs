using System.Text.Json;
using System.Text.Json.Nodes;
using VideoGen.FakeHub.Cdn;
using VideoGen.FakeHub.Jobs;
using VideoGen.FakeHub.Router;

namespace VideoGen.FakeHub.Dedicated;

/// <summary>
/// A dedicated endpoint, as strict as the stock toolkit: one call that lasts as long as the render, a picture as raw bytes or as
/// base64 in JSON, every mistake a 400.
/// </summary>
internal static class DedicatedEndpoint
{
    public const string Provider = "endpoint";

    public static void MapDedicatedEndpoint(this WebApplication app)
    {
        var endpoint = app.MapGroup("/endpoint");
        endpoint.MapGet("/health", () => "Ok");
        endpoint.MapPost("/", RunAsync).AddEndpointFilter(Access.RequireTokenAsync);
        endpoint.MapPost("/predict", RunAsync).AddEndpointFilter(Access.RequireTokenAsync);
    }

    private static async Task<IResult> RunAsync(
        HttpContext context, JobDesk desk, JobBoard jobs, SettingsBoard settings, CdnLinks links, Films films, TimeProvider time)
    {
        var (order, mistake) = await ReadAsync(context);
        if (order is null)
        {
            return mistake!;
        }

        return await desk.AdmitAsync(context, order, async job =>
        {
            var wait = job.EndsAt == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : job.EndsAt - job.AcceptedAt;
            if (!await desk.WaitAsync(context, wait))
            {
                jobs.Cancel(job.Id);
                return new Hangup();
            }

            // The toolkit looks at Accept only when the model has run.
            var accept = context.Request.Headers.Accept.ToString();
            if (accept is not ("" or "*/*" or "application/json"))
            {
                return Refusals.Error(400, $"Accept type \"{accept}\" not supported.");
            }

            return job.Failure is { } failure ? Refusals.Error(400, failure.Message) : settings.Current.EndpointAnswer switch
            {
                EndpointAnswer.Base64 => Answer.Json(new JsonObject { ["video"] = Convert.ToBase64String(films.For(job)) }),
                EndpointAnswer.Link => Answer.Json(new JsonObject { ["video"] = links.FileFor(context, job) }),
                _ => FilmDelivery.For(job, films, time),
            };
        });
    }

    private static async Task<(Order? Order, Answer? Mistake)> ReadAsync(HttpContext context)
    {
        var type = context.Request.ContentType;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);

        // The toolkit's table is exact: "application/json; charset=utf-8" is not in it.
        return type switch
        {
            "application/json" or "application/json; charset=UTF-8" => FromJson(bytes),
            null or "image/png" or "image/jpeg" or "image/jpg" or "image/webp" => (FromImage(context, bytes, type), null),
            _ => (null, Refusals.Error(400, $"Content type \"{type}\" not supported.")),
        };
    }

    private static (Order?, Answer?) FromJson(ReadOnlyMemory<byte> bytes)
    {
        JsonNode? body;
        try
        {
            body = JsonNode.Parse(bytes.Span);
        }
        catch (JsonException exception)
        {
            return (null, Refusals.Error(400, exception.Message));
        }

        return body is JsonObject map && map.Text("inputs") is { } image
            ? (Order.From(Provider, Provider, map.Text("parameters", "prompt"), image, map), null)
            : (null, Refusals.Error(400, "Body needs to provide a inputs key"));
    }

    private static Order FromImage(HttpContext context, ReadOnlyMemory<byte> bytes, string? type)
    {
        var parameters = new JsonObject(context.Request.Query.Select(
            entry => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value.ToString())));
        return new(Provider, Provider, parameters.Text("prompt") ?? "", ImageFacts.Of(bytes.Span, type), parameters);
    }
}
