using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using VideoGen.FakeVideos.Books;
using VideoGen.FakeVideos.Faults;
using VideoGen.FakeVideos.Jobs;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace VideoGen.FakeVideos.Control;

/// <summary>Scripts faults, changes settings, and tells what happened. It needs no key and meets no faults.</summary>
internal static class ControlEndpoints
{
    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/control");
        control.MapGet("/books", GetBooks);
        control.MapDelete("/books", (VideosBooks books) => books.Clear());
        control.MapGet("/faults", (FaultBook faults) => faults.Rules);
        control.MapPost("/faults", AddFault);
        control.MapDelete("/faults", (FaultBook faults) => faults.Clear());
        control.MapPost("/restart", Restart);
        control.MapGet("/settings", (VideosSettingsBoard settings) => settings.Current);
        control.MapPut("/settings", ChangeSettings);
    }

    /// <summary><c>event</c> is in kebab case, as in the answer.</summary>
    private static Results<Ok<BooksView>, BadRequest<string>> GetBooks(
        VideosBooks books, string? prompt, string? @event, long after = 0, int limit = 1_000)
    {
        BookEvent parsed = default;
        if (@event is not null && !Enum.TryParse(@event.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out parsed))
        {
            return TypedResults.BadRequest($"There is no event {@event}.");
        }

        var lines = books.Of(@event is null ? null : parsed, prompt).Where(line => line.Number > after).ToList();
        return TypedResults.Ok(new BooksView(lines.CountBy(line => line.Event).ToDictionary(), lines.TakeLast(limit)));
    }

    private static Results<Created, BadRequest<string>> AddFault(FaultRule rule, FaultBook faults)
    {
        if (!Enum.IsDefined(rule.Fault))
        {
            return TypedResults.BadRequest("There is no such fault.");
        }

        faults.Add(rule);
        return TypedResults.Created();
    }

    /// <summary>Answers, then dies and is away for a while.</summary>
    private static Accepted Restart(HttpContext context, KillSwitch life, double seconds = 0)
    {
        context.Response.Headers.Connection = "close";
        context.Response.OnCompleted(() =>
        {
            life.Restart(TimeSpan.FromSeconds(seconds));
            return Task.CompletedTask;
        });
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>Changes the settings that the body names.</summary>
    private static Results<Ok<VideosSettings>, BadRequest<string>> ChangeSettings(
        JsonObject changes, VideosSettingsBoard settings, IOptions<JsonOptions> json)
    {
        try
        {
            var style = json.Value.SerializerOptions;
            var all = JsonSerializer.SerializeToNode(settings.Current, style)!.AsObject();
            foreach (var (name, value) in changes)
            {
                if (!all.ContainsKey(name))
                {
                    return TypedResults.BadRequest($"There is no setting {name}.");
                }

                all[name] = value?.DeepClone();
            }

            settings.Current = all.Deserialize<VideosSettings>(style)!;
            return TypedResults.Ok(settings.Current);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }
}

/// <summary>How many lines of each event fit the question, and the newest of them, oldest first.</summary>
internal sealed record BooksView(IReadOnlyDictionary<BookEvent, int> Counts, IEnumerable<BookLine> Lines);
